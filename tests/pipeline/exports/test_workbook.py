"""The workbook as a person opens it: sheets, notes, a dictionary, nothing that runs, and Excel's limits told."""

from pathlib import Path

import openpyxl
import pytest

from pipeline.exports.fields import TABLES
from pipeline.exports.formats import find_format, workbook
from pipeline.exports.selection import Selected, Selection
from schemas.errors import UsageError
from tests.pipeline.conftest import RATES, Shelf
from tests.properties.exporting import BLANK, STUDY, Given, Row

LINK = '=HYPERLINK("http://example.org","click")'
COHORT: Row = {
    **BLANK,
    **STUDY,
    "kind": "cohort",
    "record_id": "0a",
    "study": LINK,
    "population": "",
    "value_text": "@SUM(A1)",
    "n": 7,
    "source": "text",
    "section": "",
    "sentence_id": "s1",
    "sentence": LINK,
    "quote": LINK,
    "quote_start": 0,
    "quote_end": 40,
    "boxes": [],
    "refs": [],
    "cited": [],
    "rules": [],
    "flags": [],
    "confidence": 1.0,
    "needs_review": False,
}


def written(path: Path, *rows: Row) -> tuple[openpyxl.Workbook, tuple[str, ...]]:
    """The workbook of these records, opened, and what its user is told."""
    done = find_format("excel").write(Given(list(rows)), path / "book.xlsx")
    return openpyxl.load_workbook(path / "book.xlsx"), done.notes


def test_every_table_has_its_sheet_and_every_column_its_meaning(tmp_path: Path, shelf: Shelf) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    find_format("excel").write(Selected(shelf.store, Selection()), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert set(book.sheetnames) == {"dictionary", *(table.name for table in TABLES)}
    explained = {(row[0].value, row[1].value) for row in book["dictionary"].iter_rows(min_row=2)}
    for table in TABLES:
        sheet = book[table.name]
        assert {(table.name, cell.value) for cell in sheet[1]} <= explained
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref is not None
    (noted,) = (cell for cell in book["comparisons"][2] if cell.comment is not None)
    assert book["comparisons"].cell(1, noted.column).value == "value_text"
    assert noted.comment.text.startswith("HR 0.38 (0.20-0.70); P = 0.008")


def test_a_text_that_looks_like_a_formula_is_a_text(tmp_path: Path) -> None:
    book, notes = written(tmp_path, COHORT)
    row = {head.value: cell for head, cell in zip(book["cohorts"][1], book["cohorts"][2], strict=True)}
    assert [row[name].value for name in ("study", "sentence", "value_text")] == [LINK, LINK, "@SUM(A1)"]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in book["cohorts"][2])
    assert row["n"].value == 7
    assert notes == ()


def test_what_excel_cannot_hold_is_cut_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = COHORT | {"sentence": "x" * 40_000}
    monkeypatch.setattr(workbook, "MOST_NOTES", 1)
    book, notes = written(tmp_path, COHORT, long | {"record_id": "0b"})
    cell = next(cell for cell in book["cohorts"][3] if str(cell.value).startswith("xxx"))
    assert len(cell.value) == workbook.MOST_CHARACTERS
    assert cell.value.endswith("(cut here)")
    assert notes == (
        "cohorts: 1 cells longer than Excel allows are cut; csv has them whole.",
        "cohorts: notes on the first 1 rows; column sentence has them all.",
    )


def test_more_rows_than_a_sheet_can_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    with pytest.raises(UsageError, match="more than the 1 rows"):
        written(tmp_path, COHORT, COHORT | {"record_id": "0b"})
    assert list(tmp_path.iterdir()) == [], "nothing half-written stays"
