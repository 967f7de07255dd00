"""Numbers of people, studies and events: "148 patients", "n = 31", "4 of 9", "Eighty-two of the patients", "no deaths"."""

import re
from decimal import Decimal

from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import read_unit
from schemas.mention import CountMention
from schemas.number import Number

_PEOPLE = (
    r"patients?|participants?|subjects?|individuals?|adults?|wom[ae]n|m[ae]n|child(?:ren)?|infants?|neonates?|newborns?|cases?|people|persons?|"
    r"volunteers?|residents?|survivors?|females?|males?|girls?|boys?|adolescents?|recipients?|pts|responders?|enrollees|smokers|controls|donors|carriers|completers|mothers|pupils|students|veterans"
)
_STUDIES = r"stud(?:y|ies)|trials?|RCTs?|meta-?analys[ei]s|cohorts?|series"
_PAPERS = r"articles?|records?|publications?|papers?|citations?|abstracts?|reports?"
_EVENTS = (
    r"deaths?|events?|responses?|remissions?|relapses?|recurrences?|progressions?|hospitali[sz]ations?|strokes?|infarctions?|infections?|bleeds?|fractures?|"
    r"exacerbations?|discontinuations?|fatalities|pregnanc(?:y|ies)|failures?|occurrences?"
)
# Words that end the noun phrase a number opens; past them a noun belongs to something else.
_STOP = (
    r"(?:with|without|of|in|on|to|for|from|at|by|who|whom|whose|that|which|were|was|are|is|be|been|had|has|have|received?|receiving|achieved?|showed|"
    r"experienced|died|than|versus|vs\.?|respectively|after|before|during|among|compared|between|including|as|per|did|could|would|underwent|developed|"
    r"remained|months?|weeks?|days?|years?|times|hours?|minutes?|percent|mg|if|when|while|but|because|the|each|every|doses?|cycles?|lines?|sites?|cent(?:er|re)s?|countries)"
)
_PHRASE = re.compile(
    rf"[\s-](?:(?:of\s(?:the|these|those|our|all)\s)|(?:(?!{_STOP}[\s,])[A-Za-z(][^\s;:()]{{0,28}}[)]?,?\s){{0,7}}?)??"
    rf"(?:(?:[a-z]+-)?(?:(?P<people>{_PEOPLE})|(?P<studies>{_STUDIES})|(?P<papers>{_PAPERS})|(?P<events>{_EVENTS})))(?![A-Za-z])(?![-\s](?:years?|months?|days?|pairs?|level)\b)"
)
_N_EQUALS = re.compile(r"(?:\b[nN]|\b[Nn]o\.?(?: of (?:patients|participants|subjects))?|number)\s?[=:≈]\s?[$\\]{0,2}\Z")
_OF = re.compile(r"\s(?:[a-z]+\s){0,2}?(?:out\s)?of\s(?:the\s|these\s|those\s|all\s|a\stotal\sof\s|our\s){0,2}|\s?/\s?")
_OF_WHOM = re.compile(r"\s?[,(]?\s?of\s(?:whom|them|which|these|those)\b")
_DOES = re.compile(
    r"\s(?:of\s(?:whom|them|these|those)|with|without|who|had|were|was|have|received|receiving|completed|achieved|experienced|showed|developed|underwent|"
    r"died|progressed|remained|initiated|discontinued|responded|withdrew|entered|randomi[sz]ed|assigned|allocated|treated|evaluable|for\snot|on\s(?:placebo|active)|in\sthe\s[\w\s-]{1,40}?(?:group|arm|cohort)s?)\b"
)
_TAKES_IN = re.compile(
    r"\b(?:[Oo]f\swhom|of\swhich|[Tt]otal\sof|enrolled|enrolling|recruited|randomi[sz]ed|included?|including|comprising|involving|assessed|evaluated|screened|analy[sz]ed)\s(?:only\s|a\stotal\sof\s)?\Z"
)
_BOUNDED = re.compile(r"\b(?P<above>over|more than|at least|exceeding|>|≥|nearly|almost)\s?\Z|(?P<about>~|≈|\b(?:approximately|about|around|roughly|some|circa))\s?\Z", re.IGNORECASE)
_ZERO = re.compile(rf"\b(?:[Nn]o|[Nn]one\sof\sthe|[Nn]either)\s(?:(?!{_STOP}[\s,])[a-zA-Z][\w/-]{{0,24}}\s){{0,4}}?(?:(?P<people>{_PEOPLE})|(?P<events>deaths?|events?|responses?|relapses?|recurrences?|strokes?))(?![A-Za-z-])")
_ARTICLE = re.compile(rf"\b(?:(?P<one>[Aa]n?(?:\ssingle)?|[Aa]\sfurther)|(?P<two>[Bb]oth))\s(?:(?!{_STOP}[\s,])[a-zA-Z][\w/-]{{0,24}}\s){{0,2}}?(?P<noun>{_PEOPLE})(?=\s\(|\s(?:had|was|were|showed|died|achieved|experienced|developed|with)\b)(?![A-Za-z-])")
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?:\s\d{3}){1,2}(?=\s(?:[a-z]+\s){0,3}?(?:patients|participants|subjects|individuals|people|adults|women|men)\b)")
_UNITS = {"people": "patients", "studies": "studies", "papers": "records", "events": "events"}


