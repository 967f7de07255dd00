"""Shares that bound a change and so define an outcome: "lost at least 5%", "reductions of 10% or more", "≥20% loss"."""

import re

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.sheet import Sheet

_NOUNS = (
    r"(?:loss(?:es)?|reductions?|improvements?|decreases?|declines?|drops?|increases?|gains?|responses?|weight\sloss)"
)
_BOUND = r"(?:at\sleast|[≥⩾]|no\sless\sthan|more\sthan\sor\sequal\sto)"
# "a reduction of at least 50%", "lost at least 5%".
_LEAST_BEFORE = Behind(
    rf"\b(?:{_NOUNS}(?:\s(?:in|of)\s(?:[\w-]+\s){{1,3}})?(?:\s?of)?|los(?:e|es|t|ing)|shed(?:ding)?|achiev\w{{0,3}}|attain\w{{0,3}}|reach\w{{0,3}}|"
    rf"regain\w{{0,3}}|gain\w{{0,3}})\s?{_BOUND}\s?(?:an?\s)?",
    ignore_case=True,
)
_LEAST = Behind(rf"{_BOUND}\s?(?:an?\s)?", ignore_case=True)
# "a loss of 15% or more", "lost 20% or more of their weight".
_MORE_BEFORE = Behind(
    rf"\b(?:{_NOUNS}(?:\s(?:in|of)\s(?:[\w-]+\s){{1,3}})?\sof|los(?:e|es|t|ing)|shed(?:ding)?)\s", ignore_case=True
)
_OR_MORE = re.compile(r"\s?%\sor\s(?:more|greater|above|higher)\b")
# "≥5% weight loss", "at least a 50% reduction in", "at least 10% was lost".
_CHANGE_BEHIND = re.compile(
    rf"\s?%\s(?:[\w-]+\s){{0,3}}?(?:{_NOUNS}|(?:was|were|had\sbeen)\s(?:lost|shed))\b", re.IGNORECASE
)
# ">50% decline in eGFR", "a 40% decline in eGFR, kidney failure or death": one part of an outcome of several.
_OVER = Behind(r"[>＞]\s?")
_FALL_BEHIND = re.compile(r"\s?%\s(?:sustained\s)?(?:decline|reduction|decrease|loss|increase|rise)\s(?:in|of)\s")
_PART_OF_SEVERAL = re.compile(
    r"\s?%\s(?:sustained\s)?(?:decline|reduction|decrease|loss)\s(?:in|of)\s(?:the\s)?[\w-]+(?:\s[\w-]+){0,3}?"
    r"(?:,\s[^.;:()\d]{3,60}?)?,?\sor\s(?:[\w-]+\s){0,3}?"
    r"(?:death|mortality|failure|dialysis|transplant\w*|end-stage|ES[A-Z]{2})\b"
)
_THRESHOLD_BEHIND = re.compile(r"\s?%\s(?:thresholds?|mark|cut-?off)\b")
# "≥5%, ≥10% and ≥15% weight loss", "5% or more, 10% or more and 15% or more were reached".
_GOES_ON = re.compile(r"\s?%(?:\sor\s(?:more|greater))?\s?(?:,|,?\s(?:and|or))\s(?:of\s)?(?:at\sleast\s|[≥⩾]\s?)?")
_SHARE = re.compile(r"\s?%")


def claim_extents(sheet: Sheet) -> None:
    """Take the shares that bound a change."""
    if "%" not in sheet.text:
        return
    for i in reversed(sheet.free()):
        if not sheet.is_free(i) or _SHARE.match(sheet.text, sheet.numerals[i].end) is None or not _bounds(sheet, i):
            continue
        sheet.other(i, "threshold", rule="threshold:extent")
        k = i + 1
        while sheet.is_free(k) and _follows(sheet, k):
            sheet.other(k, "threshold", rule="threshold:extent")
            k += 1
        k = i
        while sheet.is_free(k - 1) and k > 0 and _joins(sheet, k - 1):
            k -= 1
            sheet.other(k, "threshold", rule="threshold:extent")


def _bounds(sheet: Sheet, i: int) -> bool:
    text, numeral = sheet.text, sheet.numerals[i]
    if _LEAST_BEFORE(text, numeral.signed) is not None:
        return True
    if _LEAST(text, numeral.signed) is not None and _CHANGE_BEHIND.match(text, numeral.end):
        return True
    if _OVER(text, numeral.signed) is not None and _FALL_BEHIND.match(text, numeral.end):
        return True
    if _PART_OF_SEVERAL.match(text, numeral.end):
        return True
    if _OR_MORE.match(text, numeral.end) and _MORE_BEFORE(text, numeral.signed) is not None:
        return True
    return _THRESHOLD_BEHIND.match(text, numeral.end) is not None


def _follows(sheet: Sheet, i: int) -> bool:
    """Whether a share with a bound of its own follows one in a list ("5% or more, 10% or more and 15% or more")."""
    gap = sheet.text[sheet.numerals[i - 1].end : sheet.numerals[i].signed]
    return _GOES_ON.fullmatch(gap) is not None and _OR_MORE.match(sheet.text, sheet.numerals[i].end) is not None


def _joins(sheet: Sheet, i: int) -> bool:
    """Whether a list goes on from a share to the next with a bound of its own before or behind each."""
    gap = sheet.text[sheet.numerals[i].end : sheet.numerals[i + 1].signed]
    return _GOES_ON.fullmatch(gap) is not None and (
        "or " in gap.split(",")[0] or _LEAST(sheet.text, sheet.numerals[i].signed) is not None
    )
