"""Vocabulary files: folder -> files with their bytes -> the entries written in them, not yet validated.

A TOML file holds arrays of tables named after the kind (`[[endpoints]]`), under any file name. A CSV file holds one
kind, the part of its name before the first dot (`drugs.oncology.csv`); its first row names the fields, and a field
of several values separates them by "|".
"""

import csv
import io
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple, get_origin

import tomli

from extractors.lexicon.kinds import KINDS
from schemas.errors import LexiconError
from schemas.lexicon import Entry

Fields = dict[str, Any]


class VocabularyFile(NamedTuple):
    """A file's place, as a user should read it, and its bytes."""

    place: str
    content: bytes


class RawEntry(NamedTuple):
    """The fields of one entry as written; `place` names file and row for messages."""

    kind: str
    place: str
    fields: Fields


def built_in_files() -> tuple[VocabularyFile, ...]:
    """The vocabulary that comes with the package, in order of file names."""
    return _files_in(resources.files("extractors.lexicon") / "data", shown_as="built-in")


def files_of(folder: Path) -> tuple[VocabularyFile, ...]:
    """A user's vocabulary files, in order of their names; other files of the folder are left alone.

    Raises LexiconError if the folder is missing or a file cannot be read.
    """
    if not folder.is_dir():
        raise LexiconError(f"{folder}: no such folder; name a folder that holds vocabulary files (.toml, .csv).")
    return _files_in(folder, shown_as=str(folder))


def read_entries(file: VocabularyFile) -> Iterator[RawEntry]:
    """The entries of one file, in the order they are written.

    Raises LexiconError where the file is not UTF-8, not TOML or CSV, or names a kind that does not exist.
    """
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{file.place}: not UTF-8 at byte {error.start}; save the file as UTF-8.") from None
    return _read_csv(file.place, text) if file.place.endswith(".csv") else _read_toml(file.place, text)


def _files_in(folder: Traversable, *, shown_as: str) -> tuple[VocabularyFile, ...]:
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.endswith((".toml", ".csv")) or path.name.startswith("."):
            continue
        place = f"{shown_as}/{path.name}"
        try:
            found.append(VocabularyFile(place, path.read_bytes()))
        except OSError as error:
            raise LexiconError(f"{place}: cannot be read ({error.strerror}); allow reading or remove it.") from error
    return tuple(found)


def _read_toml(place: str, text: str) -> Iterator[RawEntry]:
    try:
        content = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise LexiconError(f"{place}: not valid TOML: {error}. Correct that line.") from None
    for kind, entries in content.items():
        _known_kind(kind, place=place, written=f"[[{kind}]]")
        if not isinstance(entries, list) or not all(isinstance(fields, dict) for fields in entries):
            raise LexiconError(f"{place}: write each entry of {kind} under its own [[{kind}]], in double brackets.")
        for number, fields in enumerate(entries, start=1):
            yield RawEntry(kind, f"{place}, {kind} {number}", fields)


def _read_csv(place: str, text: str) -> Iterator[RawEntry]:
    kind = place.rsplit("/", 1)[-1].split(".", 1)[0]
    model = _known_kind(kind, place=place, written=f'the file name "{kind}"')
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        _known_columns(header, model=model, place=place)
        several = {name for name in header if get_origin(model.model_fields[name].annotation) is tuple}
        for row in rows:
            if not any(row):
                continue
            if len(row) > len(header):
                raise LexiconError(
                    f"{place}, line {rows.line_num}: {len(row)} values under {len(header)} columns; "
                    'put values that hold a comma in double quotes ("...").'
                )
            written = zip(header, row, strict=False)
            fields = {
                name: _values(value) if name in several else value.strip() for name, value in written if value.strip()
            }
            yield RawEntry(kind, f"{place}, line {rows.line_num}", fields)
    except csv.Error as error:
        raise LexiconError(f"{place}, line {rows.line_num}: not valid CSV: {error}. Correct that line.") from None


def _known_kind(kind: str, *, place: str, written: str) -> type[Entry]:
    if kind not in KINDS:
        raise LexiconError(f"{place}: {written} is no kind of entry; use one of: {', '.join(KINDS)}.")
    return KINDS[kind]


def _known_columns(header: list[str], *, model: type[Entry], place: str) -> None:
    # "|" separates values here and alternatives in a regular expression: a pattern can only be written in TOML.
    allowed = [name for name in model.model_fields if name != "patterns"]
    for name in header:
        if name not in allowed:
            raise LexiconError(
                f"{place}: column {name!r} is not a field; use: {', '.join(allowed)} (patterns are written in TOML)."
            )


def _values(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
