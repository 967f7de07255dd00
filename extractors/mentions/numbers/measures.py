"""Names of effect measures in a text, by code, so that the bare number behind one is known as its value."""

import re
from typing import NamedTuple

_NAMES = {
    "HR": r"[Hh]azards?\s[Rr]atios?|(?:[acs]|m)?HRs?(?:[a-z]+(?:\sor\sdeath)?)?",
    "OR": r"[Oo]dds\s[Rr]atios?|(?:[acDdp])?ORs?",
    "RR": r"(?:[Rr]elative\s[Rr]isks?|[Rr]isk\s[Rr]atios?|[Rr]ate\s[Rr]atios?|[Ii]ncidence\s[Rr]ate\s[Rr]atios?)|a?I?RRs?",
    "SMD": r"[Ss]tandardi[sz]ed\s[Mm]ean\s[Dd]ifferences?|SMDs?|Hedges.?\s?g|Cohen.?s?\sd",
    "MD": r"(?:[Ww]eighted\s)?[Mm]ean\s[Dd]ifferences?|W?MDs?|(?:[Aa]bsolute|[Tt]reatment|[Bb]etween-group|[Ee]stimated(?:\streatment)?)\s[Dd]ifferences?|LSMD|ETD",
    "RD": r"(?:[Aa]bsolute\s)?[Rr]isk\s(?:[Dd]ifferences?|[Rr]eductions?)|ARR|RDs?",
    "other": r"[Ww]in\s[Rr]atios?|[Rr]atios?|AUCs?|[Cc]-?(?:index|statistic)|[Kk]appa|NNTs?|NNH|[Nn]umber\sneeded\sto\s(?:treat|harm)",
}
_MEASURE = re.compile("(?<![A-Za-z-])(?:" + "|".join(f"(?P<{code}>{names})" for code, names in _NAMES.items()) + ")(?![A-Za-z])")
_CONNECTED = re.compile(r"(?:[=:,]|\b(?:of|was|were|is|at|to|as|by|be|only)(?:\s[a-z]+)?)[\s$*_\\]{0,3}[(\[]?\s?[~≈<>]?\s?\Z")
_CLOSE = re.compile(r"[\s\])}:$*_]{0,4}(?:[(\[{][^()\[\]{}\d]{0,24}[)\]}]|[(\[{]\s?\d\d(?:\.\d+)?\s?%\s?(?:CI|CrI)\s?[)\]}])?[\s:,=]{0,3}[(\[]?\s?\Z")
_BREAK = re.compile(r"[;]|\.\s[A-Z]")
RATIOS = frozenset({"HR", "OR", "RR"})


class Measure(NamedTuple):
    """A measure's name in the text: half-open place and code."""

    start: int
    end: int
    code: str


def find_measures(text: str) -> list[Measure]:
    """Every name of an effect measure in `text`, in order."""
    return [Measure(m.start(), m.end(), m.lastgroup or "other") for m in _MEASURE.finditer(text)]


def governs(measure: Measure, text: str, start: int, *, decimals: int) -> bool:
    """Whether a bare number that begins at `start` is the value of `measure`: nothing but its description between."""
    gap = text[measure.end : start]
    if len(gap) > 130 or _BREAK.search(gap):
        return False
    if _CLOSE.fullmatch(gap) or _CONNECTED.search(gap):
        return True
    # "HRdeath with drug A vs. drug B 0.63": words alone, no sign; a whole number there would count something else.
    return decimals > 0 and not re.search(r"[,:=%]", gap)
