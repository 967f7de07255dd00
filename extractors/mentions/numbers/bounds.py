"""A place in the text -> the two bounds printed there: "5.7%–43.7%", "0.53 to 0.94", "11.0 – not reached"."""

import re
from typing import NamedTuple

from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import Unit

# Words in a bound's place that say there is none.
_OPEN = re.compile(
    r"not[\s-]+(?:yet[\s-]+)?(?:reached|recorded|reported|estimable|estimated|evaluable|available|applicable|calculable|"
    r"calculated|attained|determined)|(?:un|non-?)reached|(?:non-?|in)estimable|N/?R\b|N/?E\b|N/?A\b|N/?C\b|∞|"
    r"infinity|inf\b",
    re.IGNORECASE,
)
_JOINED = rf"[{DASHES}]{{1,2}}|\bto\b"
_STRICT = re.compile(rf"\s?(?:{_JOINED})\s?(?:[<>≤≥]\s?)?")
_LOOSE = re.compile(rf"\s?(?:{_JOINED}|\band\b|\ba(?=\s\d)|,|;|\.\.\.?|…|\bthrough\b)\s?(?:[<>≤≥]\s?)?")
_MARK = re.compile(r"[<>≤≥~≈$±]?\s?")


class Bounds(NamedTuple):
    """Two bounds: indices of their numerals (None is a bound printed as not reached), where they begin and end."""

    low: int | None
    high: int | None
    start: int
    end: int
    unit: Unit | None


def read_bounds(sheet: Sheet, position: int, *, loose: bool = True) -> Bounds | None:
    """The two bounds that begin at `position`, or None; `loose` also lets a comma or "and" stand between them."""
    text = sheet.text
    mark = _MARK.match(text, position)
    start = mark.end() if mark is not None else position
    low, after, unit = _bound(sheet, start)
    if after is None:
        return None
    separator = (_LOOSE if loose else _STRICT).match(text, after)
    if separator is None:
        # The dash of "0.69-0.90" can be lost at the end of a line; the numerals then touch.
        if low is None or not sheet.is_free(low + 1) or sheet.starts[low + 1] != after:
            return None
        return Bounds(low, low + 1, start, sheet.numerals[low + 1].end, unit)
    high, end, last = _bound(sheet, separator.end())
    if end is None or (low is None and high is None and not loose):
        return None
    return Bounds(low, high, start, end, last or unit)


def _bound(sheet: Sheet, position: int) -> tuple[int | None, int | None, Unit | None]:
    """One bound at `position`: its numeral (None if it is open), its end (None if there is no bound) and its unit."""
    i = sheet.at(position)
    if i is None or not sheet.is_free(i) or sheet.numerals[i].worded:
        missing = _OPEN.match(sheet.text, position)
        return None, missing.end() if missing is not None else None, None
    end = sheet.numerals[i].end
    unit = sheet.unit(i)
    if unit is None or unit.hyphen:
        return i, end, None
    return i, unit.end, unit
