"""Intervals: confidence and credible ones with their level, ranges and quartiles, and bare brackets behind a number."""

import re
from decimal import Decimal
from typing import Literal

from extractors.mentions.numbers.bounds import Bounds, read_bounds
from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import read_unit
from schemas.mention import IntervalMention
from schemas.number import Interval

Kind = Literal["confidence", "credible", "range", "quartiles"]

_CUE = re.compile(
    r"(?P<credible>(?:[Cc]redib(?:le|ility)|[Pp]osterior)\s+[Ii]ntervals?|(?<![A-Za-z])(?:CrIs?|CrL|BCI|HDI|HPD)(?![A-Za-z]))"
    r"|(?P<confidence>[Cc]onfidence\s+(?:[Ii]ntervals?|[Ll]imits?)|(?<![A-Za-z])(?:CIs?|C\.I\.|CL|IC|IC(?=95))(?![A-Za-z]))"
    r"|(?P<quartiles>[Ii]nter-?\s?quartile\s+(?:[Rr]anges?|[Ii]ntervals?)|(?<![A-Za-z])(?:IQRs?|IQI)(?![A-Za-z])|Q1\s?[-–,]\s?Q3"
    r"|25th\s?(?:[-–]|to|and)\s?75th\s+percentiles?|[Qq]uartiles)"
    r"|(?P<range>(?<![A-Za-z-])(?:[Rr]ang(?:es?|ing|ed)|[Mm]in(?:imum)?\s?[-–/,]\s?[Mm]ax(?:imum)?)(?![A-Za-z]))"
)
_HINTS = ("CI", "I", "onfidence", "redib", "uartile", "ang", "in", "HPD", "CL")
# Between the level and its name, "95% two-sided CI"; between the name and its bounds, "CI (95%): from".
_LEVEL_GAP = re.compile(rf"\s?\\?%?\s?[{DASHES}]?\s?(?:(?:two|one|2|1)-?\s?(?:sided|tailed)\s|Bayesian\s|bootstrap(?:ped)?\s|Wald\s|exact\s)?")
_LEVEL_AFTER = re.compile(r"[\s,:(]{0,2}(?P<level>\d\d(?:\.\d+)?)\s?\\?%?(?=[\s:=,;)\]])\s?[)\]]?")
_TO_BOUNDS = re.compile(
    rf"(?:\s?[\[({{]\s?(?:95\s?%\s?)?(?:CIs?|CrIs?|IQRs?)\s?[\])}}])?[\s,:;=*_$]{{0,4}}(?:(?:of|was|were|is|from|between|ranging from)\s)?"
    rf"(?:[{DASHES}]\s)?[\s\[({{=:,$]{{0,4}}"
)
_SECOND = re.compile(r"\s?(?:vs\.?|versus|and|,|;|/|,\sand)\s?[(\[]?")
_OPENS = re.compile(r"\s?[(\[{]\s?")
_CLOSES = re.compile(r"\s?[)\]};,]")
_RIGHT_BRACKET = re.compile(r"[^()\[\]]{0,60}?[)\]}]")
_SD_SIGN = re.compile(r"\s?\$?\\?(?:±|\+/[-−–]|\+[-−–]|∓|pm)\$?\s?")
_SD_OPEN = re.compile(r"\s?[(\[,]\s?(?:SD|S\.D\.|s\.d\.|standard deviation|[Ss]td\.?|SEM?|standard error)(?:\s?[=:,]|\sof)?\s?±?\s?")
_OF_AGE = re.compile(r"\b(?:[Aa]ge[ds]?|old)\b[^.;%]{0,30}\Z")


