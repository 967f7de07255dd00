"""The tables' columns in, `datapackage.json` out: a Frictionless description of `tables/`."""

from typing import Any

from pipeline.exports.fields import TABLES, Field, TableSpec

PROFILE = "tabular-data-package"


def describe() -> dict[str, Any]:
    """The description: resources with types, keys, enumerations; no time and no place, so that it stays the same."""
    return {
        "name": "trialtrace",
        "title": "Clinical results reported by review articles",
        "profile": PROFILE,
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: TableSpec) -> dict[str, Any]:
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
        "path": f"tables/{table.name}.csv",
        "description": table.description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
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
    return described | ({"constraints": constraints} if constraints else {})
