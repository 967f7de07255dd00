"""A value in, the kind of quantity that its unit says it is out: a time, a share, an incidence, a ratio."""

import regex

from schemas.mention import ValueMention

TIME_UNITS = frozenset({"months", "weeks", "days", "years", "hours", "minutes"})
# Events over time at risk: "per 100 person-years".
INCIDENCE = regex.compile(
    r"\bper\s+[\d,. ]+\s*\w+[- ]?(?:years?|months?|days?)\b|^(?:\w+\s)?per\s1(?:0|00)?[, ]?000$"
    r"|(?:\bper\s|/)\s?[\d,. ]*(?:patient|person|participant|subject|wom[ae]n|child)s?[- ](?:years?|months?|days?)\b"
    r"|^(?:\p{Ll}[\p{L}\s]+\s)?per\s(?:\p{L}+\sper\s)?(?:year|month|week)$"
)


def quantity(value: ValueMention) -> str:
    """What kind of number a value is: time, share, count or other."""
    if value.unit in TIME_UNITS:
        return "time"
    if value.unit in ("%", "percentage points"):
        return "share"
    if value.unit in ("patients", "events", "cases", "deaths"):
        return "count"
    if value.unit == "ratio":
        return "ratio"
    if value.unit is not None and INCIDENCE.search(value.unit):
        return "incidence"
    return "other" if value.unit not in (None, "") else "any"
