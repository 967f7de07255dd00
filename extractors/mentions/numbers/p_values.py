"""P-values: "P=.01", "*p* < 0.0001", "P for trend = 0.03", "p value of 0.04", and the thresholds that are none."""

import re
from decimal import Decimal
from typing import Literal

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.numerals import MINUS
from extractors.mentions.numbers.sheet import Sheet
from schemas.mention import OtherNumber, PValueMention
from schemas.number import Number, Operator, PValue

Qualifier = Literal["", "trend", "interaction", "noninferiority", "one-sided", "heterogeneity"]

# "¼" is what some PDF fonts print for "=".
_OPERATORS: dict[str, Operator] = {
    "=": "=", "<": "<", ">": ">", "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">=", "⩽": "<=", "⩾": ">=", "<=": "<=",
    ">=": ">=", "~": "~", "≈": "~", "¼": "=", "&lt;": "<", "&gt;": ">", "less than": "<", "greater than": ">",
    "equal to": "=", "equals": "=", "below": "<", "above": ">", "≪": "<",
}  # fmt: skip
_OPERATOR = r"<=|>=|&lt;|&gt;|[=<>≤≥≦≧⩽⩾~≈¼≪]|less than|greater than|equal to|equals|below|above"
# Markdown emphasis and LaTeX around the letter and before the number.
_MARKS = r"[\s*_$\\{}]{0,4}"
_KINDS = (
    r"trend|interaction|int|het(?:erogeneity)?|diff(?:erence)?|log-?rank|non-?inferiority|superiority|adj(?:usted)?"
    r"|non-?linearity|linearity|subgroups?"
)
# The letter, "value", a subscript, a bracket, what it is for, a verb or comma, the comparison; never another digit.
_CUE = re.compile(
    rf"[Pp]{_MARKS}(?:-?[Vv]alues?)?(?:[\s_{{-]{{0,2}}(?P<sub>{_KINDS})(?![A-Za-z])\}}?)?"
    r"(?:\s?[(\[][^()\[\]\d]{1,40}[)\]])?"
    r"(?:\s(?:for|of|from|by|in|between)\s[^\d;.()=<>≤≥]{1,120}?)?"
    rf"{_MARKS}(?:(?:was|were|is|are|of|:|,)\s?)?{_MARKS}"
    rf"(?P<op>{_OPERATOR})?(?:\s?(?:{_OPERATOR}))?{_MARKS}(?=[.\d\u00b7])"
)
_NOT_SIGNIFICANT = re.compile(rf"[Pp](?:[\s-]?values?)?{_MARKS}[=:]?\s?(?:NS(?![A-Za-z])|[Nn]\.[Ss]\.|not significant)")
_NO_WORD_BEFORE = Behind(r"[A-Za-z0-9.]")
_MORE = re.compile(rf"\s?(?:,|;|/|and|or|vs\.?|versus|against|,\sand)\s?(?P<op>{_OPERATOR})?\s?")
_NO_P_BEHIND = re.compile(r"\s?(?:\\?%|[(\[]|m[og]|to\b|[-–]\s?\d|[A-Za-z]+/)")
# "P < 0.05 was considered significant", "significance was set at P < 0.05": a rule of the authors, not a result.
_SET_AFTER = re.compile(
    r"[$*_)\s,]{0,4}(?:(?:level|value)s?\s)?(?:(?:was|were|is|are|being)\s)?(?:also\s)?"
    r"(?:considered|regarded|deemed|taken\sas|accepted|defined|set\b|used\sas|as\s(?:statistically\s)?signif"
    r"|(?:indicat|denot|represent)[a-z]{0,4}\s(?:a\s)?(?:statistical(?:ly)?\s)?signif)"
)
_SET_BEFORE = Behind(
    r"\b(?:[Ss]ignifican(?:ce|t)|[Tt]hreshold|[Cc]ut-?off|[Aa]lpha|α)\b[^.;()]{0,40}"
    r"\b(?:level|set|defined|considered|assumed|threshold|accepted|judged|determined)\b[^.;()]{0,25}[\s$*_(]{0,3}"
    r"|\b(?:level of significance|significance (?:level|threshold))[^.;()]{0,30}[\s$*_(]{0,3}"
)
_QUALIFIERS: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("interaction", re.compile(r"interaction|\bint\b", re.IGNORECASE)),
    ("trend", re.compile(r"trend", re.IGNORECASE)),
    ("noninferiority", re.compile(r"non-?\s?inferiority", re.IGNORECASE)),
    ("heterogeneity", re.compile(r"heterogeneity|\bhet\b", re.IGNORECASE)),
    ("one-sided", re.compile(r"(?:one|1)[\s-](?:sided|tailed)", re.IGNORECASE)),
)
# From "P" to a number that nothing compares; "p values for A, B and C were" may list what they are of.
_NEAR, _REACH = 40, 130
_ONE, _TEN = Decimal(1), Decimal(10)
_EXPONENT = re.compile(rf"\^?\{{?\s?[{MINUS}]\s?")


