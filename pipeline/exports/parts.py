"""What the dataset holds of a document in, the rows of each of its files out."""

from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.exports.content import Content, coverage
from pipeline.exports.fields import TABLES
from pipeline.exports.sheets import CsvText, LineSheet, Sheet, lines_of
from pipeline.exports.tables import document_row, open_sheets, text_rows
from pipeline.rows import Row

LINES = ("records", "findings", "sentences", "coverage")
"""Files of JSON lines."""

Parts = dict[str, Sequence[Row]]
"""Name of a table or of a file of lines -> its rows."""


def line_file(name: str) -> str:
    """The file of JSON lines of this name."""
    return f"{name}.jsonl"


def parts_of(content: Content) -> Parts:
    """What each file has of one document."""
    return of_text(content) | of_held(content)


def of_text(content: Content) -> Parts:
    """The files that say what a document holds."""
    lines = {"records": content.records, "findings": content.findings, "sentences": content.sentences}
    return {**text_rows(content), **{line_file(name): rows for name, rows in lines.items()}}


def of_held(content: Content) -> Parts:
    """The files that say how a document was read."""
    readable = content.held.reading_id is not None
    return {"documents": [document_row(content.held)], line_file("coverage"): [coverage(content)] if readable else []}


def sheets_in(folder: Path) -> list[tuple[str, Sheet]]:
    """Every file of the dataset in `folder`, empty, under the name of its rows."""
    lines: list[tuple[str, Sheet]] = [(line_file(name), LineSheet(folder / line_file(name))) for name in LINES]
    return [*lines, *open_sheets(folder / "tables")]


def texts() -> dict[str, Callable[[Sequence[Row]], str]]:
    """For each of these names, what makes of rows the text that a file of lines or of CSV has of them."""
    return {table.name: CsvText(table) for table in TABLES} | {line_file(name): lines_of for name in LINES}
