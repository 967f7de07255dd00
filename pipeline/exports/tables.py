"""What the dataset holds in, one CSV and one Parquet file a table out."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline.exports.content import Content
from pipeline.exports.fields import TABLES, TableSpec
from pipeline.exports.files import write_whole
from pipeline.rows import Row, plain_number, study_id

ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "array": pa.list_(pa.string()),
}
PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "array": "object"}
"""Types of columns in a Parquet file and in memory: said outright, so that an empty column has one too."""


def write_tables(folder: Path, contents: Sequence[Content]) -> None:
    """`folder`/documents.csv, documents.parquet and so on."""
    folder.mkdir(exist_ok=True)
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for content in contents:
        for name, found in rows_of(content).items():
            rows[name].extend(found)
    for table in TABLES:
        frame = to_frame(table, rows[table.name])
        schema = pa.schema([(field.name, ARROW[field.type]) for field in table.fields])
        write_whole(folder / f"{table.name}.parquet", partial(frame.to_parquet, index=False, schema=schema))
        text = to_text(table, rows[table.name])
        write_whole(folder / f"{table.name}.csv", partial(text.to_csv, index=False, lineterminator="\n"))


def rows_of(content: Content) -> dict[str, list[Row]]:
    """Table -> its rows of one document."""
    sha256 = content.held.sha256 or ""
    records = [_record_row(record, sha256=sha256) for record in content.records]
    return {
        "documents": [content.held._asdict() | {"files": [PurePath(file).name for file in content.held.files]}],
        "studies": [*content.studies, *_renamed(content, sha256=sha256)],
        "cohorts": [row for row in records if row["kind"] == "cohort"],
        "estimates": [row for row in records if row["kind"] == "estimate"],
        "comparisons": [row for row in records if row["kind"] == "comparison"],
        "findings": content.findings,
        "sentences": content.sentences,
        "references": content.references,
        "citations": content.citations,
    }


def _renamed(content: Content, *, sha256: str) -> list[Row]:
    """Studies that exist by a reviewer's correction only."""
    known = {row["study"] for row in content.studies}
    names = dict.fromkeys(record["study"] for record in content.records if record["study"] not in known)
    unknown: Row = {"study_alt_names": [], "study_type": None, "registry_ids": []}
    here = {"document": content.held.document}
    return [here | unknown | {"study": name, "study_id": study_id(sha256, name)} for name in names]


def _record_row(record: Row, *, sha256: str) -> Row:
    low, high = record["ci"] or (None, None)
    return record | {
        "study_id": study_id(sha256, record["study"]),
        "ci_low": low,
        "ci_high": high,
        "review": record["review"]["verdict"] if record["review"] is not None else None,
    }


def to_frame(table: TableSpec, rows: Sequence[Row]) -> pd.DataFrame:
    """The rows as typed columns, those of the table and in its order."""
    return pd.DataFrame(
        {field.name: pd.Series([row[field.name] for row in rows], dtype=PANDAS[field.type]) for field in table.fields}
    )


def to_text(table: TableSpec, rows: Sequence[Row]) -> pd.DataFrame:
    """The same as a CSV file says it: blanks for unknowns, shortest numbers, lists as JSON, true and false."""
    return pd.DataFrame({field.name: [_said(row[field.name]) for row in rows] for field in table.fields}, dtype="str")


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(plain_number(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
