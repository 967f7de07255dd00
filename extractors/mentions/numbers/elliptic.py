"""Numbers of people whose noun was said before: "37 with stable and 56 with active disease", "(47 CT, 48 HT)"."""

import re

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.counts import SHARED_NOUN, STUDIES_SORTED, is_yearly, take_count
from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.people import PHRASE, UNITS, kind_of
from extractors.mentions.numbers.sheet import Sheet

_DOES = re.compile(
    r"\s(?:of\s(?:whom|them|these|those)|with|without|who|whose|had|were|was|have|received|receiving|completed|achieved|"
    r"experienced|showed|developed|underwent|died|progressed|remained|initiated|discontinued|responded|withdrew"
    r"|entered|"
    r"randomi[sz]ed|assigned|allocated|treated|evaluable|eligible|participated|provided|undergoing|for\snot"
    r"|for\s\w+ing|"
    r"per\s(?:group|arm)|due\sto|to\s(?:receive|the|either|weekly|[a-z]{5,}|[a-z]{3,}-[A-Z]|[A-Z][A-Za-z-]+)|on\s(?:the\s)?[a-z]{4,}|"
    r"(?:in|from)\s(?:the\s)?[\w\s-]{0,40}?(?:group|arm|cohort)s?|"
    r"of\sthe\s(?!two|three|four|five|six|\d|other|following|study|treatment|trial)[\w\s-]{1,40}?(?:group|arm)\b)\b"
)
_TAKES_IN = Behind(
    r"\b(?:[Oo]f\swhom|of\swhich|[Tt]otal\sof|enrolled|enrolling|recruited|randomi[sz]ed|included?|including"
    r"|comprising|"
    r"involving|assessed|evaluated|screened|analy[sz]ed|Of(?:\sthe|\sall)?|Among(?:\sthe)?)\s(?:only\s"
    r"|a\stotal\sof\s)?"
)
_SUBJECT = re.compile(
    r"(?:\s[A-Za-z][\w/-]{0,24}){1,6}?\s(?:were|was|have\sbeen|had\sbeen)\s(?:randomly\s)?"
    r"(?:randomi|enrol|includ|recruit|evaluat|assign|alloc|treat|analy|screen|invited|eligible|available|followed)"
)
_RANGE_BEHIND = re.compile(rf"\s?(?:[{DASHES}:]|(?:to|vs\.?|versus|against|v)\s)\s?\d")
_THINGS = re.compile(
    r"\s(?:(?!whose\b|who\b|with\b)[a-z-]{1,20}\s){0,2}?(?:kinds|types|patterns|forms|classes|categories|criteria|reviewers|authors"
    r"|sites|cent(?:er|re)s|countries|hospitals|lesions|tumou?rs|samples|specimens|questions|"
    r"items|doses|cycles|courses|infusions|injections|fractions|sessions|databases|domains|groups|arms|points"
    r"|comorbidities|conditions|risk\sfactors|components|eyes|teeth|limbs|clinics|practices|villages|(?:\w+\s)?factories|schools|clusters|dyads|physicians"
    r"|clinicians|factors|drugs|genes|markers|regimens|lines|therapies|attempts|courses|relapses)\b"
)
_PLACES = re.compile(
    r"\s(?:[A-Za-z-]{1,20}\s){0,2}?(?:sites|cent(?:er|re)s|countries|hospitals|institutions|clinics)\b"
)
# What stands before a number that is measured, compared or dated, and counts nobody.
_NO_COUNT_BEFORE = Behind(
    r"[=<>≥≤±/$€£¥]\s?|(?:scores?|index|ratios?|levels?|values?|HR|OR|RR|to|by|from|than|(?<![Tt]here\s)(?:was"
    r"|were)|is|"
    r"vs\.?|versus|against|at|days?|weeks?|months?|years?)\s"
)
_DECIMAL_BEFORE = Behind(
    r"\d[.\u00b7]\d{1,3}\s?[\w%]{0,12}(?:\s(?:in|for|with)\s(?:the\s)?[\w\s-]{1,40}?)?\s?(?:and|vs\.?|versus|against|,)\s"
)
_AT_LEAST = Behind(r"\b(?:at\sleast|more\sthan)\s")
_THE = Behind(r"\b[Tt]he(?:se)?\s")
_OF_STUDIES = Behind(r"\b(?:trials|studies|RCTs)\b[^.;\d]{0,30}")
# "1 used X", "16 of these adopted Y": what studies counted before did.
_DID = re.compile(
    r"\s(?:of\s(?:these|them|which)\s|\(\d[\d.]*\s?%\)\s)?(?:only\s)?(?:used|employed|adopted|utili[sz]ed|applied|included|assessed|evaluated|examined"
    r"|reported|investigated|compared|enrolled|recruited|involved|analy[sz]ed|described|defined|measured|focused|provided|presented"
    r"|were\s(?:conducted|RCTs|randomi[sz]ed\s(?:controlled\s)?trials|published|cohort|case-control|cross-sectional|retrospective|prospective|multicent\w+|single|judged|rated|of\s(?:high|low|moderate|good|poor|fair)))\b"
)
_ITEM_BEGINS = Behind(
    r"(?:^|[,;:]\s(?:and\s|while\s|whereas\s|but\s)?|\b(?:and|while|whereas|but|other|remaining)\s)(?:the\s(?:other|remaining)\s)?(?:only\s)?"
)
_IN_GROUP = re.compile(r"\s(?:in|from|to)\s(?:the\s)?[\w\s-]{0,40}?(?:group|arm)\b")
_AND_NAME = Behind(r"(?:\sand|[,;])\s(?:in\s)?[A-Z][\w-]*[A-Z][\w-]*(?:\s[A-Z\d-]+)?,?\s")
_ENDS = re.compile(r"\s?(?:[.;),]|$)")
_FEWEST_ENROLLED = 20  # fewer are more often the number in a study's name
_OF_WHICH = Behind(r"\bof\swhich\s(?:only\s)?")
_SORTED_OUT = re.compile(r"\s(?:for\s(?:not|\w+ing)|were\s(?:excluded|removed|included))\b")
_OPENED = Behind(r"(?:[(,;:]|\bwith|\bof|\bin|\benrolled|\bincluded)\s?")
_ONLY_ONE = Behind(r"(?:^|[,;(]\s?|\b(?:and|or|only)\s)")
# Brackets that hold nothing but group sizes: "(47 CT, 48 HT)", "(tamoxifen 1238, placebo 1233)", "(68 vs 120".
_GROUP_WORDS = r"[A-Za-z][\w+/.-]{0,24}(?:\s[A-Za-z+&][\w+/.-]{0,24}){0,4}?"
_SIZES = re.compile(
    rf"[(;]\s?(?:\d{{1,5}}\s{_GROUP_WORDS}(?:\s?(?:,\sand|,|;|and|or)\s?\d{{1,5}}\s{_GROUP_WORDS}){{1,4}}"
    rf"|{_GROUP_WORDS}[,:]?\s\d{{1,5}}(?:\s?[,;]\s?(?:and\s)?{_GROUP_WORDS}[,:]?\s\d{{1,5}}){{1,4}}"
    r"|\d{1,5}\s(?:vs\.?|versus|against|v\.?)\s\d{1,5}(?=\s?[,;)]))\s?[,;)]"
)
# "assigned to exercise (34) or control (17)": at least two, in a sentence that allots people to groups.
_LONE = re.compile(r"(?<=[A-Za-z]\s)\(\d{1,4}\)")
_SIZED = re.compile(r"(?<=[A-Za-z]\s)\(\d{1,5}\s(?:patients|participants|women|men|adults|children|people)\)")
_ALLOTS = re.compile(r"\b(?:randomi[sz]|assign|allocat|divided|undergo)|\b(?:group|arm)s?\b")
_NUMBERS_OF = Behind(
    r"(?<!\b[Mm]edian\s)(?<!\b[Mm]ean\s)(?<!\b[Aa]verage\s)\b[Nn]umbers?\sof\s(?P<noun>[\w\s-]{3,40}?)\s(?:was"
    r"|were)\s"
)
_JOINED = Behind(r"(?:\b(?:and|versus|vs\.?|or|compared\swith|against)|,)\s")
_WORD_BEHIND = re.compile(r"\s(?!(?:and|or|to|times|more|less|further|additional|other)\b)[A-Za-z]")
# "10 or more nodes" bounds, "MA.27 was" and "factor-1 to" are names.
_OR_MORE = re.compile(r"\s(?:or|and)\s(?:more|fewer|less|greater|higher|older|above)\b|\s?\+")
_NAME_BEFORE = Behind(r"[A-Za-z)][.-]")
_STOP_BETWEEN = re.compile(r"[;:]|\.\s")
# "nodes were 1-3 was better", "at month 1 and/or 3 were": the end of a range or of a choice counts nobody.
_RANGE_BEFORE = Behind(r"\d\s?[-\u2010-\u2013]\s?|\band/or\s|\b(?:one|two|three|four)\sor\s")
_VERSUS = re.compile(r"\s(?:vs?\.?|versus)\s")
# "pneumothorax in 4, haemothorax in 2 and air leak in 1".
_ITEM = re.compile(
    r"(?:[:,;(]\s?|\band\s)(?:[a-z][a-z'’/-]*\s){0,5}(?:[a-z][a-z'’/-]*|[A-Z]{2,4})\sin\s(?P<n>\d{1,4})(?=\s?"
    r"(?:[,;.)]|and\b|\(|\Z))"
)
_FAR = 110
_ALONE = Behind(r"\(\s?")


