"""Effects and p-values of a sentence in, drafts of comparisons out."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractors.facts.affected import affected, counted_before, moved
from extractors.facts.choices import Choice, fits
from extractors.facts.clause import Clause
from extractors.facts.differences import is_shared, p_of_difference
from extractors.facts.draft import Draft
from extractors.facts.endpoints import choose_endpoints
from extractors.facts.estimates import set_endpoint
from extractors.facts.folds import outcome_of_fold
from extractors.facts.listings import last_list
from extractors.facts.pairings import pair_arms
from extractors.facts.phrases import only_moved
from extractors.facts.populations import label_populations
from extractors.facts.protection import is_protection, protected_from
from extractors.facts.quantities import quantity
from extractors.facts.risks import name_risk, risk_of
from extractors.facts.sentence import BRACKETED
from extractors.facts.testedarms import tested_pairs
from extractors.facts.values import STANDARDISED, Numbers, Reading, Unit
from schemas.anchor import Span
from schemas.mention import EndpointMention, PValueMention


def draft_comparisons(
    clause: Clause,
    numbers: Numbers,
    estimates: Sequence[tuple[Draft, Unit]],
    differences: Sequence[Unit],
    *,
    counted: Sequence[Draft] = (),
) -> list[Draft]:
    """Drafts of all comparisons of a sentence: effects, differences, p-values alone.

    `counted` are its counts: an effect behind one is of the outcome counted.
    """
    changes = [_difference(clause, u, numbers, estimates, alone=len(differences) == 1) for u in differences]
    outcomes = [*(d for d, _ in estimates), *(d for d in counted if d.kind == "estimate"), *changes]
    told = sorted(outcomes, key=lambda d: d.place)
    effects = [_effect(clause, r, told) for r in numbers.effects]
    _go_on(clause, effects, numbers.effects)
    for draft in (*effects, *changes):
        _take_unit(draft, outcomes)
    drafts: list[Draft | None] = [*effects, *changes]
    used = {d.p.span for d in drafts if d is not None and d.p is not None}
    for p, unit in numbers.loose_p:
        if p.p.span not in used:
            pairs = tested_pairs(clause.contents, p, outcomes) if is_shared(clause.contents, p) else []
            if pairs:
                drafts += [_of_pair(p, pair) for pair in pairs]
                continue
            if unit is None and is_shared(clause.contents, p):
                drafts += _of_each(clause, p)
            drafts += [_p_alone(clause, p, u, estimates, counted) for u in _tested(clause, p, unit, estimates)]
    return [d for d in drafts if d is not None]


def _take_unit(draft: Draft, told: Sequence[Draft]) -> None:
    """Give a difference without a unit that of the two values of its outcome that stand before it."""
    before = [d for d in told if d.place.end <= draft.place.start and d.endpoint == draft.endpoint]
    units = {d.unit for d in before[-2:] if d.kind == "estimate"}
    if draft.statistic == "difference" and draft.unit is None and len(before) > 1 and len(units) == 1:
        draft.unit = "percentage points" if units == {"%"} else units.pop()


def _go_on(clause: Clause, drafts: Sequence[Draft], readings: Sequence[Reading]) -> None:
    """Give an effect that goes on in a list the outcome of the one before where it has none: its measure is said once,
    or but a treatment stands between ("bleeding was more common with A (OR 2.8, ...) and B (OR 5.1, ...)")."""
    for (before, first), (draft, second) in pairwise(zip(drafts, readings, strict=True)):
        gap = clause.contents.words(before.place.end, draft.place.start)
        treated = any(before.place.end <= a.span.start < draft.place.start for a in clause.arms)
        listed = treated and draft.flags & {"endpoint_carried", "no_endpoint"} and LISTED.match(BRACKETED.sub("", gap))
        if (first.measure is second.measure or listed) and draft.flags & UNPLAIN and before.endpoint:
            population = draft.population
            _take_outcome(draft, before)
            draft.population = population or draft.population


def _tested(
    clause: Clause, p: PValueMention, unit: Unit | None, estimates: Sequence[tuple[Draft, Unit]]
) -> list[Unit | None]:
    """The units a p-value tests: the one before it; of one said of several, the last of each outcome before it."""
    if unit is None or not is_shared(clause.contents, p):
        return [unit]
    last: dict[tuple[str, str | None, str], Unit] = {}
    for draft, own in estimates:
        if own.span.end <= p.span.start:
            last[draft.endpoint, draft.timepoint, draft.population] = own
    return [*(u for u in last.values() if u is not unit), unit]


def _effect(clause: Clause, reading: Reading, told: Sequence[Draft]) -> Draft:
    value, measure = reading.value, reading.measure
    assert measure is not None
    draft = Draft("comparison", value.span, number=value.number, unit=value.unit, status=value.status)
    draft.statistic = measure.statistic  # type: ignore[assignment]  # Measure entries hold only statistics of the schema
    standardised = measure.rule == STANDARDISED and draft.unit in (None, "", "points")
    if (
        draft.statistic in ("HR", "OR", "RR")
        or standardised
        or (draft.unit is None and draft.statistic != "difference")
    ):
        draft.unit = "ratio"
    draft.rules = [value.rule, measure.rule]
    if reading.interval is not None:
        draft.interval = reading.interval.interval
        draft.rules.append(reading.interval.rule)
    if reading.p is not None:
        draft.p = reading.p.p
        draft.rules.append(reading.p.rule)
    _endpoint(clause, draft, Unit([reading]), told)
    pair_arms(clause, draft, value.span)
    return draft


def _difference(
    clause: Clause, unit: Unit, numbers: Numbers, estimates: Sequence[tuple[Draft, Unit]], *, alone: bool
) -> Draft:
    reading = unit.readings[0]
    kind = quantity(reading.value)
    draft = Draft(
        "comparison",
        reading.span,
        statistic="difference",
        number=reading.value.number,
        unit=reading.value.unit,
        status=reading.value.status,
    )
    draft.rules = [reading.value.rule, "difference:by"]
    if reading.interval is not None:
        draft.interval = reading.interval.interval
    p = p_of_difference(clause.contents, unit, numbers, alone=alone)
    draft.p = p.p if p is not None else None
    _endpoint(clause, draft, unit, ())
    before = [d for d, u in estimates if d.place.end <= draft.place.start and quantity(u.readings[0].value) == kind]
    unnamed = draft.flags & {"endpoint_carried", "no_endpoint"} or only_moved(draft.endpoint)
    bare = "no_endpoint" in draft.flags and before and "endpoint_as_printed" in before[-1].flags
    if before and unnamed and before[-1].endpoint and not bare:
        _take_outcome(draft, before[-1])
    guarded = protected_from(clause.contents, reading.span) if _is_protective(clause, reading) else None
    if guarded is not None:
        set_endpoint(draft, Choice(guarded, "", "after"))
        draft.flags -= UNPLAIN
    usual = clause.memory.usual
    if draft.endpoint_text.casefold().endswith("efficacy") and usual is not None:
        set_endpoint(draft, Choice(usual, "", "carried"))  # the risk that is reduced is that of the usual outcome
    if _is_protective(clause, reading) and draft.endpoint in ("efficacy", "effectiveness"):
        draft.endpoint = f"vaccine {draft.endpoint}"
    pair_arms(clause, draft, reading.span)
    return draft


def _is_protective(clause: Clause, reading: Reading) -> bool:
    return reading.value.unit == "%" and is_protection(clause.contents, reading.span)


def _p_alone(
    clause: Clause,
    p: PValueMention,
    unit: Unit | None,
    estimates: Sequence[tuple[Draft, Unit]],
    counted: Sequence[Draft],
) -> Draft | None:
    mine = [d for d, u in estimates if u is unit]
    if (
        unit is not None
        and not unit.contrast
        and len(estimates) == 1
        and len(mine) == 1
        and not clause.arms[1:]
        and not regex.search(r"\b(?:vs|versus|compared|than|differ|between)\b", clause.contents.text)
    ):
        mine[0].p = p.p
        return None
    draft = Draft("comparison", p.span, statistic="p", unit=None)
    draft.p = p.p
    draft.rules = [p.rule]
    if mine:
        _take_outcome(draft, mine[-1])
        draft.timepoint = mine[-1].timepoint
        draft.quote = Span(min(mine[0].place.start, p.span.start), max(p.span.end, mine[-1].place.end))
    elif (source := counted_before(clause.contents, p.span, counted)) is not None:
        _take_outcome(draft, source)
    else:
        _endpoint_at(clause, draft, p.span)
    pair_arms(clause, draft, p.span)
    return draft


def _of_pair(p: PValueMention, pair: tuple[Draft, Draft]) -> Draft:
    """The test of two groups of a sentence that tells of more: of the outcome of their values."""
    tried, control = pair
    draft = Draft("comparison", p.span, statistic="p", unit=None, p=p.p, rules=[p.rule, "p:of_several_groups"])
    _take_outcome(draft, control)
    draft.timepoint, draft.arm, draft.role, draft.comparator = control.timepoint, tried.arm, tried.role, control.arm
    draft.quote = Span(min(tried.place.start, control.place.start), p.span.end)
    return draft


def _of_each(clause: Clause, p: PValueMention) -> list[Draft]:
    """A test said to be of each of several outcomes (
    "the decline in A and B (p < 0.001 for each)"): of all but the last."""
    before = [e for e in clause.contents.endpoints if e.span.end <= p.span.start]
    drafts = []
    for mention in last_list(clause.contents, before)[:-1]:
        draft = Draft("comparison", p.span, statistic="p", unit=None, p=p.p, rules=[p.rule])
        set_endpoint(draft, Choice(mention, "", "before"))
        pair_arms(clause, draft, p.span)
        drafts.append(draft)
    return drafts


UNPLAIN = frozenset({"endpoint_carried", "endpoint_by_distance", "endpoint_as_printed", "no_endpoint"})


def _take_outcome(draft: Draft, source: Draft) -> None:
    """Give a comparison the outcome and the population of the values that it compares."""
    draft.endpoint, draft.endpoint_text = source.endpoint, source.endpoint_text
    draft.site, draft.event, draft.population = source.site, source.event, source.population
    draft.flags = (draft.flags - UNPLAIN) | (source.flags & UNPLAIN)
    draft.rules += [rule for rule in source.rules if rule.startswith("endpoint:")]


def _endpoint(clause: Clause, draft: Draft, unit: Unit, told: Sequence[Draft]) -> None:
    """An effect's endpoint: its own clause's, else that of the values right before it."""
    memory = clause.memory
    choice = choose_endpoints(clause.contents, [unit], carried=memory.endpoint, measured=memory.measured)[0]
    ordinal = _on_scale(clause, unit)
    if ordinal is not None and (choice.mention is None or choice.mention.family != "continuous"):
        set_endpoint(draft, ordinal)
        draft.population = label_populations(clause, [unit])[0]
        return
    first = unit.readings[0]
    is_fold = first.measure is not None and first.measure.rule == "measures:fold"
    interval = first.interval.span if first.interval is not None else None
    folded = outcome_of_fold(clause.contents, first.span, interval) if is_fold else None
    if folded is not None:
        set_endpoint(draft, Choice(folded, "", "after"))
        draft.population = label_populations(clause, [unit])[0]
        return
    before = [d for d in told if d.place.end <= draft.place.start and d.endpoint != "follow-up"]
    if memory.compared is not None and SUCH.search(clause.contents.text) and not before:
        set_endpoint(draft, Choice(memory.compared, "", "carried"))
        draft.population = label_populations(clause, [unit])[0]
        return
    risk = risk_of(clause, draft)
    if risk is not None and not (choice.mention is not None and risk.span.overlaps(choice.mention.span)):
        set_endpoint(draft, Choice(risk, "", "subject"))
        draft.population = label_populations(clause, [unit])[0]
        return
    said = affected(clause.contents, unit.span, choice=choice)
    if said is None and draft.statistic == "difference" and choice.way in ("none", "carried"):
        said = moved(clause.contents, unit.span)
    if said is not None:
        set_endpoint(draft, Choice(said, "", "subject"))
        name_risk(clause, draft)
        draft.population = label_populations(clause, [unit])[0]
        return
    if (
        before
        and choice.way != "subject"
        and (choice.mention is None or choice.mention.span.end <= before[-1].place.start)
        and before[-1].endpoint
    ):
        _take_outcome(draft, before[-1])
        if draft.statistic == "HR" and draft.endpoint.startswith(("hazard ", "risk ")):
            name_risk(clause, draft)
        return
    choice = _first_tested(clause, draft, choice)
    usual = clause.memory.usual
    if choice.way == "none" and usual is not None and fits(usual.family, unit):
        choice = Choice(usual, "", "carried")
    set_endpoint(draft, choice)
    if draft.endpoint.casefold() in BARE and (carried := memory.endpoint or usual) is not None:
        set_endpoint(draft, Choice(carried, "", "carried"))
    if name_risk(clause, draft):
        draft.flags -= UNPLAIN
    draft.population = label_populations(clause, [unit])[0]


# Between the effects of two treatments of a list.
LISTED = regex.compile(r"^[^;()\[\]]*[)\]]?\s*,?\s*(?:and|or|,)\s[^.;:()\[\]]{2,50}?\s?[(\[][^()\[\]\d]{0,20}$")
# "No such difference was found for B (OR ...)", "The NNH was 9": of what the effect before was.
SUCH = regex.compile(
    r"^\W*(?:\w+,\s)?(?:[Nn]o\s|[Aa]\s)?(?:such|similar|comparable)\s(?:an?\s)?(?:differences?|associations?|effects?|benefits?|increases?"
    r"|reductions?|results?|findings?|trends?)\b|^\W*(?:[Tt]his|[Tt]hese|[Tt]he same)\s(?:differences?"
    r"|associations?|effects?|benefits?|increases?"
    r"|reductions?|findings?)\b|^\W*(?:[Tt]he\s)?(?:NN[TH]|[Nn]umber needed)\b"
)
# What an effect is of where the words say no more: "a 33% increased risk (pooled HR 1.33".
BARE = frozenset({"risk", "risks", "increased risk", "higher risk", "lower risk", "reduced risk"})
# "adjusted common odds ratio", "acOR", "generalised odds ratio": of a shift over all points of a scale.
ORDINAL = regex.compile(
    r"\b(?:common|generali[sz]ed|proportional|ordinal)\s+(?:odds(?:\s+ratios?)?|ORs?)$|\ba?c(?:ommon\s)?ORs?$"
)


def _on_scale(clause: Clause, unit: Unit) -> Choice | None:
    """The shift on the document's scale that an ordinal effect is of."""
    measure, scale = unit.readings[0].measure, clause.memory.scale
    if measure is None or scale is None:
        return None
    words = clause.contents.words(measure.span.start - 14, measure.span.end)
    return Choice(scale, "", "carried") if ORDINAL.search(words) else None


