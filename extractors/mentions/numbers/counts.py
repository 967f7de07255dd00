"""Numbers of people, studies and events: "148 patients", "n = 31", "4 of 9", "Eighty-two of the patients"."""

import re
from decimal import Decimal

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.numerals import DASHES, Numeral
from extractors.mentions.numbers.people import PHRASE, UNITS, kind_of
from extractors.mentions.numbers.sheet import Sheet
from schemas.mention import CountMention
from schemas.number import Number

_N_EQUALS = Behind(
    r"(?:\b[nN]|\b[Nn]o\.?(?:\sof\s(?:patients|participants|subjects|events))?|\bnumber)\s?[=:≈]\s?[$\\]{0,2}"
)
_OF = re.compile(
    r"\s(?:[a-z]{1,20}\s){0,2}?(?:out\s)?of\s(?:the\s|these\s|those\s|all\s|a\stotal\sof\s|our\s){0,2}"
    r"(?:(?:planned|first|remaining|initial|eligible|evaluable|included|enrolled|randomi[sz]ed|treated)\s)?|\s?/\s?"
)
_N_OF = re.compile(r"\s?(?:/|of|out\sof)\s?")
# "31 (44.4%)", and the whole it is a share of: "68 (62%) of 109 patients".
_SHARE = re.compile(
    r"\s?[(\[]\s?(?:[~<>≈]\s?)?\d{1,3}(?:[.\u00b7,]\d{1,2})?\s?(?:\\?%|per\s?cent)(?P<rest>[^()\[\]]{0,60}[)\]])?"
)
_OF_WHOLE = re.compile(r"\s(?:[a-z]{1,20}\s){0,2}?of\s(?:the\s|these\s|those\s|all\s|our\s){0,2}")
_DOES = re.compile(
    r"\s(?:of\s(?:whom|them|these|those)|with|without|who|had|were|was|have|received|receiving|completed|achieved|"
    r"experienced|showed|developed|underwent|died|progressed|remained|initiated|discontinued|responded|withdrew|entered|"
    r"randomi[sz]ed|assigned|allocated|treated|evaluable|eligible|participated|provided|undergoing|for\snot|for\s\w+ing|"
    r"per\s(?:group|arm)|due\sto|to\s(?:receive|the|either|weekly|[a-z]{5,})|on\s(?:the\s)?[a-z]{4,}|(?:in|from)\s(?:the\s)?[\w\s-]{0,40}?(?:group|arm|cohort)s?)\b"
)
_TAKES_IN = Behind(
    r"\b(?:[Oo]f\swhom|of\swhich|[Tt]otal\sof|enrolled|enrolling|recruited|randomi[sz]ed|included?|including|comprising|"
    r"involving|assessed|evaluated|screened|analy[sz]ed|Of(?:\sthe|\sall)?|Among(?:\sthe)?)\s(?:only\s|a\stotal\sof\s)?"
)
_SUBJECT = re.compile(
    r"(?:\s[A-Za-z][\w/-]{0,24}){1,6}?\s(?:were|was|have\sbeen|had\sbeen)\s(?:randomly\s)?"
    r"(?:randomi|enrol|includ|recruit|evaluat|assign|alloc|treat|analy|screen|invited|eligible|available|followed)"
)
_ABOVE = Behind(r"(?:\b(?:over|more\sthan|at\sleast|exceeding|nearly|almost)|[>≥])\s?", ignore_case=True)
_ABOUT = Behind(r"(?:[~≈]|\b(?:approximately|about|around|roughly|some|circa))\s?", ignore_case=True)
_COMPARED = Behind(r"[±<>≥≤]\s?")
# "≥7/10" and "4–6/10" are points of a score.
_SCORED = Behind(r"[<>≥≤–-]\s?")
_RANGE_BEHIND = re.compile(rf"\s?(?:[{DASHES}:]|(?:to|vs\.?|versus|v)\s)\s?\d")
_THINGS = re.compile(
    r"\s(?:[a-z-]{1,20}\s){0,2}?(?:sites|cent(?:er|re)s|countries|hospitals|lesions|tumou?rs|samples|specimens|questions|"
    r"items|doses|cycles|sessions|databases|domains|groups|arms|points|eyes|teeth|limbs)\b"
)
# "2015 Adults", "In 2015 patients with": a year, unless something says that it is counted.
_YEAR_BEFORE = Behind(r"(?:\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Ff]rom|[Bb]etween|[Bb]y|[Dd]uring|and|al\.?,?)|[–-]|^)\s?")
# What stands before a number that is measured, compared or dated, and counts nobody.
_NO_COUNT_BEFORE = Behind(
    r"[=<>≥≤±/]\s?|(?:scores?|index|ratios?|levels?|values?|HR|OR|RR|to|by|from|than|(?<![Tt]here\s)(?:was|were)|is|"
    r"vs\.?|versus|at|days?|weeks?|months?|years?)\s"
)
_DECIMAL_BEFORE = Behind(
    r"\d[.\u00b7]\d{1,3}\s?[\w%]{0,12}(?:\s(?:in|for|with)\s(?:the\s)?[\w\s-]{1,40}?)?\s?(?:and|vs\.?|versus|,)\s"
)
_OF_STUDIES = Behind(r"\b(?:trials|studies|RCTs)\b[^.;\d]{0,30}")
_ONLY_ONE = Behind(r"(?:^|[,;(]\s?|\b(?:and|or|only)\s)")
# Brackets that hold nothing but group sizes: "(47 CT, 48 HT)", "(tamoxifen 1238, placebo 1233)", "(68 vs 120".
_GROUP_WORDS = r"[A-Za-z][\w+/.-]{0,24}(?:\s[A-Za-z+&][\w+/.-]{0,24}){0,4}?"
_SIZES = re.compile(
    rf"\(\s?(?:\d{{1,5}}\s{_GROUP_WORDS}(?:\s?(?:,\sand|,|;|and|or)\s?\d{{1,5}}\s{_GROUP_WORDS}){{1,4}}"
    rf"|{_GROUP_WORDS}[,:]?\s\d{{1,5}}(?:\s?[,;]\s?(?:and\s)?{_GROUP_WORDS}[,:]?\s\d{{1,5}}){{1,4}}"
    r"|\d{1,5}\s(?:vs\.?|versus|v\.?)\s\d{1,5}(?=\s?[,;)]))\s?[,;)]"
)
# "assigned to exercise (34) or control (17)": at least two, in a sentence that allots people to groups.
_LONE = re.compile(r"(?<=[A-Za-z]\s)\(\d{1,4}\)")
_ALLOTS = re.compile(r"\b(?:randomi[sz]|assign|allocat|divided|undergo)|\b(?:group|arm)s?\b")
_ALONE = Behind(r"\(\s?")
_SPACED = re.compile(
    r"(?<![\d.,])\d{1,3}(?:\s\d{3}){1,2}"
    r"(?=\s(?:[a-z]{1,20}\s){0,3}?(?:patients|participants|subjects|individuals|people|adults|women|men)\b)"
)
_NO_SPACED = Behind(r"(?:[Ww]eeks?|[Dd]ays?|[Pp]hase|[Gg]rade|[Mm]onths?|\b(?:19|20))\s?")
_SHARED_NOUN = re.compile(r"\s?(?:,|and|or|vs\.?|versus|,\sand)\s?")


