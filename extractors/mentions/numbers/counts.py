"""Numbers of people, studies and events: "148 patients", "n = 31", "4 of 9", "Eighty-two of the patients"."""

import re
from decimal import Decimal

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.numerals import Numeral
from extractors.mentions.numbers.people import PAPERS, PHRASE, STOP, STUDIES, UNITS, kind_of
from extractors.mentions.numbers.sheet import Sheet
from schemas.mention import CountMention
from schemas.number import Number

_N_EQUALS = Behind(
    r"(?:\b[nN]|\b[Nn]o\.?(?:\sof\s(?:patients|participants|subjects|events))?|\bnumber)\s?[=:≈]\s?[$\\]{0,2}"
)
_OF = re.compile(
    r"\s(?:(?!consist|compris|compos|group|arm|stud|trial|series|cohort|report|survey"
    r"|analys)[a-z]{1,20}\s){0,2}?(?:out\s)?of\s(?:the\s|these\s|those\s|all\s|a\stotal\sof\s|our\s){0,2}"
    r"(?:(?:planned|first|remaining|initial|eligible|evaluable|included|enrolled|randomi[sz]ed|treated)\s)?|\s?/\s?"
)
# "1 of 2 groups", "14 of 28 genes", "6 of 7 on the index".
_WHOLE_OF_THINGS = re.compile(
    r"\s(?:[a-z-]{1,20}\s){0,2}?(?:groups|arms|regimens|treatments|schedules|strategies|conditions|doses|sites"
    r"|genes|markers|"
    r"drugs|agents|medications|comorbidities|(?!RCTs\b)[A-Z]{2,}s|questions|items|questionnaires|cent(?:er|re)s|factors|criteria|(?:on|in)\sthe\s(?:[\w-]+\s){0,3}"
    r"(?:[Ii]ndex|[Ss]cale|[Ss]core))\b"
)
_ALL_BUT = Behind(r"\b[Aa]ll\s(?:but|except)\s")
_SNELLEN = frozenset({Decimal(20), Decimal(6)})
_ACUITY = re.compile(r"\bacuity|Snellen|\bBCVA\b|\bvision\b")
_N_OF = re.compile(r"\s?(?:/|of|out\sof)\s?")
# "31 (44.4%)", and the whole it is a share of: "68 (62%) of 109 patients".
_SHARE = re.compile(
    r"\s?[(\[]\s?(?:[~<>≈]\s?)?\d{1,3}(?:[.\u00b7,]\d{1,2})?\s?(?:\\?%|per\s?cent)(?!\s?(?:CI|CrI|confidence"
    r"|credible))(?P<rest>[^()\[\]]{0,60}[)\]])?"
)
# "included 73 (0.4%) studies"
_SHARED_WORKS = re.compile(
    rf"\s(?:[a-z-]{{1,20}}\s){{0,2}}?(?:(?:{STUDIES})|(?P<papers>{PAPERS}|full[\s-]texts?))(?![A-Za-z-])"
)
_OF_WHOLE = re.compile(r"\s(?:[a-z]{1,20}\s){0,2}?of\s(?:the\s|these\s|those\s|all\s|our\s){0,2}")
_IN_WHOLE = re.compile(r"\sin\s(?:the\s|all\s)?")
_PERCENT = re.compile(r"\d{1,3}(?:[.\u00b7,]\d{1,2})?")
_ABOVE = Behind(r"(?:\b(?:over|more\sthan|at\sleast|exceeding|nearly|almost)|[>≥])\s?", ignore_case=True)
_ABOUT = Behind(r"(?:[~≈]|\b(?:approximately|about|around|roughly|some|circa))\s?", ignore_case=True)
_COMPARED = Behind(r"[±<>≥≤]\s?|\d[/–-]")
# "≥7/10" and "4–6/10" are points of a score.
_SCORED = Behind(r"[<>≥≤–-]\s?")
# "2015 Adults", "In 2015 patients with": a year, unless something says that it is counted.
_YEAR_BEFORE = Behind(r"(?:\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Ff]rom|[Bb]etween|[Bb]y|[Dd]uring|and|al\.?,?)|[–-]|^)\s?")
_SPACED = re.compile(
    r"(?<![\d.,])\d{1,3}(?:\s\d{3}){1,2}"
    r"(?=(?:\sand\s\d[\d,]*)?\s(?:[A-Za-z-]{1,20}\s){0,3}?(?:(?:patients|participants|subjects|individuals|people"
    r"|adults|women|men|children|cases|controls|users|initiators|volunteers)\b"
    r"|(?P<papers>records|articles|publications|citations|abstracts|titles|references|papers|reports|studies)\b))"
)
_N_SPACED = re.compile(
    r"(?<=[nN]\s=\s)\d{1,3}(?:\s\d{3}){1,2}(?=\s?(?:[),;]|$))|(?<=\([nN]=)\d{1,3}(?:\s\d{3}){1,2}(?=\s?[),;])"
)
_NO_SPACED = Behind(r"(?:[Ww]eeks?|[Dd]ays?|[Pp]hase|[Gg]rade|[Mm]onths?|\b(?:19|20))\s?")
_FROM_MEAN = Behind(r"(?:[+±]|\b(?:plus|minus|within|above|below))\s?")
_FRACTION = Behind(r"[~≈∼]\s?")
_LARGEST_FRACTION = 10
_RANGED = Behind(r"\d\s?[-\u2010-\u2013]")
SHARED_NOUN = re.compile(r"\s?(?:,|and|or|vs\.?|versus|against|,\sand)\s?")