def claim_counts(sheet: Sheet) -> None:
    """Take every number of people, studies, records or events; `unit` tells which."""
    _claim_spaced(sheet)
    for i in sheet.free():
        if sheet.taken[i] or not sheet.numerals[i].whole:
            continue
        _claim_equals(sheet, i)
    for i in sheet.free():
        if sheet.taken[i] or not sheet.numerals[i].whole:
            continue
        if not _claim_part(sheet, i):
            _claim_phrase(sheet, i)
    for i in sheet.free():
        if not sheet.taken[i] and sheet.numerals[i].whole:
            _claim_bare(sheet, i)
    _claim_words(sheet)


def _add(sheet: Sheet, number: Number, start: int, end: int, unit: str, rule: str, of: Number | None = None) -> None:
    sheet.counts.append(CountMention(span=sheet.span(start, end), number=number, unit=unit, of=of, rule=rule))


def _claim_spaced(sheet: Sheet) -> None:
    """"21 669 participants": thousands set off by a thin space that the reading shows as a blank."""
    if len(sheet.numerals) < 2:
        return
    for match in _SPACED.finditer(sheet.text):
        indices = range(sheet.first_from(match.start()), sheet.first_from(match.end()))
        before = sheet.before(match.start(), 12)
        if any(sheet.taken[k] for k in indices) or re.search(r"(?:[Ww]eek|[Dd]ay|[Pp]hase|[Gg]rade|[Mm]onth|\b(?:19|20))\s?\Z", before):
            continue
        raw = match[0]
        number = Number(raw=raw, value=Decimal(raw.replace(" ", "")), decimals=0, span=sheet.span(*match.span()))
        _add(sheet, number, match.start(), match.end(), "patients", "count:spaced")
        sheet.take(*indices)


def _claim_equals(sheet: Sheet, i: int) -> None:
    numeral = sheet.numerals[i]
    if numeral.worded:
        return
    match = _N_EQUALS.search(sheet.before(numeral.start, 34))
    if match is None or (unit := read_unit(sheet.text, numeral.end)) is not None and unit.family == "share":
        return
    of = None
    if i + 1 < len(sheet.numerals) and not sheet.taken[i + 1] and re.fullmatch(r"\s?(?:/|of|out of)\s?", sheet.gap(i)) and sheet.numerals[i + 1].value >= numeral.value:
        of = sheet.number(i + 1)
        sheet.take(i + 1)
    end = of.span.end - sheet.offset if of is not None and of.span is not None else numeral.end
    _add(sheet, sheet.number(i), numeral.start - len(match[0]), end, "patients", "count:n", of)
    sheet.take(i)


