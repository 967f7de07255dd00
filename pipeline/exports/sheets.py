"""Rows of tables in, a document at a time; CSV and Parquet files out, never seen half-written."""

import contextlib
import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.exports.fields import Field, TableSpec
from pipeline.rows import Row, plain_number

AT_ONCE = 20_000
"""Rows of a row group: enough for good compression, few enough for little memory."""
JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False)  # rows of a database hold no cycles
AS_THEY_ARE = ("string", "integer")
WORK = {"marker": pa.string(), "title": pa.string(), "doi": pa.string(), "pmid": pa.string(), "year": pa.int64()}
ARRAYS = {
    "texts": pa.list_(pa.string()),
    "boxes": pa.list_(pa.list_(pa.float64())),
    "works": pa.list_(pa.struct(list(WORK.items()))),
}
ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "object": pa.string(),
}
"""Types of columns in a Parquet file: said outright, so that an empty column has one too. Objects are JSON texts."""


class Sheet(Protocol):
    """One table being written."""

    def add(self, rows: Sequence[Row]) -> None:
        """Write further rows."""

    def end(self) -> None:
        """Nothing follows: write what waits still."""

    def close(self) -> None:
        """Give the file its name: it is whole."""

    def discard(self) -> None:
        """Leave nothing behind."""


def fill(sheets: Iterable[tuple[str, Sheet]], parts: Iterable[Mapping[str, Sequence[Row]]]) -> None:
    """Write every part's rows into the sheets of their tables; all sheets are closed, or on an error discarded."""
    opened = list(sheets)
    try:
        for part in parts:
            for name, sheet in opened:
                sheet.add(part[name])
        for _, sheet in opened:
            sheet.end()
        for _, sheet in opened:  # only now, when all are written: old and new files are not to stand side by side
            sheet.close()
    except BaseException:
        for _, sheet in opened:
            sheet.discard()
        raise


class _File:
    """A file that gets its name when it is whole."""

    def __init__(self, folder: Path, table: TableSpec, *, ending: str) -> None:
        self.table = table
        self.path = folder / f"{table.name}.{ending}"
        self.partial = self.path.with_name(f"{self.path.name}.partial")

    def finish(self) -> None:
        self.partial.replace(self.path)


class Written(list[Row]):
    """Rows with the text that a file has of them, made before."""

    def __init__(self, rows: Iterable[Row], text: str) -> None:
        super().__init__(rows)
        self.text = text


class CsvText:
    """What makes the text of a CSV file of a table's rows; `truths` are its words for false, true."""

    def __init__(self, table: TableSpec, *, truths: tuple[str, str] = ("false", "true")) -> None:
        self._cells = itemgetter(*[field.name for field in table.fields])
        self._spelled = [(at, field.type) for at, field in enumerate(table.fields) if field.type not in AS_THEY_ARE]
        self._truths = truths

    def __call__(self, rows: Sequence[Row]) -> str:
        lines = list(map(self._line, rows))
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(lines)
        if "\r" in text.getvalue():
            # Python's writer leaves a lone carriage return bare, which readers take for the end of a line
            text = io.StringIO(newline="")
            plain, quoting = (
                csv.writer(text, lineterminator="\n", quoting=how) for how in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
            )
            for cells in lines:
                bare = any("\r" in cell for cell in cells if isinstance(cell, str))
                (quoting if bare else plain).writerow(cells)
        return text.getvalue()

    def _line(self, row: Row) -> list[Any]:
        """The row's cells; texts and whole numbers are left to the writer, which says them as they are."""
        cells = list(self._cells(row))
        for at, kind in self._spelled:
            value = cells[at]
            if value is not None:
                cells[at] = self._truths[value] if kind == "boolean" else said(value)
        return cells


class CsvSheet(_File):
    """A table as CSV: blanks for unknowns, shortest numbers, lists as JSON; `truths` are its words for false, true."""

    def __init__(self, folder: Path, table: TableSpec, *, truths: tuple[str, str] = ("false", "true")) -> None:
        super().__init__(folder, table, ending="csv")
        self._text = CsvText(table, truths=truths)
        self._file = self.partial.open("w", encoding="utf-8", newline="")
        csv.writer(self._file, lineterminator="\n").writerow([field.name for field in table.fields])

    def add(self, rows: Sequence[Row]) -> None:
        self._file.write(rows.text if isinstance(rows, Written) else self._text(rows))

    def end(self) -> None:
        self._file.close()

    def close(self) -> None:
        self.finish()

    def discard(self) -> None:
        with contextlib.suppress(OSError):  # a full disk says so again
            self._file.close()
        self.partial.unlink(missing_ok=True)


class ParquetSheet(_File):
    """A table as Parquet, in typed columns."""

    def __init__(self, folder: Path, table: TableSpec) -> None:
        super().__init__(folder, table, ending="parquet")
        self._cells = itemgetter(*[field.name for field in table.fields])
        self._schema = pa.schema([(field.name, arrow_type(field)) for field in table.fields])
        self._writer = pq.ParquetWriter(self.partial, self._schema)
        self._waiting: list[Row] = []

    def add(self, rows: Sequence[Row]) -> None:
        self._waiting.extend(rows)
        if len(self._waiting) >= AT_ONCE:
            self._flush()

    def end(self) -> None:
        self._flush()
        self._writer.close()

    def close(self) -> None:
        self.finish()

    def discard(self) -> None:
        with contextlib.suppress(OSError):
            self._writer.close()
        self.partial.unlink(missing_ok=True)

    def _flush(self) -> None:
        cells = zip(*map(self._cells, self._waiting), strict=True) if self._waiting else ((),) * len(self.table.fields)
        columns = [
            pa.array(_stored(values, field), type=arrow_type(field))
            for field, values in zip(self.table.fields, cells, strict=True)
        ]
        self._writer.write_table(pa.table(columns, schema=self._schema))
        self._waiting = []


class LineSheet:
    """Rows as JSON, one a line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.partial = path.with_name(f"{path.name}.partial")
        self._file = self.partial.open("w", encoding="utf-8", newline="")

    def add(self, rows: Sequence[Row]) -> None:
        self._file.write(rows.text if isinstance(rows, Written) else lines_of(rows))

    def end(self) -> None:
        self._file.close()

    def close(self) -> None:
        self.partial.replace(self.path)

    def discard(self) -> None:
        with contextlib.suppress(OSError):  # a full disk says so again
            self._file.close()
        self.partial.unlink(missing_ok=True)


def lines_of(rows: Sequence[Row]) -> str:
    """Rows as JSON, one a line."""
    return "".join([JSON.encode(row) + "\n" for row in rows])


def arrow_type(field: Field) -> Any:
    """A column's type in a Parquet file."""
    return ARRAYS[field.items] if field.type == "array" else ARROW[field.type]


def said(value: Any) -> str:
    """A number, list or mapping as a CSV file says it; a text as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(plain_number(value))
    return "[]" if value == [] else JSON.encode(value)  # most lists are empty


def _stored(values: Sequence[Any], field: Field) -> Sequence[Any]:
    """A column as a Parquet file has it: an empty text is unknown unless the column is of texts always known."""
    if field.type == "string":
        unknown = "" if field.known else None
        return [value or unknown for value in values]
    if field.type == "object":
        return [JSON.encode(value) if value is not None else None for value in values]
    return values