_OR_MORE_OF = re.compile(r"\sor\s(?:more|fewer)\b")
_PER_THOUSAND = re.compile(r"\sper\s(?:1|10|100)[,\s]?000(?![,\d])")
# "four included articles" are the studies of a synthesis, "60 articles" what was screened for it.
_TAKEN_IN = re.compile(r"\s(?:[a-z]{1,20}\s){0,3}?(?:included|eligible)\s")
_INCLUDED = re.compile(
    r"\s(?:(?:were|was)\s(?:finally\s|then\s|ultimately\s)?(?:included|eligible)|met\s(?:the\s|our\s|all\s)?"
    r"(?:inclusion|eligibility)"
    r"|describing\s\d)"
)
_SOMEBODY = r"(?:patients?|person|people|participants?|wom[ae]n|m[ae]n|child|children|death|case|event)"
_ANY = r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_IMAGINED = re.compile(
    rf"\b(?:[Oo]ne|an?|1)\s(?:additional|extra|more|further)\s{_SOMEBODY}\b[^.;]{{0,80}}?\b(?:for|per|in)\s"
    rf"(?:every|each)\s{_ANY}\b"
    rf"|\bneeded\sto\s(?:treat|harm|prevent)\b[^.;\d]{{0,30}}?\s(?:one|1)\s{_SOMEBODY}\b"
    rf"|\b(?:for|per)\s(?:every|each)\s{_ANY}\s(?:{_SOMEBODY}\s)?treated\b"
    rf"|\b{_ANY}\s{_SOMEBODY}\s(?:would\s|will\s|must\s)?(?:need|have)\sto\sbe\s(?:treated|screened|vaccinated"
    rf"|given)\b"
    r"|\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[1-4])\s(?:in|out\sof)\s(?:every\s)?"
    rf"(?:three|four|five|six|seven|eight|nine|ten|[3-9]|10)\s{_SOMEBODY}\b"
    r"(?=\s?[(\[])"
)
_RANGE_ON = re.compile(r"\s?[-\u2010-\u2013]\s?\d")


# Counts that may stand in brackets between the members of a list of values.
_IN_BRACKETS = frozenset({"count:of", "count:n", "count:share"})


def claim_counts(sheet: Sheet) -> None:
    """Take every number whose noun stands with it; `unit` tells what is counted, `rule` which form says so."""
    _claim_spaced(sheet)
    _refuse_imagined(sheet)
    _claim_responses(sheet)
    for judge in (_judge_equals, _judge_part, _judge_share, _judge_phrase, _judge_happened):
        for i in sheet.free():
            if not sheet.owner[i] and sheet.numerals[i].whole:
                judge(sheet, i)


# "CR in 4 patients, PR in 15, SD in 12 and PD in 9".
_RESPONDED = re.compile(
    r"\b[CPS][RD](?:s|\s\w+)?\sin\s(?P<n>\d{1,4})(?!\s?(?:%|\d|of\b|/|months?|weeks?))(?:\spatients)?"
)
_FEWEST_LISTED = 2


def _claim_responses(sheet: Sheet) -> None:
    """Take the counts of a list of responses by their short forms, each of which is a noun that could be counted."""
    matches = list(_RESPONDED.finditer(sheet.text)) if " in " in sheet.text else []
    for match in matches if len(matches) >= _FEWEST_LISTED else ():
        i = sheet.at(match.start("n"))
        if i is not None and sheet.is_free(i) and sheet.numerals[i].whole:
            take_count(sheet, i, match.end(), "patients", "count:item")


