"""A selection in, one CSV file a table and `datapackage.json` out."""

from pathlib import Path

from pipeline.exports.datapackage import describe
from pipeline.exports.fields import TABLES
from pipeline.exports.files import write_json
from pipeline.exports.formats import Written
from pipeline.exports.selection import Selected
from pipeline.exports.sheets import CsvSheet, fill
from pipeline.exports.tables import rows_of


def write(selected: Selected, out: Path) -> Written:
    """The tables of a dataset, rows of the selection alone; cells hold the exact characters that were printed."""
    fill([(table.name, CsvSheet(out, table)) for table in TABLES], map(rows_of, selected.contents()))
    described = out / "datapackage.json"
    write_json(described, describe(folder=""))
    return Written([*(out / f"{table.name}.csv" for table in TABLES), described])
