"""Intervals that say what they are: confidence and credible ones with their level, ranges, quartiles."""

import re
from decimal import Decimal
from typing import Literal

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.bounds import Bounds, read_bounds
from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet
from schemas.mention import IntervalMention
from schemas.number import Interval

Kind = Literal["confidence", "credible", "range", "quartiles"]

_CREDIBLE = r"(?:[Cc]redib(?:le|ility)|[Pp]osterior)\s+[Ii]ntervals?|CrIs?(?![A-Za-z])|(?:CrL|BCI|HDI|HPD)(?![A-Za-z])"
_CONFIDENCE = r"[Cc]on(?:fi|ﬁ)dence\s+(?:[Ii]ntervals?|[Ll]imits?|[Ll]evels?)|(?:CIs?|C\.I\.|CL|IC)(?![A-Za-z])"
_QUARTILES = (
    r"[Ii]nter-?\s?quartile\s+(?:[Rr]anges?|[Ii]ntervals?)|(?:IQRs?|IQI)(?![A-Za-z])|Q1\s?[-–,]\s?Q3|[Qq]uartiles"
    r"|th\s?(?:[-–]|to|and)\s?75th\s+percentiles?"
)
# "Time in range 26–50%" names what is measured.
_RANGE = r"(?<!\b[Ii]n\s)[Rr]ang(?:es?|ing|ed)(?![A-Za-z])|[Mm]in(?:imum)?\s?[-–/,]\s?[Mm]ax(?:imum)?(?![A-Za-z])"
_CUE = re.compile(
    rf"(?P<credible>{_CREDIBLE})|(?P<confidence>{_CONFIDENCE})|(?P<quartiles>{_QUARTILES})|(?P<range>{_RANGE})"
)
# Between the level and its name, "95% two-sided CI"; or behind it, "CI (95%): from".
_LEVEL_GAP = re.compile(
    rf"\s?(?:\\?%|per\s?cent)?\s?[{DASHES}]?\s?(?:(?:two|one|2|1)-?\s?(?:sided|tailed)\s|Bayesian\s|bootstrap(?:ped)?\s|Wald\s|exact\s)?"
)
_LEVEL_AFTER = re.compile(r"[\s,:(]{0,2}(?:del?\s|a\s)?(?P<level>\d\d(?:\.\d+)?)\s?\\?%?(?=[\s:=,;)\]])\s?[)\]]?")
# Between the name and the bounds: the abbreviation in brackets, punctuation, a verb, a dash, the opening bracket.
_TO_BOUNDS = re.compile(
    r"(?:\s?[\[({]\s?(?:95\s?%\s?)?(?:CIs?|C\.I\.|CrIs?|IQRs?)\s?[\])}])?(?:\)(?=:))?[\s,:;=*_$]{0,4}"
    rf"(?:(?:of|was|were|is|from|between|ranging from)\s)?(?:[{DASHES}]\s)?[\s\[({{=:,$]{{0,4}}"
)
_SECOND = re.compile(r"\s?(?:vs\.?|versus|against|and|,|;|/|,\sand)\s?[(\[]?")
_TO_BRACKET = re.compile(r"[^()\[\]{}]{0,60}?[)\]}]")
_BESIDE = re.compile(r"[\s\[({,;:]{0,4}")
_OF_AGE = Behind(r"\b(?:[Aa]ge[ds]?|old)\b[^.;%\d]{0,30}")
_LETTER_BEFORE = Behind(r"[A-Za-z-]")


def claim_intervals(sheet: Sheet) -> None:
    """Take every interval that says what it is; a cue without bounds is kept for the brackets to come."""
    for place in sheet.triggers["interval"]:
        match = _CUE.match(sheet.text, place)
        if match is None or match.lastgroup is None:
            continue
        if match.lastgroup == "range" and _LETTER_BEFORE(sheet.text, place) is not None:
            continue
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups of _CUE are named after the kinds
        start, position, level = match.start(), match.end(), None
        if kind in ("confidence", "credible"):
            start, position, level = _level(sheet, start, position)
        opening = _TO_BOUNDS.match(sheet.text, position)
        verbal = match[0].lower() in ("ranging", "ranged")
        bounds = read_bounds(sheet, opening.end(), loose=not verbal) if opening is not None else None
        if bounds is None or (bounds.low is None and bounds.high is None and kind == "range"):
            sheet.pending.append((match.end(), kind, level))
            if level is not None:
                sheet.other(level, "level", rule="level")
        elif kind == "range" and _OF_AGE(sheet.text, start) is not None:
            for i in (bounds.low, bounds.high):
                if i is not None:
                    sheet.other(i, "age", rule="age range")
        else:
            _add_all(sheet, bounds, start=start, kind=kind, level=level)


def _level(sheet: Sheet, start: int, position: int) -> tuple[int, int, int | None]:
    """Where the cue with its level begins and ends, and the index of the level's numeral."""
    i = sheet.first_from(start) - 1
    if _is_level(sheet, i) and _LEVEL_GAP.fullmatch(sheet.text, sheet.numerals[i].end, start):
        return sheet.numerals[i].start, position, i
    after = _LEVEL_AFTER.match(sheet.text, position)
    if after is not None:
        k = sheet.at(after.start("level"))
        if k is not None and _is_level(sheet, k):
            return start, after.end(), k
    return start, position, None


def _is_level(sheet: Sheet, i: int) -> bool:
    return sheet.is_free(i) and Decimal(50) <= sheet.numerals[i].value < Decimal(100)


def _add_all(sheet: Sheet, bounds: Bounds, *, start: int, kind: Kind, level: int | None) -> None:
    """Record an interval and those that follow it: "CI, 25.5–36.1 vs 14.3–20.8"."""
    value = None
    if level is not None:
        value = sheet.numerals[level].value
        sheet.take(level, "interval")
    add_interval(sheet, bounds, start=start, kind=kind, level=value, rule=f"interval:{kind}")
    while kind != "range" and (joint := _SECOND.match(sheet.text, bounds.end)) is not None:
        more = read_bounds(sheet, joint.end(), loose=False)
        if more is None:
            return
        bounds = more
        add_interval(sheet, bounds, start=bounds.start, kind=kind, level=value, rule=f"interval:{kind}:list")


def add_interval(sheet: Sheet, bounds: Bounds, *, start: int, kind: Kind, level: Decimal | None, rule: str) -> None:
    """Record one interval that begins at `start`, take its bounds, and note where the brackets around it end."""
    span = sheet.span(start, bounds.end)
    low = sheet.number(bounds.low) if bounds.low is not None else None
    high = sheet.number(bounds.high) if bounds.high is not None else None
    raw = sheet.raw(start, bounds.end)
    sheet.covered.append((start, bounds.end, "interval"))
    interval = Interval(raw=raw, low=low, high=high, level=level, span=span, kind=kind)
    sheet.intervals.append(IntervalMention(span=span, interval=interval, rule=rule))
    for i in (bounds.low, bounds.high):
        if i is not None:
            sheet.take(i, "interval")
    owner = sheet.first_from(start) - 1
    closing = _TO_BRACKET.match(sheet.text, bounds.end)
    if owner >= 0 and closing is not None and _BESIDE.fullmatch(sheet.text, sheet.numerals[owner].end, start):
        sheet.follow[owner] = closing.end()
