"""P-values: "P=.01", "*p* < 0.0001", "P for trend = 0.03", "p value of 0.04", and the thresholds that are none."""

import re
from decimal import Decimal
from typing import Literal

from extractors.mentions.numbers.sheet import Sheet
from schemas.mention import OtherNumber, PValueMention
from schemas.number import Operator, PValue

Qualifier = Literal["", "trend", "interaction", "noninferiority", "one-sided", "heterogeneity"]

_OPERATORS: dict[str, Operator] = {
    "=": "=", "<": "<", ">": ">", "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">=", "⩽": "<=", "⩾": ">=", "<=": "<=",
    ">=": ">=", "~": "~", "≈": "~", "¼": "=", "&lt;": "<", "&gt;": ">", "less than": "<", "greater than": ">",
    "equal to": "=", "equals": "=", "below": "<", "above": ">",
}  # fmt: skip
# "¼" is what some PDF fonts print for "=".
OPERATOR = r"<=|>=|&lt;|&gt;|[=<>≤≥≦≧⩽⩾~≈¼]|less than|greater than|equal to|equals|below|above"
_KINDS = r"trend|interaction|int|het(?:erogeneity)?|diff(?:erence)?|log-?rank|non-?inferiority|superiority|adj(?:usted)?|nominal"
# The letter, then emphasis marks, "value", what it is for, a verb or a comma, the comparison; never another digit.
_CUE = re.compile(
    r"(?<![A-Za-z0-9.])[Pp][*_}$]{0,3}(?:[\s-]?[Vv]alues?)?"
    rf"(?:[\s_{{-]{{0,2}}(?P<sub>{_KINDS})\b\}}?)?"
    r"(?:\s?[(\[][^()\[\]\d]{1,40}[)\]])?"
    r"(?:\s(?:for|of|from|by|in|between)\s(?P<what>[^\d;.()=<>≤≥]{1,60}?))?"
    r"[\s*_$]{0,3}(?:(?:was|were|is|are|of|:|,)\s?)?[\s*_$\\]{0,3}"
    rf"(?P<op>{OPERATOR})?(?:\s?(?:{OPERATOR}))?[\s*_$]{{0,3}}(?=[.\d\u00b7])"
)
_NOT_SIGNIFICANT = re.compile(r"(?<![A-Za-z0-9.])[Pp](?:[\s-]?values?)?[*_}$\s]{0,3}[=:]?\s?(?:NS\b|[Nn]\.[Ss]\.|not significant)")
_MORE = re.compile(rf"\s?(?:,|;|/|and|or|vs\.?|versus|,\sand)\s?(?P<op>{OPERATOR})?\s?")
_SET_AFTER = re.compile(
    r"[$*_)\s,]{0,4}(?:(?:level|value)s?\s)?(?:(?:was|were|is|are|being)\s)?(?:also\s)?"
    r"(?:considered|regarded|deemed|taken|accepted|defined|indicat|denot|set\b|used as|as (?:statistically )?significan)"
)
_SET_BEFORE = re.compile(
    r"(?:significance|significant|threshold|cut-?off|alpha|α)\b[^.;()]{0,40}\b(?:level|set|defined|considered|assumed|threshold|accepted)\b"
    r"[^.;()]{0,25}[\s$*_(]{0,3}\Z|(?:level of significance|significance level|significance threshold)[^.;()]{0,30}[\s$*_(]{0,3}\Z"
)
_QUALIFIERS: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("interaction", re.compile(r"interaction|\bint\b", re.IGNORECASE)),
    ("trend", re.compile(r"trend", re.IGNORECASE)),
    ("noninferiority", re.compile(r"non-?\s?inferiority", re.IGNORECASE)),
    ("heterogeneity", re.compile(r"heterogeneity|\bhet\b", re.IGNORECASE)),
    ("one-sided", re.compile(r"(?:one|1)[\s-](?:sided|tailed)", re.IGNORECASE)),
)
_ONE = Decimal(1)


def claim_p_values(sheet: Sheet) -> None:
    """Take every p-value of the sheet; a stated threshold of significance is no result."""
    text = sheet.text
    if "p" not in text and "P" not in text:
        return
    for match in _CUE.finditer(text):
        i = sheet.at(match.end())
        if i is None or sheet.taken[i]:
            continue
        numeral = sheet.numerals[i]
        operator = _OPERATORS[match["op"]] if match["op"] else None
        if operator is None and (numeral.decimals == 0 or numeral.value > _ONE or len(match[0]) > 40):
            continue
        if operator is not None and numeral.value > _ONE and operator != "=":
            continue
        before = sheet.before(match.start(), 110)
        if _SET_AFTER.match(text, numeral.end) or _SET_BEFORE.search(before):
            sheet.other(i, "threshold", rule="threshold")
            continue
        asked = before[-24:] + " " + text[match.start() : match.end()] + " " + text[numeral.end : numeral.end + 20].split(",")[0]
        qualifier = next((name for name, pattern in _QUALIFIERS if pattern.search(asked)), "")
        _add(sheet, i, match.start(), operator or "=", qualifier, "p")
        while (more := _another(sheet, i)) is not None:
            i, operator = more
            _add(sheet, i, sheet.numerals[i].start, operator, qualifier, "p:list")
    for match in _NOT_SIGNIFICANT.finditer(text):
        span = sheet.span(*match.span())
        sheet.others.append(OtherNumber(span=span, raw=match[0], reason="not significant", rule="other:not significant"))


def _add(sheet: Sheet, i: int, start: int, operator: Operator, qualifier: Qualifier, rule: str) -> None:
    end = sheet.numerals[i].end
    span = sheet.span(start, end)
    p = PValue(raw=sheet.text[start:end], operator=operator, number=sheet.number(i, unsigned=True), span=span, qualifier=qualifier)
    sheet.p_values.append(PValueMention(span=span, p=p, rule=rule))
    sheet.take(i)


def _another(sheet: Sheet, i: int) -> tuple[int, Operator] | None:
    """The next p-value of a list ("P = 0.03 and 0.04"): two decimals or more, and neither a unit nor an interval behind."""
    j = i + 1
    if j >= len(sheet.numerals) or sheet.taken[j]:
        return None
    numeral = sheet.numerals[j]
    match = _MORE.fullmatch(sheet.gap(i))
    if match is None or numeral.decimals < 2 or numeral.value > _ONE or numeral.signed < numeral.start:
        return None
    behind = sheet.text[numeral.end : numeral.end + 12].lstrip()
    if behind[:1] in {"%", "\\", "[", "("} or re.match(r"m[og]|%|\[|to\b|[-–]\s?\d", behind):
        return None
    return j, _OPERATORS[match["op"]] if match["op"] else "="