def _refuse_imagined(sheet: Sheet) -> None:
    """ "one additional patient for every four treated", "one in five patients": people of a rate, whom nobody saw."""
    told = any(word in sheet.text for word in ("every ", "each ", "needed to ", " in ", "out of ", " to be "))
    for match in _IMAGINED.finditer(sheet.text) if told else ():
        for i in range(sheet.first_from(match.start()), sheet.first_from(match.end())):
            if not sheet.owner[i] and sheet.numerals[i].whole and sheet.unit(i) is None:
                sheet.other(i, None, rule="imagined")


def add_count(
    sheet: Sheet, number: Number, start: int, end: int, unit: str, rule: str, of: Number | None = None
) -> None:
    """Record one count; its numerals are the caller's to take."""
    if rule in _IN_BRACKETS:
        sheet.covered.append((start, end, "count"))
    sheet.counts.append(CountMention(span=sheet.span(start, end), number=number, unit=unit, of=of, rule=rule))


def take_count(
    sheet: Sheet, i: int, end: int, unit: str, rule: str, of: int | None = None, start: int | None = None
) -> None:
    whole = sheet.number(of) if of is not None else None
    add_count(sheet, sheet.number(i), sheet.numerals[i].start if start is None else start, end, unit, rule, whole)
    for k in (i,) if of is None else (i, of):
        sheet.take(k, "count")
        sheet.counted[k] = len(sheet.counts) - 1


def _claim_spaced(sheet: Sheet) -> None:
    """ "21 669 participants": thousands set off by a thin space that the reading shows as a blank."""
    if not any(b - a.end == 1 for a, b in zip(sheet.numerals, sheet.starts[1:], strict=False)):
        return
    for match in (*_SPACED.finditer(sheet.text), *_N_SPACED.finditer(sheet.text)):
        indices = range(sheet.first_from(match.start()), sheet.first_from(match.end()))
        # "085" looks like a name as long as it stands alone
        if (
            any(sheet.owner[k] not in ("", "other:name") for k in indices)
            or _NO_SPACED(sheet.text, match.start()) is not None
        ):
            continue
        value, span = Decimal(match[0].replace(" ", "")), sheet.span(*match.span())
        number = Number(raw=sheet.raw(*match.span()), value=value, span=span)
        unit = "records" if match.re is _SPACED and match["papers"] is not None else "patients"
        add_count(sheet, number, match.start(), match.end(), unit, "count:spaced")
        for k in indices:
            sheet.take(k, "count")
            sheet.others.pop(k, None)


def _judge_equals(sheet: Sheet, i: int) -> None:
    numeral = sheet.numerals[i]
    match = _N_EQUALS(sheet.text, numeral.start) if not numeral.worded else None
    if match is None or ((unit := sheet.unit(i)) is not None and unit.family == "share"):
        return
    if _RANGE_ON.match(sheet.text, numeral.end):  # "(n = 1-9)" are nodes or the like
        return
    phrase = PHRASE.match(sheet.text, numeral.end)
    unit_name = UNITS[kind_of(phrase)] if phrase is not None else "patients"
    of = i + 1 if sheet.is_free(i + 1) and _N_OF.fullmatch(sheet.gap(i)) else None
    if of is not None and sheet.numerals[of].value < numeral.value:
        of = None
    take_count(sheet, i, sheet.numerals[of if of is not None else i].end, unit_name, "count:n", of, start=match.start())


def _judge_part(sheet: Sheet, i: int) -> None:
    """ "4 of 9", "10 out of 11 patients", "20/94": a part and its whole."""
    j = i + 1
    if not sheet.is_free(j) or not sheet.numerals[j].whole or _OF.fullmatch(sheet.gap(i)) is None:
        return
    if _OR_MORE_OF.match(sheet.text, sheet.numerals[i].end):
        return  # "with 1 or more of 4 risk factors"
    whole = sheet.numerals[j]
    if whole.value < sheet.numerals[i].value or whole.value < 2 or _SCORED(sheet.text, sheet.numerals[i].start):
        return
    # "600/40/600" are doses, "one of two groups" and "at least 1 of the 2 end points" count nobody.
    if sheet.unit(j) is not None or sheet.text[max(sheet.numerals[i].start - 1, 0)] in "/]":
        return  # "[ALT]1/2" is a power
    if sheet.numerals[i].value in _SNELLEN and sheet.gap(i) == "/" and _ACUITY.search(sheet.text):
        return  # "visual acuity improved from 20/200 to 20/40"
    if _ALL_BUT(sheet.text, sheet.numerals[i].start) is not None:
        return  # "all but two of the 25 patients were": it is the others who were
    if _WHOLE_OF_THINGS.match(sheet.text, whole.end) or sheet.text.startswith("+", whole.end):  # "cytokeratin 5/6+"
        return
    if _FRACTION(sheet.text, sheet.numerals[i].start) is not None and whole.value <= _LARGEST_FRACTION:
        return  # "drop-out (~1/3)"
    phrase = PHRASE.match(sheet.text, whole.end)
    bounded = _ABOVE(sheet.text, sheet.numerals[i].start) is not None
    if phrase is None and (bounded or (sheet.numerals[i].worded and whole.worded)):
        return
    take_count(sheet, i, whole.end, UNITS[kind_of(phrase)] if phrase is not None else "patients", "count:of", j)


