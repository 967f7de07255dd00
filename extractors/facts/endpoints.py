"""Units and endpoint mentions of a sentence in, one endpoint a unit out; where none is known, the words as printed."""

from collections.abc import Mapping, Sequence

import regex

from extractors.facts.attained import attained
from extractors.facts.choices import Choice, can_be_of
from extractors.facts.durations import told_follow_up, told_treatment, until_death
from extractors.facts.listedshares import listed_share
from extractors.facts.listings import give_figures, pair_lists
from extractors.facts.namings import named_outside
from extractors.facts.phrases import (
    bracketed_phrase,
    following_phrase,
    measured_phrase,
    only_moved,
    printed_phrase,
    timed_phrase,
)
from extractors.facts.quantities import quantity
from extractors.facts.sentence import BRACKETED, Contents, brackets_around
from extractors.facts.shareruns import LONGEST_GAP, RIGHT_AFTER, rises, set_beside, told_of_first
from extractors.facts.subjects import clause_subject, found_in_share, harm_beside, told_as_likely, told_by_verb
from extractors.facts.values import OWN_GROUP, Unit
from schemas.anchor import Span
from schemas.mention import EndpointMention

PEOPLE = r"(?:patients|participants|subjects|those|individuals|women|men|children|recipients|adults|cases)"
DEGREE = r"(?:objective|overall|intracranial|complete|partial|CNS|reduction in|increase in|lower|higher)"
# "49% of patients achieved a ...", "a 49% ORR": the endpoint comes after its number.
FOLLOWED = regex.compile(
    r"^\s*%?\s*(?:\([^()]*\)\s*|\[[^\]]*\]\s*)*"
    rf"(?:(?:of|in)\s+(?:\w+\s+){{0,6}}?{PEOPLE}\b(?!\s*(?:,|and\b|;))|{DEGREE}?\s*$|had\b|experienced\b"
    rf"|achieved\b|developed\b"
    rf"|(?:were|was|remained)\s+(?:still\s+|alive\s+and\s+)?(?:in\s+(?:full\s+|clinical\s+)?)?$|{PEOPLE}\b)"
)
TIMED = regex.compile(
    r"time|duration|interval|length|stay|survival|age|follow|delay|period|latency|recovery", regex.IGNORECASE
)
# "a 25% reduction in heart failure hospitalization"
CHANGE_IN = regex.compile(
    r"^\s*%?\s*[)\]]?\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:\w+\s+){0,3}?(?:reduction|decrease|increase|improvement|lower|higher"
    r"|greater|increased|decreased|reduced|elevated)\s+(?:(?:relative\s+)?(?:risk|RR|odds|hazard)\s+)?(?:in|of|for)?"
    r"\s*(?:the\s+)?(?:(?:risk|rate|incidence|total|combined|levels?)\s+(?:of\s+)?(?:the\s+)?)*$"
)
# "a 2.7-fold (2.6% vs 0.6%) increased risk of stroke": what the risk in brackets is of.
RISK_BEHIND = regex.compile(
    r"^\s?%?(?:[^()%]{0,30}\d\s?%)?\)\s(?:increased|higher|lower|reduced|decreased|greater|elevated)\s(?:(?:relative|absolute)\s)?"
    r"(?:risks?|odds|rates?|incidences?|hazards?|likelihood)\s(?:of|for)\s(?:[\w-]+\s){0,2}$"
)
# Between an endpoint and the value right behind it; between a value and the endpoint right behind that.
ADJOINING = regex.compile(
    r"[\s(,:=]*(?:\([^()]*\)\s*)?(?:rates?|values?)?\s*(?:of|was|were|in|:|=|,)?[\s(]*(?:only|approximately"
    r"|about)?\s*"
)
# "Neutropenia occurred in 38% of patients with A, and ...".
OCCURRED_IN = regex.compile(
    r"\s(?:(?:events?|rates?)\s)?(?:occurred|developed|arose|(?:was|were)\s(?:\w+ly\s)?(?:reported|seen|observed|noted|recorded"
    r"|found|achieved|attained|documented|experienced|detected|present))\s(?:in|by|among|for)\s(?:only\s|about\s|approximately\s)?"
)
# "12% had a CR, 40% had a PR", "with 40% achieving CR": the verb's object is the share's, whatever was told before.
OBJECT = regex.compile(
    r"^\s*%?\s*(?:[(\[][^()\[\]]*[)\]]\s*)*"
    rf"(?:(?:of|in)\s+(?:(?:the|all|these)\s+)?(?:[\w-]+\s+){{0,2}}?)?(?:{PEOPLE}\s+)?(?:who\s+)?"
    r"(?:ha(?:d|ve|ving)|experienc(?:ed|ing)|achiev(?:ed|ing)|attain(?:ed|ing)|reach(?:ed|ing)|develop(?:ed|ing)"
    r"|show(?:ed|ing)|obtain(?:ed|ing)|gain(?:ed|ing)|maintain(?:ed|ing)|sustain(?:ed|ing)|suffer(?:ed|ing))\s+"
    r"(?:an?\s+|the\s+|at\s+least\s+an?\s+)?(?:(?:best|confirmed|overall|objective|durable|sustained)\s+)*$"
)
# "the rates were 11.5% ...": of events, not of what was measured.
RATES = regex.compile(r"\brates?\s+(?:was|were|of)\s+$")
# From one clause to the next.
PARTED = regex.compile(r";|,\s(?:while|whereas)\s")
# Between the shares of a list: "31% and 42%", "46% (44/95) versus 16%".
LISTED = regex.compile(r"^\s*%?\s*(?:[(\[][^()\[\]]*[)\]]\s*)*(?:,|,?\s*and|versus|vs\.?|against)\s*$")
# "42 days (range 14-120) with honey and 56 days": a list of groups goes on.
LIST_ON = regex.compile(
    r"^[\s\w%]{0,12}?\s*(?:(?:with|in|for|on|among|after|at|by|to)\s+[^.;:%\d]{1,70}?)?"
    r"(?:,|,?\s+[(\[]?(?:and|versus|vs\.?|against|(?:as\s+)?compared\s+(?:with|to)|but|while|whereas))\s+(?:(?:only|by"
    r"|to|was|in|and)\s+)*$"
    # "12% to 15% after 1 year and 30%"
    r"|^\s*%?\s*(?:after|at|by|within)\s\d+\s\w+,?\s(?:and|but|,)\s$"
)
RANGE = regex.compile(r"\s*%?\s*to\s*")  # "rates were 12% to 15%"
# "0.72 (95% CI 0.60-0.87) for PFS and 0.81 (95% CI 0.66-0.99) for OS".
FOR = regex.compile(
    r"^\s*%?\s*(?:months?|years?|weeks?|days?)?\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:for|against)\s+(?:the\s+)?$"
)
# What a clause's subject of any kind may have.
SAID_OF = frozenset({"share", "ratio", "incidence", "time"})


