"""Tables' columns in, `datapackage.json` out: a Frictionless description with types, keys and enumerations."""

from collections.abc import Sequence
from typing import Any

from pipeline.exports.fields import TABLES, Field, TableSpec

PROFILE = "tabular-data-package"
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def describe(
    tables: Sequence[TableSpec] = TABLES,
    *,
    folder: str = "tables/",
    ending: str = "csv",
    title: str = "Clinical results reported by review articles",
) -> dict[str, Any]:
    """The description of tables that lie in `folder`; no time and no place in it, so that it stays the same."""
    return {
        "name": "trialtrace",
        "title": title,
        "profile": PROFILE,
        "resources": [_resource(table, folder=folder, ending=ending) for table in tables],
    }


def _resource(table: TableSpec, *, folder: str, ending: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.references:
        schema["foreignKeys"] = [
            {"fields": list(fields), "reference": {"resource": resource, "fields": list(there)}}
            for fields, resource, there in table.references
        ]
    return {
        "name": table.name,
        "path": f"{folder}{table.name}.{ending}",
        "description": table.description,
        "profile": "tabular-data-resource",
        "format": ending,
        "mediatype": MEDIA[ending],
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.enum:
        constraints["enum"] = list(field.enum)
    described: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    if field.known:
        described["missingValues"] = []  # a blank is an empty text
    return described | ({"constraints": constraints} if constraints else {})