def claim_intervals(sheet: Sheet) -> None:
    """Take every interval that says what it is, with its level; a cue without bounds is kept for brackets to come."""
    text = sheet.text
    if not any(hint in text for hint in _HINTS):
        return
    for match in _CUE.finditer(text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups of _CUE are named after the kinds
        start, position = match.span()
        level, level_index = None, None
        if kind in ("confidence", "credible"):
            level_index = _level_before(sheet, start)
            if level_index is None and (after := _LEVEL_AFTER.match(text, position)):
                level_index = sheet.at(after.start("level"))
                if level_index is not None and not _is_level(sheet, level_index):
                    level_index = None
                if level_index is not None:
                    position = after.end()
            if level_index is not None:
                level = sheet.numerals[level_index].value
                start = min(start, sheet.numerals[level_index].start)
        opening = _TO_BOUNDS.match(text, position)
        bounds = read_bounds(sheet, opening.end(), loose=kind != "range" or text[match.start()] != "r" or "ing" not in match[0]) if opening else None
        if bounds is not None and kind == "range" and _OF_AGE.search(sheet.before(start, 50)):
            for i in (bounds.low, bounds.high):
                if i is not None:
                    sheet.other(i, "age", rule="age range")
            continue
        if bounds is None or (bounds.low is None and bounds.high is None and kind == "range"):
            sheet.pending.append((match.end(), kind, level_index))
            if level_index is not None:
                sheet.other(level_index, "level", rule="level")
            continue
        if level_index is not None:
            sheet.take(level_index)
        _add(sheet, bounds, start=start, kind=kind, level=level, rule=f"interval:{kind}")
        if kind == "range":
            continue
        last = bounds
        while (joint := _SECOND.match(text, last.end)) and (more := read_bounds(sheet, joint.end(), loose=False)):
            if more.high is None and more.low is None:
                break
            _add(sheet, more, start=more.start, kind=kind, level=level, rule=f"interval:{kind}:list")
            last = more


def _is_level(sheet: Sheet, i: int) -> bool:
    return not sheet.taken[i] and Decimal(50) <= sheet.numerals[i].value < Decimal(100)


def _level_before(sheet: Sheet, start: int) -> int | None:
    i = sheet.first_from(start) - 1
    if i < 0 or not _is_level(sheet, i):
        return None
    return i if _LEVEL_GAP.fullmatch(sheet.text, sheet.numerals[i].end, start) else None


def _add(sheet: Sheet, bounds: Bounds, *, start: int, kind: Kind, level: Decimal | None, rule: str) -> None:
    span = sheet.span(start, bounds.end)
    low = sheet.number(bounds.low) if bounds.low is not None else None
    high = sheet.number(bounds.high) if bounds.high is not None else None
    interval = Interval(raw=sheet.text[start : bounds.end], low=low, high=high, level=level, span=span, kind=kind)
    sheet.intervals.append(IntervalMention(span=span, interval=interval, rule=rule))
    sheet.take(*(i for i in (bounds.low, bounds.high) if i is not None))
    owner = sheet.first_from(start) - 1
    if owner >= 0 and (closing := _RIGHT_BRACKET.match(sheet.text, bounds.end)):
        sheet.follow[owner] = closing.end()


def claim_bare_intervals(sheet: Sheet) -> None:
    """Take brackets right behind a number that hold two bounds with the number between them: "0.71 (0.59–0.81)"."""
    text = sheet.text
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if sheet.taken[i] or numeral.worded:
            continue
        unit = read_unit(text, numeral.end)
        opening = _OPENS.match(text, unit.end if unit else numeral.end)
        bounds = read_bounds(sheet, opening.end()) if opening else None
        if bounds is None or _CLOSES.match(text, bounds.end) is None or (bounds.low is None and bounds.high is None):
            continue
        low = sheet.numerals[bounds.low].value if bounds.low is not None else None
        high = sheet.numerals[bounds.high].value if bounds.high is not None else None
        if (low is not None and low > numeral.value) or (high is not None and high < numeral.value):
            continue
        level, kind = _awaited(sheet, numeral.start)
        _add(sheet, bounds, start=bounds.start, kind=kind, level=level, rule="interval:bare")


def _awaited(sheet: Sheet, position: int) -> tuple[Decimal | None, Kind]:
    """Level and kind that a cue without bounds announced shortly before: "HR (95% CI) 0.71 (0.59–0.81)"."""
    for end, kind, level_index in reversed(sheet.pending):
        if end <= position <= end + 160:
            level = sheet.numerals[level_index].value if level_index is not None else None
            return level, kind  # type: ignore[return-value]  # kinds come from _CUE's groups
    return None, "confidence"


def claim_spreads(sheet: Sheet) -> None:
    """Find which numeral is the standard deviation of which: "25.3 ± 4.1", "25.3 (SD 4.1)"."""
    text = sheet.text
    if "±" not in text and "+" not in text and "S" not in text and "s" not in text and "\\pm" not in text:
        return
    for i in sheet.free():
        if i + 1 >= len(sheet.numerals) or sheet.taken[i + 1]:
            continue
        unit = read_unit(text, sheet.numerals[i].end)
        place = unit.end if unit else sheet.numerals[i].end
        sign = _SD_SIGN.match(text, place) or _SD_OPEN.match(text, place)
        if sign is not None and sheet.at(sign.end()) == i + 1:
            sheet.spreads[i] = i + 1
            sheet.take(i + 1)


