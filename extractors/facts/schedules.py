"""A time in a sentence of a trial's report in, whether it sums up results or only says how long or when, out."""

import regex

from extractors.facts.clause import Clause
from extractors.facts.values import Unit, quantity

# "for the first 10 and 30 days", "at 6 and 12 months".
DATED = regex.compile(
    r"\b(?:for|over|at|after|within|during|every|by|to|weeks?|days?|months?)\s(?:the\s)?(?:first\s|next\s|last\s)?$"
)
SUMMARY = regex.compile(r"\b(?:median|mean|average|time to)\b", regex.IGNORECASE)


def is_schedule(clause: Clause, unit: Unit) -> bool:
    """Whether a time in a trial's report is the length of a treatment or the date of a visit, summing up nothing."""
    reading = unit.readings[0]
    if quantity(reading.value) != "time" or reading.value.number is None:
        return False
    if unit.contrast and not DATED.search(clause.contents.words(unit.span.start - 30, unit.span.start)):
        return False
    spread = getattr(reading.value, "spread", None) is not None or reading.interval is not None
    return not spread and SUMMARY.search(clause.contents.words(clause.contents.span.start, reading.span.start)) is None
