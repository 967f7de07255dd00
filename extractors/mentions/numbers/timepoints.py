"""Landmarks and stretches of time: "at 6 months", "16-week PFS", "week 24", and the durations that are no result."""

import re
from decimal import Decimal

from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import Unit, read_unit
from schemas.mention import TimepointMention

# What a landmark qualifies; short forms of survival end in S, of responses in R.
_ENDPOINT = (
    r"(?:[A-Za-z]*(?:PFS|OS|DFS|EFS|RFS|MFS|FFS|TTP|ORR|CBR|DCR|MPR|pCR|LRR)s?\b|rates?\b|survival|mortality|death|recurrence|relapse|incidence|"
    r"response|benefit|risk|control|retention|progression|disease-free|event-free|alive|freedom|readmission|outcomes?|persistence|change|remission|probabilit)"
)
_HYPHEN_ENDPOINT = re.compile(rf"[\s-]+(?:[A-Za-z/-]+\s+){{0,5}}?(?:[A-Za-z]*-)?{_ENDPOINT}", re.IGNORECASE)
_HYPHEN_VALUE = re.compile(
    r"[\s-]+(?:[a-z]+\s){0,2}?(?:follow-?\s?-?up|improvement|increase|decrease|difference|prolongation|extension|gain|benefit|longer|shorter|advantage|reduction|median|delay|phases?\b)",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?P<how>[Aa]t|[Ww]ithin|[Aa]fter|[Bb]y|[Uu]ntil|[Uu]p to|[Tt]hrough|[Bb]eyond|[Oo]ver|[Dd]uring)\s(?:the\s)?(?:first\s|least\s|a\s|about\s|approximately\s|around\s)?(?:[≥≤<>]\s?)?\Z"
)
_AT_UNIT = re.compile(
    r"\b(?:(?P<how>[Aa]t|[Bb]y|[Aa]fter|[Tt]hrough|[Uu]ntil|[Tt]o|[Ff]rom)\s(?:the\s)?)?(?:(?P<unit>[Ww]eek|[Mm]onth|[Yy]ear|[Dd]ay|[Hh]our|[Mm]inute)s?|(?P<short>[WwMDd])(?=\s?\Z))[\s-]\Z"
)
_CHANGE = re.compile(
    r"\b(?:extend|improv|prolong|increas|decreas|reduc|shorten|lengthen|longer|shorter|differ|gain|delay|exceed|advantage|benefit|lower|higher|fell|rose|declin|drop)\w*\b[^.;]{0,60}\bby\s(?:a\s)?(?:median\s(?:of\s)?)?\Z",
    re.IGNORECASE,
)
_LASTING = re.compile(r"(?:\b(?:lasting|lasted(?:\sfor)?|SD|CR|PR|disease(?:\s\(SD\))?|responses?|duration|control)(?:\sfor|\sof)?\s?)(?P<sign>[≥≤<>])\s?\Z")
_SIGN = re.compile(r"(?P<sign>[≥≤<>])\s?\Z")
_OR_LONGER = re.compile(r"\s(?:or|and)\s(?:longer|more|beyond)\b")
_SCHEDULE_BEFORE = re.compile(r"\b(?:[Ee]very|[Pp]er|[Ee]ach|q)\s\Z|\b(?:[Oo]n|[Ff]rom)\s[Dd]ays?\s\Z")
_DURATION_BEFORE = re.compile(r"\b(?:for|for up to|for at least|for a total of|up to|last|past|previous|prior|next|preceding|lasting)\s(?:the\s)?(?:an additional\s)?\Z", re.IGNORECASE)
_FOLLOWED = re.compile(r"\b(?:follow(?:ed)?(?:[\s-]?up)?|observed)\b[^.;]{0,30}\Z", re.IGNORECASE)
_PERIOD_BEFORE = re.compile(r"\b(?:last|past|previous|prior|next|preceding|recent)\s\Z", re.IGNORECASE)
_CRITERION_AFTER = re.compile(r"\s(?:before|prior to|previously|earlier|ago|preceding|since)\b")
_LIST = re.compile(rf"\s?(?:,|and|or|to|,\s(?:and|or)|[{DASHES}])\s?")
_NOT_LANDMARK = re.compile(r"\s?(?:vs\.?|versus|compared|in the|with)\b")
_VERSUS = re.compile(r"\s?(?:vs\.?|versus)\s?\Z")
_DOSE_NEAR = re.compile(r"mg|Gy|dos(?:e|ing)|administered|infus|cycle|injection|followed by")
_SINGULAR = {"months": "month", "weeks": "week", "days": "day", "years": "year", "hours": "hour", "minutes": "minute"}


def normal_time(value: Decimal, unit: str, *, sign: str = "") -> str:
    """A time as the dataset writes it: "1 year", "16 weeks", "≥24 weeks"."""
    name = _SINGULAR[unit] if value == 1 else unit
    return f"{sign}{value.normalize():f} {name}"


def claim_timepoints(sheet: Sheet) -> None:
    """Take times that qualify an endpoint, and those that are neither result nor landmark (schedules, durations)."""
    for i in sheet.free():
        if sheet.taken[i]:
            continue
        numeral = sheet.numerals[i]
        unit = read_unit(sheet.text, numeral.end)
        if unit is not None and unit.family == "time":
            if unit.hyphen:
                _judge_hyphenated(sheet, i, unit)
            else:
                _judge_time(sheet, i, unit)
        elif unit is None and not numeral.worded and numeral.decimals == 0:
            _judge_visit(sheet, i)


