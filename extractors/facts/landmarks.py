"""The values of a clause in, the time each is printed for ("at 12 months", "16-week PFS rate") out."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractors.facts.alignment import Labelled, align
from extractors.facts.choices import Choice
from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from extractors.facts.quantities import quantity
from extractors.facts.sentence import BRACKETED, CONNECTIVE, Contents, brackets_around
from extractors.facts.values import Unit
from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import EndpointMention, TimepointMention

AT = regex.compile(
    r"^[\s%)\]]*(?:\([^()]*\)\s*)?(?:at|after|by|within|in)?\s*(?:the\s+)?$|^[^.;,()\d]{0,70}\b(?:at|after|by"
    r"|within)\s+(?:the\s+)?$"
)
LEADING = regex.compile(
    r"^[\s-]*(?:(?!was\b|were\b|of\b|and\b|the\b|resulted\b|led\b|gave\b|produced\b|yielded\b)\w+[\s-]+){0,3}"
    r"(?:(?:rates?|incidences?|risks?|probability|frequency) (?:of|for) (?:\w+ and )?"
    r"(?:(?!(?:was|were|and|or|of)\b)[\w-]+\s){0,2})?$"
)


NEAREST = (
    45  # characters from "3-year" to the outcome it is part of: "3-year incidence of morphometric vertebral fracture"
)


def own_timepoint(contents: Contents, endpoint: EndpointMention | None) -> str | None:
    """The landmark printed before an endpoint as part of its name ("16-week PFS rate")."""
    for point in contents.timepoints:
        if endpoint is not None and endpoint.span.holds(point.span):
            return point.text
        near = endpoint is not None and 0 <= endpoint.span.start - point.span.end <= NEAREST
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
    near = [e for e in contents.endpoints if e.span.holds(point.span) or 0 <= e.span.start - point.span.end <= NEAREST]
    return any(own_timepoint(contents, e) == point.text for e in near)


# What is read at a time: shares, and measurements, which may be in days.
READ_AT = frozenset({"share", "other", "any", "time"})


def find_landmarks(clause: Clause, units: Sequence[Unit]) -> list[Landmark]:
    """The landmark of each unit; null for counts."""
    contents, spans = clause.contents, [u.span for u in units]
    listed = _align_timepoints(clause, spans, contents.timepoints)
    found = []
    for unit, all_of in zip(units, listed, strict=True):
        zipped = all_of.way == "zip" and all_of.label is not None
        text = contents.timepoints[all_of.label or 0].text if zipped else landmark_at(clause, unit.span)
        read = quantity(unit.readings[0].value) in READ_AT
        found.append(Landmark(text if read else None, zipped))
    return found


def landmark_at(clause: Clause, span: Span) -> str | None:
    """The time that the value at `span` is read at: its sentence's, or that of the one it refers back to."""
    contents = clause.contents
    points = [t for t in contents.timepoints if not _leads_endpoint(contents, t) and is_landmark(contents, t)]
    point = _governing(contents, span, points)
    if point is None and not contents.timepoints and REFERS_BACK.search(contents.text):
        return clause.memory.timepoint
    return point.text if point is not None else None


def remember_timepoint(clause: Clause, drafts: Sequence[Draft]) -> None:
    """Keep the time that the results of a sentence were read at, for one that refers back to them."""
    told = [d.timepoint for d in drafts if d.kind == "estimate" and d.timepoint is not None]
    points = [t.text for t in clause.contents.timepoints if is_landmark(clause.contents, t)]
    if told or points:
        clause.memory.timepoint = told[-1] if told else points[-1]


def time_counts(clause: Clause, drafts: Sequence[Draft]) -> None:
    """Give shares that were printed with their count the time they are read at."""
    for draft in drafts:
        own = [e for e in clause.contents.endpoints if e.code == draft.endpoint and e.span.end <= draft.place.start]
        if draft.kind == "estimate" and draft.statistic == "count":
            draft.timepoint = own_timepoint(clause.contents, own[-1]) if own else None
        if draft.kind == "estimate" and draft.statistic == "rate" and draft.timepoint is None:
            draft.timepoint = own_timepoint(clause.contents, own[-1] if own else None) or landmark_at(
                clause, draft.place
            )


TIMED_EFFECTS = frozenset({"difference", "p", "RR", "OR"})