def claim_elliptic(sheet: Sheet) -> None:
    """Take whole numbers that count people (or what was counted last) by where they stand."""
    if "(" in sheet.text:
        _claim_sizes(sheet)
    for judge in (_judge_studied, _judge_numbers_of, _judge_bare, _judge_ellipsis, _judge_named):
        for i in sheet.free():
            if not sheet.owner[i] and sheet.numerals[i].whole and not _in_unit(sheet, i):
                judge(sheet, i)
    if " in " in sheet.text:
        _claim_items(sheet)
    for i in sheet.free():
        if not sheet.owner[i] and _PLACES.match(sheet.text, sheet.numerals[i].end):
            sheet.other(i, "places", rule="places")


def _claim_sizes(sheet: Sheet) -> None:
    for match in _SIZES.finditer(sheet.text):
        indices = range(sheet.first_from(match.start()), sheet.first_from(match.end()))
        if all(not sheet.owner[k] and sheet.unit(k) is None for k in indices):
            for k in indices:
                if not sheet.numerals[k].worded:
                    take_count(sheet, k, sheet.numerals[k].end, "patients", "count:sizes")
            # "2144 (1063 ablation, 1081 none)": the whole stands before its parts.
            whole = sheet.first_from(match.start()) - 1
            if sheet.is_free(whole) and _is_right_before(sheet, whole, match.start()):
                take_count(sheet, whole, sheet.numerals[whole].end, "patients", "count:sizes")
    starts = ((m, sheet.first_from(m.start())) for m in _LONE.finditer(sheet.text))
    lone = [m for m, k in starts if sheet.is_free(k) and not is_yearly(sheet.numerals[k])]
    beside = _SIZED.search(sheet.text) is not None
    if "(1)" in sheet.text and "(2)" in sheet.text:  # "(1) calls, (2) a telephone": a list's own numbers
        return
    if lone and (len(lone) > 1 or beside) and _ALLOTS.search(sheet.text):
        for match in lone:
            k = sheet.first_from(match.start())
            take_count(sheet, k, sheet.numerals[k].end, "patients", "count:lone")