# "Of the 22 included RCTs, ... 14 blinded": what such a sentence counts are studies.
STUDIES_SORTED = re.compile(
    r"(?:\A|[.:]\s)(?:Of|Among)\s(?:the\s|these\s|all\s)*\w+\s(?:[a-z]+\s){0,2}(?:trials|studies|RCTs"
    r"|articles)\b[^.]*\Z"
)


def _judge_share(sheet: Sheet, i: int) -> None:
    """ "31 (44.4%)": a whole number whose share follows in brackets counts somebody."""
    numeral = sheet.numerals[i]
    share = _SHARE.match(sheet.text, numeral.end)
    if share is None or _COMPARED(sheet.text, numeral.start) is not None:
        return
    of = None
    k = sheet.first_from(share.end())
    if _is_whole_behind(sheet, i, k, share) or (
        share["rest"] is not None
        and sheet.is_free(k)
        and sheet.numerals[k].whole
        and sheet.numerals[k].value >= numeral.value
        and _OF_WHOLE.fullmatch(sheet.text, share.end(), sheet.starts[k])
    ):
        of = k
    noun = _SHARED_WORKS.match(sheet.text, share.end())
    if noun is None and STUDIES_SORTED.search(sheet.text, 0, numeral.start):
        take_count(sheet, i, numeral.end, "studies", "count:share", of)
        return
    unit = "patients" if noun is None else "records" if noun["papers"] is not None else "studies"
    take_count(sheet, i, numeral.end, unit, "count:share", of)


def _is_whole_behind(sheet: Sheet, i: int, k: int, share: re.Match[str]) -> bool:
    """Whether "in" leads to the whole that a share is of, by its own figures: "124 [3.8%] in 3295 women"."""
    if not sheet.is_free(k) or not sheet.numerals[k].whole or sheet.numerals[k].value <= 0:
        return False
    if _IN_WHOLE.fullmatch(sheet.text, share.end(), sheet.starts[k]) is None:
        return False
    percent = Decimal(_PERCENT.search(share[0])[0].replace("\u00b7", ".").replace(",", "."))  # type: ignore[index]
    return abs(percent - 100 * sheet.numerals[i].value / sheet.numerals[k].value) < 1


def _judge_phrase(sheet: Sheet, i: int) -> None:
    numeral = sheet.numerals[i]
    match = PHRASE.match(sheet.text, numeral.end)
    if match is None:
        return
    if sheet.is_free(i + 1) and sheet.starts[i + 1] < match.end() and SHARED_NOUN.fullmatch(sheet.gap(i)):
        return  # "three and eight events": the noun is the second's, which hands it on
    if _OR_MORE_OF.match(sheet.text, numeral.end):
        return  # "one or more exacerbations"
    if (
        numeral.worded
        and numeral.value == 1
        and _IS(sheet.text, numeral.start)
        and _OF_MANY.match(sheet.text, numeral.end)
    ):
        return  # "is one of the most frequent cancers"
    first, comma, _ = match[0].partition(",")
    if match["events"] is not None and comma and len(first.split()) > 1:
        return  # "among 2,938 mother-infant pairs, neonatal death occurred in 15%"
    if _PER_THOUSAND.match(sheet.text, match.end()):
        return  # "219 participants per 1000": a rate
    kind = kind_of(match)
    if match[0].endswith("SD") and _FROM_MEAN(sheet.text, numeral.start) is not None:
        return  # "the mean + 2 SD"
    if kind == "papers" and (_TAKEN_IN.match(match[0]) or _INCLUDED.match(sheet.text, match.end())):
        kind = "studies"
    if _RANGED(sheet.text, numeral.start) is not None and not numeral.worded:
        return  # "KPS 70-80 patients"
    if is_yearly(numeral) and (match[0][1:2].isupper() or _YEAR_BEFORE(sheet.text, numeral.start) is not None):
        return
    if numeral.value == 1 and numeral.worded and kind in ("studies", "papers"):
        return
    rule = f"count:{kind}"
    if _ABOVE(sheet.text, numeral.start) is not None:
        rule += ":at-least"
    elif _ABOUT(sheet.text, numeral.start) is not None:
        rule += ":about"
    take_count(sheet, i, match.end(), UNITS[kind], rule)
    # "over 3,700 and 5,900 participants": the noun belongs to both.
    while sheet.is_free(i - 1) and sheet.numerals[i - 1].whole and SHARED_NOUN.fullmatch(sheet.gap(i - 1)):
        i -= 1
        if is_yearly(sheet.numerals[i]):  # "in September 2001, 913 patients"
            return
        take_count(sheet, i, sheet.numerals[i].end, UNITS[kind], rule + ":list")
    _take_other_kind(sheet, i - 1, UNITS[kind], rule)
    _take_whole_before(sheet, i, UNITS[kind], rule)


