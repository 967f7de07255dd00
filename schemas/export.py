"""The types in, their JSON Schema files out: `python -m schemas.export` writes them to schemas/json/."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from schemas.document import Document
from schemas.finding import Finding
from schemas.flat import FlatRecord
from schemas.lexicon import Lexicon
from schemas.record import Extraction, Record
from schemas.run import Run

FOLDER = Path(__file__).parent / "json"


class Exported(NamedTuple):
    """A type and whose view of it the file gives: of a reader of what is written, or of a writer of what is read."""

    model: type[BaseModel]
    mode: Literal["serialization", "validation"] = "serialization"


EXPORTED: Mapping[str, Exported] = MappingProxyType(
    {
        "record": Exported(Record),
        "flat_record": Exported(FlatRecord),
        "finding": Exported(Finding),
        "document": Exported(Document),
        "extraction": Exported(Extraction),
        "lexicon": Exported(Lexicon, "validation"),
        "run": Exported(Run),
    }
)


def describe(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one exported type."""
    model, mode = EXPORTED[name]
    return {"$schema": GenerateJsonSchema.schema_dialect, **model.model_json_schema(mode=mode)}


def render() -> dict[str, str]:
    """File name to content of every schema file; the same types give the same characters."""
    return {f"{name}.schema.json": json.dumps(describe(name), indent=2, ensure_ascii=False) + "\n" for name in EXPORTED}


def write(folder: Path = FOLDER) -> list[Path]:
    """Write every schema file anew, each whole; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in render().items():
        path = folder / name
        partial = path.with_suffix(".partial")
        partial.write_text(content, encoding="utf-8")
        partial.replace(path)
        written.append(path)
    return written


if __name__ == "__main__":
    write()
