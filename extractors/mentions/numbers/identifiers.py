"""Digits that are part of a name: "PD-L1", "5-FU", "NCT00000001", "V600E", "GullTrack 067", addresses and dois."""

import re

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.numerals import DASHES, MINUS
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import read_unit

# Registry numbers and addresses are one thing, whatever digits they hold.
_ADDRESS = re.compile(
    r"(?:https?|www)[:.]\S+|doi[:.]?\s?\S+|(?:PMID|PMCID|PMC|ISRCTN|ISSN|ISBN|PROSPERO|CRD|EudraCT|UMIN|ChiCTR)"
    r"[\s:#-]{0,3}(?:[A-Z]{0,6}[\d-]{3,})|(?:[Tt]el(?:ephone)?|[Ff]ax|[Pp]hone)\b\.?:?\s?\+?[\d\s()-]{6,}",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,}/\S+")
_MAIL = re.compile(r"\S{1,60}@\S{1,60}")
# Sections and versions: "2.1.3".
_DOTTED = re.compile(r"\d+(?:\.\d+){2,}")
# Words that a PDF glues to the number behind them, and measures that authors write without a blank.
_GLUED_WORD = Behind(r"(?:^|[\s(\[,;])(?:of|was|were|to|and|vs|by|in|for|from|at|the|with|than|is)")
_GLUED_MEASURE = Behind(r"(?:^|[\s(\[,;])(?:a?HR|OR|RR|CI|p|P|IQR|SD|MD|SMD)")
_GLUED_AFTER = frozenset("vs and to of in patients with x for versus or participants".split())
# The 2 of "m2" is no name's, though a letter stands before it.
# "CI95%": the level of an interval.
_GLUED_LEVEL = Behind(r"(?<![A-Za-z])(?:CI|IC|CrI)")
_PERCENT = re.compile(r"\s?%")
_UNIT_POWER = Behind(r"(?:^|[\s/·\d])[cmkd]?m\^?")
_ALLELE = Behind(r"[A-Z0-9]\*")
# "HARBOR 189", "GullTrack 067", "WRNC 022", "GARDEN-Wren 03": a coined word and a whole number.
_COINED = Behind(
    r"(?:^|[\s(\[,;/])(?P<word>[A-Z][a-z]{1,14}[A-Z]\w{0,14}|[A-Z]{4,16}|[A-Z]{1,10}-[A-Z]\w{1,14}|[A-Z]\w{1,14}-[A-Z]\w{1,14})\s"
)
_SHOUTED = Behind(r"(?:^|[\s(\[,;/])(?!PATIENTS|PLACEBO|TOTAL)[A-Z]{6,16}\s")
_NAMED_ON = re.compile(r"[,.:;)]|\s(?:trial|study|and|was|were|had|in|with|showed|found|enrolled|the)\b|\Z")
_STUDY_WORD = Behind(r"\b(?:[Ss]tudy|[Tt]rial|[Pp]rotocol|cobas|[Aa]mendment)\s")
# Capitals that are measured and not coined.
_MEASURED_WORDS = frozenset("MACE LVEF NYHA ECOG MEAN MEDIAN WITH FROM AUROC DLQI EORTC FACT PASI EASI".split())
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_LETTERS = re.compile(r"[A-Za-z\u0370-\u03ff]+")


def claim_addresses(sheet: Sheet) -> None:
    """Take the digits of addresses, registry numbers and dotted numbers."""
    text = sheet.text
    for place in sheet.triggers["address"]:
        _claim_address(sheet, _ADDRESS.match(text, place))
    if "10." in text and "/" in text:
        for match in _DOI.finditer(text):
            _claim_address(sheet, match)
    if "@" in text:
        for match in _MAIL.finditer(text):
            _claim_address(sheet, match)
    for i in sheet.free():
        numeral = sheet.numerals[i]
        # Glued bounds ("0.690.90") look dotted too; they are two numerals that touch.
        touching = i + 1 < len(sheet.starts) and sheet.starts[i + 1] == numeral.end
        if text[numeral.end : numeral.end + 1] == "." and not touching and not sheet.owner[i]:
            _claim_address(sheet, _DOTTED.match(text, numeral.start))


def claim_names(sheet: Sheet) -> None:
    """Take the digits that belong to a name."""
    for i in sheet.free():
        if sheet.numerals[i].worded:
            continue
        reason = _name_around(sheet, i)
        if reason is not None:
            sheet.other(i, reason, rule=f"name:{reason}")


def _claim_address(sheet: Sheet, match: re.Match[str] | None) -> None:
    if match is None:
        return
    for i in range(sheet.first_from(match.start()), sheet.first_from(match.end())):
        if not sheet.owner[i] and not sheet.numerals[i].worded:
            sheet.other(i, "identifier", rule="address")


def _name_around(sheet: Sheet, i: int) -> str | None:
    """Why numeral `i` belongs to a word, or None where it stands for itself."""
    text, numeral = sheet.text, sheet.numerals[i]
    start = numeral.start
    left = text[start - 1 : start]
    unsigned = numeral.signed == start
    if unsigned and (left.isalpha() or left == "_" or (left == "^" and _UNIT_POWER(text, start) is not None)):
        if _UNIT_POWER(text, start) is not None and text[start : numeral.end] in ("2", "3"):
            return "unit"
        glued = _GLUED_WORD(text, start) or (numeral.decimals and _GLUED_MEASURE(text, start))
        glued = glued or (_GLUED_LEVEL(text, start) is not None and _PERCENT.match(text, numeral.end))
        return None if glued else "name"
    if left == "*" and _ALLELE(text, start) is not None:
        return "name"
    if unsigned and left and left in MINUS and start > 1 and text[start - 2].isalpha():
        return "name"
    if numeral.decimals:
        return None
    return _name_behind(text, numeral.end) or (_coined_name(text, start, numeral.end) if left == " " else None)


def _name_behind(text: str, end: int) -> str | None:
    """Why letters right behind a whole number make it part of a word: "5-FU", "6MWD", "2nd"."""
    follow = text[end : end + 1]
    if follow.isalpha():
        if _ORDINAL.match(text, end):
            return "ordinal"
        letters = _LETTERS.match(text, end)
        if letters is None or letters[0] in _GLUED_AFTER or read_unit(text, end) is not None:
            return None
        return "name"
    if follow and follow in DASHES and text[end + 1 : end + 2].isalpha() and read_unit(text, end) is None:
        return None if text.startswith(("to-", "not ", "to ", "NR", "NE"), end + 1) else "name"
    return None


def _coined_name(text: str, start: int, end: int) -> str | None:
    """Whether a coined word or "study" before a whole number makes it a study's name."""
    digits = text[start:end]
    if not digits.isdigit():
        return None
    padded = digits[0] == "0" and len(digits) > 1
    if padded or (len(digits) > 1 and _STUDY_WORD(text, start) is not None):
        return "name"
    if len(digits) == 3 and read_unit(text, end) is None:
        coined = _COINED(text, start)
        if coined is not None and coined["word"].upper() not in _MEASURED_WORDS:
            return "name"
    # "PURPOSE 1": six capitals and a digit or two, unless what follows is counted or measured.
    if len(digits) <= 2 and _SHOUTED(text, start) is not None and _NAMED_ON.match(text, end):
        return "name"
    return None