# Counts that may stand in brackets between the members of a list of values.
_IN_BRACKETS = frozenset({"count:of", "count:n", "count:share"})


def claim_counts(sheet: Sheet) -> None:
    """Take every number of people, studies, records or events; `unit` tells which, `rule` how sure the form is."""
    _claim_spaced(sheet)
    for judge in (_judge_equals, _judge_part, _judge_share, _judge_phrase):
        for i in sheet.free():
            if not sheet.owner[i] and sheet.numerals[i].whole:
                judge(sheet, i)
    if "(" in sheet.text:
        _claim_sizes(sheet)
    for i in sheet.free():
        if not sheet.owner[i] and sheet.numerals[i].whole:
            _judge_bare(sheet, i)


def add_count(
    sheet: Sheet, number: Number, start: int, end: int, unit: str, rule: str, of: Number | None = None
) -> None:
    """Record one count; its numerals are the caller's to take."""
    if rule in _IN_BRACKETS:
        sheet.covered.append((start, end, "count"))
    sheet.counts.append(CountMention(span=sheet.span(start, end), number=number, unit=unit, of=of, rule=rule))


def _take(
    sheet: Sheet, i: int, end: int, unit: str, rule: str, of: int | None = None, start: int | None = None
) -> None:
    whole = sheet.number(of) if of is not None else None
    add_count(sheet, sheet.number(i), sheet.numerals[i].start if start is None else start, end, unit, rule, whole)
    sheet.take(i, "count")
    if of is not None:
        sheet.take(of, "count")


