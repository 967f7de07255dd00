"""Validation: entries as written -> entries of the models, or an error that names file, entry and what to do."""

from collections.abc import Collection, Iterable
from string import Formatter

import regex
from pydantic import ValidationError

from extractors.lexicon.files import RawEntry
from extractors.lexicon.kinds import KINDS
from schemas.errors import LexiconError
from schemas.lexicon import Drug, Entry, Population


def validate(raw: RawEntry) -> Entry:
    """The entry that `raw` describes; raises LexiconError where a field is missing, unknown or of the wrong form."""
    try:
        entry = KINDS[raw.kind].model_validate(raw.fields)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{_title(raw)}: {_advice(raw.kind, field, first['type'], first['msg'])}") from None
    for text in (entry.id, *entry.names, *entry.abbreviations, *entry.patterns):
        if not text or text != text.strip():
            raise LexiconError(f"{_title(raw)}: {text!r} is empty or has blanks at its ends; remove them.")
    if isinstance(entry, Population):
        _check_label(entry, title=_title(raw))
    return entry


def check_patterns(entry: Entry, *, place: str) -> None:
    """Raise LexiconError where a pattern is no regular expression, matches nothing at all, or lacks its label's groups.

    Apart from `validate` because compiling the built-in patterns would take longer than all the rest of loading;
    those are compiled in the tests.
    """
    for pattern in entry.patterns:
        try:
            compiled = regex.compile(pattern)
        except regex.error as error:
            raise LexiconError(f"{place}: pattern {pattern!r} is no regular expression: {error}. Correct it.") from None
        if compiled.match("") is not None:
            raise LexiconError(f"{place}: pattern {pattern!r} matches where nothing stands; make a part obligatory.")
        if isinstance(entry, Population):
            for name in _label_fields(entry.label):
                if name != "match" and name not in compiled.groupindex:
                    raise LexiconError(
                        f"{place}: label {entry.label!r} needs a group (?P<{name}>...) in pattern {pattern!r}; add it."
                    )


def check_parts(entries: Iterable[Entry], *, known: Collection[str], place: str) -> None:
    """Raise LexiconError where a regimen names a part that is no drug."""
    for entry in entries:
        if isinstance(entry, Drug):
            for part in entry.parts:
                if part not in known:
                    raise LexiconError(
                        f"{place}: drugs entry {entry.id!r} has the part {part!r}, which is no drug; "
                        "add it as an entry of its own or correct the id."
                    )


def _check_label(entry: Population, *, title: str) -> None:
    try:
        fields = _label_fields(entry.label)
    except ValueError as error:
        raise LexiconError(f"{title}: label {entry.label!r} cannot be filled: {error}; correct its braces.") from None
    named = sorted(fields - {"match"})
    if named and (entry.names or entry.abbreviations):
        raise LexiconError(
            f"{title}: label {entry.label!r} uses {{{named[0]}}}, which only a pattern can fill; "
            "use {match}, or put names and patterns in two entries."
        )


def _label_fields(label: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(label) if name is not None}


def _title(raw: RawEntry) -> str:
    name = raw.fields.get("id")
    return raw.place if name is None else f"{raw.place} ({name!r})"


def _advice(kind: str, field: str, error: str, message: str) -> str:
    if error == "missing":
        return f"the field {field!r} is missing; add it."
    if error == "extra_forbidden":
        return f"{field!r} is no field of {kind}; use: {', '.join(KINDS[kind].model_fields)}."
    return f"the field {field!r} cannot be used: {message}. Correct it."
