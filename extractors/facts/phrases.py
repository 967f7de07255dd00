"""A value in its sentence in, the words it is said of out: an endpoint that no vocabulary knows, as printed."""

from collections.abc import Sequence

import regex

from extractors.facts.quantities import quantity
from extractors.facts.sentence import Contents
from extractors.facts.values import Unit
from schemas.anchor import Span
from schemas.mention import DrugMention, EndpointMention, PopulationMention, StudyMention

# The noun phrase a number is said of: up to six words between a verb, article or comma and "was", "of", "=" ...
OPENER = (
    r"(?:^|[.;,(]|\b(?:in|that|and|the|a|an|of|with|had|show(?:ed|ing)|was|by|on|median|mean"
    r"|reduced|improved|increased|decreased)\b)"
)
NOUNS = r"(?P<what>(?:\p{L}[\p{L}\d/'-]*\s+){0,5}\p{L}[\p{L}\d/'-]+)"
COPULA = r"(?:was|were|of|by|at|reached|to|=|:|,|\()"
READ_AT = (
    r"(?:at|by|after|within|through)\s+(?:week|month|day|year)?\s?\w+(?:[\s-](?:years?|months?|weeks?|days?|hours?))?"
)
PHRASE = regex.compile(
    rf"{OPENER}\s*{NOUNS}\s+(?:rates?|values?|scores?|levels?)?\s*(?:\([^()]{{0,30}}\)\s*)?(?:{READ_AT}\s+)?{COPULA}"
    r"\s*(?:only|about|approximately|\()?\s*$"
)
# "..., and minimal cap thickness had increased by": a clause with a subject of its own.
MEASURED = regex.compile(
    r"[,:;]\s+(?:and\s+|while\s+|whereas\s+)?(?:the\s+)?(?:mean\s+"
    r"|median\s+)?(?P<what>(?:[\p{L}-]+\s+){1,5}?[\p{L}-]+)\s+"
    r"(?:had\s+|has\s+)?(?:was|were|rose|fell|increased|decreased|declined|improved|changed|dropped|grew|went)\b"
    r"[^.;,()\d]{0,20}$"
)
TIME_PHRASE = regex.compile(
    r"\b(?:time to|duration of|length of|time from|interval (?:to|between))\s+(?:\p{L}[\p{L}'-]*\s*){1,6}"
)
TIME_PHRASE_END = regex.compile(r"\s+(?:was|were|is|of|in|for|with|extended|increased|decreased|rose|fell)\b.*$")
STOP = frozenset(
    (
        "the a an of in was were and with to for by at from patients group arm trial study had showed shown "
        "respectively compared versus vs their its this that which"
    ).split()
)
# Words that only stand for an outcome named before ("the corresponding rates were", "these values gave").
NAMELESS = frozenset(
    (
        "rate rates value values figure figures proportion proportions percentage percentages result results number "
        "numbers finding findings frequency frequencies estimate estimates data corresponding respective "
        "same these those such similar comparable overall pooled gave yielded reached remained achieved reported found "
        "rose fell dropped only"
    ).split()
)
# Words that say how something measured moved, and not what it was: "the mean change was", "the losses were".
MOVED = frozenset(
    (
        "change changes changed loss losses reduction reductions decrease decreases increase increases difference "
        "differences improvement improvements decline declines gain gains mean median adjusted estimated least-squares "
        "least squares ls treatment between-group between group median-unbiased unbiased baseline from effect effects "
        "average absolute placebo-adjusted placebo-corrected in score scores total further"
    ).split()
)


ARTICLES = frozenset({"the", "a", "an"})


def only_moved(phrase: str) -> bool:
    """Whether a phrase says only that something moved."""
    words = phrase.casefold().split()
    return bool(words) and all(w in MOVED or w in ARTICLES for w in words)