def _claim_spaced(sheet: Sheet) -> None:
    """"21 669 participants": thousands set off by a thin space that the reading shows as a blank."""
    if not any(b - a.end == 1 for a, b in zip(sheet.numerals, sheet.starts[1:], strict=False)):
        return
    for match in _SPACED.finditer(sheet.text):
        indices = range(sheet.first_from(match.start()), sheet.first_from(match.end()))
        if any(sheet.owner[k] for k in indices) or _NO_SPACED(sheet.text, match.start()) is not None:
            continue
        value, span = Decimal(match[0].replace(" ", "")), sheet.span(*match.span())
        number = Number(raw=sheet.raw(*match.span()), value=value, span=span)
        add_count(sheet, number, match.start(), match.end(), "patients", "count:spaced")
        for k in indices:
            sheet.take(k, "count")


def _judge_equals(sheet: Sheet, i: int) -> None:
    numeral = sheet.numerals[i]
    match = _N_EQUALS(sheet.text, numeral.start) if not numeral.worded else None
    if match is None or ((unit := sheet.unit(i)) is not None and unit.family == "share"):
        return
    phrase = PHRASE.match(sheet.text, numeral.end)
    unit_name = UNITS[kind_of(phrase)] if phrase is not None else "patients"
    of = i + 1 if sheet.is_free(i + 1) and _N_OF.fullmatch(sheet.gap(i)) else None
    if of is not None and sheet.numerals[of].value < numeral.value:
        of = None
    _take(sheet, i, sheet.numerals[of if of is not None else i].end, unit_name, "count:n", of, start=match.start())


def _judge_part(sheet: Sheet, i: int) -> None:
    """"4 of 9", "10 out of 11 patients", "20/94": a part and its whole."""
    j = i + 1
    if not sheet.is_free(j) or not sheet.numerals[j].whole or _OF.fullmatch(sheet.gap(i)) is None:
        return
    whole = sheet.numerals[j]
    if whole.value < sheet.numerals[i].value or whole.value < 2 or _SCORED(sheet.text, sheet.numerals[i].start):
        return
    if sheet.unit(j) is not None:
        return
    phrase = PHRASE.match(sheet.text, whole.end)
    _take(sheet, i, whole.end, UNITS[kind_of(phrase)] if phrase is not None else "patients", "count:of", j)


def _judge_share(sheet: Sheet, i: int) -> None:
    """"31 (44.4%)": a whole number whose share follows in brackets counts somebody."""
    numeral = sheet.numerals[i]
    share = _SHARE.match(sheet.text, numeral.end)
    if share is None or _COMPARED(sheet.text, numeral.start) is not None:
        return
    of = None
    k = sheet.first_from(share.end())
    if (
        share["rest"] is not None
        and sheet.is_free(k)
        and sheet.numerals[k].whole
        and sheet.numerals[k].value >= numeral.value
        and _OF_WHOLE.fullmatch(sheet.text, share.end(), sheet.starts[k])
    ):
        of = k
    _take(sheet, i, numeral.end, "patients", "count:share", of)


