"""Ages, calendar years and dates: "aged 35–52 years", "18 years or older", "in 2021", "15 August 2025"."""

import re

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.labels import claim_all, claim_list
from extractors.mentions.numbers.numerals import DASHES, Numeral
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import read_unit

_AGE_BEFORE = Behind(
    r"\b(?:[Aa]ged?|[Aa]ges|AGE|[Oo]lder\sthan|[Yy]ounger\sthan)\b"
    r"(?:\s(?:of|was|were|range[ds]?|between|from|over|under|above|below|at|(?:the\s)?patients)){0,3}[\s,:(=]{0,3}"
    r"(?:[≥≤<>~]\s?|at\sleast\s|over\s)?"
)
_AGE_MIDDLE = Behind(r"\b(?:[Mm]edian|[Mm]ean|[Aa]verage)\s(?:\w{1,20}\s){0,2}age\b[^.;%\d]{0,40}")
_AGE_BEHIND = re.compile(
    r"\s?[-\u2010\u2011]?\s?(?:years?|yrs?|y|months?|mo|days?|weeks?)\.?(?:[\s\u2010\u2011-](?:of\sage|old|and\solder|"
    r"or\solder|or\sover|or\sabove|or\smore\sof\sage|and\sover|and\sabove|or\syounger)|\s(?:of\s)?age\b)"
)
_AGE_LIST = re.compile(
    rf"(?:\s?(?:years?|yrs?))?\s?(?:,|/|or|and|to|[{DASHES}]|±|[(\[](?:range|IQR|SD)[,:=]?|vs\.?|versus|against)\s?"
    # "was 34.2±10.1 years in group A and 32.3±9.1 in B", "in A was 34.2 years and B was 32.3"
    r"|(?:\s?(?:years?|yrs?))?(?:\s(?:in|for)\s(?:the\s)?(?:[\w-]{1,20}\s){1,3})?\s?and\s(?:[\w-]{1,20}\s){0,3}(?:was\s)?"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTH_BEFORE = Behind(rf"\b{_MONTH}\.?\s")
_MONTH_BEHIND = re.compile(rf"\s{_MONTH}\b")
_SLASHED = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)\d\d(?![\d/])")

# "Between 09/92 and 12/96", "from 02/2002 to 12/2008": a month and its year.
_SPAN_OF_MONTHS = re.compile(
    r"\b(?:[Bb]etween|[Ff]rom)\s(?:0?[1-9]|1[0-2])/(?:(?:19|20)\d\d|\d\d)\s(?:and|to|until|through)\s"
    r"(?:0?[1-9]|1[0-2])/(?:(?:19|20)\d\d|\d\d)(?![\d/])"
)


def claim_ages(sheet: Sheet) -> None:
    """Take ages with their ranges and spreads: "median age was 61.5 years (range 40–80)"."""
    if not sheet.triggers["age"]:
        return
    text = sheet.text
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if sheet.owner[i] or not 0 <= numeral.value < 120:
            continue
        unit = sheet.unit(i)
        if unit is not None and unit.family != "time":
            continue
        if not (
            _AGE_BEFORE(text, numeral.start)
            or _AGE_BEHIND.match(text, numeral.end)
            or (numeral.value > 1 and _AGE_MIDDLE(text, numeral.start))
        ):
            continue
        sheet.other(i, "age", rule="age")
        claim_list(sheet, i, _AGE_LIST, "age")
        if sheet.is_free(i - 1) and _AGE_LIST.fullmatch(sheet.gap(i - 1)):
            sheet.other(i - 1, "age", rule="age:list")


def claim_dates(sheet: Sheet) -> None:
    """Take dates with slashes."""
    if sheet.text.count("/") > 1:
        for match in _SLASHED.finditer(sheet.text):
            claim_all(sheet, match.start(), match.end(), "date")
        for match in _SPAN_OF_MONTHS.finditer(sheet.text):
            claim_all(sheet, match.start(), match.end(), "date")


def claim_years(sheet: Sheet) -> None:
    """Take calendar years and the days beside a month's name."""
    text = sheet.text
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if numeral.worded or sheet.owner[i] or numeral.decimals:
            continue
        digits = numeral.end - numeral.start
        if digits == 4 and 1900 <= abs(numeral.value) < 2100 and sheet.unit(i) is None:
            sheet.other(i, "year", rule="year")
        elif digits <= 2 and 1 <= numeral.value <= 31 and _beside_month(text, numeral):
            sheet.other(i, "date", rule="date")


def _beside_month(text: str, day: Numeral) -> bool:
    if _MONTH_BEHIND.match(text, day.end):
        return True
    return _MONTH_BEFORE(text, day.start) is not None and read_unit(text, day.end) is None
