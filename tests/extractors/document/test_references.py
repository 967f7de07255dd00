"""Entries of tests/cases/references.toml are read as written there."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.document import assemble
from schemas.block import Block, Run
from schemas.document import Source

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "references.toml").read_text(encoding="utf-8"))["case"]
SOURCE = Source(stem="case", name="case.txt", sha256="0" * 64, format="text")


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_reference_as_written(case: dict[str, Any]) -> None:
    document = assemble([Block(kind="reference", runs=(Run(text=case["text"]),))], source=SOURCE)
    (reference,) = document.references
    wanted = {"authors": None, "doi": None, "pmid": None} | {k: v for k, v in case.items() if k != "text"}
    assert {key: getattr(reference, key) for key in wanted} == wanted
    assert reference.span is not None
    assert reference.span.of(document.text) == case["text"]


def test_fields_of_the_input_win() -> None:
    block = Block(
        kind="reference",
        runs=(Run(text="2. Osei A. A title as printed. J. 2001;1:1. doi:10.1000/1"),),
        key="B2",
        title="A title as given",
        year=2002,
        doi="10.1000/2",
        pmid="123",
    )
    (reference,) = assemble([block], source=SOURCE).references
    assert (reference.marker, reference.title, reference.year) == ("2", "A title as given", 2002)
    assert (reference.doi, reference.pmid) == ("10.1000/2", "123")


def test_entries_without_numbers_are_numbered_by_place() -> None:
    texts = [
        "- Osei A. First of all. J. 2001.",
        "- Lind B. Second of all. J. 2002.",
        "3. Marsh C. Third of all. J. 2003.",
    ]
    document = assemble([Block(kind="reference", runs=(Run(text=t),)) for t in texts], source=SOURCE)
    assert [(r.marker, r.authors) for r in document.references] == [
        ("1", "Osei A."),
        ("2", "Lind B."),
        ("3", "Marsh C."),
    ]
