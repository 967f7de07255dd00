"""Units and measures printed once for a whole list: "6.9 vs 4.2 months", "HRs of 0.61 and 0.93"."""

import re
from typing import NamedTuple

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet


class Reading(NamedTuple):
    """How a numeral is to be read as a value: its unit, the rule that says so, and where it ends (null: its digits)."""

    unit: str | None
    rule: str
    end: int | None = None


_BLOT = "\x00"
_BRACKETS = rf"[\s{_BLOT}]{{0,400}}(?:[(\[{{][{_BLOT}\s;,:=*_$]{{0,400}}[)\]}}]\s?){{0,2}}"
_VERSUS = r"vs\.?|versus|against|as\sopposed\sto|v\.?|compared\s(?:with|to)|relative\sto"
_SEPARATOR = rf"(?:{_VERSUS}|and|or|to|,\s?(?:and|or|vs\.?|versus|against)|,|;|/)"
# "10.1 in the A group and 12 months in the B group": what each number is of may stand between them.
_GROUP = r"(?:in|for|with)\s(?:the\s)?[\w\s+/-]{1,50}?(?:\s(?:group|arm|cohort)s?)?"
_FILLER = r"(?:\s(?:a|only|just|nearly|approximately|about|was|were)|\s\w{1,12}\sof|[~≈])?"
_NAMED = r"(?:\s\([A-Za-z][^()\d]{2,40}\))?"
_BACK = re.compile(
    rf"{_BRACKETS}{_NAMED}(?:\s?{_GROUP}\s?,?\s?(?:{_VERSUS}|and)|\s?{_SEPARATOR}){_FILLER}\s?[(\[]?[~≈<>]?\s?"
)
_ON = re.compile(
    rf"{_BRACKETS}\s?(?:{_SEPARATOR}){_FILLER}\s?|{_BRACKETS}\s?{_GROUP}(?:,\s|\s?,?\s?(?:{_VERSUS}|and)\s)"
)
_NAMED_ON = re.compile(rf"{_BRACKETS}\s?[;,]\s(?:and\s)?[A-Z][A-Za-z0-9-]{{0,6}},?\s")
_DOUBLE = re.compile(rf"[{DASHES}]?\s?(?:to|and|or)\s")
_RANGE = re.compile(rf"\s?\\?%?\s?(?:[{DASHES}]|to)\s?[~≈]?")
_RANGE_ON = re.compile(rf"\s?[{DASHES}]\s?\d")
_FROM = Behind(r"\bfrom\s(?:[~≈]\s?|a\s(?:median|mean|baseline)\sof\s|about\s|approximately\s)?")
# Measures whose further values look like the first; of other units, only decimals with as many digits are carried on.
_WORDED = frozenset({"fold", "months", "weeks", "days", "years"})
_MEASURES = frozenset({"HR", "OR", "RR", "SMD", "MD", "RD", "other"})


def blot(sheet: Sheet) -> str:
    """The text with intervals, p-values, spreads and bracketed counts blotted out, so that a list's joints show."""
    characters = list(sheet.text)
    for start, end, _ in sheet.covered:
        characters[start:end] = _BLOT * (end - start)
    for i, k in sheet.spreads.items():
        start, end = sheet.numerals[i].end, max(sheet.numerals[k].end, sheet.follow.get(i, 0))
        characters[start:end] = _BLOT * (end - start)
    return "".join(characters)


def carry_back(sheet: Sheet, found: dict[int, Reading]) -> None:
    """Give the unit behind the last member of a list to the free numbers before it."""
    blotted = ""
    for last in sorted(found, reverse=True):
        reading = found[last]
        base = reading.rule.split(":")[1]
        j = last
        while (k := _previous(sheet, j)) is not None:
            left, right = sheet.numerals[k], sheet.numerals[j]
            if sheet.owner[k] or (left.worded and base not in _WORDED) or (base == "bare" and not left.decimals):
                break
            if k in sheet.follow and last not in sheet.follow and base == "%" and not left.decimals:
                break  # a score with its own range, and then a share: "17 (IQR 14-21), and 89.0% had"
            if base == "%" and left.decimals and ";" in sheet.text[left.end : right.start]:
                break  # "(0.16 vs 0.29; 46% reduction)": rates of another kind
            blotted = blotted or blot(sheet)
            if _RANGE.fullmatch(blotted, left.end, right.start) and _FROM(sheet.text, left.signed) is None:
                found[k] = Reading(reading.unit, f"value:{base}:range-low")
                if j == last:
                    found[last] = reading._replace(rule=f"{reading.rule}:range-high")
            elif _BACK.fullmatch(blotted, left.end, max(right.signed, left.end)) or (
                base == "fold" and _DOUBLE.fullmatch(blotted, left.end, right.start)
            ):
                found[k] = Reading(reading.unit, f"value:{base}:list")
            else:
                break
            sheet.take(k, "value")
            j = k


def _previous(sheet: Sheet, j: int) -> int | None:
    """The numeral before `j`, past those of intervals, p-values, spreads and the like between them."""
    k = j - 1
    while k >= 0 and sheet.owner[k] in ("interval", "p", "spread", "count"):
        k -= 1
    return k if k >= 0 else None


def carry_on(sheet: Sheet, found: dict[int, Reading]) -> None:
    """Read the numbers that follow a measure's value, or a decimal of the same form, as more of its kind."""
    blotted = ""
    for first in sorted(found):
        reading, i = found[first], first
        measured = reading.rule.split(":")[1] in _MEASURES
        while (j := _next(sheet, i)) is not None and not sheet.owner[j]:
            numeral, last = sheet.numerals[j], sheet.numerals[i]
            if _RANGE_ON.match(sheet.text, numeral.end):
                break
            if numeral.worded or numeral.decimals == 0 or (not measured and numeral.decimals != last.decimals):
                break
            blotted = blotted or blot(sheet)
            begin = reading.end if i == first and reading.end is not None else last.end  # behind its unit
            joined = _ON.fullmatch(blotted, begin, max(numeral.signed, begin))
            if joined is None and not (reading.unit is None and _NAMED_ON.fullmatch(blotted, last.end, numeral.signed)):
                break
            rule = reading.rule.removesuffix(":list").partition(":range")[0]
            found[j] = Reading(reading.unit, f"{rule}:list")
            sheet.take(j, "value")
            i = j


def _next(sheet: Sheet, i: int) -> int | None:
    j = i + 1
    while j < len(sheet.owner) and sheet.owner[j] in ("interval", "p", "spread", "unit"):
        j += 1
    return j if j < len(sheet.owner) else None