def _claim_part(sheet: Sheet, i: int) -> bool:
    """"4 of 9", "10 out of 11 patients", "20/94": a part and its whole."""
    j = i + 1
    if j >= len(sheet.numerals) or sheet.taken[j] or not sheet.numerals[j].whole:
        return False
    numeral, whole = sheet.numerals[i], sheet.numerals[j]
    if _OF.fullmatch(sheet.gap(i)) is None or whole.value < numeral.value or whole.value < 2:
        return False
    if (unit := read_unit(sheet.text, whole.end)) is not None and unit.family != "points":
        return False
    phrase = _PHRASE.match(sheet.text, whole.end)
    kind = _kind(phrase) if phrase else "people"
    _add(sheet, sheet.number(i), numeral.start, whole.end, _UNITS[kind], "count:of", sheet.number(j))
    sheet.take(i, j)
    return True


def _kind(match: re.Match[str]) -> str:
    return next(name for name in ("people", "studies", "papers", "events") if match[name] is not None)


def _claim_phrase(sheet: Sheet, i: int) -> None:
    numeral = sheet.numerals[i]
    match = _PHRASE.match(sheet.text, numeral.end)
    if match is None:
        return
    kind = _kind(match)
    if numeral.value == 1 and numeral.worded and kind in ("studies", "papers"):
        return
    bound = _BOUNDED.search(sheet.before(numeral.start, 16))
    rule = f"count:{kind}"
    if bound is not None:
        rule += ":at-least" if bound["above"] is not None else ":about"
    _add(sheet, sheet.number(i), numeral.start, match.end(), _UNITS[kind], rule)
    sheet.take(i)
    # "over 3,700 and 5,900 participants", "12 and 14 patients": the noun belongs to both.
    while i > 0 and not sheet.taken[i - 1] and sheet.numerals[i - 1].whole and re.fullmatch(r"\s?(?:,|and|or|vs\.?|versus|,\sand)\s?", sheet.gap(i - 1)):
        i -= 1
        _add(sheet, sheet.number(i), sheet.numerals[i].start, sheet.numerals[i].end, _UNITS[kind], rule + ":list")
        sheet.take(i)


def _claim_bare(sheet: Sheet, i: int) -> None:
    """"37 with stable disease and 56 with active disease": a number of people whose noun was said before."""
    numeral = sheet.numerals[i]
    if read_unit(sheet.text, numeral.end) is not None:
        return
    does = _DOES.match(sheet.text, numeral.end)
    if does is None and (numeral.worded or _TAKES_IN.search(sheet.before(numeral.start, 30)) is None):
        return
    if numeral.worded and numeral.value == 1 and not re.search(r"(?:^|[,;(]|\b(?:and|or|only))\s?\Z", sheet.before(numeral.start, 8)):
        return
    before = sheet.before(numeral.start, 20)
    if re.search(r"[=<>≥≤±/]\s?\Z|(?:score|index|ratio|level|value|HR|OR|RR|to|by|from|than|was|were|is|vs\.?|versus|at|day|week|month|year)s?\s\Z", before):
        return
    _add(sheet, sheet.number(i), numeral.start, numeral.end, "patients", "count:bare")
    sheet.take(i)


def _claim_words(sheet: Sheet) -> None:
    """"no patients", "a patient (11.1%)", "both patients": exact numbers without a numeral."""
    text = sheet.text
    for match in _ZERO.finditer(text):
        kind = "people" if match["people"] is not None else "events"
        word = re.match(r"[A-Za-z]+", match[0])
        raw = word[0] if word else "no"
        number = Number(raw=raw, value=Decimal(0), span=sheet.span(match.start(), match.start() + len(raw)))
        _add(sheet, number, *match.span(), _UNITS[kind], "count:none")
    for match in _ARTICLE.finditer(text):
        group = "one" if match["one"] is not None else "two"
        number = Number(raw=match[group], value=Decimal(1 if group == "one" else 2), span=sheet.span(*match.span(group)))
        _add(sheet, number, match.start(), match.end("noun"), "patients", "count:article")
