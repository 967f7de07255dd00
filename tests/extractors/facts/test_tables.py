"""What a table's headers and rows mean."""

import pytest

from extractors.facts.armcells import one_arm
from extractors.facts.arms import find_arms
from extractors.facts.columns import Meaning, read_header, split_rows, unit_in
from extractors.facts.sentence import MentionIndex
from schemas.anchor import Span
from schemas.document import Cell, Table
from tests.extractors.facts.marking import contents
from tests.extractors.facts.reading import read


def meaning(header: str) -> Meaning:
    """The meaning of one header cell, the second of its table."""
    result = read(f"Table 1. Some trials.\n\n| Row | {header} |\n|---|---|\n| a | b |")
    cell = result.document.tables[0].by_place[(0, 1)]
    index = MentionIndex(result.document, result.mentions)
    return read_header(index, [cell], header)


HEADERS = [
    ("Trial", "study"),
    ("Study (year)", "study"),
    ("First author", "study"),
    ("Treatment", "arm"),
    ("Comparator", "arm"),
    ("N", "size"),
    ("No. of patients", "size"),
    ("Sample size", "size"),
    ("Patients", "size"),
    ("Setting", "people"),
    ("P value", "p"),
    ("p", "p"),
    ("Osimertinib", "arms"),
    ("ORR, %", "endpoint"),
    ("Median PFS, months (95% CI)", "endpoint"),
    ("HR (95% CI)", "endpoint"),
    ("Events, n", "size"),
    ("Blinding", "other"),
]


@pytest.mark.parametrize(("header", "role"), HEADERS)
def test_the_role_of_a_column(header: str, role: str) -> None:
    assert meaning(header).role == role


def test_a_header_holds_endpoint_measure_unit_and_arms() -> None:
    found = meaning("HR for PFS (95% CI)")
    assert found.endpoint is not None
    assert found.measure is not None
    assert (found.endpoint.code, found.measure.statistic, found.unit) == ("PFS", "HR", None)
    found = meaning("Median OS with osimertinib plus bevacizumab, months")
    assert found.endpoint is not None
    assert (found.endpoint.code, found.unit, [arm.name for arm in found.arms]) == (
        "OS",
        "months",
        ["osimertinib + bevacizumab"],
    )


UNITS = [
    ("ORR, %", "%"),
    ("ORR (95% CI)", None),
    ("ORR, % (95% CI)", "%"),
    ("Median PFS, months", "months"),
    ("Median PFS (mo)", "months"),
    ("Follow-up (yrs)", "years"),
    ("weeks", "weeks"),
    ("HIV infections, n", "patients"),
    ("No. of deaths", "patients"),
    ("Trial", None),
    ("Monthly dose", None),
]


@pytest.mark.parametrize(("header", "unit"), UNITS)
def test_the_unit_a_header_prints(header: str, unit: str | None) -> None:
    assert unit_in(header) == unit


def table(*headers: bool) -> Table:
    """A table of two columns with a row for each of `headers`: whether its cells are marked as headers."""
    cells = tuple(
        Cell(span=Span(4 * row + 2 * column, 4 * row + 2 * column + 1), row=row, column=column, header=header)
        for row, header in enumerate(headers)
        for column in range(2)
    )
    return Table(table_id="t1", number="1", label="Table 1", span=Span(0, 4 * len(headers)), cells=cells)


@pytest.mark.parametrize(
    ("headers", "leading", "body"),
    [
        ((True, False, False), [0], [1, 2]),
        ((True, True, False), [0, 1], [2]),
        ((False, False), [0], [1]),
        ((True, False, True, False), [0], [1, 2, 3]),
        ((True,), [0], []),
    ],
)
def test_rows_of_headers_and_of_results(headers: tuple[bool, ...], leading: list[int], body: list[int]) -> None:
    assert split_rows(table(*headers)) == (leading, body)


CELL_ARMS = [
    ("{drug|osimertinib}, {drug|bevacizumab}", "osimertinib + bevacizumab"),
    ("{drug|osimertinib} 80 mg", "osimertinib"),
    ("Best supportive care", "best supportive care"),
    ("Standard care (physician's choice)", "standard care"),
    ("12.4", ""),
    ("–", ""),
]


@pytest.mark.parametrize(("cell", "name"), CELL_ARMS)
def test_a_cell_of_treatment_is_one_arm(cell: str, name: str) -> None:
    piece = contents(cell)
    assert one_arm(piece, find_arms(piece), control=False).name == name


def test_a_cell_under_control_is_one() -> None:
    assert one_arm(contents("Usual care"), [], control=True).role == "control"
    assert one_arm(contents("Usual care"), [], control=False).role is None


def test_a_tables_record_shows_its_cell_under_its_headers() -> None:
    (record,) = read("Table 1. Some trials.\n\n| Trial | ORR, % |\n|---|---|\n| HARBOR-1 | 62 |").flat
    assert record["sentence"] == "HARBOR-1 | ORR, % | 62"
    assert (record["source"], record["section"], record["sentence_id"]) == ("table 1", "table 1", "table-1")
    assert record["quote"] == "62"
    assert "table:cell" in record["rules"]


def test_numbers_under_an_outcome_count_the_studies_pooled() -> None:
    result = read("Table 1. Subgroups.\n\n| Row | OS | No. | I2 |\n|---|---|---|---|\n| a | b | 5 | 12 |")
    index = MentionIndex(result.document, result.mentions)
    cells = {c: result.document.tables[0].by_place[(0, c)] for c in (1, 2, 3)}
    cells[1] = cells[1].model_copy(update={"column_span": 2})
    assert read_header(index, [cells[1], cells[2]], "OS No.").role == "studies"
    assert read_header(index, [cells[1], cells[3]], "OS I2").role == "baseline"
    assert read_header(index, [cells[2]], "No.").role == "size"
