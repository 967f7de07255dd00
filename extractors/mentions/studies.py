"""A text's words in, the names of its studies out: by shape, and by how the text speaks of them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from extractors.mentions.study_shapes import (
    ACRONYM,
    AFTER,
    AUTHOR,
    BEFORE,
    DESCRIBED,
    JOINT,
    NOT_STUDIES,
    PLURAL_AFTER,
    REGISTRY,
    STAGE,
    TYPES,
)
from schemas.anchor import Span
from schemas.evidence import StudyType
from schemas.mention import StudyMention


class Candidate(NamedTuple):
    """A word group shaped like a study's name, at [start, end)."""

    start: int
    end: int
    name: str


def recognise_studies(
    reading: str, *, regions: Sequence[Span], taken: Sequence[Span], defined: frozenset[str]
) -> tuple[StudyMention, ...]:
    """Study mentions in the regions of a reading, in order.

    `taken` are places of endpoints, drugs and measures, which no study's name may lie in; `defined` are short forms
    the document defines as something else.
    """
    starts = {s.start: s.end for s in taken}
    found: list[StudyMention] = []
    candidates = [c for region in regions for c in _candidates(reading, region, defined)]
    candidates = [c for c in candidates if starts.get(c.start, -1) < c.end]
    accepted = _accepted(reading, candidates)
    for c in candidates:
        if squeeze(c.name) in accepted:
            found.append(
                StudyMention(
                    span=Span(c.start, c.end),
                    name=c.name,
                    kind="acronym",
                    study_type=study_type(reading, c.start, c.end),
                    rule="study:acronym",
                )
            )
    for region in regions:
        for match in REGISTRY.finditer(reading, region.start, region.end):
            found.append(StudyMention(span=Span(*match.span()), name=match[0], kind="registry", rule="study:registry"))
        for match in AUTHOR.finditer(reading, region.start, region.end):
            name = regex.sub(r",? (?:et al\.?|and co.*)$", " et al.", match["name"])
            found.append(
                StudyMention(
                    span=Span(*match.span()),
                    name=name,
                    kind="author_year",
                    study_type=study_type(reading, *match.span()),
                    rule="study:author",
                )
            )
        for match in DESCRIBED.finditer(reading, region.start, region.end):
            kind = study_type(reading, match.start(), match.end())
            found.append(
                StudyMention(
                    span=Span(*match.span()),
                    name=match["what"],
                    kind="described",
                    study_type=kind,
                    rule="study:described",
                )
            )
    return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end)))


def squeeze(name: str) -> str:
    """A study's name without blanks, hyphens and case of letters: one key for its spellings."""
    return regex.sub(r"[^\p{L}\d]", "", name).casefold()


def study_type(reading: str, start: int, end: int) -> StudyType | None:
    """What kind of study the words at and around [start, end) say it is."""
    around = reading[max(start - 60, 0) : end + 40]
    return next((kind for pattern, kind in TYPES if regex.search(pattern, around)), None)


def _candidates(reading: str, region: Span, defined: frozenset[str]) -> Iterator[Candidate]:
    for match in ACRONYM.finditer(reading, region.start, region.end):
        name = match["name"].rstrip("-–/")
        first = regex.split(r"[ /–-]", name)[0]
        letters = sum(c.isupper() for c in name)
        if (
            name.upper() in NOT_STUDIES
            or name in defined
            or first in defined
            or (letters < 3 and not regex.search(r"\d", name))
        ):
            continue
        if STAGE.fullmatch(name):
            continue
        if regex.fullmatch(r"\p{Lu}{1,2}[\d-]*|\p{Lu}[\d-]+\p{Lu}?", name) or (
            first.upper() in NOT_STUDIES and " " not in name
        ):
            continue
        yield Candidate(match.start("name"), match.start("name") + len(name), name)


def _accepted(reading: str, candidates: Sequence[Candidate]) -> set[str]:
    """Squeezed names that the text calls a study at least once, and those joined to one of them."""
    accepted: set[str] = set()
    for c in candidates:
        after, before = reading[c.end : c.end + 90], reading[max(c.start - 110, 0) : c.start]
        long = len(regex.findall(r"\p{Lu}", c.name)) >= 4 or (regex.search(r"\d", c.name) and len(c.name) >= 6)
        if AFTER.search(after) or (long and (BEFORE.search(before) or PLURAL_AFTER.search(after))):
            accepted.add(squeeze(c.name))
    for a, b in pairwise(candidates):
        if JOINT.match(reading[a.end : b.start]):
            pair = {squeeze(a.name), squeeze(b.name)}
            if pair & accepted and min(len(a.name), len(b.name)) >= 4:
                accepted |= pair
    return accepted
