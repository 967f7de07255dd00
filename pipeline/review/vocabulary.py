"""A few letters in, endpoints of the vocabulary and studies of the dataset whose names hold them out."""

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.review.index import Entry
from schemas.lexicon import Lexicon

MOST = 12
FAR = 9


class Suggested(NamedTuple):
    """What to write into the field, and what tells it from others."""

    value: str
    about: str


class Vocabulary:
    """Endpoints by code and by every name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._endpoints = [
            (entry.code, entry.id, (entry.code, entry.id, *entry.names, *entry.abbreviations))
            for entry in lexicon.endpoints
        ]

    def endpoints(self, typed: str, *, used: Iterable[Entry] = ()) -> list[Suggested]:
        """Endpoints whose code or a name holds what was typed: the nearest first, of those the ones in use here."""
        asked = " ".join(typed.split()).casefold()
        here = {entry.endpoint for entry in used if entry.endpoint}
        found: dict[str, tuple[tuple[int, bool, int], str]] = {}
        for code, name, names in self._endpoints:
            rank, place = min((_rank(asked, each), place) for place, each in enumerate(names))
            key = (rank, code not in here, place)
            if rank < FAR and (code not in found or key < found[code][0]):
                found[code] = (key, name if name != code else names[2] if len(names) > 2 else "")
        for code in here - found.keys():
            if _rank(asked, code) < FAR:
                found[code] = ((_rank(asked, code), False, 0), "in this dataset")
        ordered = sorted(found, key=lambda code: (found[code][0], code.casefold()))
        return [Suggested(code, found[code][1]) for code in ordered[:MOST]]


def find_studies(typed: str, *, entries: Iterable[Entry], document: str) -> list[Suggested]:
    """Studies any of whose names hold what was typed, those of this document first."""
    asked = " ".join(typed.split()).casefold()
    found: dict[str, tuple[bool, str]] = {}
    for entry in entries:
        if asked in entry.names:
            here = entry.document == document
            if entry.study not in found or (here and found[entry.study][0]):
                found[entry.study] = (not here, "in this document" if here else f"in {entry.document}")
    ordered = sorted(found, key=lambda study: (found[study][0], study.casefold()))
    return [Suggested(study, found[study][1]) for study in ordered[:MOST]]


def _rank(asked: str, name: str) -> int:
    plain = name.casefold()
    if plain == asked:
        return 0
    if plain.startswith(asked):
        return 1
    return 2 if f" {asked}" in plain else FAR