def time_comparisons(clause: Clause, comparisons: Sequence[Draft], estimates: Sequence[Draft]) -> None:
    """Give an effect on shares their time; a hazard ratio has none."""
    told = [d for d in estimates if d.kind == "estimate"]
    for draft in comparisons:
        if draft.statistic not in TIMED_EFFECTS or draft.timepoint is not None:
            continue
        alike = [d for d in told if d.endpoint == draft.endpoint]
        before = [d for d in alike if d.place.start < draft.place.start] or alike
        if before and before[-1].timepoint is not None:
            draft.timepoint = before[-1].timepoint
        elif not before or draft.statistic == "difference":
            own = [e for e in clause.contents.endpoints if e.code == draft.endpoint]
            draft.timepoint = next((t for e in own if (t := own_timepoint(clause.contents, e))), None)
            draft.timepoint = draft.timepoint or landmark_at(clause, draft.place)


def _align_timepoints(clause: Clause, spans: Sequence[Span], points: Sequence[TimepointMention]) -> list[Labelled]:
    return align(
        spans,
        [t.span for t in points],
        listed=lambda a, b: CONNECTIVE.match(JOINED_UNIT.sub("", clause.contents.words(a.end, b.start))) is not None,
        follows=lambda v, k: AT.match(clause.contents.words(spans[v].end, points[k].span.start)) is not None,
    )


# "the 3-year and 4-year rates", "the 1-, 3- and 5-year rates": the unit of each but the last stands behind its span.
JOINED_UNIT = regex.compile(r"^\s?[‐-―-](?:\s?(?:days?|weeks?|months?|years?|hours?)\b|(?=\s?(?:,|and\b|or\b)))")
# "randomised within 6 h of onset" tells who was treated, not when the result was read.
ENTRY = regex.compile(
    r"(?<![\w‐‑-])(?:randomi[sz]|treat(?!ment\s(?:failure|response|success|discontinuation|effect|difference|satisfaction))|present|enrol|assign|administ|initiat|arriv|start|eligib|admitted"
    r"|intervention)\w*\s[^.;,()%]{0,30}$",
    regex.IGNORECASE,
)
SINCE_ONSET = regex.compile(r"^\s*(?:of|after|from|since)\s+(?:the\s+)?(?:\w+\s+){0,2}(?:onset|symptoms)\b")
INTRODUCED = regex.compile(
    r"(?:\b(?:at|by|after|within|through|in|on|to|until)\s+(?:the\s+)?(?:end of\s+)?(?:first\s+)?|^\W*)$",
    regex.IGNORECASE,
)
# A time that opens its clause, or stands right before the verb or bracket of its value, is said of what follows.
OPENS = regex.compile(
    r"(?:^|[;:(]|,|\b(?:and|but|while|whereas|although)\b)[\s,]*(?:(?:however|then|already|again|even|also|only)\s+)?"
    r"(?:at|by|after|within|through|in)\s+(?:the\s+)?(?:end of\s+)?$",
    regex.IGNORECASE,
)
TELLS = regex.compile(
    r"^[\s,]*(?:[(\[]|(?:was|were|is|in|of|had|has|reached|rose|fell|remained|occurred|stood|amounted|achieved"
    r"|seen|favou?red)\b)"
    r"[^.;)]*$"
)
BREAK = regex.compile(r";|,\s+(?:and|but|while|whereas|although)\b")
OVER = regex.compile(r"\bover\s(?:the\s)?(?:first\s)?$")
ENDS = regex.compile(r"^\s?(?:[.;(\[]|$)")
# "The corresponding rates were ...": what was printed before, in other groups.
REFERS_BACK = Gated(
    r"\b(?:corresponding|respective|same|equivalent|analogous)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:rates?|values?|figures?|proportions?|percentages?|differences?|ratios?|numbers?|groups?|arms?"
    r"|time\s?points?|landmarks?)\b"
    r"|\b(?:[Tt]he|[Tt]hese|[Tt]hose)\s+(?:rates?|values?|figures?|proportions?|percentages?)\s+(?:was|were)\b"
    r"|\b(?:[Ii]t|[Tt]hey)\s+(?:was|were)\s+(?:only\s+)?\d"
)


def is_landmark(contents: Contents, point: TimepointMention) -> bool:
    """Whether a time says when a result was read, and not when people entered."""
    before = contents.words(point.span.start - 60, point.span.start)
    if regex.search(r"\d\s?[‐-―-]\s?$", before):  # "treated at 12-24 h"
        return False
    after = contents.words(point.span.end, point.span.end + 40)
    if SINCE_ONSET.match(after) or regex.match(r"\s?[‐-―-]\s?\d", after):
        return False
    return ENTRY.search(before) is None or OPENS.search(before) is not None


