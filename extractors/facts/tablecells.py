"""One cell's numbers under its headers' unit and measure in, readings and estimate drafts out."""

from collections.abc import Sequence

import regex

from extractors.facts.draft import Draft
from extractors.facts.endpoints import Choice, fits, statistic_of
from extractors.facts.estimates import Clause, default_arm, set_endpoint
from extractors.facts.groups import pair_for
from extractors.facts.sentence import Contents
from extractors.facts.values import Numbers, Reading, Unit, read_numbers
from schemas.mention import EndpointMention, MeasureMention, PValueMention, ValueMention
from schemas.number import PValue

DASH = regex.compile(r"^\s*[-–—]+\s*$")


def cell_numbers(
    contents: Contents, *, unit: str | None, measure: MeasureMention | None, endpoint: EndpointMention | None
) -> Numbers:
    """The numbers of a cell; bare ones take the unit and the measure of the headers."""
    bare = [o for o in contents.others if o.reason is None and o.number is not None and o.operator is None]
    values = [
        *contents.values,
        *(ValueMention(span=o.span, number=o.number, unit=None, rule="table:bare_number") for o in bare),
    ]
    small = [o for o in contents.others if o.reason is None and o.number is not None and o.operator is not None]
    p_values = [
        *contents.p_values,
        *(
            PValueMention(
                span=o.span, p=PValue(raw=o.raw, operator=o.operator, number=o.number, span=o.span), rule="table:bare_p"
            )
            for o in small
            if o.operator is not None and o.number is not None and o.number.value < 1
        ),
    ]
    given = [
        v.model_copy(update={"unit": _unit(v, unit, measure, endpoint)}) for v in sorted(values, key=lambda v: v.span)
    ]
    numbers = read_numbers(contents._replace(values=given, p_values=sorted(p_values, key=lambda p: p.span)))
    if measure is not None and not numbers.effects and not contents.measures:
        for u in numbers.units:
            for reading in u.readings:
                if reading.value.unit in (None, "ratio") or measure.statistic == "difference":
                    reading.measure = measure
                    numbers.effects.append(reading)
        numbers.units = [u for u in numbers.units if all(r.measure is None for r in u.readings)]
    return numbers


def _unit(
    value: ValueMention, unit: str | None, measure: MeasureMention | None, endpoint: EndpointMention | None
) -> str | None:
    if value.unit not in (None, ""):
        return value.unit
    if measure is not None and measure.statistic != "difference":
        return "ratio"
    if unit is not None:
        return unit
    if endpoint is not None and endpoint.family in ("time_to_event", "follow_up"):
        return "months"
    return "%" if endpoint is not None and endpoint.family in ("response", "event") else None


def draft_cell_estimates(
    clause: Clause, units: Sequence[Unit], *, endpoint: EndpointMention | None, unit: str | None, header: str
) -> list[tuple[Draft, Unit]]:
    """Drafts of a cell's estimates: one endpoint from the headers (or from the cell itself), arms in printed order."""
    drafts: list[tuple[Draft, Unit]] = []
    for u in units:
        mention = _own_endpoint(clause.contents, u) or endpoint
        if mention is None:
            continue
        pair = pair_for(clause.contents, clause.arms, clause.book, at=u.span) if len(u.readings) == 2 else None
        for j, reading in enumerate(u.readings):
            draft = _draft(clause, reading, mention, header)
            if reading.value.unit is None and draft.number is not None:
                draft.flags.add("unit_missing")
            if pair is not None:
                draft.take_arm(pair[j])
            else:
                arm, flags = (clause.arms[0], set[str]()) if len(clause.arms) == 1 else default_arm(clause)
                draft.take_arm(clause.book.resolve(arm) if arm is not None else None)
                draft.flags |= flags
            if not fits(mention.family, u):
                draft.flags.add("table_header_unclear")
            drafts.append((draft, u))
    return drafts


def _own_endpoint(contents: Contents, unit: Unit) -> EndpointMention | None:
    before = [e for e in contents.endpoints if e.span.end <= unit.span.start and fits(e.family, unit)]
    return before[-1] if before else None


def _draft(clause: Clause, reading: Reading, mention: EndpointMention, header: str) -> Draft:
    value = reading.value
    draft = Draft(
        "estimate", value.span, number=value.number, unit=value.unit, status=value.status, spread=value.spread
    )
    choice = Choice(mention, "", "before")
    draft.statistic = statistic_of(choice, value, header)
    draft.interval = reading.interval.interval if reading.interval is not None else None
    draft.rules = [value.rule]
    set_endpoint(draft, choice)
    if draft.unit is None:
        draft.unit = (
            "%" if draft.statistic == "rate" else "months" if mention.family in ("time_to_event", "follow_up") else ""
        )
    points = clause.contents.timepoints
    if draft.statistic == "rate" and points:
        draft.timepoint = points[0].text
    return draft