def choose_endpoints(
    contents: Contents,
    units: Sequence[Unit],
    *,
    carried: EndpointMention | None,
    usual: EndpointMention | None = None,
    measured: EndpointMention | None = None,
    told: Sequence[EndpointMention] = (),
) -> list[Choice]:
    """One choice a unit, in order; an incidence that names no event is of the `usual` one.

    A bare "mean change", and a number on a scale that no outcome stands with, is of what was last `measured`; "the
    respective figures" are of the outcomes `told` before, one to one.
    """
    endpoints = [
        e for e in named_outside(contents) if not any(u.span.overlaps(e.span) for u in units if not u.contrast)
    ]
    zipped = pair_lists(contents, units, endpoints)
    fences = _fences(contents, units, endpoints)
    found = [
        zipped.get(i) or _choose(contents, i, units, [e for e in endpoints if _in_reach(fences, e, u)], carried)
        for i, u in enumerate(units)
    ]
    for i, unit in enumerate(units):
        before = [k for k in range(i) if _alike(units[k], unit)]
        if told_of_first(contents, units, before, i, found) or rises(contents, units, before, i):
            found[i] = found[i - 1]
        elif found[i].way in ("none", "distance") and before and found[before[-1]].way in ("phrase", "subject"):
            gap = contents.words(units[before[-1]].span.end, unit.span.start)
            reach = Span(units[before[-1]].span.end, unit.span.end + LONGEST_GAP // 2)
            dealt = (
                any(reach.holds(d.span) for d in contents.drugs)
                or LIST_ON.match(BRACKETED.sub(" ", gap)) is not None
                or OWN_GROUP.match(gap) is not None
                or (RANGE.fullmatch(gap) is not None and quantity(unit.readings[0].value) == "share")
            )
            if dealt and len(gap) < LONGEST_GAP and ";" not in gap:  # a list of arms goes on with its first one's
                found[i] = found[before[-1]]
        elif (
            (found[i].way == "carried" or set_beside(contents, units, before, i, found))
            and before
            and found[before[-1]].way in ("after", "subject", "phrase", "before")
        ):
            gap = contents.words(units[before[-1]].span.end, unit.span.start)
            if len(gap) < LONGEST_GAP and ";" not in gap:  # "63% remitted with A, but only 46% with B"
                found[i] = found[before[-1]]
    found = [_measured(_usual(c, u, usual), u, measured) for c, u in zip(found, units, strict=True)]
    return give_figures(contents, units, endpoints, found, told)


def _fences(contents: Contents, units: Sequence[Unit], endpoints: Sequence[EndpointMention]) -> dict[Span, Span]:
    """The brackets that hold an endpoint together with a number behind it: "4% (disease control rate, 44%)"."""
    found: dict[Span, Span] = {}
    for endpoint in endpoints:
        fence = brackets_around(contents, endpoint.span)
        if fence is not None and any(fence.holds(u.span) and u.span.start >= endpoint.span.end for u in units):
            found[endpoint.span] = fence
    return found


def _in_reach(fences: Mapping[Span, Span], endpoint: EndpointMention, unit: Unit) -> bool:
    fence = fences.get(endpoint.span)
    return fence is None or fence.holds(unit.span)


def _measured(choice: Choice, unit: Unit, measured: EndpointMention | None) -> Choice:
    """The choice of a unit, or what was last measured where it has none and is of something measured."""
    if measured is None or not can_be_of(measured, unit):
        return choice
    moved = choice.way == "phrase" and only_moved(choice.phrase)
    borrowed = choice.way == "carried" and choice.mention is not None and choice.mention.family != "continuous"
    measure, kind = unit.readings[0].measure, quantity(unit.readings[0].value)
    between = kind == "any" and measure is not None and measure.statistic == "difference"
    on_scale = (borrowed and kind == "other") or (between and (borrowed or choice.way == "none"))
    return Choice(measured, "", "carried") if moved or on_scale else choice


def _alike(first: Unit, second: Unit) -> bool:
    return first.readings[0].value.unit == second.readings[0].value.unit


def _usual(choice: Choice, unit: Unit, usual: EndpointMention | None) -> Choice:
    incidence = quantity(unit.readings[0].value) == "incidence"
    if choice.way == "none" and incidence and usual is not None and can_be_of(usual, unit):
        return Choice(usual, "", "carried")
    return choice


def _choose(
    contents: Contents,
    i: int,
    units: Sequence[Unit],
    endpoints: Sequence[EndpointMention],
    carried: EndpointMention | None,
) -> Choice:
    unit = units[i]
    fitting = [e for e in endpoints if can_be_of(e, unit)]
    if RATES.search(contents.words(unit.span.start - 20, unit.span.start)):
        fitting = [e for e in fitting if e.family != "continuous"]
    before = [e for e in fitting if e.span.end <= unit.span.start]
    limit = units[i + 1].span.start if i + 1 < len(units) else contents.span.end
    after = [e for e in fitting if unit.span.end <= e.span.start < limit and _same_clause(contents, unit, e)]
    right = after and RIGHT_AFTER.fullmatch(contents.words(unit.span.end, after[0].span.start))
    if right and not _nearer(contents, before, unit, comma=False):
        return Choice(after[0], "", "after")
    behind = after and FOR.match(contents.words(unit.span.end, after[0].span.start))
    if behind and not _nearer(contents, before, unit, comma=False):
        return Choice(after[0], "", "after")
    if after and _is_object(contents, unit, after[0]) and not _nearer(contents, before, unit, comma=False):
        return Choice(after[0], "", "after")
    if after and RISK_BEHIND.match(contents.words(unit.span.end, after[0].span.start)):
        return Choice(after[0], "", "after")
    harm = _harm(contents, unit, fitting)
    if harm is not None:
        return Choice(harm, "", "after")
    item = listed_share(contents, unit.span, carried) if quantity(unit.readings[0].value) == "share" else None
    if item is not None:
        return Choice(item, "", "subject")
    done = _told_behind(contents, i, units) if quantity(unit.readings[0].value) == "share" else None
    if done is not None:
        return Choice(done, "", "after")
    subject = clause_subject(contents, unit.span) if quantity(unit.readings[0].value) in SAID_OF else None
    if subject is None and quantity(unit.readings[0].value) == "share":
        subject = found_in_share(contents, unit.span)
    if subject is not None:
        return Choice(subject, "", "subject")
    phrase = _outcome_phrase(contents, unit, endpoints)
    if phrase:
        return Choice(None, phrase, "phrase")
    if after and unit.readings[0].value.number is None and after[0].span.start - unit.span.end < 16:
        return Choice(after[0], "", "after")
    treated = told_treatment(contents, unit)
    if treated is not None:
        return Choice(treated, "", "subject")
    lifetime = told_follow_up(contents, unit) or until_death(contents, unit)
    if lifetime is not None:
        return Choice(lifetime, "", "before")
    named = timed_phrase(contents, units, i)
    if named and not any(e.span.end > named[0] for e in before):
        return Choice(None, named[1], "phrase")
    if after and CHANGE_IN.match(contents.words(unit.span.end, after[0].span.start)):
        return Choice(after[0], "", "after")
    gap = contents.words(unit.span.end, after[0].span.start) if after else ""
    if after and FOLLOWED.match(gap) and not _nearer(contents, before, unit, comma=OBJECT.match(gap) is None):
        return Choice(_prefer(after, unit), "", "after")
    told = measured_phrase(contents, unit, before)
    if told:
        return Choice(None, told, "phrase")
    if before:
        return Choice(_nearest(contents, before, unit), "", "before")
    if after:
        return Choice(after[0], "", "after")
    phrase = printed_phrase(contents, units, i)
    if quantity(unit.readings[0].value) == "time" and not TIMED.search(phrase):
        phrase = ""
    later = [e for e in fitting if e.span.start >= limit]
    if later and not (phrase and not _same_clause(contents, unit, later[0])):
        return Choice(later[0], "", "distance")
    if phrase and quantity(unit.readings[0].value) != "ratio":
        return Choice(None, phrase, "phrase")
    if carried is not None and can_be_of(carried, unit):
        return Choice(carried, "", "carried")
    return Choice(None, "", "none")


def _is_object(contents: Contents, unit: Unit, endpoint: EndpointMention) -> bool:
    """Whether a share of people is said to have come to an endpoint: "43% reached CR"."""
    share = quantity(unit.readings[0].value) == "share" and not unit.contrast
    return share and OBJECT.match(contents.words(unit.span.end, endpoint.span.start)) is not None


def _harm(contents: Contents, unit: Unit, fitting: Sequence[EndpointMention]) -> EndpointMention | None:
    """The harm beside a share, unless the vocabulary knows the one before it."""
    harm = harm_beside(contents, unit.span) if quantity(unit.readings[0].value) == "share" else None
    if harm is None or harm.span.start > unit.span.start:
        return harm
    return None if any(e.code == "AE" and e.span.overlaps(harm.span) for e in fitting) else harm


def _told_behind(contents: Contents, i: int, units: Sequence[Unit]) -> EndpointMention | None:
    """What the words behind a share say that its people did or came to."""
    end = _end_of_list(contents, i, units)
    told = told_as_likely(contents, units[i].span) or told_by_verb(contents, end)
    first = units[i].readings[0].span.end
    return told or attained(contents, end) or (attained(contents, first) if first < end else None)


def _end_of_list(contents: Contents, i: int, units: Sequence[Unit]) -> int:
    """Where the list of shares that unit `i` is in ends: what is said of the last is said of all."""
    end = units[i].span.end
    for unit in units[i + 1 :]:
        gap = contents.words(end, unit.span.start)
        if unit.contrast or LISTED.match(gap) is None:
            break
        end = unit.span.end
    return end


def _nearer(contents: Contents, before: Sequence[EndpointMention], unit: Unit, *, comma: bool = True) -> bool:
    """Whether an endpoint stands right before the value ("an ORR of 49% of patients")."""
    gap = contents.words(before[-1].span.end, unit.span.start) if before else ";"
    beside = ADJOINING.fullmatch(gap) is not None and (comma or not gap.lstrip().startswith((",", "and")))
    return beside or OCCURRED_IN.fullmatch(gap) is not None


def _same_clause(contents: Contents, unit: Unit, endpoint: EndpointMention) -> bool:
    """Whether nothing outside brackets parts a value from an endpoint behind it."""
    return PARTED.search(BRACKETED.sub("", contents.words(unit.span.end, endpoint.span.start))) is None


def _outcome_phrase(contents: Contents, unit: Unit, endpoints: Sequence[EndpointMention]) -> str:
    """An outcome printed right at a share that the vocabulary does not know, though it may know others around."""
    if quantity(unit.readings[0].value) != "share":
        return ""
    start, end = unit.span.start - 45, unit.span.end + 45
    near = [
        e
        for e in endpoints
        if start < e.span.end <= unit.span.start and ADJOINING.fullmatch(contents.words(e.span.end, unit.span.start))
    ]
    if near:
        return ""
    phrase = bracketed_phrase(contents, unit)
    if phrase or any(unit.span.end <= e.span.start < end for e in endpoints):
        return phrase
    return following_phrase(contents, unit)


# "remission on the QIDS", "response as assessed with the MADRS": the scale is what an outcome was read on.
READ_ON = regex.compile(
    r"^\s*(?:rates?\s+)?(?:on|by|according to|per|based on|using"
    r"|as\s+(?:assessed|measured|defined|judged)\s+(?:by|on|with))\s+(?:the\s+)?$"
)


def _nearest(contents: Contents, before: Sequence[EndpointMention], unit: Unit) -> EndpointMention:
    """The last endpoint before the unit; for a share, one that is a share by nature before one that is a time."""
    last = before[-1]
    if quantity(unit.readings[0].value) == "share" and last.family == "continuous" and len(before) > 1:
        gap = contents.words(before[-2].span.end, last.span.start)
        if before[-2].family in ("response", "event") and READ_ON.match(gap):
            return before[-2]
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
