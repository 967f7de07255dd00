"""The sentences of tests/cases/abbreviations.toml define the abbreviations written there, and no others."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.mentions.abbreviations import align, define_abbreviations

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "abbreviations.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_abbreviations_as_written(case: dict[str, Any]) -> None:
    assert [f"{a.short} = {a.long}" for a in define_abbreviations(case["text"])] == case["found"]


def test_the_span_covers_both_forms() -> None:
    text = "The main outcome was progression-free survival (PFS)."
    (abbreviation,) = define_abbreviations(text, start=100)
    assert text[abbreviation.span.start - 100 : abbreviation.span.end - 100] == "progression-free survival (PFS)"


@pytest.mark.parametrize(
    ("short", "long", "begin"),
    [
        ("HSF", "heat shock transcription factor", 0),
        ("HSF", "the heat shock transcription factor", 4),
        ("HMM", "a hidden Markov model", 2),
        ("SSF", "sample", None),
    ],
)
def test_alignment_from_the_right(short: str, long: str, begin: int | None) -> None:
    assert align(short, long) == begin
