"""Landmarks and stretches of time: "at 6 months", "16-week PFS", "week 24", and the durations that are no result."""

import re
from decimal import Decimal

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import Unit
from schemas.mention import TimepointMention

# What a landmark qualifies; short forms of survival end in S, of responses in R.
_ENDPOINT = (
    r"(?:[A-Za-z]{0,8}(?:PFS|OS|DFS|EFS|RFS|MFS|FFS|TTP|ORR|CBR|DCR|MPR|pCR|LRR|HFS)s?\b|rates?\b|survival|mortalit(?:y|ies)|"
    r"deaths?\b|recurrence|relapse|incidence|response|benefit|risk|control|retention|progression|alive|freedom|patency|"
    r"readmission|outcomes?|persistence|change|remission|probabilit|success|failure)"
)
_FOR_ENDPOINT = re.compile(rf"[\s-]+(?:[A-Za-z/-]{{1,24}}\s+){{0,5}}?(?:[A-Za-z]{{1,20}}-)?{_ENDPOINT}", re.IGNORECASE)
# "six-month follow-up", "a 9.1-month improvement": a value that a hyphen joins to its unit.
_FOR_VALUE = re.compile(
    r"[\s-]+(?:[a-z]{1,20}\s){0,2}?(?:follow-?\s?-?up|improvement|increase|decrease|difference|prolongation|extension|"
    r"gain|longer|shorter|advantage|reduction|median|delay|phases?\b)",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(r"[\s-]+follow-?\s?-?up", re.IGNORECASE)
_AT_ONE = Behind(r"\b(?:[Aa]t|[Bb]y|[Aa]fter)\s(?:the\s|an?\s)?")
# "median OS stood at 25.8 months": the result itself.
_STOOD = Behind(
    r"\b(?:stood|stands|standing|settled|put|placed|set|came\sin|plateaued|peaked)\s(?:at|by)\s", ignore_case=True
)
_JOINED = re.compile(rf"(?:[{DASHES}]\s?(?:[a-z]{{2,7}}\s)?)?\s?(?:,|and|or|to|,\sand|/)\s?")
# The words that introduce a landmark; "up to" and "over" only bound a follow-up that is measured.
_AT = Behind(
    r"\b(?P<how>[Aa]t|[Ww]ithin|[Aa]fter|[Bb]y|[Uu]ntil|[Uu]p\sto|[Tt]hrough|[Bb]eyond|[Oo]ver|[Dd]uring)\s(?:the\s)?"
    r"(?:first\s|a\s|about\s|approximately\s|around\s)?"
)
_FOR_UP_TO = Behind(r"\bfor\s(?:up\sto|over)\s", ignore_case=True)
_LANDMARK_TO = Behind(r"\b(?:to|of|was|were|from|is)\s(?:[Oo]ver|[Uu]p\sto|[Aa]t|[Ww]ithin|[Bb]eyond)\s")
_CHANGE = Behind(
    r"\b(?:extend|improv|prolong|increas|decreas|reduc|shorten|lengthen|longer|shorter|differ|gain|delay|exceed|advantage|"
    r"benefit|lower|higher|fell|rose|declin|drop)[a-z]{0,6}\b[^.;]{0,60}\bby\s(?:a\s)?(?:median\s(?:of\s)?)?",
    ignore_case=True,
)
_LASTING = Behind(
    r"\b(?:lasting|lasted(?:\sfor)?|SD|CR|PR|disease(?:\s\(SD\))?|responses?|duration|control)(?:\sfor|\sof)?\s?"
    r"(?P<sign>[≥≤<>])\s?"
)
_SIGN = Behind(r"(?P<sign>[≥≤<>])\s?")
_OR_LONGER = re.compile(r"\s(?:or|and)\s(?:longer|more|beyond)\b")
_EVERY = Behind(r"\b(?:[Ee]very|[Pp]er|[Ee]ach|q)\s|\b(?:[Oo]n|[Ff]rom)\s[Dd]ays?\s")
_FOR = Behind(
    r"\b(?:for|for\sup\sto|for\sat\sleast|for\sa\stotal\sof|lasting)\s(?:the\s)?(?:an\sadditional\s)?", ignore_case=True
)
_FOLLOWED = Behind(r"\b(?:follow(?:ed)?(?:[\s-]?up)?|observed)\b[^.;]{0,30}", ignore_case=True)
_OF_FOLLOW_UP = re.compile(r"\s(?:of\s)?(?:median\s)?(?:follow-?\s?up|observation)\b")
_PERIOD = Behind(r"\b(?:last|past|previous|prior|next|preceding|recent)\s", ignore_case=True)
_BEFORE_THAT = re.compile(r"\s(?:before|prior\sto|previously|earlier|ago|preceding|since)\b")
# "24 h after the infusion", "a week later": a time counted from an event; one that a verb leads up to is a result.
_SINCE_EVENT = re.compile(
    r"\s(?:later\b(?!\sthan)|(?:after|post)\s(?:[\w-]+\s){0,3}?(?:infusions?|dos(?:e|es|ing)|sessions?|injections?|treatments?|"
    r"randomi[sz]ation|baseline|surgery|procedures?|operation|vaccination|discharge|transplant\w*|delivery|enrol\w+|"
    r"initiation|start|cessation|discontinuation|withdrawal)\b)"
)
_SAID_OF = Behind(r"(?:\b(?:was|were|is|of|by|median|mean|for)|[:=(])\s(?:only\s|about\s)?", ignore_case=True)
_LIST = re.compile(rf"\s?(?:,|and|or|to|through|,\s(?:and|or)|[{DASHES}])\s?")
_RANGE = re.compile(rf"\s?(?:to|through|[{DASHES}])\s?")
_LIST_GOES_ON = re.compile(r"\s?(?:,|and\b|or\b|[)\];.]|\Z)")
_VERSUS_BEHIND = re.compile(
    r"[\s\w]{0,8}\s?(?:vs\.?|versus|against)\s(?!\d[\d.]*\s?%)"
)  # "at 3 years versus 27%" is a time
_INTERVAL_BEHIND = re.compile(r"\s?[(\[]\s?(?:\d+(?:\.\d+)?\s?%\s?C|CI|range|IQR|\d+(?:\.\d+)?\s?[–-]\s?\d)")
_VERSUS = re.compile(r"\s?(?:vs\.?|versus|against)\s?")
_RATE_BEFORE = Behind(r"(?:%|\brates?|\bsurviv\w{0,6}|\balive)\b?[^.;\d]{0,30}", ignore_case=True)
_VISIT = Behind(
    r"(?:\b(?P<how>[Aa]t|[Bb]y|[Aa]fter|[Tt]hrough|[Uu]ntil|[Tt]o|[Ff]rom|[Oo]n|[Oo]ver|[Dd]uring|[Bb]etween)\s(?:the\s)?)?"
    r"\b(?P<unit>[Ww]eek|[Mm]onth|[Yy]ear|[Dd]ay|[Hh]our)s?[\s-]"
)
_DOSE_NEAR = re.compile(r"mg(?!/[dm]?[lL])|Gy|dos(?:e|ing)|administered|infus|cycle|injection|followed by")
# "60% responded on day 1": a result, read then.
_RESULT_ON = Behind(
    r"%[)\]]?\s|%[^.;]{0,80}\b(?:respon|remi|recover|improv|relaps|di|clear|heal|resol|achiev|surviv|negative|positive)[a-z]{0,8}\s"
)
# A dose right before a visit ("80 mg at week 4") is given then; one further off, or behind a result, is not.
_DOSE_BEFORE = re.compile(
    r"(?:\bmg(?:/kg)?(?!/[dm]?[lL])|\bGy|\bdos(?:es?|ing)|administered|infus\w+|cycles?|injections?|boosters?"
    r"|followed by)\b[^.;,%]{0,12}$"
)
# "in the first month after surgery", no birth and no cycle of treatment.
_FIRST = re.compile(
    r"\b(?:in|within|during|over|by|after|at)\s(?:the\s(?=end))?(?:end\sof\s)?(?P<when>(?:the\s)?first\s(?P<unit>month|year|week|day|hour))\b"
    r"(?!\s(?:of\s(?:life|each|every|age|treatment|therapy)|line|cycle|dose))",
    re.IGNORECASE,
)
_SINGULAR = {"months": "month", "weeks": "week", "days": "day", "years": "year", "hours": "hour", "minutes": "minute"}


def normal_time(value: Decimal, unit: str, *, sign: str = "") -> str:
    """A time as the dataset writes it: "1 year", "16 weeks", "≥24 weeks"."""
    return f"{sign}{value.normalize():f} {_SINGULAR[unit] if value == 1 else unit}"


def claim_timepoints(sheet: Sheet) -> None:
    """Take times that qualify an endpoint, and those that are neither result nor landmark (schedules, durations)."""
    for i in reversed(sheet.free()):
        if sheet.owner[i]:
            continue
        unit = sheet.unit(i)
        if unit is not None and unit.family == "time":
            if unit.hyphen:
                _judge_hyphenated(sheet, i, unit)
            else:
                _judge_time(sheet, i, unit)
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if not sheet.owner[i] and not numeral.worded and numeral.whole:
            _judge_visit(sheet, i)
    _claim_first(sheet)


def _claim_first(sheet: Sheet) -> None:
    """ "in the first month", "during the first year": a time without a numeral."""
    for match in _FIRST.finditer(sheet.text) if " first " in sheet.text else ():
        unit = match["unit"].lower() + "s"
        text = normal_time(Decimal(1), unit)
        span = sheet.span(match.start("when"), match.end())
        sheet.timepoints.append(
            TimepointMention(span=span, text=text, value=Decimal(1), unit=unit, rule="timepoint:first")
        )


def _judge_hyphenated(sheet: Sheet, i: int, unit: Unit) -> None:
    """ "16-week PFS rate" is a landmark, "six-month follow-up" a value, "24-week course" a duration."""
    text, numeral = sheet.text, sheet.numerals[i]
    if (measured := _FOR_VALUE.match(text, unit.end)) is not None:
        if numeral.whole and _FOLLOW_UP.fullmatch(measured[0]) and _AT_ONE(text, numeral.start) is not None:
            _add(sheet, i, unit.code, numeral.start, measured.end(), "follow-up")  # "At 1-year follow-up, 89% ..."
        return
    joined = i + 1 < len(sheet.owner) and sheet.owner[i + 1] == "timepoint"
    joined = joined and _JOINED.fullmatch(text, unit.end, sheet.starts[i + 1]) is not None
    if joined or _FOR_ENDPOINT.match(text, unit.end):
        _add(sheet, i, unit.code, numeral.start, unit.end, "hyphen")
        k = i
        while sheet.is_free(k - 1) and _JOINED.fullmatch(sheet.gap(k - 1)) and not sheet.numerals[k - 1].decimals:
            k -= 1
            _add(sheet, k, unit.code, sheet.numerals[k].start, sheet.numerals[k].end, "hyphen:list")
    elif numeral.decimals == 0 and _AT(text, numeral.start) is not None and text[unit.end - 1] == "s":
        _add(sheet, i, unit.code, numeral.start, unit.end, "at")  # "at 12-years"
    elif numeral.decimals == 0:
        sheet.other(i, "duration", rule="duration:hyphen")


def _judge_time(sheet: Sheet, i: int, unit: Unit) -> None:
    text, numeral = sheet.text, sheet.numerals[i]
    first = i
    while sheet.is_free(first - 1) and sheet.numerals[first - 1].whole and _LIST.fullmatch(sheet.gap(first - 1)):
        first -= 1
    start = sheet.numerals[first].signed
    if _OF_FOLLOW_UP.match(text, unit.end):
        return
    if _EVERY(text, start) is not None:
        for k in range(first, i + 1):
            sheet.other(k, "schedule", rule="schedule")
        return
    lasting = _LASTING(text, start)
    sign = lasting or _SIGN(text, start)
    longer = _OR_LONGER.match(text, unit.end)
    if sign is not None and (lasting is not None or longer is not None):
        _add(sheet, i, unit.code, sign.start("sign"), unit.end, "lasting", sign=sign["sign"])
    elif sign is not None:
        sheet.other(i, "criterion", rule="criterion:time")
    elif _BEFORE_THAT.match(text, unit.end):
        sheet.other(i, "criterion", rule="criterion:before")
    elif _FOR_UP_TO(text, start) is not None and _FOLLOWED(text, start) is None:
        sheet.other(i, "duration", rule="duration:for")
    elif (how := _AT(text, start)) is not None:
        if not _is_value(sheet, i, first, how["how"].lower(), unit):
            for k in range(first, i + 1):
                end = unit.end if k == i else sheet.numerals[k].end
                _add(sheet, k, unit.code, sheet.numerals[k].start, end, how["how"].lower().replace(" ", "-"))
    elif _PERIOD(text, start) is not None:
        sheet.other(i, "period", rule="period")
    elif numeral.whole and _SINCE_EVENT.match(text, unit.end) and _SAID_OF(text, start) is None:
        _add(sheet, i, unit.code, numeral.start, unit.end, "since-event")
    elif longer is not None and numeral.whole:
        _add(sheet, i, unit.code, numeral.start, longer.end(), "or-longer", sign="≥")
    elif numeral.decimals == 0 and _FOR(text, start) is not None and _FOLLOWED(text, start) is None:
        sheet.other(i, "duration", rule="duration:for")


def _is_value(sheet: Sheet, i: int, first: int, how: str, unit: Unit) -> bool:
    """Whether a time behind "at" or "by" is the result itself: "extended by 9.1 months", "at 9.6 vs 4.0 months"."""
    start, numeral = sheet.numerals[first].signed, sheet.numerals[i]
    if (how == "by" and _CHANGE(sheet.text, start) is not None) or _STOOD(sheet.text, start) is not None:
        return True
    if how in ("over", "up to") and (
        numeral.decimals or _FOLLOWED(sheet.text, start) is not None or _LANDMARK_TO(sheet.text, start) is not None
    ):
        return True
    if first > 0 and _VERSUS.fullmatch(sheet.gap(first - 1)):
        return True
    if _VERSUS_BEHIND.match(sheet.text, numeral.end) or _INTERVAL_BEHIND.match(sheet.text, unit.end):
        return True
    if not numeral.decimals or how not in ("at", "by", "after"):
        return False
    return _RATE_BEFORE(sheet.text, start - len(how) - 1) is None


def _judge_visit(sheet: Sheet, i: int) -> None:
    """ "at week 24" is a landmark; "on day 1" and "weeks 1, 4 and 7" beside a dose are a schedule."""
    text, numeral = sheet.text, sheet.numerals[i]
    match = _VISIT(text, numeral.start)
    if match is None or match["unit"] is None or numeral.value > 2000 or sheet.unit(i) is not None:
        return
    unit = match["unit"].lower() + "s"
    last = i
    while sheet.is_free(last + 1) and _LIST.fullmatch(sheet.gap(last)) and not sheet.numerals[last + 1].decimals:
        following = sheet.numerals[last + 1]
        alone = sheet.gap(last).strip() == ","
        if sheet.unit(last + 1) is not None or (alone and not _LIST_GOES_ON.match(text, following.end)):
            break
        last += 1
    how = (match["how"] or "on").lower()
    if how in ("over", "during", "between") or (last == i + 1 and _RANGE.fullmatch(sheet.gap(i))):
        for k in range(i, last):  # "over months 4 through 6", "over weeks 40, 44 and 48": read at the end of it
            sheet.other(k, "duration", rule="duration:range")
        i = last
    daily = unit == "days" and how in ("on", "from") and _RESULT_ON(text, match.start()) is None
    named = match["how"] is None and _FOR_ENDPOINT.match(text, sheet.numerals[last].end) is not None
    dosed = sheet.numerals[i].value == 0  # "at weeks 0, 2 and 6"
    scheduled = dosed or (not named and (_is_scheduled(sheet, match.start(), how, several=last > i) or daily))
    for k in range(i, last + 1):
        if scheduled:
            sheet.other(k, "schedule", rule="schedule:visit")
        else:
            start = match.start("unit") if k == i else sheet.numerals[k].start
            _add(sheet, k, unit, start, sheet.numerals[k].end, "visit")


def _is_scheduled(sheet: Sheet, start: int, how: str, *, several: bool) -> bool:
    """Whether a dose is given at the visit that starts at `start`: "at week 24" of a result is none."""
    before = sheet.text[max(start - 60, 0) : start]
    if several or how in ("on", "from"):
        return _DOSE_NEAR.search(before) is not None
    return "%" not in before and _DOSE_BEFORE.search(before) is not None


def _add(sheet: Sheet, i: int, unit: str, start: int, end: int, way: str, *, sign: str = "") -> None:
    value = abs(sheet.numerals[i].value)
    text = normal_time(value, unit, sign=sign)
    rule = f"timepoint:{way}"
    sheet.timepoints.append(TimepointMention(span=sheet.span(start, end), text=text, value=value, unit=unit, rule=rule))
    sheet.take(i, "timepoint")