def _governing(contents: Contents, span: Span, points: Sequence[TimepointMention]) -> TimepointMention | None:
    """The time a value is read at: one right behind it, one that opens its clause, or one that closes it.

    A leading time holds until the next one or a semicolon; a trailing one for the values before it back to the time
    before, and on for those behind it where none follows.
    """
    inside = [t for t in points if span.holds(t.span)]
    if inside:
        return inside[0]
    last = next((t for t in reversed(points) if t.span.end <= span.start and _is_introduced(contents, t)), None)
    following = next((t for t in points if t.span.start >= span.end), None)
    if following is not None:
        gap = contents.words(span.end, following.span.start)
        if AT.match(gap) or AT.match(_behind(contents, span, following)):
            return following
        closes = (_is_introduced(contents, following) or _spans(contents, following)) and not _leads(
            contents, following
        )
        opened = last is not None and _leads(contents, last) and not _parted(contents, last, span)
        if (
            closes
            and not opened
            and ";" not in _behind(contents, span, following)
            and not _other_kind(contents, span, following)
        ):
            return following
    if last is not None and (";" not in _outside(contents, last.span.end, span.start) or _opens(contents, last)):
        return last
    return None


def _parted(contents: Contents, point: TimepointMention, span: Span) -> bool:
    """Whether a clause of its own begins between a time and a value."""
    return BREAK.search(_outside(contents, point.span.end, span.start)) is not None


def _behind(contents: Contents, span: Span, point: TimepointMention) -> str:
    """The words from a value to a time behind it, outside the brackets that the value may stand in."""
    fence = brackets_around(contents, span)
    inside = fence is not None and fence.end < point.span.start
    return _outside(contents, fence.end if inside and fence is not None else span.end, point.span.start)


def _outside(contents: Contents, start: int, end: int) -> str:
    """The words between two places, brackets and what they hold left out."""
    text = contents.words(start, end)
    for _ in range(2):
        text = BRACKETED.sub("", text)
    return text


def _is_introduced(contents: Contents, point: TimepointMention) -> bool:
    opened = regex.match(r"\s*[(\[]", contents.words(point.span.end, point.span.end + 3)) is not None
    visits = point.rule.endswith("visit") and OVER.search(_lead(contents, point)) is not None  # "over months 4 to 6"
    return (
        opened or visits or point.rule.endswith("since-event") or INTRODUCED.search(_lead(contents, point)) is not None
    )


def _spans(contents: Contents, point: TimepointMention) -> bool:
    """Whether results are told over a time that closes them ("... and 15.0% of those on placebo over 3 years")."""
    after = contents.words(point.span.end, point.span.end + 3)
    return OVER.search(_lead(contents, point)) is not None and ENDS.match(after) is not None


def _lead(contents: Contents, point: TimepointMention) -> str:
    return contents.words(point.span.start - 30, point.span.start)


def _opens(contents: Contents, point: TimepointMention) -> bool:
    """Whether a time opens its clause ("At week 16, ...")."""
    start = contents.words(contents.span.start, point.span.start)
    return OPENS.search(start[-30:] if len(start) > 30 else start) is not None


def _leads(contents: Contents, point: TimepointMention) -> bool:
    """Whether a time is said of the values that follow it."""
    behind = next((v.span.start for v in contents.values if v.span.start >= point.span.end), None)
    if behind is None:
        return False
    if _opens(contents, point) or not any(v.span.end <= point.span.start for v in contents.values):
        return True
    effect = any(point.span.end <= m.span.start < behind for m in contents.measures)
    if effect:  # "54.6% and 46.0% were alive at four years (HR for death, 0.73"
        return False
    gap = contents.words(point.span.end, behind)
    return TELLS.match(gap) is not None and BREAK.search(BRACKETED.sub("", gap)) is None


def _other_kind(contents: Contents, span: Span, point: TimepointMention) -> bool:
    """Whether survival stands between a share that is none and the time: the time is then that of the survival."""
    before = [e for e in contents.endpoints if e.span.end <= span.start]
    between = [e for e in contents.endpoints if span.end <= e.span.start and e.span.end <= point.span.start]
    survival = any(e.family == "time_to_event" for e in between)
    return survival and (not before or before[-1].family != "time_to_event")
