"""Loading: built-in vocabulary and a user's folders in, the validated Lexicon in force out."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from extractors.lexicon.digest import digest_of
from extractors.lexicon.entries import check_parts, check_patterns, validate
from extractors.lexicon.files import VocabularyFile, built_in_files, files_of, read_entries
from extractors.lexicon.kinds import KINDS
from schemas.errors import LexiconError
from schemas.lexicon import Entry, Lexicon

Entries = dict[str, dict[str, Entry]]


def load(folders: Sequence[Path] = ()) -> Lexicon:
    """The built-in vocabulary with the additions of a user's folders.

    An entry replaces the one of the same kind and id that came before it (built-in, then folder by folder); one that
    has neither names nor abbreviations nor patterns only switches that other one off. Entries stand in order of their
    ids. The result is kept: loading the same content again costs only the reading of the user's files.

    Raises LexiconError naming file, entry and what to do.
    """
    return _assemble(tuple(files_of(folder) for folder in folders))


@lru_cache(maxsize=8)
def _assemble(additions: tuple[tuple[VocabularyFile, ...], ...]) -> Lexicon:
    entries = {kind: dict(of_kind) for kind, of_kind in _built_in().items()}
    for files in additions:
        for kind, of_kind in _read(files, patterns=True).items():
            entries[kind] |= of_kind
    in_force = {
        kind: tuple(of_kind[name] for name in sorted(of_kind) if _can_be_found(of_kind[name]))
        for kind, of_kind in entries.items()
    }
    check_parts(in_force["drugs"], known={entry.id for entry in in_force["drugs"]}, place="vocabulary")
    return Lexicon.model_validate({**in_force, "digest": digest_of(in_force)})


@lru_cache(maxsize=1)
def _built_in() -> Entries:
    return _read(built_in_files(), patterns=False)


def _read(files: tuple[VocabularyFile, ...], *, patterns: bool) -> Entries:
    entries: Entries = {kind: {} for kind in KINDS}
    places: dict[tuple[str, str], str] = {}
    for file in files:
        for raw in read_entries(file):
            entry = validate(raw)
            if patterns:
                check_patterns(entry, place=f"{raw.place} ({entry.id!r})")
            earlier = places.setdefault((raw.kind, entry.id), raw.place)
            if earlier != raw.place:
                raise LexiconError(
                    f"{raw.place}: the id {entry.id!r} is already used in {earlier}; "
                    "join the two entries or give one another id."
                )
            entries[raw.kind][entry.id] = entry
    return entries


def _can_be_found(entry: Entry) -> bool:
    return bool(entry.names or entry.abbreviations or entry.patterns or getattr(entry, "suffix", ""))