def _judge_phrase(sheet: Sheet, i: int) -> None:
    numeral = sheet.numerals[i]
    match = PHRASE.match(sheet.text, numeral.end)
    if match is None:
        return
    kind = kind_of(match)
    if _is_yearly(numeral) and (match[0][1:2].isupper() or _YEAR_BEFORE(sheet.text, numeral.start) is not None):
        return
    if numeral.value == 1 and numeral.worded and kind in ("studies", "papers"):
        return
    rule = f"count:{kind}"
    if _ABOVE(sheet.text, numeral.start) is not None:
        rule += ":at-least"
    elif _ABOUT(sheet.text, numeral.start) is not None:
        rule += ":about"
    _take(sheet, i, match.end(), UNITS[kind], rule)
    # "over 3,700 and 5,900 participants": the noun belongs to both.
    while sheet.is_free(i - 1) and sheet.numerals[i - 1].whole and _SHARED_NOUN.fullmatch(sheet.gap(i - 1)):
        i -= 1
        _take(sheet, i, sheet.numerals[i].end, UNITS[kind], rule + ":list")


def _is_yearly(numeral: Numeral) -> bool:
    return numeral.end - numeral.start == 4 and 1900 <= numeral.value < 2100 and not numeral.worded


def _claim_sizes(sheet: Sheet) -> None:
    for match in _SIZES.finditer(sheet.text):
        indices = range(sheet.first_from(match.start()), sheet.first_from(match.end()))
        if all(not sheet.owner[k] and sheet.unit(k) is None for k in indices):
            for k in indices:
                if not sheet.numerals[k].worded:
                    _take(sheet, k, sheet.numerals[k].end, "patients", "count:sizes")
            # "2144 (1063 ablation, 1081 none)": the whole stands before its parts.
            whole = sheet.first_from(match.start()) - 1
            if sheet.is_free(whole) and _is_right_before(sheet, whole, match.start()):
                _take(sheet, whole, sheet.numerals[whole].end, "patients", "count:sizes")
    lone = [m for m in _LONE.finditer(sheet.text) if sheet.is_free(sheet.first_from(m.start()))]
    if len(lone) > 1 and _ALLOTS.search(sheet.text):
        for match in lone:
            k = sheet.first_from(match.start())
            _take(sheet, k, sheet.numerals[k].end, "patients", "count:lone")


def _is_right_before(sheet: Sheet, i: int, place: int) -> bool:
    numeral = sheet.numerals[i]
    return numeral.whole and not numeral.worded and sheet.text[numeral.end : place].strip() == ""


def _judge_bare(sheet: Sheet, i: int) -> None:
    """"37 with stable disease and 56 with active disease": a number of people whose noun was said before."""
    text, numeral = sheet.text, sheet.numerals[i]
    if sheet.unit(i) is not None:
        return
    if numeral.worded and text.startswith(")", numeral.end) and _ALONE(text, numeral.start) is not None:
        _take(sheet, i, numeral.end, "patients", "count:bare")
        return
    if _RANGE_BEHIND.match(text, numeral.end) or _THINGS.match(text, numeral.end) or _is_yearly(numeral):
        return
    does = _DOES.match(text, numeral.end) or _SUBJECT.match(text, numeral.end)
    if does is None and (numeral.worded or _TAKES_IN(text, numeral.start) is None):
        return
    if numeral.worded and numeral.value == 1 and _ONLY_ONE(text, numeral.start) is None:
        return
    if _NO_COUNT_BEFORE(text, numeral.start) is None and _DECIMAL_BEFORE(text, numeral.start) is None:
        # "Of 25 trials, 6 were small": what was counted last is counted on.
        studies = _OF_STUDIES(text, numeral.start) is not None
        _take(sheet, i, numeral.end, "studies" if studies else "patients", "count:bare")
