"""A time in a sentence of a trial's report in, whether it sums up results or only says how long or when, out."""

import regex

from extractors.facts.clause import Clause
from extractors.facts.owned import said_of_arm
from extractors.facts.quantities import quantity
from extractors.facts.values import Unit

# "for the first 10 and 30 days", "at 6 and 12 months".
DATED = regex.compile(
    r"\b(?:for|over|at|after|within|during|every|by|to|weeks?|days?|months?)\s(?:the\s)?(?:first\s|next\s|last\s)?$"
)
# "the mean volume of the first 10 and 30 days".
FIRST = regex.compile(r"\b(?:for|over|during|within|of|in)\sthe\s(?:first|next|last)\s(?:\d+\sand\s)?$")
HYPHEN = regex.compile(r"\d[-‐‑]")  # "6-year results"
SUMMARY = regex.compile(r"\b(?:median|mean|average|time to)\b", regex.IGNORECASE)


def is_schedule(clause: Clause, unit: Unit) -> bool:
    """Whether a time in a trial's report is the length of a treatment or the date of a visit, summing up nothing."""
    reading = unit.readings[0]
    if quantity(reading.value) != "time" or reading.value.number is None:
        return False
    led = clause.contents.words(unit.span.start - 30, unit.span.start)
    if FIRST.search(led) or HYPHEN.search(clause.contents.words(*reading.span)):
        return True
    if unit.from_to and SUMMARY.search(clause.contents.text) is None and not clause.contents.p_values:
        return True  # "longer use, from 3 to 6 days"
    if unit.contrast and not DATED.search(clause.contents.words(unit.span.start - 30, unit.span.start)):
        return False
    before = clause.contents.words(clause.contents.span.start, reading.span.start)
    named = [e for e in clause.contents.endpoints if e.family == "time_to_event" and e.span.end <= reading.span.start]
    timed = any(e.code != "DOT" for e in named) and HYPHEN.search(clause.contents.words(*reading.span)) is None
    if timed and said_of_arm(clause, reading.span) is not None and not DATED.search(before[-30:]):
        return False
    if _tested_between_arms(clause, reading.value.unit):
        return False
    spread = getattr(reading.value, "spread", None) is not None or reading.interval is not None
    return not spread and SUMMARY.search(before) is None


def _tested_between_arms(clause: Clause, unit: str | None) -> bool:
    """Whether times of several arms stand in the sentence with a test of their difference."""
    times = [v.span for v in clause.contents.values if v.unit == unit]
    owners = {arm.name for span in times if (arm := said_of_arm(clause, span)) is not None}
    return bool(clause.contents.p_values) and len(owners) > 1
