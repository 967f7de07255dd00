"""Names of effect measures in a text, by code, so that the bare number behind one is known as its value."""

import re
from typing import NamedTuple

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.sheet import Sheet

_NAMES = {
    "HR": r"[Hh]azards?\s[Rr]atios?|(?:[acsSm])?HRs?(?:[a-z]{2,14}(?:\sor\sdeath)?)?",
    "OR": r"[Oo]dds\s[Rr]atios?|(?:ac|[acD])?ORs?",
    "RR": (
        r"[Rr]elative\s[Rr]isks?(?!\s[Rr]ed)|[Rr]isk\s[Rr]atios?|(?:[Ii]ncidence\s)?[Rr]ate\s[Rr]atios?|"
        r"[Ii]ncidence\s[Rr]atios?|[Rr]elative\s[Rr]ates?|a?I?RRs?"
    ),
    "SMD": r"[Ss]tandardi[sz]ed\s[Mm]ean\s[Dd]ifferences?|SMDs?|Hedges.?\s?g|Cohen.?s?\sd",
    "MD": (
        r"(?:[Ww]eighted\s)?[Mm]ean\s[Dd]ifferences?|W?MDs?|LSMD|ETD|"
        r"(?:[Aa]bsolute|[Tt]reatment|[Bb]etween-group|[Ee]stimated(?:\streatment)?)\s[Dd]ifferences?"
    ),
    "RD": r"(?:[Aa]bsolute\s|[Rr]elative\s)?[Rr]isk\s(?:[Dd]ifferences?|[Rr]eductions?)|ARR|RDs?",
    "other": (
        r"[Ww]in\s[Rr]atios?|[Rr]atios?|AU(?:RO)?Cs?|[Cc]-?(?:index|statistic)|[Kk]appa|NNTs?|NNH|"
        r"[Nn]umber\sneeded\sto\s(?:treat|harm)"
    ),
}
_MEASURE = re.compile("(?:" + "|".join(f"(?P<{code}>{names})" for code, names in _NAMES.items()) + ")(?![A-Za-z])")
_NO_WORD_BEFORE = Behind(r"[A-Za-z-]")
# A verb, a sign or a comma right before the number; or nothing but brackets between.
_CONNECTED = Behind(
    r"(?:[=:,]|\b(?:of|was|were|is|at|to|as|by|be|only)(?:\s[a-z]{1,15})?)[\s$*_\\]{0,3}[(\[]?\s?[~≈<>]?\s?"
)
_CLOSE = re.compile(
    r"[\s\])}:$*_]{0,4}(?:[(\[{][^()\[\]{}\d]{0,24}[)\]}]|[(\[{]\s?\d\d(?:\.\d+)?\s?%\s?(?:CI|CrI)\s?[)\]}])?"
    r"[\s:,=]{0,3}[(\[]?\s?"
)
_BREAK = re.compile(r";|(?<!vs)\.\s[A-Z]")
_SIGNS = re.compile(r"[,:=%]")
RATIOS = frozenset({"HR", "OR", "RR"})
# The farthest a number stands from its measure: "HR of treatment A with treatment B vs. control, 0.66".
REACH = 130


class Measure(NamedTuple):
    """A measure's name in the text: half-open place, code, and the unit of its values (null: they carry their own)."""

    start: int
    end: int
    code: str
    unit: str | None


def find_measures(sheet: Sheet) -> list[Measure]:
    """Every name of an effect measure in the sheet's text, in order, none inside another."""
    found: list[Measure] = []
    for place in sheet.triggers["measure"]:
        match = _MEASURE.match(sheet.text, place)
        if match is None or match.lastgroup is None or (found and place < found[-1].end):
            continue
        if _NO_WORD_BEFORE(sheet.text, place) is None:
            ratio = match.lastgroup in RATIOS or "ratio" in match[0].lower()
            found.append(Measure(place, match.end(), match.lastgroup, "ratio" if ratio else None))
    return found


def governs(measure: Measure, text: str, start: int, *, decimals: int) -> bool:
    """Whether a bare number that begins at `start` is the value of `measure`: nothing but its description between."""
    if start - measure.end > REACH or _BREAK.search(text, measure.end, start):
        return False
    if _CLOSE.fullmatch(text, measure.end, start):
        return True
    connected = _CONNECTED(text, start)
    if connected is not None and connected.start() >= measure.end - 1:
        return True
    # "HRdeath with drug A vs. drug B 0.63": words alone, no sign; a whole number there would count something else.
    return decimals > 0 and _SIGNS.search(text, measure.end, start) is None