def _first_tested(clause: Clause, draft: Draft, choice: Choice) -> Choice:
    """An effect that names no outcome is of what the study's first such effect was of, not of the last harm told."""
    first = clause.memory.effects.get(draft.statistic or "")
    on_scale = choice.mention is not None and choice.mention.family == "continuous" and draft.unit != "ratio"
    if choice.way not in ("carried", "none") or first is None or on_scale or clause.memory.going_on:
        return choice
    last = choice.mention
    told = last is not None and (
        (last.code, draft.statistic) in clause.memory.tested
        or (last.family == "time_to_event" and draft.statistic == "HR")  # "median OS was ... The HR was"
    )
    return choice if told else Choice(first, "", "carried")


def as_told(draft: Draft) -> EndpointMention:
    """The outcome of a draft, for a sentence that goes on about it without naming it."""
    words = draft.event or draft.endpoint_text
    return EndpointMention(
        span=draft.place, code=draft.endpoint, family="event", text=words, site=draft.site, rule="endpoint:compared"
    )


def remember_effects(clause: Clause, drafts: Sequence[Draft]) -> None:
    """Keep what the effects of a sentence are of, for those that name no outcome."""
    for draft in drafts:
        if draft.kind != "comparison" or draft.statistic in (None, "p") or not draft.endpoint:
            continue
        clause.memory.compared = as_told(draft)
        statistic = str(draft.statistic)
        clause.memory.tested.add((draft.endpoint, statistic))
        carried = draft.flags & {"endpoint_carried", "endpoint_by_distance", "no_endpoint"}
        if not carried and draft.endpoint != "AE" and statistic not in clause.memory.effects:
            clause.memory.effects[statistic] = EndpointMention(
                span=draft.place,
                code=draft.endpoint,
                family="event",
                text=draft.endpoint_text,
                site=draft.site,
                rule="endpoint:first_tested",
            )


def _endpoint_at(clause: Clause, draft: Draft, span: Span) -> None:
    before = [e for e in clause.contents.endpoints if e.span.end <= span.start]
    mention = before[-1] if before else clause.memory.endpoint
    set_endpoint(draft, Choice(mention, "", "before" if before else "carried" if mention is not None else "none"))
