"""The values of a clause in, the time each is printed for ("at 12 months", "16-week PFS rate") out."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractors.facts.alignment import Labelled, align
from extractors.facts.clause import Clause
from extractors.facts.endpoints import Choice
from extractors.facts.sentence import Contents, listed_by
from extractors.facts.values import Unit, quantity
from schemas.anchor import Span
from schemas.mention import EndpointMention, TimepointMention

AT = regex.compile(
    r"^\s*%?\s*(?:\([^()]*\)\s*)?(?:at|after|by|within|in)?\s*(?:the\s+)?$|^[^.;,()\d]{0,70}\b(?:at|after|by"
    r"|within)\s+(?:the\s+)?$"
)
LEADING = regex.compile(
    r"^[\s-]*(?:(?!was\b|were\b|of\b|and\b|the\b)\w+[\s-]+){0,3}(?:rates? (?:of|for) (?:\w+ and )?)?$"
)


def own_timepoint(contents: Contents, endpoint: EndpointMention | None) -> str | None:
    """The landmark printed before an endpoint as part of its name ("16-week PFS rate")."""
    for point in contents.timepoints:
        near = endpoint is not None and 0 <= endpoint.span.start - point.span.end <= 30
        if endpoint is not None and near and LEADING.match(contents.words(point.span.end, endpoint.span.start)):
            return point.text
    return None


THEN = regex.compile(r"\bat (?:this|that|the same) time(?: ?point)?\b")


class Landmark(NamedTuple):
    """The landmark said of a value, and whether a list pairs it with the value."""

    text: str | None
    zipped: bool


def timepoint_of(clause: Clause, choice: Choice, aligned: Landmark) -> str | None:
    """A rate's landmark: part of its endpoint's name, else said of it, else that of the time just spoken of."""
    endpoint = choice.mention
    if endpoint is None or aligned.zipped:
        return aligned.text
    own = own_timepoint(clause.contents, endpoint) or aligned.text
    if own is None and endpoint.family == "time_to_event":
        earlier = [e for e in clause.contents.endpoints if e.span.end <= endpoint.span.start]
        led = [t for e in earlier if (t := own_timepoint(clause.contents, e)) is not None]
        own = led[-1] if led else clause.memory.timepoint if THEN.search(clause.contents.text) else None
    return own


def _leads_endpoint(contents: Contents, point: TimepointMention) -> bool:
    near = [e for e in contents.endpoints if 0 <= e.span.start - point.span.end <= 30]
    return any(own_timepoint(contents, e) == point.text for e in near)


def find_landmarks(clause: Clause, units: Sequence[Unit]) -> list[Landmark]:
    contents, spans = clause.contents, [u.span for u in units]
    if contents.timepoints:
        clause.memory.timepoint = contents.timepoints[-1].text
    listed = _align_timepoints(clause, spans, contents.timepoints)
    points = [t for t in contents.timepoints if not _leads_endpoint(contents, t)]
    free = _align_timepoints(clause, spans, points)
    found = []
    for unit, all_of, lone in zip(units, listed, free, strict=True):
        text = None
        if all_of.way == "zip" and all_of.label is not None:
            text = contents.timepoints[all_of.label].text
        elif lone.label is not None and _said(clause, unit, points[lone.label]):
            text = points[lone.label].text
        shared = quantity(unit.readings[0].value) == "share"
        found.append(Landmark(text if shared else None, all_of.way == "zip"))
    return found


def _align_timepoints(clause: Clause, spans: Sequence[Span], points: Sequence[TimepointMention]) -> list[Labelled]:
    return align(
        spans,
        [t.span for t in points],
        listed=listed_by(clause.contents),
        follows=lambda v, k: AT.match(clause.contents.words(spans[v].end, points[k].span.start)) is not None,
    )


def _said(clause: Clause, unit: Unit, point: TimepointMention) -> bool:
    """Whether a landmark is said of a value: right after it, or opening the sentence or clause."""
    if unit.span.end <= point.span.start:
        return AT.match(clause.contents.words(unit.span.end, point.span.start)) is not None
    before = clause.contents.words(point.span.start - 12, point.span.start)
    return regex.search(r"\b(?:at|by|after|within)\s+(?:the\s+)?$|^\W*$", before, regex.IGNORECASE) is not None
