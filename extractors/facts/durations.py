"""A time in its sentence in, the outcome that the words before it spell out: a follow-up, the time until death."""

import regex

from extractors.facts.quantities import quantity
from extractors.facts.sentence import Contents
from extractors.facts.values import Unit
from schemas.anchor import Span
from schemas.mention import EndpointMention

OVER = regex.compile(
    r"\b(?:over|after|for|during|with|at)\s+an?\s+(?:median|mean)\s+(?:duration\s+)?(?:of\s+)?$", regex.IGNORECASE
)
OF_FOLLOW_UP = regex.compile(r"^\s*(?:\([^()]*\)\s*)?of\s+(?:median\s+|mean\s+)?follow[‐‑-]?\s?up\b")
UNTIL_DEATH = regex.compile(r"\b(?:time|interval|survival) (?:from|between) [^.;:()]{3,70}? (?:to|until|and) death\b")


def until_death(contents: Contents, unit: Unit) -> EndpointMention | None:
    """The survival that "time from diagnosis to death" spells out."""
    if quantity(unit.readings[0].value) != "time":
        return None
    start = max(unit.span.start - 140, contents.span.start)
    found = list(UNTIL_DEATH.finditer(contents.words(start, unit.span.start)))
    if not found or any(start + found[-1].end() < e.span.start < unit.span.start for e in contents.endpoints):
        return None
    span = Span(start + found[-1].start(), start + found[-1].end())
    return EndpointMention(
        span=span, code="OS", family="time_to_event", text=" ".join(found[-1][0].split()), rule="endpoint:until_death"
    )


# "received a median of 15.4 months of treatment", "were on therapy for a median of 8 months".
RECEIVED = regex.compile(r"\breceived\s(?:an?\s)?(?P<what>(?:median|mean|average)\s(?:of\s)?)$")
OF_TREATMENT = regex.compile(r"^\s*(?:\([^()]*\)\s*)?of\s(?:study\s)?(?:treatment|therapy)\b")
ON_THERAPY = regex.compile(
    r"\bon\s(?:study\s|assigned\s)?(?:treatment|therapy)\sfor\s(?:an?\s)?(?P<what>(?:median|mean|average)\s(?:of\s)?)$"
)


def told_treatment(contents: Contents, unit: Unit) -> EndpointMention | None:
    """The duration of treatment that "received a median of 15 months of treatment" speaks of."""
    if quantity(unit.readings[0].value) != "time":
        return None
    text = contents.words(unit.span.start - 60, unit.span.start)
    match = RECEIVED.search(text) if OF_TREATMENT.match(contents.words(unit.span.end, unit.span.end + 40)) else None
    match = match or ON_THERAPY.search(text)
    if match is None:
        return None
    span = Span(unit.span.start - len(match["what"]), unit.span.start)
    return EndpointMention(
        span=span, code="DOT", family="time_to_event", text="duration of treatment", rule="endpoint:on_treatment"
    )


def told_follow_up(contents: Contents, unit: Unit) -> EndpointMention | None:
    """The follow-up that "over a median of 2.2 years" speaks of, named or not, or "after 40 months of follow-up"."""
    if quantity(unit.readings[0].value) != "time":
        return None
    text = contents.words(unit.span.start - 60, unit.span.start)
    match = OVER.search(text)
    after = OF_FOLLOW_UP.match(contents.words(unit.span.end, unit.span.end + 40))
    if match is None and after is None:
        return None
    words = match[0].strip() if match is not None else "follow-up"
    start = unit.span.start - (len(text) - match.start() if match is not None else 0)
    return EndpointMention(
        span=Span(start, unit.span.start),
        code="follow-up",
        family="follow_up",
        text=words,
        statistic="mean" if "mean" in words else "median",
        rule="endpoint:over_a_median",
    )
