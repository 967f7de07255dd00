"""A folder that a run or an export left in, its tables as pandas frames with proper types out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow.parquet as pq

from pipeline.exports.fields import TABLES
from schemas.errors import UsageError

TYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
"""Types that know unknown values: `pd.NA`, never a NaN or an empty text in its place."""
KINDS = {"cohorts": "cohort", "estimates": "estimate", "comparisons": "comparison"}

ORDER = ("document", "quote_start", "quote_end", "value_start", "kind", "record_id")


class Dataset(NamedTuple):
    """The tables of a dataset; columns, types and meanings as its `datapackage.json` says.

    Texts are `string`, enumerations `category`, whole numbers `Int64`, others `Float64`, truths `boolean`; a column of
    lists holds lists, one of mappings mappings or None.
    """

    documents: pd.DataFrame
    studies: pd.DataFrame
    cohorts: pd.DataFrame
    estimates: pd.DataFrame
    comparisons: pd.DataFrame
    findings: pd.DataFrame
    sentences: pd.DataFrame
    references: pd.DataFrame
    citations: pd.DataFrame

    @property
    def records(self) -> pd.DataFrame:
        """Cohorts, estimates and comparisons in one frame with their `kind`, by document, in the order of its text."""
        parts = [getattr(self, table).assign(kind=kind) for table, kind in KINDS.items()]
        types = {name: kind for part in reversed(parts) for name, kind in part.dtypes.items()} | {"kind": "string"}
        names = [
            "record_id",
            "document",
            "kind",
            *(name for name in types if name not in ("record_id", "document", "kind")),
        ]
        filled = [part.dropna(axis="columns", how="all") for part in parts if len(part)]
        together: pd.DataFrame = pd.concat(filled or parts, ignore_index=True).reindex(columns=names).astype(types)
        return together.sort_values(list(ORDER), ignore_index=True, na_position="first")


def read_dataset(folder: str | Path) -> Dataset:
    """The dataset in `folder`: what `trialtrace run`, `trialtrace export csv` or `export parquet` left there.

    Raises UsageError where there is no such dataset.
    """
    described = Path(folder) / "datapackage.json"
    try:
        resources = json.loads(described.read_text(encoding="utf-8"))["resources"]
    except FileNotFoundError:
        raise UsageError(
            f"{folder}: no dataset here (datapackage.json is missing); make one with: trialtrace run"
        ) from None
    paths = {each["name"]: (Path(folder) / each["path"], each["schema"]["fields"]) for each in resources}
    missing = [table.name for table in TABLES if table.name not in paths]
    if missing:
        raise UsageError(f"{described}: describes no table {', '.join(missing)}; it is not that of a dataset.")
    return Dataset(**{table.name: _read(*paths[table.name]) for table in TABLES})


def _read(path: Path, fields: list[dict[str, Any]]) -> pd.DataFrame:
    """One table, from its Parquet file where there is one, else from CSV: the same frame."""
    typed = path.with_suffix(".parquet")
    columns = _stored_columns(typed) if typed.is_file() else _printed_columns(path, fields)
    return pd.DataFrame({field["name"]: _typed(columns[field["name"]], field) for field in fields})


def _stored_columns(path: Path) -> Mapping[str, list[Any]]:
    table = pq.read_table(path)
    return {name: table.column(name).to_pylist() for name in table.column_names}


def _printed_columns(path: Path, fields: list[dict[str, Any]]) -> Mapping[str, list[Any]]:
    """Cells as they stand in the file; null where a blank is an unknown, not an empty text."""
    printed = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    empty = {field["name"] for field in fields if "missingValues" in field}
    return {
        name: [text if text or name in empty else None for text in printed[name].tolist()] for name in printed.columns
    }


def _typed(values: list[Any], field: dict[str, Any]) -> "pd.Series[Any]":
    allowed = field.get("constraints", {}).get("enum")
    if allowed is not None:
        return pd.Series(pd.Categorical(values, categories=allowed))
    kind = field["type"]
    if kind in ("array", "object"):
        values = [json.loads(value) if isinstance(value, str) else value for value in values]
        return pd.Series(values, dtype=object)
    if kind == "boolean":
        values = [value == "true" if isinstance(value, str) else value for value in values]
    elif kind in ("integer", "number"):
        number = int if kind == "integer" else float
        values = [number(value) if isinstance(value, str) else value for value in values]
    return pd.Series(values, dtype=TYPES[kind])
