"""A selection in, an Excel workbook out: one sheet a table, sentences as notes on the values, a data dictionary."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.exports.fields import (
    CITATIONS,
    COHORTS,
    COMPARISONS,
    DOCUMENTS,
    ESTIMATES,
    FINDINGS,
    REFERENCES,
    SENTENCES,
    STUDIES,
    TableSpec,
)
from pipeline.exports.files import write_whole
from pipeline.exports.formats import Written
from pipeline.exports.selection import Selected
from pipeline.exports.sheets import said
from pipeline.exports.tables import rows_of
from pipeline.rows import Row
from schemas.errors import UsageError

SHEETS = (ESTIMATES, COMPARISONS, COHORTS, STUDIES, DOCUMENTS, FINDINGS, SENTENCES, REFERENCES, CITATIONS)
"""What a reader looks for first stands first."""
MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
"""Excel's own limits: rows below the header of a sheet, characters of a cell."""
MOST_NOTES = 10_000
"""Notes of a sheet: Excel opens and scrolls a sheet with many more of them slowly, and each is kept in memory here."""
CUT = " … (cut here)"
NOTED = "value_text"
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""A text of a document that looks like a formula or an address is a text."""
NOTE = {"width": 420, "height": 140}
EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001  (a constant in place of the clock, so that the same data give the same bytes)
WIDE = {"sentence": 60, "text": 60, "message": 60, "quote": 40, "title": 40, "description": 80, "meaning": 80}


def write(selected: Selected, out: Path) -> Written:
    """The workbook; raises UsageError where a table has more rows than a sheet can hold."""
    notes: list[str] = []

    def make(partial: Path) -> None:
        notes.extend(_write_workbook(selected, partial))

    write_whole(out, make)
    return Written([out], tuple(notes))


def _write_workbook(selected: Selected, path: Path) -> list[str]:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "in_memory": False, **PLAIN})
    book.set_properties({"title": "trialtrace", "created": EPOCH})
    bold = book.add_format({"bold": True})
    sheets = {table.name: _Sheet(book.add_worksheet(table.name), table, heading=bold) for table in SHEETS}
    dictionary = book.add_worksheet("dictionary")
    try:
        for part in map(rows_of, selected.contents()):
            for name, sheet in sheets.items():
                sheet.add(part[name])
        _write_dictionary(dictionary, heading=bold)
    finally:
        for sheet in sheets.values():
            sheet.close()
        book.close()
    return [note for sheet in sheets.values() for note in sheet.notes()]


class _Sheet:
    """One table being written, a row after the other: nothing is kept but the notes."""

    def __init__(self, sheet: Worksheet, table: TableSpec, *, heading: Any) -> None:
        self._sheet = sheet
        self._table = table
        self._rows = self._noted = self._unnoted = self._cut = 0
        names = [field.name for field in table.fields]
        _write_heading(sheet, names, heading=heading)
        self._note_at = names.index(NOTED) if NOTED in names else None

    def add(self, rows: Sequence[Row]) -> None:
        if self._rows + len(rows) > MOST_ROWS:
            raise UsageError(
                f"{self._table.name}: more than the {MOST_ROWS:,} rows an Excel sheet can hold; "
                "choose some with --where, or export csv or parquet."
            )
        for row in rows:
            self._rows += 1
            for column, field in enumerate(self._table.fields):
                self._write(column, row[field.name])
            if self._note_at is not None:
                self._note(self._note_at, row["sentence"])

    def close(self) -> None:
        self._sheet.autofilter(0, 0, self._rows, len(self._table.fields) - 1)

    def notes(self) -> list[str]:
        """What a user should know of this sheet."""
        found = []
        if self._cut:
            found.append(f"{self._table.name}: {self._cut} cells longer than Excel allows are cut; csv has them whole.")
        if self._unnoted:
            found.append(f"{self._table.name}: notes on the first {self._noted:,} rows; column sentence has them all.")
        return found

    def _write(self, column: int, value: Any) -> None:
        if value is None or value in ("", []):
            return
        if isinstance(value, bool):
            self._sheet.write_boolean(self._rows, column, value)
        elif isinstance(value, int | float):
            self._sheet.write_number(self._rows, column, value)
        else:
            text = said(value)
            if len(text) > MOST_CHARACTERS:
                self._cut += 1
                text = text[: MOST_CHARACTERS - len(CUT)] + CUT
            if text.startswith("<r>") and text.endswith("</r>"):
                text += " "  # the library would take it for markup of its own
            self._sheet.write_string(self._rows, column, text)

    def _note(self, column: int, sentence: str) -> None:
        if self._noted == MOST_NOTES:
            self._unnoted += 1
        elif sentence:
            self._noted += 1
            self._sheet.write_comment(self._rows, column, sentence[:MOST_CHARACTERS], NOTE)


def _write_heading(sheet: Worksheet, names: Sequence[str], *, heading: Any) -> None:
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(names):
        sheet.set_column(column, column, WIDE.get(name, max(len(name) + 3, 10)))
    sheet.write_row(0, 0, names, heading)


def _write_dictionary(sheet: Worksheet, *, heading: Any) -> None:
    """What every sheet and column means."""
    _write_heading(sheet, ["table", "column", "type", "meaning", "values"], heading=heading)
    rows = [
        line
        for table in SHEETS
        for line in [
            (table.name, "", "", f"one row is {table.description}", ""),
            *((table.name, field.name, field.type, field.description, ", ".join(field.enum)) for field in table.fields),
        ]
    ]
    for number, line in enumerate(rows, start=1):
        for column, text in enumerate(line):
            sheet.write_string(number, column, text)
