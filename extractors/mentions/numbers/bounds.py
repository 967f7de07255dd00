"""A place in the text -> the two bounds printed there: "5.7%–43.7%", "0.53 to 0.94", "11.0 – not reached"."""

import re
from typing import NamedTuple

from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import Unit, read_unit

# Words in a bound's place that say there is none.
_OPEN = re.compile(
    r"not\s+(?:yet\s+)?(?:reached|recorded|reported|estimable|estimated|evaluable|available|applicable|calculable|calculated|attained|determined)"
    r"|(?:un|non-?)reached|(?:non-?|in)estimable|N/?R\b|N/?E\b|N/?A\b|N/?C\b|∞|infinity|inf\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(rf"\s?(?:[{DASHES}]{{1,2}}|\bto\b|\band\b|,|;|\.\.\.?|…|\bthrough\b)\s?(?:[<>≤≥]\s?)?")
_RANGE_SEPARATOR = re.compile(rf"\s?(?:[{DASHES}]{{1,2}}|\bto\b)\s?(?:[<>≤≥]\s?)?")
_BEFORE_BOUND = re.compile(r"[<>≤≥~≈$]?\s?")


class Bounds(NamedTuple):
    """Two bounds: indices of their numerals (None is a bound printed as not reached), where they begin and end."""

    low: int | None
    high: int | None
    start: int
    end: int
    unit: Unit | None
    low_unsigned: bool = False
    high_unsigned: bool = False


def read_bounds(sheet: Sheet, position: int, *, loose: bool = True) -> Bounds | None:
    """The two bounds that begin at `position`, or None; `loose` also lets a comma or "and" stand between them."""
    text = sheet.text
    opening = _BEFORE_BOUND.match(text, position)
    start = opening.end() if opening else position
    low = _numeral_at(sheet, start)
    if low is None:
        missing = _OPEN.match(text, start)
        if missing is None:
            return None
        after, unit = missing.end(), None
    else:
        after = sheet.numerals[low].end
        unit = read_unit(text, after)
        if unit is not None and unit.hyphen:
            unit = None
        if unit is not None:
            after = unit.end
    separator = (_SEPARATOR if loose else _RANGE_SEPARATOR).match(text, after)
    glued = separator is None and low is not None and low + 1 < len(sheet.starts) and sheet.starts[low + 1] == after
    if separator is None and not glued:
        return None
    place = separator.end() if separator else after
    high = _numeral_at(sheet, place)
    if high is None:
        missing = _OPEN.match(text, place)
        if missing is None:
            return None
        return Bounds(low, None, start, missing.end(), unit) if low is not None or loose else None
    end = sheet.numerals[high].end
    last = read_unit(text, end)
    if last is not None and not last.hyphen:
        end, unit = last.end, last
    return Bounds(low, high, start, end, unit)


def _numeral_at(sheet: Sheet, position: int) -> int | None:
    i = sheet.at(position)
    if i is None or sheet.taken[i] or sheet.numerals[i].worded:
        return None
    return i


