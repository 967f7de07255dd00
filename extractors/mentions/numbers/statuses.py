"""Words in a number's place: "not reached", "NR", "has not been reported", "not applicable"; values without number."""

import re

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.sheet import Sheet
from schemas.evidence import Status
from schemas.mention import ValueMention

_WORDS = re.compile(
    r"(?:not|never)\s(?:yet\s)?(?:be\s|been\s)?(?:yet\s)?(?:been\s)?(?:"
    r"(?P<reached>reached|attained|met\b|mature\b)"
    r"|(?P<reported>reported|recorded|stated|provided|given\b|disclosed|available|described|presented|published)"
    r"|(?P<estimable>estimable|estimated|evaluable|calculable|calculated|determined|assessable)"
    r"|(?P<applicable>applicable))"
    r"|(?P<without>without\s(?:yet\s)?reaching)|(?P<un>unreached|inestimable|non-?estimable|non-?reached)"
    r"|(?P<neither>attained|reached)"
    r"|(?P<short>NR|N\.R\.|NE|NA|N/A|NC)(?![\w-])",
    re.IGNORECASE,
)
_NEITHER = Behind(r"\b[Nn]either\b[^.;]{0,80}\b(?:were|was|has|have\sbeen|had|has\sbeen)\s")
_WORD_BEFORE = Behind(r"[\w-]")
# "not reported to date" says no value; "not estimated to be" goes on with a sentence of another kind.
_GOES_ON = re.compile(r"\s(?:to\sbe|by\sthe|in\sthis\s(?:review|article|study))\b")
_RESULT = re.compile(
    r"PFS|OS\b|DFS|EFS|RFS|DOR|DoR|TTP|TTF|surviv|median|respon|ORR|HR\b|rates?\b|durat|months|endpoint|outcome|recurr",
    re.IGNORECASE,
)
# Two capital letters can be anything; as a value they stand beside "vs", a unit, an interval, or in brackets.
_BESIDE_BEFORE = Behind(
    r"(?:\b(?:vs\.?|versus|against|was|were|of|median|m?(?:PFS|OS|DFS|EFS|RFS|DOR|DoR|TTP|HR)|and|to|with)[\s:,=]{1,3}|[:=,(\[]\s?|"
    r"[\d%]\s?[-–/]\s?|(?:%|months?)\s?(?:,|/)\s?)"
)
_BESIDE_BEHIND = re.compile(
    r"\s?(?:vs\.?|versus|against|months?\b|mo\b|/|[—–]|\)|\]|,|;|\(|\[|in\sthe\b|and\b|with\b|for\b|\Z|\.)"
)
_GLOSS_BEFORE = Behind(r"(?<![A-Za-z])N[REACS][,:=]?\s?[,:=]\s?")
_GLOSS_BEHIND = re.compile(r"\s?[,:=]\s?(?:not|no)\b")
_MEANS: dict[str, Status] = {
    "reached": "not reached", "without": "not reached", "un": "not reached", "estimable": "not reached",
    "neither": "not reached", "reported": "not reported", "applicable": "not applicable",
    "NR": "not reached", "N.R.": "not reached", "NE": "not reached", "NC": "not reached",
    "NA": "not applicable", "N/A": "not applicable",
}  # fmt: skip
LONGEST_DASH = 8  # characters of a cell that may hold nothing but a dash
_DASH_CELL = re.compile(r"\s*(?P<dash>[-–—−]{1,2})\s*")


def claim_statuses(sheet: Sheet) -> None:
    """Record the words that stand where a value would; those inside an interval are its open bounds and stay there."""
    text = sheet.text
    for place in sheet.triggers["status"]:
        match = _WORDS.match(text, place)
        if match is None or _WORD_BEFORE(text, place) is not None:
            continue
        way = match.lastgroup or ""
        # "NR, not reached" under a table says what NR means.
        if _GLOSS_BEFORE(text, place) is not None or (way == "short" and _GLOSS_BEHIND.match(text, match.end())):
            continue
        if way == "short":
            if match[0].upper() == match[0] and _stands_for_a_value(text, match):
                _add(sheet, match, match[0], f"status:{match[0]}")
        elif way == "neither":
            if _NEITHER(text, place) is not None:
                _add(sheet, match, way, "status:neither")
        elif way in ("reached", "without", "un", "applicable") or (
            _GOES_ON.match(text, match.end()) is None and _RESULT.search(text, max(place - 110, 0), place)
        ):
            _add(sheet, match, way, f"status:{way}")
    if len(text) <= LONGEST_DASH and (cell := _DASH_CELL.fullmatch(text)) is not None:
        _add(sheet, cell, "reported", "status:dash", group="dash")


def _stands_for_a_value(text: str, match: re.Match[str]) -> bool:
    """Whether "NR" is a value here: alone in its cell, or beside the signs of a result."""
    start, end = match.span()
    if text.strip() == match[0]:
        return True
    return (
        _BESIDE_BEFORE(text, start) is not None
        and _BESIDE_BEHIND.match(text, end) is not None
        and _RESULT.search(text, max(start - 160, 0), end + 40) is not None
    )


def _add(sheet: Sheet, match: re.Match[str], way: str, rule: str, *, group: str | int = 0) -> None:
    start, end = match.span(group)
    if any(kind == "interval" and start < e and s < end for s, e, kind in sheet.covered):
        return
    span = sheet.span(start, end)
    last = sheet.values[-1] if sheet.values and sheet.values[-1].number is None else None
    # "NE—not estimated" and "not applicable (NA)" say one thing twice.
    if last is not None and 0 <= span.start - last.span.end <= 2:
        return
    sheet.values.append(ValueMention(span=span, number=None, unit=None, status=_MEANS[way], rule=rule))
