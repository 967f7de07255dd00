"""Whatever records hold, an export read back gives the same: CSV, Parquet and Excel."""

import json
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from openpyxl.utils.escape import unescape

from pipeline.exports.fields import COHORTS, COMPARISONS, ESTIMATES, Field
from pipeline.exports.formats import find_format
from pipeline.exports.frames import read_dataset
from tests.properties.exporting import Given, Row, expected, rebuilt, records

pytestmark = pytest.mark.slow
TABLES = {"cohort": COHORTS, "estimate": ESTIMATES, "comparison": COMPARISONS}


def by_id(rows: list[Row]) -> dict[str, Row]:
    """Rows by their record's id."""
    return {row["record_id"]: row for row in rows}


def plain(value: Any) -> Any:
    """A cell of a frame as a plain value, unknown ones as None."""
    return value if isinstance(value, list | dict) or not pd.isna(value) else None


def read_back(folder: Path) -> dict[str, Row]:
    """Flat records of the dataset in a folder."""
    frame = read_dataset(folder).records
    return by_id([rebuilt({key: plain(value) for key, value in row.items()}) for row in frame.to_dict("records")])


def understood(cell: Any, field: Field) -> Any:
    """A cell of a workbook in the type of its column; a blank one is unknown, or empty where that cannot be."""
    if field.type == "array":
        return json.loads(unescape(cell)) if cell is not None else []
    if field.type == "object":
        return json.loads(unescape(cell)) if cell is not None else None
    if field.type == "string":
        return unescape(str(cell)) if cell is not None else "" if field.known else None
    return cell


def read_workbook(path: Path) -> dict[str, Row]:
    """Flat records of a workbook, its escapes undone as Excel does."""
    book = openpyxl.load_workbook(path)
    found = []
    for kind, table in TABLES.items():
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == [field.name for field in table.fields]
        for cells in sheet.iter_rows(min_row=2):
            assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells), "a document's text is no formula"
            row = {field.name: understood(cell.value, field) for cell, field in zip(cells, table.fields, strict=True)}
            found.append(rebuilt(row | {"kind": kind}))
    return by_id(found)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_tables_read_back_are_the_records(form: str) -> None:
    @given(first=records("a"), second=records("b"))
    @settings(max_examples=60, deadline=None, derandomize=True)
    def check(first: list[Row], second: list[Row]) -> None:
        subject = Given(first, second)
        with tempfile.TemporaryDirectory() as folder:
            find_format(form).write(subject, Path(folder))
            assert read_back(Path(folder)) == by_id([expected(row) for row in subject.records()])

    check()


@given(drawn=records())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_workbook_read_back_is_the_records(drawn: list[Row]) -> None:
    subject = Given(drawn)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        find_format("excel").write(subject, path)
        assert read_workbook(path) == by_id([expected(row) for row in subject.records()])
