"""Texts of tests/cases/citations.toml hold the citation markers written there, and no others."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.document import assemble
from extractors.document.markers import expand
from schemas.block import Block, Run
from schemas.document import Document, Source

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "citations.toml").read_text(encoding="utf-8"))["case"]
SOURCE = Source(stem="case", name="case.txt", sha256="0" * 64, format="text")


def assembled(*runs: Run, references: int = 0) -> Document:
    entries = [
        Block(kind="reference", runs=(Run(text=f"{n}. Osei A. Title of entry {n}. J. 2001;1:1."),))
        for n in range(1, references + 1)
    ]
    return assemble([Block(kind="paragraph", runs=runs), *entries], source=SOURCE)


def found(document: Document) -> list[list[object]]:
    return [[c.span.of(document.text), list(c.markers)] for c in document.citations]


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_citations_as_written(case: dict[str, Any]) -> None:
    assert found(assembled(Run(text=case["text"]), references=case["references"])) == case["citations"]


def test_raised_runs_cite_and_raised_powers_do_not() -> None:
    document = assembled(
        Run(text="Known in NORDREN03"),
        Run(text="12", superscript=True),
        Run(text=" at 30 kg/m"),
        Run(text="2", superscript=True),
        Run(text=" with 4 × 10"),
        Run(text="9", superscript=True),
        Run(text="/L, and told."),
        Run(text="3", superscript=True),
        Run(text=","),
        Run(text="5–7", superscript=True),
        references=15,
    )
    assert found(document) == [["12", ["12"]], ["3,5–7", ["3", "5", "6", "7"]]]
    assert "30 kg/m² with 4 × 10⁹/L" in document.text
    assert "NORDREN03   at" in document.reading


def test_runs_that_name_their_targets_are_the_only_citations() -> None:
    entries = [
        Block(kind="reference", runs=(Run(text=f"{n}. Osei A. Title of entry {n}. J. 2001."),), key=f"B{n}")
        for n in (1, 2, 3)
    ]
    paragraph = Block(
        kind="paragraph", runs=(Run(text="Told "), Run(text="[1,3]", cites=("B1", "B3")), Run(text=" in [2]."))
    )
    assert found(assemble([paragraph, *entries], source=SOURCE)) == [["[1,3]", ["1", "3"]]]


def test_author_and_year() -> None:
    references = [
        "Osei A, Lind B. First title of all. J Med. 2001;1:1.",
        "van der Meer C. Second title of all. J Med. 2002;1:1.",
        "Osei A. Third title of all. J Med. 2003;1:1.",
        "Osei A. Fourth title of all. J Med. 2003;1:1.",
    ]
    text = (
        "Known (Osei and Lind, 2001; van der Meer, 2002). Osei et al. (2003b) told it (P < 0.05, 2001 data). "
        "Shown (see Osei, 2003a)."
    )
    blocks = [Block(kind="paragraph", runs=(Run(text=text),))]
    blocks += [Block(kind="reference", runs=(Run(text=r),)) for r in references]
    document = assemble(blocks, source=SOURCE)
    assert found(document) == [
        ["(Osei and Lind, 2001; van der Meer, 2002)", ["Osei 2001", "van der Meer 2002"]],
        ["(2003b)", ["Osei 2003b"]],
        ["(see Osei, 2003a)", ["Osei 2003a"]],
    ]
    assert [r.marker for r in document.references] == ["Osei 2001", "van der Meer 2002", "Osei 2003a", "Osei 2003b"]
    assert document.sentences[1].text == "Osei et al. told it (P < 0.05, 2001 data)."


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("12–14,17", ("12", "13", "14", "17")),
        ("[ 1,5–7]", ("1", "5", "6", "7")),
        ("¹²⁻¹⁴", ("12", "13", "14")),
        ("3;4", ("3", "4")),
        ("a", ()),
        ("2+", ()),
    ],
)
def test_expand(marker: str, numbers: tuple[str, ...]) -> None:
    assert expand(marker) == numbers