def claim_p_values(sheet: Sheet) -> None:
    """Take every p-value of the sheet; a stated threshold of significance is no result."""
    text = sheet.text
    for place in sheet.triggers["p"]:
        if _NO_WORD_BEFORE(text, place) is not None:
            continue
        match = _CUE.match(text, place)
        if match is not None:
            _judge(sheet, match)
        elif (absent := _NOT_SIGNIFICANT.match(text, place)) is not None:
            span, raw = sheet.span(*absent.span()), sheet.raw(*absent.span())
            reason = "not significant"
            sheet.wordless.append(OtherNumber(span=span, raw=raw, reason=reason, rule=f"other:{reason}"))


def _judge(sheet: Sheet, match: re.Match[str]) -> None:
    i = sheet.at(match.end())
    if i is None or not sheet.is_free(i) or sheet.numerals[i].worded:
        return
    numeral = sheet.numerals[i]
    operator = _OPERATORS[match["op"]] if match["op"] else None
    # Some PDF fonts print "<" as a comma: "P,0.0001" without a blank.
    if operator is None and match[0][1:] == ",":
        operator = "<"
    # Without a comparison only a decimal below one can be meant ("p value of 0.04"), and it stands near.
    reach = _REACH if "values" in match[0] else _NEAR
    if operator is None and (numeral.decimals == 0 or numeral.value > _ONE or len(match[0]) > reach):
        return
    if numeral.value > _ONE and operator != "=" and _power_of_ten(sheet, i) is None:
        return
    if _SET_AFTER.match(sheet.text, numeral.end) or _SET_BEFORE(sheet.text, match.start()):
        sheet.other(i, "threshold", rule="threshold")
        return
    qualifier = _qualifier(sheet.text, match.start(), numeral.start, numeral.end)
    if (power := _power_of_ten(sheet, i)) is not None:
        _add(sheet, i, match.start(), operator or "=", qualifier, "p:power", power)
        return
    _add(sheet, i, match.start(), operator or "=", qualifier, "p")
    while (more := _another(sheet, i)) is not None:
        i, operator = more
        _add(sheet, i, sheet.numerals[i].start, operator, qualifier, "p:list")


def _qualifier(text: str, start: int, number: int, end: int) -> Qualifier:
    """What kind of test the words of a p-value say it is, or those right behind it, or right before it."""
    behind = re.split(r"[,;]", text[end : end + 22])[0]
    before = re.split(r"[,;(]", text[max(start - 24, 0) : start])[-1]
    for place in (text[start:number], behind, before):
        for name, pattern in _QUALIFIERS:
            if pattern.search(place):
                return name
    return ""


def _power_of_ten(sheet: Sheet, i: int) -> Number | None:
    """The number where "10−4" is printed without a mantissa: ten and an exponent are two numerals."""
    ten = sheet.numerals[i]
    if not sheet.is_free(i + 1) or ten.value != _TEN or not ten.whole or _EXPONENT.fullmatch(sheet.gap(i)) is None:
        return None
    exponent = int(abs(sheet.numerals[i + 1].value))
    if sheet.numerals[i + 1].decimals or exponent > 400:
        return None
    end = sheet.numerals[i + 1].end
    value = _ONE.scaleb(-exponent)
    return Number(raw=sheet.raw(ten.start, end), value=value, decimals=exponent, span=sheet.span(ten.start, end))


def _add(
    sheet: Sheet,
    i: int,
    start: int,
    operator: Operator,
    qualifier: Qualifier,
    rule: str,
    power: Number | None = None,
) -> None:
    end = sheet.numerals[i if power is None else i + 1].end
    span = sheet.span(start, end)
    number = power if power is not None else sheet.number(i, unsigned=True)
    if power is not None:
        sheet.take(i + 1, "p")
    p = PValue(raw=sheet.raw(start, end), operator=operator, number=number, span=span, qualifier=qualifier)
    sheet.covered.append((start, end, "p"))
    sheet.p_values.append(PValueMention(span=span, p=p, rule=rule))
    sheet.take(i, "p")


def _another(sheet: Sheet, i: int) -> tuple[int, Operator] | None:
    """The next p-value of a list ("P = 0.03 and 0.04"): two decimals or more, neither unit nor brackets behind."""
    if not sheet.is_free(i + 1):
        return None
    numeral = sheet.numerals[i + 1]
    match = _MORE.fullmatch(sheet.gap(i))
    if match is None or numeral.decimals < 2 or numeral.value > _ONE or numeral.signed < numeral.start:
        return None
    if _NO_P_BEHIND.match(sheet.text, numeral.end):
        return None
    return i + 1, _OPERATORS[match["op"]] if match["op"] else "="
