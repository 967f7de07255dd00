"""Exact numbers that stand without a numeral: "no patients", "none of the women", "a patient", "both patients"."""

import re
from decimal import Decimal

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.counts import add_count
from extractors.mentions.numbers.people import PEOPLE, STOP
from extractors.mentions.numbers.sheet import Sheet
from schemas.anchor import Span
from schemas.mention import CountMention
from schemas.number import Number

_WORD = rf"(?!{STOP}[\s,])[a-zA-Z][\w/-]{{0,24}}\s"
_NONE = re.compile(
    rf"(?P<word>[Nn]o|[Nn]one)(?:\sof(?:\s(?:the|them|these|those))?)?\s"
    rf"(?:grade\s\d(?:(?:\s(?:or|and|to)\s|[-–/])\d)?\s)?(?:(?:{_WORD}){{0,4}}?(?:(?P<people>{PEOPLE})|"
    r"(?P<events>deaths?|events?|responses?|relapses?|recurrences?|strokes?))(?![A-Za-z-])|(?P<did>had|were|was|"
    r"experienced|developed|died|achieved|leading)\b)"
)
# "16 (19%) versus none", "by two in one group but by none in the other".
_NONE_ALONE = re.compile(r"[Nn]one(?=\s?[,;.)]|\s(?:in|on|with|among|of\sthose)\s)")
_SET_AGAINST = Behind(r"(?:\b(?:versus|vs\.?|against|compared\s(?:with|to)|(?:and|but)(?:\s(?:in|by))?)\s|[(,]\s?)")
_NONE_OF = re.compile(r"[Nn]one\sof\s(?:the\s)?(?=\d)")
_ONE = re.compile(
    rf"(?:(?P<one>[Aa]n?(?:\ssingle)?)|(?P<two>[Bb]oth))\s(?:{_WORD}){{0,2}}?(?P<noun>{PEOPLE})"
    r"(?=\s[(\[]|\s(?:had|was|were|showed|died|achieved|experienced|developed|with)\b)"
)

# "in group A patients (n = 18)": the letter of a group.
_SIGNED = Behind(r"\b(?:[Gg]roup|[Aa]rm|[Cc]ohort)\s")


def claim_implied(sheet: Sheet) -> None:
    """Record the counts that words alone make exact; "one" and other number words are numerals already."""
    for place in sheet.triggers["zero"]:
        whole = _NONE_OF.match(sheet.text, place)
        if whole is not None and _is_part_of(sheet, place, sheet.at(whole.end())):
            continue
        match = _NONE.match(sheet.text, place)
        alone = _NONE_ALONE.match(sheet.text, place) if match is None else None
        if alone is not None and sheet.counts and _SET_AGAINST(sheet.text, place) is not None:
            _add(sheet, alone.span(), alone.end(), 0, "patients", "count:none")
        if match is None or (match["did"] is not None and match["word"].lower() != "none"):
            continue
        unit = "events" if match["events"] is not None else "patients"
        _add(sheet, match.span("word"), match.end(), 0, unit, "count:none")
    for place in sheet.triggers["article"]:
        match = _ONE.match(sheet.text, place)
        if match is not None and _SIGNED(sheet.text, place) is None:
            group = "one" if match["one"] is not None else "two"
            _add(sheet, match.span(group), match.end("noun"), 1 if group == "one" else 2, "patients", "count:article")


def _is_part_of(sheet: Sheet, place: int, i: int | None) -> bool:
    """Whether "none" at `place` is said of the people that numeral `i` counts; their count then gets its part, zero."""
    k = sheet.counted.get(i) if i is not None else None
    count = sheet.counts[k] if k is not None else None
    if k is None or count is None or count.of is not None:
        return False
    end = place + len("none")
    none = Number(raw=sheet.raw(place, end), value=Decimal(0), span=sheet.span(place, end))
    span = Span(sheet.span(place, end).start, count.span.end)
    rule = "count:none-of"
    sheet.counts[k] = CountMention(span=span, number=none, unit=count.unit, of=count.number, rule=rule)
    return True


def _add(sheet: Sheet, word: tuple[int, int], end: int, value: int, unit: str, rule: str) -> None:
    number = Number(raw=sheet.raw(*word), value=Decimal(value), span=sheet.span(*word))
    add_count(sheet, number, word[0], end, unit, rule)