# A clause with its own verb is no name.
CLAUSE = frozenset(
    "it they we there whereas while although but remained decreased increased who whom significance than"
    " between".split()
)
# "eradication by intention to treat was": among whom, not what.
AS_COUNTED = regex.compile(r"\s(?:by|in|on|per|for)\s(?:the\s)?(?:intention[- ]to[- ]treat|per[- ]protocol|ITT)\b.*$")
# "associated with lower stroke risk": what was found of the risk is none of its name.
LINKED = regex.compile(
    r"^(?:(?:was|were|is|are)\s)?(?:associated|linked|correlated)\swith\s(?:an?\s)?(?:\w+ly\s)?"
    r"(?:lower|higher|reduced|increased|elevated|decreased|greater|less|more)\s"
)
TIMES = frozenset("hours days weeks months years minutes hour day week month year".split())
PLACED = frozenset("after before during without under following since until".split())
VERB = regex.compile(r"was|were|is|are|be|been|had|has|have|did|can|may|allowed|\w+ly|not|no", regex.IGNORECASE)


def timed_phrase(contents: Contents, units: Sequence[Unit], i: int) -> tuple[int, str] | None:
    """A duration named in words ("time to radiotherapy") right before a value in months, with its place."""
    if quantity(units[i].readings[0].value) != "time":
        return None
    start = units[i - 1].span.end if i else contents.span.start
    found = list(TIME_PHRASE.finditer(contents.words(start, units[i].span.start)))
    if not found:
        return None
    words = regex.sub(TIME_PHRASE_END, "", found[-1][0].strip())
    return start + found[-1].start(), str(words)


def measured_phrase(contents: Contents, unit: Unit, before: Sequence[EndpointMention]) -> str:
    """What a measurement is said to be of in its own clause, where only another clause names a known endpoint."""
    if not before or quantity(unit.readings[0].value) != "other" or before[-1].family != "continuous":
        return ""
    start = before[-1].span.end
    match = MEASURED.search(contents.words(start, unit.span.start))
    if match is None or any(
        p.span.start < start + match.end("what") and p.span.end > start + match.start("what") for p in contents.drugs
    ):
        return ""
    return str(match["what"])


FUNCTION = frozenset({"from", "with", "into", "onto", "upon", "down", "only", "also", "then", "than", "over", "both"})


def printed_phrase(contents: Contents, units: Sequence[Unit], i: int) -> str:
    """The endpoint as printed, where the vocabulary has none: the noun phrase the value is said of."""
    start = units[i - 1].span.end if i else contents.span.start
    text = contents.words(start, units[i].span.start)
    match = PHRASE.search(text)
    if match is None:
        return ""
    place = Span(start + match.start("what"), start + match.end("what"))
    named = [
        m.span for kind in (contents.populations, contents.drugs, contents.studies, contents.measures) for m in kind
    ]
    if any(span.overlaps(place) for span in named):
        return ""
    words = LINKED.sub("", AS_COUNTED.sub("", match["what"])).split()
    if any(VERB.fullmatch(w) or w.lower() in CLAUSE for w in words):
        return ""
    while words and words[0].lower() in STOP | NAMELESS:
        words.pop(0)
    while words and words[-1].lower() in STOP | NAMELESS:
        words.pop()
    if words and (words[-1].lower() in TIMES or words[0].lower() in PLACED):
        return ""  # "over the four hours was", "after the low dose,"
    return " ".join(words) if any(len(w) > 3 and w.lower() not in FUNCTION for w in words) else ""


