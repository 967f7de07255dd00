"""What becomes of a document's numbers: in a record, left over for a reason, or told to look like a result."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.document import assemble
from extractors.facts import link
from extractors.lexicon import load
from extractors.mentions import recognise
from schemas.block import Block, CellBlock, Run, TableBlock
from schemas.document import Source
from schemas.record import Coverage
from tests.extractors.facts.reading import read

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "reasons.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_reasons_as_written(case: dict[str, Any]) -> None:
    left = read(case["text"]).coverage.leftovers
    reasons = {number.text: number.reason for number in left}
    for printed, reason in case.get("reasons", {}).items():
        assert reasons[printed] == reason
    results = [number.text for number in left if number.result]
    assert results == case.get("results", [])


def test_only_its_own_figures_are_explained_by_a_record() -> None:
    """A quote reaches from a record's first number to its last; what else stands between them is no part of it."""
    coverage = read("In the HARBOR-1 trial, median PFS was 8.1 months after 17 more visits (95% CI 6.0–9.9).").coverage
    assert "17" in {number.text for number in coverage.leftovers}


def test_a_landmark_of_a_record_is_explained_by_it() -> None:
    coverage = read("In the HARBOR-1 trial, the 12-month OS rate was 61% with osimertinib.").coverage
    assert {number.text for number in coverage.leftovers} == {"1"}


def test_words_in_the_place_of_a_number_are_none() -> None:
    coverage = read("Median OS was not reached. It was good.").coverage
    assert (coverage.numbers, coverage.leftovers) == (0, ())


def test_citation_markers_are_left_over_as_such() -> None:
    coverage = read("Survival was good [1,2]. Nothing else was said [3].").coverage
    assert [(number.text, number.reason) for number in coverage.leftovers] == [
        ("[1,2]", "citation"),
        ("[3]", "citation"),
    ]


def test_what_stands_under_a_heading_of_methods_tells_how_the_work_was_done() -> None:
    blocks = [
        Block(kind="heading", runs=(Run(text="2. Methods"),), level=1),
        Block(kind="heading", runs=(Run(text="2.1. Where we looked"),), level=2),
        Block(kind="paragraph", runs=(Run(text="Each article was read by 2 of us."),)),
        Block(kind="heading", runs=(Run(text="3. Results"),), level=1),
        Block(kind="paragraph", runs=(Run(text="The number was 7 again."),)),
    ]
    coverage = _coverage(blocks)
    assert {number.text: number.reason for number in coverage.leftovers if number.text in "27"} == {
        "2": "method",
        "7": None,
    }


HEADERS = ("Study", "Age (years)", "NOS", "Dose (mg)", "I² (%)", "ORR (%)", "Frogs")


def test_the_header_of_a_column_says_what_its_numbers_are() -> None:
    rows = [HEADERS, ("Osei", "61.5", "7", "40", "12", "33", "5")]
    cells = tuple(
        CellBlock(row=r, column=c, runs=(Run(text=text),), header=r == 0)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    table = TableBlock(label="Table 1", cells=cells)
    coverage = _coverage(
        [Block(kind="caption", runs=(Run(text="Table 1. Six of them."),)), Block(kind="table", table=table)]
    )
    told = {number.text: (number.reason, number.result, number.sentence_id) for number in coverage.leftovers}
    assert told["61.5"] == ("age", False, "table-1")
    assert [told[text][0] for text in ("7", "40", "12")] == ["quality", "dose", "heterogeneity"]
    assert told["5"] == (None, False, "table-1")
    assert "33" not in told or told["33"][1]


@pytest.mark.parametrize(
    ("label", "reason"), [("Age, years", "age"), ("Male sex", None), ("Male sex, n (%)", "sex"), ("Deaths", None)]
)
def test_the_label_of_a_row_says_it_where_the_header_does_not(label: str, reason: str | None) -> None:
    rows = [("", "North", "South"), (label, "61.5", "62.5")]
    cells = tuple(
        CellBlock(row=r, column=c, runs=(Run(text=text),), header=r == 0)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    coverage = _coverage([Block(kind="table", table=TableBlock(label="Table 2", cells=cells))])
    told = {number.text: number.reason for number in coverage.leftovers}
    expected = "sex" if label.startswith("Male") else reason
    assert told["61.5"] == expected


def _coverage(blocks: list[Block]) -> Coverage:
    document = assemble(blocks, source=Source(stem="made", name="made.txt", sha256="0" * 64, format="text"))
    return link(document, mentions=recognise(document, lexicon=load()))[1]