def _in_unit(sheet: Sheet, i: int) -> bool:
    """Whether numeral `i` is part of the unit of the one before it: "219 participants per 1000"."""
    unit = sheet.unit(i - 1) if i else None
    return unit is not None and unit.end > sheet.numerals[i].start


def _claim_items(sheet: Sheet) -> None:
    """Take the counts of a list that says after each item in how many of those counted before it was."""
    items = [sheet.at(m.start("n")) for m in _ITEM.finditer(sheet.text)]
    free = [i for i in items if i is not None and sheet.is_free(i) and not is_yearly(sheet.numerals[i])]
    if len(items) < 2 or len(free) < len(items):
        return
    last = next((sheet.counts[sheet.counted[k]] for k in reversed(range(free[0])) if k in sheet.counted), None)
    for i in free if last is not None else ():
        if last is not None and last.unit in ("patients", "studies") and sheet.unit(i) is None:
            take_count(sheet, i, sheet.numerals[i].end, last.unit, "count:item")


def _is_right_before(sheet: Sheet, i: int, place: int) -> bool:
    numeral = sheet.numerals[i]
    return numeral.whole and not numeral.worded and sheet.text[numeral.end : place].strip() == ""


def _judge_studied(sheet: Sheet, i: int) -> None:
    """ "Eleven studies enrolled adults, 1 used X and 2 used Y": the studies whose noun was said before."""
    text, numeral = sheet.text, sheet.numerals[i]
    if sheet.unit(i) is not None or is_yearly(numeral) or _DID.match(text, numeral.end) is None:
        return
    if _ITEM_BEGINS(text, numeral.start) is None:
        return
    told = [k for k in range(i) if k in sheet.counted]
    while told and _ASIDE(text, sheet.numerals[told[-1]].start):  # "17 studies (449 patients) used X; 16 of these"
        told.pop()
    if told and sheet.counts[sheet.counted[told[-1]]].unit == "studies":
        take_count(sheet, i, numeral.end, "studies", "count:studied")


