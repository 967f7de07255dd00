"""Numbers that tell groups apart by the level of an exposure: "26–50%: HR 4.1", "51–75% vs. >75%", ">50 nmol/L"."""

import re

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet

_BELOW, _ABOVE = Behind(r"(?:[<≤]|less\sthan)\s?"), Behind(r"(?:[>≥]|more\sthan)\s?")
_UNIT = r"\s?(?:%|[a-zµμ]{1,5}(?:/[a-zA-Z]{1,4})?)?"
# From one bound to the other side's: "<70% and ≥70%", "50% vs. >75%".
_OPPOSED = re.compile(rf"{_UNIT}\s?(?:vs\.?|versus|against|and|or|,)\s(?:[<>≤≥]|less\sthan|more\sthan)\s?")
_RANGED = re.compile(rf"\s?%?\s?(?:[{DASHES}]|to\s)\s?")
# A level heads its effect: "26–50%: HR 4.10".
_HEADS = re.compile(
    rf"{_UNIT}\s?[:=]\s?(?:a?HR|a?OR|a?RR|[Hh]azard\s[Rr]atio|[Oo]dds\s[Rr]atio|[Rr]elative\s[Rr]isk)\b"
)
# "rose from 26 to 50%", "survival was >75%": what is told of an outcome.
_TOLD = Behind(r"\b(?:from|was|were|is|reached|between)\s(?:only\s)?(?:[<>≤≥]\s?)?")
# "a level of at least 400 ng/mL", ">75 nmol/L": what bounds a measured quantity.
_BOUND = Behind(
    r"(?:[<>≤≥]|\b(?:above|below|exceed(?:s|ed|ing)?|at\sleast|at\smost|(?:more|less|greater|lower|higher)\sthan(?:\sor\sequal\sto)?"
    r"|no\s(?:more|less)\sthan|over|under|beyond))\s?"
)
_MEASURED = re.compile(r".*/(?!.*(?:week|month|year|day|wk|yr)s?$)|mm\s?Hg")
_CHANGED = Behind(
    r"\b(?:reduc|declin|decreas|increas|improv|fell|falls?|rose|gain|los[st]|chang|differ|drop|lower(?:ed|ing)|rais)\w*\s"
    r"(?:(?:from\sbaseline|in\s(?:[\w-]+\s){1,4}|by|of|was|were|to)\s){0,3}(?:[<>≤≥]|\w+(?:\sthan)?)\s?"
)
# The same bound in another unit: ">50 nmol/L (20 ng/mL)".
_OPENS = re.compile(r"\s?[(\[]\s?[<>≤≥]?\s?")


def claim_bounds(sheet: Sheet) -> None:
    """Take what bounds a measured quantity, its range and its conversion in brackets with it."""
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if not sheet.is_free(i) or numeral.worded or _BOUND(sheet.text, numeral.start) is None:
            continue
        last = _end_of_measured(sheet, i)
        if last is None or _CHANGED(sheet.text, numeral.start) is not None:
            continue
        _claim(sheet, i, last + 1)
        unit = sheet.unit(last)
        opened = _OPENS.match(sheet.text, unit.end) if unit is not None else None
        if opened is not None and sheet.is_free(last + 1) and sheet.numerals[last + 1].start == opened.end():
            behind = _end_of_measured(sheet, last + 1)
            closed = sheet.unit(behind) if behind is not None else None
            if behind is not None and closed is not None and sheet.text[closed.end : closed.end + 1] in (")", "]"):
                _claim(sheet, last + 1, behind + 1)


def _end_of_measured(sheet: Sheet, i: int) -> int | None:
    """The numeral, `i` or the next where both are a range, behind which a measured quantity's unit stands."""
    last = i
    if sheet.unit(i) is None and sheet.is_free(i + 1):
        between = sheet.text[sheet.numerals[i].end : sheet.starts[i + 1]]
        last = i + 1 if _RANGED.fullmatch(between) is not None else i
    unit = sheet.unit(last)
    return last if unit is not None and _MEASURED.match(unit.code) is not None else None


def claim_levels(sheet: Sheet) -> None:
    """Take the bounds of levels that stand against each other, and ranges that head an effect of their own."""
    for i in sheet.free():
        if not sheet.is_free(i) or not sheet.is_free(i + 1) or sheet.numerals[i].worded:
            continue
        first, second = sheet.numerals[i], sheet.numerals[i + 1]
        if _TOLD(sheet.text, first.signed) is not None or _TOLD(sheet.text, first.start) is not None:
            continue
        between = sheet.text[first.end : second.start]
        if _RANGED.fullmatch(between) is not None and first.value < second.value:
            opposed = sheet.is_free(i + 2) and _opposed(sheet, i + 1)
            if opposed or _HEADS.match(sheet.text, second.end):
                _claim(sheet, i, i + (3 if opposed else 2))
        elif _opposed(sheet, i) and _sides(sheet, i) | _sides(sheet, i + 1) == {"above", "below"}:
            _claim(sheet, i, i + 2)


def _opposed(sheet: Sheet, i: int) -> bool:
    """Whether a bound on the other side stands against numeral `i`."""
    return _OPPOSED.fullmatch(sheet.text, sheet.numerals[i].end, sheet.numerals[i + 1].start) is not None


def _sides(sheet: Sheet, i: int) -> set[str]:
    start = sheet.numerals[i].start
    return {side for side, sign in (("below", _BELOW), ("above", _ABOVE)) if sign(sheet.text, start) is not None}


def _claim(sheet: Sheet, start: int, end: int) -> None:
    for k in range(start, end):
        sheet.other(k, "threshold", rule="threshold:level")
