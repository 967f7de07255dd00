"""Brackets behind a number: its interval without a name, "0.71 (0.59–0.81)", or its standard deviation."""

import re
from bisect import bisect_right
from decimal import Decimal

from extractors.mentions.numbers.bounds import Bounds, read_bounds
from extractors.mentions.numbers.intervals import Kind, add_interval
from extractors.mentions.numbers.sheet import Sheet

_OPENS = re.compile(r"\s?[(\[{]\s?")
# "HR 0.65; 0.50–0.84": no bracket, no name; the decimals must be those of the value.
_COMMA = re.compile(r"\s?[;,]\s")
# "48% with A (95% CI 43.0-53.4) and 26% with B (21.2-30.2)": the group named between, behind an interval with its name.
_OF_GROUP = re.compile(r"\s(?:with|for|in|on|among|of|receiving|given)\s[^()\[\]\d.;:]{2,60}?\s[(\[]\s?")
_CLOSES = re.compile(r"\s?[)\]};,]")
# "HR (95% CI)" and "mean (SD)" announce what the brackets of the sentence hold.
_REACH = 220
_NEAR = 60
_ENDS = re.compile(r"[.;]\s")
_PLUS_MINUS = re.compile(r"\s?\$?\\?(?:[(\[]\s?(?=±|\+/[-−–]))?(?:±|\+/[-−–]|\+[-−–]|∓|pm)\$?\s?")
_NAMED = re.compile(
    r"\s?(?:[^\d()\[\]]{0,40}[;,]\s?|(?:(?:of|in|from)\s(?:[\w-]+\s){1,3})?[(\[,]\s?)"
    r"(?:SDs?|S\.D\.|s\.d\.|standard deviation|[Ss]td\.?|SEM?|standard error)"
    r"(?:\s?[=:,]|\sof)?\s?±?\s?"
)
_IN_BRACKETS = re.compile(r"\s?[(\[]\s?±?\s?")
_TO_CLOSE = re.compile(r"[^()\[\]]{0,30}?[)\]]")
_CLOSE = re.compile(r"\s?[)\]]")
_ANNOUNCED = re.compile(r"(?:SDs?|SEM?|[Ss]tandard\s(?:deviations?|errors?))(?![A-Za-z])\s?[)\]:]")


def claim_brackets(sheet: Sheet) -> None:
    """Take brackets right behind a number that hold two bounds with the number between them."""
    text = sheet.text
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if not sheet.is_free(i) or numeral.worded:
            continue
        unit = sheet.unit(i)
        place = unit.end if unit is not None else numeral.end
        opening = _OPENS.match(text, place)
        bounds = read_bounds(sheet, opening.end()) if opening is not None else None
        if bounds is None and numeral.decimals and (comma := _COMMA.match(text, place)) is not None:
            bounds = read_bounds(sheet, comma.end(), loose=False)
            bounds = bounds if bounds is not None and _as_precise(sheet, bounds, numeral.decimals) else None
        if bounds is None and (group := _OF_GROUP.match(text, place)) is not None and _is_next(sheet, numeral.start):
            bounds = read_bounds(sheet, group.end(), loose=False)
        if bounds is None or (bounds.low is None and bounds.high is None) or not _CLOSES.match(text, bounds.end):
            continue
        low = sheet.numerals[bounds.low].value if bounds.low is not None else None
        high = sheet.numerals[bounds.high].value if bounds.high is not None else None
        if (low is None or low <= numeral.value) and (high is None or numeral.value <= high):
            level, kind = _announced(sheet, numeral.start)
            add_interval(sheet, bounds, start=bounds.start, kind=kind, level=level, rule="interval:bare")


def _is_next(sheet: Sheet, position: int) -> bool:
    """Whether a confidence interval that says what it is stands shortly before `position` in its sentence."""
    return any(
        what == "interval" and 0 <= position - end <= _NEAR and not _ENDS.search(sheet.text, end, position)
        for _, end, what in sheet.covered
    )


def _as_precise(sheet: Sheet, bounds: Bounds, decimals: int) -> bool:
    return (
        bounds.low is not None
        and bounds.high is not None
        and all(sheet.numerals[i].decimals == decimals for i in (bounds.low, bounds.high))
    )


def _announced(sheet: Sheet, position: int) -> tuple[Decimal | None, Kind]:
    """Level and kind that a cue without bounds announced before `position`: "HR (95% CI) 0.71 (0.59–0.81)"."""
    k = bisect_right(sheet.pending, position, key=lambda cue: cue[0]) - 1
    if k < 0 or position > sheet.pending[k][0] + _REACH:
        return None, "confidence"
    _, kind, level = sheet.pending[k]
    value = sheet.numerals[level].value if level is not None else None
    return value, kind  # type: ignore[return-value]  # `pending` holds kinds of intervals only


def claim_spreads(sheet: Sheet) -> None:
    """Find which numeral is the standard deviation of which: "25.3 ± 4.1", "25.3 (SD 4.1)", "mean (SD) 25.3 (4.1)"."""
    text = sheet.text
    announced = [place for place in sheet.triggers["spread"] if _ANNOUNCED.match(text, place)]
    if not sheet.triggers["spread"] and "±" not in text and "+" not in text and "\\pm" not in text:
        return
    for i in sheet.free():
        if not sheet.is_free(i) or not sheet.is_free(i + 1) or sheet.numerals[i].worded:
            continue
        numeral = sheet.numerals[i]
        unit = sheet.unit(i)
        place = unit.end if unit is not None else numeral.end
        sign = _PLUS_MINUS.match(text, place) or _NAMED.match(text, place)
        if sign is None and _is_announced(announced, numeral.start):
            sign = _IN_BRACKETS.match(text, place)
            if sign is not None and not _holds_one(sheet, i + 1):
                sign = None
        if sign is not None and sheet.at(sign.end()) == i + 1:
            sheet.spreads[i] = i + 1
            sheet.take(i + 1, "spread")
            closing = _TO_CLOSE.match(text, sheet.numerals[i + 1].end)
            if closing is not None and text[sign.start() : sign.end()].lstrip()[:1] in ("(", "["):
                sheet.follow.setdefault(i, closing.end())


def _is_announced(places: list[int], position: int) -> bool:
    """Whether one of `places`, in order, lies within reach before `position`."""
    k = bisect_right(places, position) - 1
    return k >= 0 and position - places[k] <= _REACH


def _holds_one(sheet: Sheet, j: int) -> bool:
    """Whether nothing but a unit stands between numeral `j` and the closing bracket."""
    numeral = sheet.numerals[j]
    unit = sheet.unit(j)
    if unit is not None and unit.family == "share" and numeral.decimals == 0:
        return False
    return _CLOSE.match(sheet.text, unit.end if unit is not None else numeral.end) is not None
