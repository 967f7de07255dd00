"""Digits that are part of a name: "PD-L1", "5-FU", "NCT01844505", "V600E", "CheckMate 067", addresses and dois."""

import re

from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import read_unit

_HYPHENS = frozenset(DASHES)
# Registry numbers, addresses and dotted numbers of sections and versions are one thing, whatever digits they hold.
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|\bdoi:?\s?\S*|\b10\.\d{4,}/\S+|\S+@\S+\.\w+|\b(?:PMID|PMCID|ISRCTN|ISSN|ISBN|PROSPERO|CRD|EudraCT|UMIN)[\s:#-]{0,3}[A-Z]*[\d-]+"
    r"|(?<![\d.])\d+(?:\.\d+){2,}|(?:[Tt]el|[Ff]ax|[Pp]hone)\.?:?\s?\+?[\d\s()-]{6,}"
)
_ADDRESS_HINTS = ("http", "www.", "doi", "DOI", "10.", "@", "PM", "ISR", "ISS", "ISB", "PROSP", "CRD", "Eudra", "UMIN", "el", "ax", "hone")
# Words that a PDF glues to the number behind them, and measures that authors write without a blank.
_GLUED_WORD = re.compile(r"(?:^|[\s(\[,;])(?:of|was|were|to|and|vs|by|in|for|from|at|the|with|than|is)\Z")
_GLUED_MEASURE = re.compile(r"(?:^|[\s(\[,;])(?:a?HR|OR|RR|CI|p|P|IQR|SD|MD|SMD)\Z")
# "KEYNOTE 189", "CheckMate 067", "TBCRC 022", "DESTINY-Breast 03": a coined word and a whole number.
_COINED = re.compile(r"(?:^|[\s(\[,;/])(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{4,}\w*|[A-Z]+-[A-Z]\w+|[A-Z]\w*[A-Z]{3,}|[A-Z]\w+-[A-Z]\w+)[\s]\Z")
_STUDY_WORD = re.compile(r"\b(?:[Ss]tudy|[Tt]rial|[Pp]rotocol|cobas|[Aa]mendment)\s\Z")
_STATISTIC_NAMES = frozenset("MACE HBA1C LVEF NYHA ECOG MEAN MEDIAN WITH FROM".split())
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_LETTERS = re.compile(r"[A-Za-z\u0370-\u03ff]+")


def claim_identifiers(sheet: Sheet) -> None:
    """Take the digits that belong to a name or an address."""
    text = sheet.text
    if any(hint in text for hint in _ADDRESS_HINTS) or text.count(".") > 1:
        for match in _ADDRESS.finditer(text):
            for i in range(sheet.first_from(match.start()), sheet.first_from(match.end())):
                if not sheet.taken[i] and not sheet.numerals[i].worded:
                    sheet.other(i, "identifier", rule="address")
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if numeral.worded:
            continue
        reason = _name_around(sheet, i)
        if reason is not None:
            sheet.other(i, reason, rule=f"name:{reason}")


def _name_around(sheet: Sheet, i: int) -> str | None:
    """Why numeral `i` belongs to a word, or None where it stands for itself."""
    text = sheet.text
    _, end, _, decimals, signed, _ = numeral = sheet.numerals[i]
    start = numeral.start
    left = text[start - 1 : start]
    if (left.isalpha() or left == "_") and signed == start:
        before = sheet.before(start, 12)
        if _GLUED_WORD.search(before) or (decimals and _GLUED_MEASURE.search(before)):
            return None
        return "name"
    if left == "*" and start > 1 and text[start - 2].isalnum() and text[start - 2 : start - 1].isupper():
        return "name"
    if left in _HYPHENS and start > 1 and signed == start and (text[start - 2].isalpha() or text[start - 2] in "*+)"):
        return None if decimals and text[start - 2] == ")" else "name"
    if decimals == 0:
        follow = text[end : end + 1]
        if follow.isalpha() and not follow.isspace():
            if _ORDINAL.match(text, end):
                return "ordinal"
            if read_unit(text, end) is None and _LETTERS.match(text, end) is not None:
                glued = _LETTERS.match(text, end)
                return None if glued is not None and glued[0] in {"vs", "and", "to", "of", "in", "patients", "with", "x"} else "name"
        elif follow in _HYPHENS and follow != "":
            behind = text[end + 1 : end + 2]
            if behind.isupper() and read_unit(text, end) is None:
                return "name"
            if behind.islower() and read_unit(text, end) is None and text[end + 1 : end + 4] not in ("to-", "not"):
                return "name"
        raw = text[start:end]
        if text[start - 1 : start] == " " and raw.isdigit():
            before = sheet.before(start, 24)
            coined = _COINED.search(before)
            if _STUDY_WORD.search(before) and len(raw) >= 2:
                return "name"
            if coined is not None and (raw[0] == "0" and len(raw) > 1 or (len(raw) == 3 and read_unit(text, end) is None)):
                return None if coined[0].strip(" ([,;/").upper() in _STATISTIC_NAMES else "name"
            if raw[0] == "0" and len(raw) > 1:
                return "name"
    return None
