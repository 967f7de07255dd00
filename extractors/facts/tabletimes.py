"""Words of a table that give a time in, their landmark out: "16" under "Week", "12 weeks", "At week 24"."""

import regex

UNIT = r"(?:weeks?|wks?|months?|mos?|days?|years?|yrs?)"
# "Week", "Time point (months)": the cells say when the results of their row were measured.
TIMES = regex.compile(
    r"^\W*(?:(?:assessment |measurement |evaluation )?(?:time ?points?|times?)"
    r"(?: of (?:assessment|measurement|evaluation|outcome))?"
    rf"|(?:study )?visits?|landmark|(?:at )?(?P<unit>{UNIT}))(?:\W+(?:in )?(?P<behind>{UNIT}))?\W*$",
    regex.IGNORECASE,
)
ALONE = regex.compile(
    rf"^\W*(?:(?:at|after|by)\s+)?(?:(?P<unit>{UNIT})\s*(?P<n>\d+)|(?P<n>\d+(?:\.\d+)?)[\s-]*(?P<unit>{UNIT})?)\W*$",
    regex.IGNORECASE,
)
NAMES = {"w": "weeks", "m": "months", "d": "days", "y": "years"}


def heads_times(header: str) -> bool:
    """Whether a header says that its column holds the times of measurement."""
    return TIMES.match(header) is not None


def read_time(text: str, header: str = "") -> str | None:
    """The landmark that a cell of nothing but a time prints; a bare number takes the unit its header gives."""
    match = ALONE.match(text)
    if match is None:
        return None
    head = TIMES.search(header)
    unit = match["unit"] or ((head["behind"] or head["unit"]) if head is not None else None)
    return f"{match['n']} {NAMES[unit[0].casefold()]}" if unit else None
