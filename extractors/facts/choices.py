"""The endpoint chosen for a value, and which kinds of endpoint may have which kinds of value."""

from typing import NamedTuple

import regex

from extractors.facts.quantities import quantity
from extractors.facts.values import Unit
from schemas.mention import EndpointMention

FAMILIES = {
    "incidence": frozenset({"event", "response", "count"}),
    "ratio": frozenset({"response", "event", "time_to_event", "count"}),
    "time": frozenset({"time_to_event", "follow_up"}),
    "share": frozenset({"response", "event", "time_to_event", "continuous", "count"}),
    "count": frozenset({"response", "event", "count"}),
    "other": frozenset({"continuous", "count"}),
}


# What is counted in days or is itself a length of time: "monthly migraine days", "total sleep time".
LASTING = regex.compile(r"\b(?:days?|nights?|hours?|minutes?|weeks?|time|duration|latency|stay)\b", regex.IGNORECASE)


class Choice(NamedTuple):
    """The endpoint of a unit: a mention or a printed phrase, and how it was found."""

    mention: EndpointMention | None
    phrase: str
    way: str


def can_be_of(mention: EndpointMention, unit: Unit) -> bool:
    """Whether an endpoint can have such a value; what only the text says was measured has no share of people."""
    shared = mention.rule == "endpoint:measured" and any(quantity(r.value) == "share" for r in unit.readings)
    lasting = mention.family == "continuous" and LASTING.search(f"{mention.code} {mention.text}") is not None
    if lasting and all(quantity(r.value) == "time" for r in unit.readings):
        return True
    return not shared and fits(mention.family, unit)


def fits(family: str, unit: Unit) -> bool:
    """Whether an endpoint of this family can have such a value."""
    kinds = {quantity(r.value) for r in unit.readings if r.value.number is not None} or {"any"}
    if family == "response" and any(r.value.unit == "points" for r in unit.readings):
        return True  # the scale itself, by which a response is defined
    if family == "follow_up" and any(r.value.spread is not None for r in unit.readings):
        return all(kind == "time" for kind in kinds)  # "scores at follow-up were 4.8 (SD 3.6)"
    if family == "follow_up" and any(r.measure is not None for r in unit.readings):
        return False  # "an SMD of 0.37 over the whole follow-up"
    return all(kind == "any" or family in FAMILIES[kind] for kind in kinds)
