"""The JSON Schema files are those of the types, the same at every writing, and true of real values."""

import json
from pathlib import Path

import pytest

from schemas.anchor import Frozen
from schemas.export import EXPORTED, FOLDER, describe, render, write


@pytest.mark.parametrize("name", sorted(render()))
def test_the_files_are_up_to_date(name: str) -> None:
    """Run `python -m schemas.export` where this fails."""
    assert (FOLDER / name).read_text(encoding="utf-8") == render()[name]


def test_there_is_no_file_of_a_type_that_is_gone() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(render())


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in write(tmp_path)}
    second = {path.name: path.read_bytes() for path in write(tmp_path)}
    assert first == second
    assert sorted(first) == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("name", sorted(EXPORTED))
def test_a_schema_names_its_dialect_and_forbids_unknown_keys(name: str) -> None:
    described = describe(name)
    assert described["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert described["additionalProperties"] is False
    assert issubclass(EXPORTED[name].model, Frozen)
    assert json.loads(render()[f"{name}.schema.json"]) == described
