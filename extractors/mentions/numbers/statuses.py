"""Words in a number's place: "not reached", "NR", "has not been reported", "not applicable", as values without number."""

import re

from extractors.mentions.numbers.sheet import Sheet
from schemas.evidence import Status
from schemas.mention import ValueMention

_WORDS = re.compile(
    r"(?:(?:was|were|is|are|has|have|had|could|can)\s)?(?:not|neither|never)\s(?:yet\s)?(?:be\s|been\s|be\syet\s)?(?:yet\s)?(?:been\s)?"
    r"(?:(?P<reached>reached|attained|met\b|mature)|(?P<reported>reported|recorded|stated|provided|given\b|disclosed|available|described|presented|published)"
    r"|(?P<estimable>estimable|estimated|evaluable|calculable|calculated|determined|assessable)|(?P<applicable>applicable))"
    r"|(?P<without>without\s(?:yet\s)?reaching)|(?P<un>(?<![A-Za-z])(?:unreached|inestimable|non-?estimable|nonreached))"
    r"|(?P<neither>(?<=\s)(?:were|was|has|have\sbeen|had)\s(?:attained|reached))"
)
_NEITHER = re.compile(r"\b[Nn]either\b[^.;]{0,80}\Z")
_SHORT = re.compile(r"(?<![\w-])(?P<short>NR|N\.R\.|NE|NA|N/A|NC)(?![\w-])")
# Two capital letters can be anything; as a value they stand beside "vs", a unit, an interval or in brackets of their own.
_BESIDE_BEFORE = re.compile(
    r"(?:\b(?:vs\.?|versus|was|were|of|median|[mM]?(?:PFS|OS|DFS|EFS|RFS|DOR|DoR|TTP|HR)|and|to|with|p|P)[\s:,=]{0,3}|[:=]\s?|\d(?:\.\d+)?(?:\smonths?)?\s?(?:vs\.?|versus|[-–/,])\s?|(?:%|months?)\s?(?:vs\.?|versus|,|/)\s?)\Z"
)
_BESIDE_AFTER = re.compile(r"\s?(?:vs\.?|versus|months?\b|mo\b|/|[—–]|\)|,|;|\(|\[|in\sthe\b|and\b|with\b|for\b|\Z|\.)")
_RESULT = re.compile(r"PFS|OS\b|DFS|EFS|RFS|DOR|DoR|TTP|TTF|surviv|median|response|ORR|HR\b|rate|durat|months", re.IGNORECASE)
_MEANS: dict[str, Status] = {
    "reached": "not reached", "without": "not reached", "un": "not reached", "estimable": "not reached", "neither": "not reached",
    "reported": "not reported", "applicable": "not applicable",
    "NR": "not reached", "N.R.": "not reached", "NE": "not reached", "NC": "not reached", "NA": "not applicable", "N/A": "not applicable",
}  # fmt: skip
_DASH_CELL = re.compile(r"\s*[-–—−]{1,2}\s*")
_WORD_HINTS = ("not", "neither", "never", "out", "un", "ine", "non", "either")


def claim_statuses(sheet: Sheet) -> None:
    """Take the words that stand where a value would; those inside an interval are its open bounds and stay there."""
    text = sheet.text
    within = [(i.span.start - sheet.offset, i.span.end - sheet.offset) for i in sheet.intervals]
    if any(hint in text for hint in _WORD_HINTS):
        for match in _WORDS.finditer(text):
            way = match.lastgroup or ""
            if way == "neither" and _NEITHER.search(sheet.before(match.start(), 90)) is None:
                continue
            if way == "reported" and _RESULT.search(sheet.before(match.start(), 110)) is None:
                continue
            if way in ("reported", "estimable", "reached") and re.match(r"\s(?:to|by|in\sthis|for\sthis)\s", text[match.end() : match.end() + 9]) and way != "reached":
                continue
            _add(sheet, match.start(), match.end(), way, f"status:{way}", within)
    if "N" in text:
        for match in _SHORT.finditer(text):
            alone = text.strip() == match[0]
            before = sheet.before(match.start(), 30)
            beside = _BESIDE_BEFORE.search(before) or (before.rstrip().endswith(("(", "[")) and _RESULT.search(sheet.before(match.start(), 80)))
            if alone or (beside and _BESIDE_AFTER.match(text, match.end()) and _RESULT.search(sheet.before(match.start(), 160) + text[match.end() : match.end() + 40])):
                _add(sheet, match.start(), match.end(), match[0], f"status:{match[0]}", within)
    if len(text) <= 6 and _DASH_CELL.fullmatch(text):
        stripped = text.strip()
        start = text.index(stripped)
        sheet.values.append(ValueMention(span=sheet.span(start, start + len(stripped)), number=None, unit=None, status="not reported", rule="status:dash"))


def _add(sheet: Sheet, start: int, end: int, way: str, rule: str, within: list[tuple[int, int]]) -> None:
    if any(start < e and s < end for s, e in within):
        return
    last = sheet.values[-1].span if sheet.values and sheet.values[-1].number is None else None
    # "NE—not estimated" and "not applicable (NA)" say one thing twice.
    if last is not None and 0 <= start - (last.end - sheet.offset) <= 2:
        return
    sheet.values.append(ValueMention(span=sheet.span(start, end), number=None, unit=None, status=_MEANS[way], rule=rule))