def _judge_hyphenated(sheet: Sheet, i: int, unit: Unit) -> None:
    """"16-week PFS rate" is a landmark, "six-month follow-up" a value, "24-week course" a duration."""
    numeral, text = sheet.numerals[i], sheet.text
    if _HYPHEN_VALUE.match(text, unit.end):
        return
    if _HYPHEN_ENDPOINT.match(text, unit.end) and (numeral.decimals == 0 or numeral.value < 1000):
        _add(sheet, i, unit.code, numeral.signed, unit.end, "hyphen")
        joined = i
        while joined > 0 and not sheet.taken[joined - 1] and re.fullmatch(rf"[{DASHES}]?\s?(?:,|and|or|to|,\sand)\s?", sheet.gap(joined - 1)):
            joined -= 1
            _add(sheet, joined, unit.code, sheet.numerals[joined].signed, sheet.numerals[joined].end, "hyphen:list")
    elif numeral.decimals == 0:
        sheet.other(i, "duration", rule="duration:hyphen")


def _judge_time(sheet: Sheet, i: int, unit: Unit) -> None:
    text, numeral = sheet.text, sheet.numerals[i]
    first = i
    while first > 0 and not sheet.taken[first - 1] and _LIST.fullmatch(sheet.gap(first - 1)) and sheet.numerals[first - 1].whole:
        first -= 1
    start = sheet.numerals[first].start
    before = sheet.before(start, 90)
    if _SCHEDULE_BEFORE.search(before[-12:]):
        sheet.other(i, "schedule", rule="schedule")
        return
    if (lasting := _LASTING.search(before)) or ((sign := _SIGN.search(before)) and _OR_LONGER.match(text, unit.end)):
        mark = lasting or sign
        if mark is not None:
            _add(sheet, i, unit.code, start - len(mark[0].rstrip()) + mark[0].rstrip().rfind(mark["sign"]) - (len(mark[0]) - len(mark[0].rstrip())), unit.end, "lasting", sign=mark["sign"])
            return
    if _SIGN.search(before):
        sheet.other(i, "criterion", rule="criterion:time")
        return
    if _CRITERION_AFTER.match(text, unit.end):
        sheet.other(i, "criterion", rule="criterion:before")
        return
    how = _AT.search(before)
    if how is not None and not _is_value(sheet, i, first, before, how["how"].lower()):
        for k in range(first, i + 1):
            end = unit.end if k == i else sheet.numerals[k].end
            _add(sheet, k, unit.code, sheet.numerals[k].start, end, how["how"].lower().replace(" ", "-"))
        return
    if _PERIOD_BEFORE.search(before):
        sheet.other(i, "period", rule="period")
    elif (longer := _OR_LONGER.match(text, unit.end)) and numeral.whole:
        _add(sheet, i, unit.code, numeral.start, longer.end(), "or-longer", sign="≥")
    elif _DURATION_BEFORE.search(before) and numeral.decimals == 0 and not _FOLLOWED.search(before):
        sheet.other(i, "duration", rule="duration:for")


def _is_value(sheet: Sheet, i: int, first: int, before: str, how: str) -> bool:
    """Whether a time behind "at" or "by" is the result itself: "extended by 9.1 months", "at 9.6 vs 4.0 months"."""
    if how == "by" and _CHANGE.search(before):
        return True
    if how in ("over", "up to") and sheet.numerals[i].decimals:
        return True
    if first > 0 and _VERSUS.search(sheet.gap(first - 1)):
        return True
    behind = sheet.text[sheet.numerals[i].end : sheet.numerals[i].end + 24]
    if re.match(r"[\s\w]{0,8}\s?(?:vs\.?|versus)\s", behind):
        return True
    if sheet.numerals[i].decimals and how in ("at", "by", "after"):
        return "%" not in before[-30:] and not re.search(r"rates?\b|surviv", before[-40:])
    return False


def _judge_visit(sheet: Sheet, i: int) -> None:
    """"at week 24" is a landmark; "on day 1" and "weeks 1, 4 and 7" beside a dose are a schedule."""
    numeral = sheet.numerals[i]
    before = sheet.before(numeral.start, 60)
    match = _AT_UNIT.search(before)
    if match is None or match["unit"] is None:
        return
    unit = match["unit"].lower() + "s"
    indices = [i]
    while indices[-1] + 1 < len(sheet.numerals) and not sheet.taken[indices[-1] + 1] and _LIST.fullmatch(sheet.gap(indices[-1])):
        if read_unit(sheet.text, sheet.numerals[indices[-1] + 1].end) is not None:
            break
        indices.append(indices[-1] + 1)
    dosing = unit == "days" and match["how"] is None or _DOSE_NEAR.search(before)
    for k in indices:
        if dosing:
            sheet.other(k, "schedule", rule="schedule:visit")
        else:
            start = numeral.start - len(before) + match.start("unit") + (len(before) - len(before)) if k == i else sheet.numerals[k].start
            start = numeral.start - (len(before) - match.start("unit")) if k == i else sheet.numerals[k].start
            _add(sheet, k, unit, start, sheet.numerals[k].end, "visit")


def _add(sheet: Sheet, i: int, unit: str, start: int, end: int, way: str, *, sign: str = "") -> None:
    value = abs(sheet.numerals[i].value)
    sheet.timepoints.append(
        TimepointMention(span=sheet.span(start, end), text=normal_time(value, unit, sign=sign), value=value, unit=unit, rule=f"timepoint:{way}")
    )
    sheet.take(i)