_IS = Behind(
    r"\b(?:is|are|was|were|be|been|being|as|remains?|remained|becom\w+|became|represents?|constitutes?)\s",
    ignore_case=True,
)
_OF_MANY = re.compile(r"\sof\s(?:the|our|its|their|these|those|most|many|several)\b")


def _take_other_kind(sheet: Sheet, i: int, unit: str, rule: str) -> None:
    """ "17 observational and 5 randomised trials": the noun behind the second number is the first's too."""
    shares = sheet.is_free(i) and sheet.numerals[i].whole and _OTHER_KIND.fullmatch(sheet.gap(i)) is not None
    if shares and sheet.unit(i) is None and not is_yearly(sheet.numerals[i]):
        take_count(sheet, i, sheet.numerals[i].end, unit, rule + ":list")


def _take_whole_before(sheet: Sheet, i: int, unit: str, rule: str) -> None:
    """ "in 12% of 162 and 10% of 160 patients": what both shares are of is counted by one noun."""
    k = i - 2
    if k < 1 or not sheet.is_free(k) or not sheet.numerals[k].whole or _SHARE_OF(sheet.text, sheet.starts[i]) is None:
        return
    between = sheet.text[sheet.numerals[k].end : sheet.starts[i]]
    if _SHARE_OF(sheet.text, sheet.starts[k]) is not None and _AND_SHARE.fullmatch(between):
        take_count(sheet, k, sheet.numerals[k].end, unit, rule + ":list")


_SHARE_OF = Behind(r"%\sof\s(?:the\s)?")
_AND_SHARE = re.compile(r",?\s(?:and|vs\.?|versus|against|but|compared\swith)\s(?:in\s)?\d[\d.]*\s?%\sof\s(?:the\s)?")
_OTHER_KIND = re.compile(
    r"\s(?:[a-z-]+\s)?(?:[a-z-]+(?:al|ed|ive|ic|ary|ous|ant|ent|able|ible|ile|ite|ale|ial)|open|blind|single"
    r"|cross-over)\s(?:and|or)\s"
)
# "one stage I endometrial cancer occurred", "three strains were detected".
_NO_EVENT = r"and|or|other|new|more|groups?|arms?|treatments?|regimens?|drugs?|types?|grade|differences?"
_EVENT = rf"(?:(?!(?:{STOP}|{_NO_EVENT})[\s,)])[A-Za-z][A-Za-z-]{{0,24}}\s){{1,5}}?"
_HAPPENED = re.compile(
    rf"\s{_EVENT}(?:and\s(?:one|two|three|four|five|\d)\s{_EVENT})?"
    r"(?:occurred|developed|(?:was|were)\s(?:also\s|only\s)?(?:observed|reported|detected|seen|noted|recorded"
    r"|diagnosed))\b"
)


def _judge_happened(sheet: Sheet, i: int) -> None:
    match = _HAPPENED.match(sheet.text, sheet.numerals[i].end)
    if match is None or sheet.unit(i) is not None or is_yearly(sheet.numerals[i]):
        return
    take_count(sheet, i, sheet.numerals[i].end, "events", "count:happened")


def is_yearly(numeral: Numeral) -> bool:
    return numeral.end - numeral.start == 4 and 1900 <= numeral.value < 2100 and not numeral.worded