_ASIDE = Behind(r"\([nN]?\s?=?\s?")


def _judge_bare(sheet: Sheet, i: int) -> None:
    """ "37 with stable disease and 56 with active disease": a number of people whose noun was said before."""
    text, numeral = sheet.text, sheet.numerals[i]
    if sheet.unit(i) is not None:
        return
    if numeral.worded and text.startswith(")", numeral.end) and _ALONE(text, numeral.start) is not None:
        take_count(sheet, i, numeral.end, "patients", "count:bare")
        return
    if _is_opposed(sheet, i):
        for k in (i, i + 1):
            take_count(sheet, k, sheet.numerals[k].end, "patients", "count:bare")
        return
    if _RANGE_BEFORE(text, numeral.start) is not None:
        return
    if _OR_MORE.match(text, numeral.end) or _NAME_BEFORE(text, numeral.start) is not None:
        return
    if _RANGE_BEHIND.match(text, numeral.end) or _THINGS.match(text, numeral.end) or is_yearly(numeral):
        return
    does = _DOES.match(text, numeral.end) or _SUBJECT.match(text, numeral.end)
    if does is None and (numeral.worded or _TAKES_IN(text, numeral.start) is None):
        return
    if numeral.worded and numeral.value <= 3 and _THE(text, numeral.start) is not None:
        return  # "the two were compared"
    if numeral.value <= 1 and _AT_LEAST(text, numeral.start) is not None:
        return
    if sheet.is_free(i + 1) and sheet.gap(i) == " ":
        return  # "11 30-minute sessions"
    if numeral.worded and numeral.value == 1 and _ONLY_ONE(text, numeral.start) is None:
        return
    if _NO_COUNT_BEFORE(text, numeral.start) is None and _DECIMAL_BEFORE(text, numeral.start) is None:
        unit = _works(sheet, i) or "patients"
        take_count(sheet, i, numeral.end, unit, "count:bare")
        _take_listed(sheet, i, unit)


def _is_opposed(sheet: Sheet, i: int) -> bool:
    """Whether brackets set number word `i` against another: "more frequent with X (eight v one)"."""
    if not sheet.numerals[i].worded or _ALONE(sheet.text, sheet.numerals[i].start) is None:
        return False
    if not sheet.is_free(i + 1) or not sheet.numerals[i + 1].worded or not sheet.numerals[i + 1].whole:
        return False
    closed = sheet.text.startswith((")", ";", ","), sheet.numerals[i + 1].end)
    return closed and _VERSUS.fullmatch(sheet.gap(i)) is not None