# Nouns that name an outcome whatever stands before them ("pathologic response", "distant recurrence").
OUTCOME_NOUN = (
    r"(?:responses?|survival|recurrences?|relapses?|progression|mortality|deaths?|toxicit(?:y|ies)|events?|negativity|positivity"
    r"|seroconversion|conversion|clearance|remissions?|failures?|resections?|downstaging|complications?|infections?|bleeding"
    r"|strokes?|hospitali[sz]ations?|discontinuations?|withdrawals?|transfusions?|regression|control|cures?|healing|reduction"
    r"|improvement|adherence|incidence|prevalence|amputations?|fractures?|intubations?|readmissions?|recover(?:y|ies)"
    r"|transmissions?|attainment|eradication|engraftment|rejection|reinfections?|thrombos[ie]s|sepsis|ulcers?|falls?|pain)"
)
WORD = r"[\p{L}\d][\p{L}\d/'-]*"
# "pathologic response rate (", "surgical downstaging (": a noun phrase right before brackets that hold values.
BEFORE_BRACKET = regex.compile(
    rf"(?:^|[\s(])(?P<what>(?:{WORD}\s+){{0,3}}{OUTCOME_NOUN})(?:\s+rates?)?\s*[(\[]\s*$", regex.IGNORECASE
)
# "early (5% vs 9%) and late (2% vs 8%) infection": adjectives share the noun behind the last brackets.
SHARED_NOUN = regex.compile(
    rf"^[^()\[\]]*[)\]]\s*"
    rf"(?:(?:,|and|or|as well as|,\s*and)\s*(?:{WORD}\s+){{0,2}}{WORD}\s*[(\[][^()\[\]]*[)\]]\s*){{0,3}}"
    rf"(?P<noun>{OUTCOME_NOUN})(?:\s+rates?)?\b",
    regex.IGNORECASE,
)
ADJECTIVE = regex.compile(rf"(?:^|\s)(?P<what>{WORD})\s*[(\[]\s*$")
# "31% wound healing": a noun phrase right after a share.
AFTER_SHARE = regex.compile(
    rf"^\s*(?:%\s*)?(?P<what>(?:{WORD}\s+){{0,3}}?{OUTCOME_NOUN})(?:\s+rates?)?\b", regex.IGNORECASE
)
NOT_OF_PHRASE = STOP | frozenset(
    {"or", "than", "between", "over", "at", "on", "as", "who", "higher", "lower", "better", "rate", "rates"}
)


MOST = regex.compile(
    r"\b(?:most|more|less|least)\s(?:common|frequent)", regex.IGNORECASE
)  # "was the most common event ("


def bracketed_phrase(contents: Contents, unit: Unit) -> str:
    """The outcome a noun phrase names right before the brackets a value opens ("platelet response (52% vs 30%)")."""
    before = contents.words(contents.span.start, unit.span.start)
    if not before.rstrip().endswith(("(", "[")):
        return ""
    match = BEFORE_BRACKET.search(before)
    if match is not None:
        start = contents.span.start + match.start("what")
        covered = any(m.span.end > start and m.span.start < unit.span.start for m in _known(contents))
        return "" if covered or MOST.search(match["what"]) else _outcome_words(match["what"])
    adjective = ADJECTIVE.search(before)
    if adjective is None or adjective["what"].lower() in NOT_OF_PHRASE or adjective["what"].isdigit():
        return ""
    named = contents.span.start + adjective.start("what")
    if any(named < m.span.end <= unit.span.start for m in _known(contents)):
        return ""
    after = SHARED_NOUN.match(contents.words(unit.span.end, contents.span.end))
    return f"{adjective['what']} {after['noun']}" if after is not None else ""


def following_phrase(contents: Contents, unit: Unit) -> str:
    """The outcome a noun phrase names right after a share ("31% wound healing")."""
    match = AFTER_SHARE.match(contents.words(unit.span.end, contents.span.end))
    if match is None or any(w.lower() in NOT_OF_PHRASE for w in match["what"].split()):
        return ""
    words = _outcome_words(match["what"])
    return words if " " in words else ""


def _outcome_words(phrase: str) -> str:
    """The end of a phrase from its last word that no noun phrase holds."""
    words = phrase.split()
    last = max((i for i, w in enumerate(words) if w.lower() in NOT_OF_PHRASE or VERB.fullmatch(w)), default=-1)
    return " ".join(words[last + 1 :])


def _known(contents: Contents) -> list[EndpointMention | DrugMention | StudyMention | PopulationMention]:
    """What the vocabulary knows in a sentence: no part of it is a phrase of its own."""
    return [*contents.endpoints, *contents.drugs, *contents.studies, *contents.populations]
