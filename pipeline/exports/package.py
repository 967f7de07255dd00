"""Tables with their columns in, CSV files and the `datapackage.json` that describes them out."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.exports.datapackage import describe
from pipeline.exports.fields import TableSpec
from pipeline.exports.files import write_json
from pipeline.exports.sheets import CsvSheet, fill
from pipeline.rows import Row

IN_R = ("FALSE", "TRUE")
"""R reads these as logical, and Frictionless as boolean, both without being told."""


def write_package(folder: Path, tables: Sequence[tuple[TableSpec, Sequence[Row]]], *, title: str) -> list[Path]:
    """One CSV file a table, rows in the order given; returns the files."""
    sheets = [(spec.name, CsvSheet(folder, spec, truths=IN_R)) for spec, _ in tables]
    fill(sheets, [{spec.name: rows for spec, rows in tables}])
    described = folder / "datapackage.json"
    specs = [spec for spec, _ in tables]
    write_json(described, describe(specs, folder="", title=title))
    return [*(folder / f"{spec.name}.csv" for spec in specs), described]