def _take_listed(sheet: Sheet, i: int, unit: str) -> None:
    """ "178 and 174 in the X and Y groups": what the second number counts the first does too."""
    k = i - 1
    if not sheet.is_free(k) or sheet.gap(k).strip() != "and" or sheet.unit(k) is not None:
        return
    first = sheet.numerals[k]
    if first.whole and not first.worded and not is_yearly(first) and _OPENED(sheet.text, first.start):
        take_count(sheet, k, first.end, unit, "count:bare:list")


def _works(sheet: Sheet, i: int) -> str | None:
    """What numeral `i` counts on where that is no people: "Of 25 trials, 6 were small", "60 papers, of which 6"."""
    numeral = sheet.numerals[i]
    if _IN_GROUP.match(sheet.text, numeral.end):
        return None
    if _OF_STUDIES(sheet.text, numeral.start) is not None or STUDIES_SORTED.search(sheet.text, 0, numeral.start):
        return "studies"
    if _OF_WHICH(sheet.text, numeral.start) is None and _SORTED_OUT.match(sheet.text, numeral.end) is None:
        return None
    last = next((sheet.counts[sheet.counted[k]] for k in reversed(range(i)) if k in sheet.counted), None)
    return last.unit if last is not None and last.unit in ("studies", "records") else None


def _judge_numbers_of(sheet: Sheet, i: int) -> None:
    """ "the numbers of infections were 17, 13 and 52": a list of counts under one noun."""
    numeral = sheet.numerals[i]
    named = _NUMBERS_OF(sheet.text, numeral.start)
    if named is None or numeral.worded or sheet.unit(i) is not None or _RANGE_BEHIND.match(sheet.text, numeral.end):
        return
    phrase = PHRASE.match(" " + named["noun"])
    unit = UNITS[kind_of(phrase)] if phrase is not None else "events"
    take_count(sheet, i, numeral.end, unit, "count:number-of")
    while sheet.is_free(i + 1) and sheet.numerals[i + 1].whole and SHARED_NOUN.fullmatch(sheet.gap(i)):
        i += 1
        take_count(sheet, i, sheet.numerals[i].end, unit, "count:number-of:list")


def _judge_ellipsis(sheet: Sheet, i: int) -> None:
    """ "1553 received drug A and 788 placebo": joined to a count shortly before, with a word but no unit behind."""
    text, numeral = sheet.text, sheet.numerals[i]
    grouped = not numeral.worded or _IN_GROUP.match(text, numeral.end) is not None  # "versus eleven in the X group"
    if not grouped or sheet.unit(i) is not None or _JOINED(text, numeral.start) is None or is_yearly(numeral):
        return
    if _WORD_BEHIND.match(text, numeral.end) is None or _THINGS.match(text, numeral.end):
        return
    k = i - 1
    while k >= 0 and sheet.owner[k] not in ("count", "") and numeral.start - sheet.numerals[k].end < _FAR:
        k -= 1
    if k < 0 or sheet.owner[k] != "count" or numeral.start - sheet.numerals[k].end > _FAR:
        return
    before = sheet.counts[sheet.counted[k]] if k in sheet.counted else None
    if before is not None and _STOP_BETWEEN.search(text, sheet.numerals[k].end, numeral.start) is None:
        take_count(sheet, i, numeral.end, before.unit, "count:ellipsis")


def _judge_named(sheet: Sheet, i: int) -> None:
    """ "HARBOR enrolled 738 patients and LINNET 1,306.": the size of a second study, its verb and noun left out."""
    text, numeral = sheet.text, sheet.numerals[i]
    if numeral.worded or sheet.unit(i) is not None or is_yearly(numeral) or numeral.value < _FEWEST_ENROLLED:
        return
    if _AND_NAME(text, numeral.start) is None or _ENDS.match(text, numeral.end) is None:
        return
    k = i - 1
    while k > 0 and sheet.owner[k].startswith("other:name"):  # the number in the study's name
        k -= 1
    before = sheet.counts[sheet.counted[k]] if k in sheet.counted else None
    if before is not None and before.unit == "patients" and numeral.start - sheet.numerals[k].end < _FAR:
        take_count(sheet, i, numeral.end, "patients", "count:named")
