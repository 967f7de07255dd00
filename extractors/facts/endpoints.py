"""Units and endpoint mentions of a sentence in, one endpoint a unit out; where none is known, the words as printed."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractors.facts.sentence import Contents, brackets_around
from extractors.facts.values import Unit
from schemas.anchor import Span
from schemas.evidence import Statistic
from schemas.mention import EndpointMention, ValueMention

TIME_UNITS = frozenset({"months", "weeks", "days", "years", "hours", "minutes"})
# Events over time at risk: "per 100 person-years".
INCIDENCE = regex.compile(r"\bper\s+[\d,. ]+\s*\w+[- ]?(?:years?|months?|days?)\b")
FAMILIES = {
    "incidence": frozenset({"event", "response", "count"}),
    "ratio": frozenset({"response", "event", "time_to_event", "count"}),
    "time": frozenset({"time_to_event", "follow_up"}),
    "share": frozenset({"response", "event", "time_to_event", "continuous"}),
    "count": frozenset({"response", "event", "count"}),
    "other": frozenset({"continuous", "count"}),
}
PEOPLE = r"(?:patients|participants|subjects|those|individuals|women|men|children|recipients|adults|cases)"
DEGREE = r"(?:objective|overall|intracranial|complete|partial|CNS|reduction in|increase in|lower|higher)"
# "49% of patients achieved a ...", "a 49% ORR": the endpoint comes after its number.
FOLLOWED = regex.compile(
    r"^\s*%?\s*(?:\([^()]*\)\s*|\[[^\]]*\]\s*)*"
    rf"(?:(?:of|in)\s+(?:\w+\s+){{0,6}}?{PEOPLE}\b|{DEGREE}?\s*$|had\b|experienced\b|achieved\b|developed\b|{PEOPLE}\b)"
)
# The noun phrase a number is said of: up to six words between a verb, article or comma and "was", "of", "=" ...
OPENER = (
    r"(?:^|[.;,(]|\b(?:in|that|and|the|a|an|of|with|had|show(?:ed|ing)|was|by|on|median|mean"
    r"|reduced|improved|increased|decreased)\b)"
)
NOUNS = r"(?P<what>(?:\p{L}[\p{L}\d/'-]*\s+){0,5}\p{L}[\p{L}\d/'-]+)"
COPULA = r"(?:was|were|of|by|at|reached|to|=|:|,|\()"
PHRASE = regex.compile(
    rf"{OPENER}\s*{NOUNS}\s+(?:rates?|values?|scores?|levels?)?\s*(?:\([^()]{{0,30}}\)\s*)?{COPULA}"
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
TIMED = regex.compile(
    r"time|duration|interval|length|stay|survival|age|follow|delay|period|latency|recovery", regex.IGNORECASE
)
# "a 25% reduction in heart failure hospitalization"
CHANGE_IN = regex.compile(
    r"^\s*%?\s*(?:\w+\s+){0,3}?(?:reduction|decrease|increase|improvement|lower|higher"
    r"|greater)\s+(?:risk\s+)?(?:in|of|for)?"
    r"\s*(?:the\s+)?(?:(?:risk|rate|incidence|total|combined|levels?)\s+(?:of\s+)?(?:the\s+)?)*$"
)
# "The rates of PFS and OS were 50% and 60%": a list of endpoints before a list of as many values.
WERE = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:rates?\s+|values?\s+)?were\s+$")
# "ORR, the primary endpoint, was 54%", "the primary endpoint of ORR": the general name adds nothing.
APPOSED = regex.compile(r"^[\s),(:]*(?:of|which was|was|as|is|the|its|a|,|\s)*$")
GENERAL = frozenset({"primary endpoint", "secondary endpoint"})
OVER = regex.compile(
    r"\b(?:over|after|for|during|with|at)\s+an?\s+(?:median|mean)\s+(?:duration\s+)?(?:of\s+)?$", regex.IGNORECASE
)
TIME_PHRASE_END = regex.compile(r"\s+(?:was|were|is|of|in|for|with|extended|increased|decreased|rose|fell)\b.*$")
STOP = frozenset(
    (
        "the a an of in was were and with to for by at from patients group arm trial study had showed shown "
        "respectively compared versus vs their its this that which"
    ).split()
)


VERB = regex.compile(r"was|were|is|are|be|been|had|has|have|did|can|may|allowed|\w+ly|not|no", regex.IGNORECASE)


class Choice(NamedTuple):
    """The endpoint of a unit: a mention or a printed phrase, and how it was found."""

    mention: EndpointMention | None
    phrase: str
    way: str


def quantity(value: ValueMention) -> str:
    """What kind of number a value is: time, share, count or other."""
    if value.unit in TIME_UNITS:
        return "time"
    if value.unit in ("%", "percentage points"):
        return "share"
    if value.unit in ("patients", "events", "cases", "deaths"):
        return "count"
    if value.unit == "ratio":
        return "ratio"
    if value.unit is not None and INCIDENCE.search(value.unit):
        return "incidence"
    return "other" if value.unit not in (None, "") else "any"


def fits(family: str, unit: Unit) -> bool:
    """Whether an endpoint of this family can have such a value."""
    kinds = {quantity(r.value) for r in unit.readings if r.value.number is not None} or {"any"}
    return all(kind == "any" or family in FAMILIES[kind] for kind in kinds)


def choose_endpoints(contents: Contents, units: Sequence[Unit], *, carried: EndpointMention | None) -> list[Choice]:
    """One choice a unit, in order."""
    endpoints = [
        e for e in named_outside(contents) if not any(u.span.overlaps(e.span) for u in units if not u.contrast)
    ]
    zipped = _zip(contents, units, endpoints)
    if zipped is not None:
        return zipped
    return [_choose(contents, i, units, endpoints, carried) for i in range(len(units))]


def named_outside(contents: Contents) -> list[EndpointMention]:
    """The endpoints of a sentence but those that only define another in brackets ("primary endpoint (A, B or C)")."""
    numbers = [m.span for kind in (contents.values, contents.counts, contents.intervals) for m in kind]
    kept: list[EndpointMention] = []
    for endpoint in contents.endpoints:
        fence = brackets_around(contents, endpoint.span)
        led = fence is not None and any(0 <= fence.start - e.span.end <= 2 for e in kept)
        if not led or fence is None or any(fence.holds(n) for n in numbers):
            kept.append(endpoint)
    return [e for i, e in enumerate(kept) if e.code not in GENERAL or not _apposed(contents, kept, i)]


def _apposed(contents: Contents, endpoints: Sequence[EndpointMention], i: int) -> bool:
    """Whether an endpoint stands right beside a more particular one."""
    pairs = [(j, j + 1) for j in (i - 1, i) if j >= 0 and j + 1 < len(endpoints)]
    return any(APPOSED.match(contents.words(endpoints[a].span.end, endpoints[b].span.start)) for a, b in pairs)


def _zip(contents: Contents, units: Sequence[Unit], endpoints: Sequence[EndpointMention]) -> list[Choice] | None:
    if len(units) < 2:
        return None
    listed = _last_list(contents, [e for e in endpoints if e.span.end <= units[0].span.start])
    if len(listed) != len(units):
        return None
    said = any(c.role == "respectively" for c in contents.cues)
    if not said and not WERE.match(contents.words(listed[-1].span.end, units[0].span.start)):
        return None
    fitting = all(fits(e.family, u) or e.family == "time_to_event" for e, u in zip(listed, units, strict=True))
    return [Choice(e, "", "zip") for e in listed] if fitting else None


def _last_list(contents: Contents, endpoints: Sequence[EndpointMention]) -> list[EndpointMention]:
    """The run of endpoints at the end, joined by commas and "and" alone."""
    run: list[EndpointMention] = []
    for endpoint in reversed(endpoints):
        if run and not regex.match(
            r"^[\s,]*(?:and|or|rates?|median|the|values?|\([^)]*\)|[\s,])*$",
            contents.words(endpoint.span.end, run[0].span.start),
        ):
            break
        run.insert(0, endpoint)
    return run


def _choose(
    contents: Contents,
    i: int,
    units: Sequence[Unit],
    endpoints: Sequence[EndpointMention],
    carried: EndpointMention | None,
) -> Choice:
    unit = units[i]
    fitting = [e for e in endpoints if fits(e.family, unit)]
    before = [e for e in fitting if e.span.end <= unit.span.start]
    limit = units[i + 1].span.start if i + 1 < len(units) else contents.span.end
    after = [e for e in fitting if unit.span.end <= e.span.start < limit]
    if after and unit.readings[0].value.number is None and after[0].span.start - unit.span.end < 16:
        return Choice(after[0], "", "after")
    if quantity(unit.readings[0].value) == "time" and OVER.search(
        contents.words(unit.span.start - 60, unit.span.start)
    ):
        return Choice(_follow_up(contents, unit), "", "before")
    named = timed_phrase(contents, units, i)
    if named and not any(e.span.start >= named[0] for e in before):
        return Choice(None, named[1], "phrase")
    if after and CHANGE_IN.match(contents.words(unit.span.end, after[0].span.start)):
        return Choice(after[0], "", "after")
    if (
        after
        and FOLLOWED.match(contents.words(unit.span.end, after[0].span.start))
        and not _nearer(contents, before, unit)
    ):
        return Choice(_prefer(after, unit), "", "after")
    told = measured_phrase(contents, unit, before)
    if told:
        return Choice(None, told, "phrase")
    if before:
        return Choice(_nearest(contents, before, unit), "", "before")
    if after:
        return Choice(after[0], "", "after")
    later = [e for e in fitting if e.span.start >= limit]
    if later:
        return Choice(later[0], "", "distance")
    phrase = printed_phrase(contents, units, i)
    if quantity(unit.readings[0].value) == "time" and not TIMED.search(phrase):
        phrase = ""
    if phrase and quantity(unit.readings[0].value) != "ratio":
        return Choice(None, phrase, "phrase")
    if carried is not None and fits(carried.family, unit):
        return Choice(carried, "", "carried")
    return Choice(None, "", "none")


def _follow_up(contents: Contents, unit: Unit) -> EndpointMention:
    """The follow-up that "over a median of 2.2 years" speaks of without naming it."""
    text = contents.words(unit.span.start - 60, unit.span.start)
    match = OVER.search(text)
    words = match[0].strip() if match is not None else text
    start = unit.span.start - len(text) + (match.start() if match is not None else 0)
    return EndpointMention(
        span=Span(start, unit.span.start),
        code="follow-up",
        family="follow_up",
        text=words,
        statistic="median" if "median" in words else "mean",
        rule="endpoint:over_a_median",
    )


def _nearer(contents: Contents, before: Sequence[EndpointMention], unit: Unit) -> bool:
    """Whether an endpoint stands right before the value ("an ORR of 49% of patients")."""
    return (
        bool(before)
        and regex.fullmatch(
            r"[\s(,:=]*(?:rates?|values?)?\s*(?:of|was|were|:|=|,)?[\s(]*(?:only|approximately)?\s*",
            contents.words(before[-1].span.end, unit.span.start),
        )
        is not None
    )


def _nearest(contents: Contents, before: Sequence[EndpointMention], unit: Unit) -> EndpointMention:
    """The last endpoint before the unit; for a share, one that is a share by nature before one that is a time."""
    last = before[-1]
    if quantity(unit.readings[0].value) == "share" and last.family == "time_to_event":
        around = contents.words(last.span.start - 30, unit.span.end + 40)
        natural = [e for e in before if e.family in ("response", "event")]
        landmark = contents.timepoints or regex.search(r"\brates?\b|\bprobabilit|\balive\b", around)
        if natural and not landmark:
            return natural[-1]
    return last


def _prefer(after: Sequence[EndpointMention], unit: Unit) -> EndpointMention:
    natural = [e for e in after if e.family != "time_to_event"]
    return natural[0] if natural and after[0].family == "time_to_event" and len(unit.readings) == 1 else after[0]


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
    words = match["what"].split()
    if any(VERB.fullmatch(w) for w in words):
        return ""
    while words and words[0].lower() in STOP:
        words.pop(0)
    while words and words[-1].lower() in STOP:
        words.pop()
    return " ".join(words) if words and any(len(w) > 3 for w in words) else ""


def statistic_of(choice: Choice, value: ValueMention, before: str) -> Statistic:
    """How a single group's value is to be read: median, mean, rate, count or other."""
    family = choice.mention.family if choice.mention else "continuous"
    kind = quantity(value)
    said = choice.mention.statistic if choice.mention else None
    if kind == "incidence" or (kind == "share" and family != "continuous"):
        return "rate"
    if kind == "count":
        return "count"
    if regex.search(r"\b(?:at least|minimum|maximum|up to|longest)\s*$", before):
        return "other"
    if kind == "time" or (value.number is None and family in ("time_to_event", "follow_up")):
        return "mean" if said == "mean" or regex.search(r"\b(?:mean|average)\b", before) else "median"
    if value.number is None and family in ("response", "event"):
        return "rate"
    if said == "median" or regex.search(r"\bmedian\b", before):
        return "median"
    if said == "mean" or regex.search(r"\b(?:mean|average)\b", before) or getattr(value, "spread", None) is not None:
        return "mean"
    return "rate" if kind == "share" else "other"
