"""One table cell under its headers in, drafts of its results out."""

from collections.abc import Sequence

import regex

from extractors.facts.armbook import Arm
from extractors.facts.armcells import side_words
from extractors.facts.cellforms import ONE_AND_SPREAD, read_opening, split_p, split_per, split_share, split_spread
from extractors.facts.choices import Choice, fits
from extractors.facts.clause import Clause, Memory
from extractors.facts.columns import SHARES, Meaning
from extractors.facts.comparisons import draft_comparisons
from extractors.facts.differences import is_difference
from extractors.facts.draft import Draft
from extractors.facts.estimates import default_arm, set_endpoint
from extractors.facts.groups import pair_for
from extractors.facts.outcomes import FLAGS, MEASURED, choose_outcome
from extractors.facts.rows import Frame, Row
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from extractors.facts.studybook import REVIEW
from extractors.facts.summaries import statistic_of
from extractors.facts.tablecounts import draft_parts, draft_sizes, side_named
from extractors.facts.values import STANDARDISED, Numbers, Reading, Unit, read_numbers
from extractors.facts.wordcells import DESIGN, FACTORS, NOTHING, draft_design, draft_factors, draft_told
from schemas.evidence import Status
from schemas.mention import CountMention, EndpointMention, MeasureMention, PValueMention, ValueMention
from schemas.number import PValue

# From an arm to a value of its own in a cell.
BESIDE = regex.compile(r"\s*[:=,]?\s*")


def _of_result(column: Meaning) -> bool:
    """Whether a column holds the values of outcomes that another column names."""
    if column.role in ("arm", "people", "other") and not column.unit:
        return False
    return bool(column.endpoint or column.measure or column.unit or column.arms or RESULT.search(column.text))


GRADE = regex.compile(r"\bgrades? ?(?:[≥>]=?\s?)?\d(?:\s?[-–/]\s?\d| or (?:higher|worse|above))?", regex.IGNORECASE)
# What is measured at a time, not until an event.
TIMED = ("rate", "mean", "count", "other")
# The rule of an outcome that a cell names itself: what stands behind it is of the same.
SAID = "table:said"
# "Weight change, %": a change in per cent is no share of people.
CHANGE = regex.compile(r"\bchanges?\b(?!.*\b(?:patients|with|achiev\w+)\b)", regex.IGNORECASE)
SAMPLE = regex.compile(r"sample size|participants|patients|subjects|enrol|randomi[sz]ed", regex.IGNORECASE)
# Headers of columns that hold the value of an outcome named in another column.
RESULT = regex.compile(
    r"results?|findings?|effects?|estimates?|values?|rates?|change|difference|experimental|intervention|treatment"
    r"|control|placebo",
    regex.IGNORECASE,
)
# "74.6% (no prior RT)": whom a value in a cell is about.
QUALIFIER = regex.compile(r"^\s*%?\s*\((?P<words>[^()\d±%]{3,40})\)")


# A value with its unit: "40 wk", "8.4 months", "61%".
VALUE = regex.compile(r"^\W*\d[\d.,]*\s?(?:%|(?:months?|weeks?|days?|years?|mo|wk|yr)s?)\W*$")


def draft_cell(
    contents: Contents,
    row: Row,
    column: Meaning,
    frame: Frame,
    *,
    shared: bool = False,
    before: EndpointMention | None = None,
) -> list[Draft]:
    """Drafts of one cell, by what its column and row mean.

    A `shared` one stands in several rows; `before` is the outcome of the cell before it, in its own words.
    """
    if column.role == "baseline" and DESIGN.search(column.text):
        return draft_design(contents)
    if {"baseline", "times"} & {column.role, row.meaning.role}:
        return []
    if column.role == "part":
        return draft_parts(contents, row, column)
    if "studies" in (column.role, row.meaning.role):
        return [d for d in draft_sizes(contents, row, column, shared) if _synthesis(row)]
    own = row.meaning.endpoint if not row.outcome_told and not SAMPLE.search(column.text) else None
    if "size" in (column.role, row.meaning.role) and not (column.endpoint or own):
        return draft_sizes(contents, row, column, shared)
    if row.outcome_told and column.role != "side" and not _of_result(column):
        return []
    measure = column.measure or row.meaning.measure
    unit = column.unit or row.meaning.unit
    measured = MEASURED.search(column.text) is not None and unit != "%"
    own_words, own_time = read_opening(contents, family="continuous" if measured else "event")
    landmark = own_time or column.timepoint or row.timepoint
    parted = any(c.of is not None for c in contents.counts)
    resulting = measure is not None or unit is not None or measured or parted
    resulting = resulting or (column.role == "arms" and VALUE.match(contents.text) is not None)
    endpoint, found = choose_outcome(row, column, frame, resulting=resulting)
    if own_words is not None and found != "header" and (resulting or RESULT.search(column.text)):
        endpoint, found = own_words, "label"
    elif before is not None and measure is not None and found != "header":
        endpoint, found = before, "beside"
    if frame.outcome is not None and endpoint is not None and endpoint.code in SHARES:
        endpoint = frame.outcome  # "Incidence": of what the caption or the title says
    if frame.outcome is not None and FACTORS.search(column.text):
        return draft_factors(contents, row, frame.outcome)
    if endpoint is None:
        return draft_told(contents, row, frame)
    if NOTHING.match(contents.text) and endpoint.family in ("event", "other") and column.role != "endpoint":
        return []
    arms = column.arms if column.arms and column.endpoint is None else row.arms
    side = _side(column, row)
    clause = Clause(
        contents,
        Scope(row.study, row.refs, carried=False),
        [side] if side is not None else list(arms),
        list(contents.populations),
        row.book,
        Memory(endpoint=endpoint),
    )
    clause.parts = {v.span: c for c in contents.counts if (v := _share_behind(contents, c)) is not None}
    counts = [c for c in contents.counts if c not in clause.parts.values()]
    headed = f"{row.meaning.text} {column.text}"
    contents = split_share(clause, contents._replace(counts=counts), headed)
    contents = split_per(split_p(split_spread(contents, headed, endpoint), column.text))
    if unit is None and landmark is not None and endpoint.family == "time_to_event":
        unit = "%"  # survival at a time is a share, not a time
    contents = with_missing(contents, frame.unreached)
    numbers = cell_numbers(contents, unit=unit, measure=measure, endpoint=endpoint)
    differences = [u for u in numbers.units if is_difference(clause, u)]
    lone = [u for u in numbers.units if u not in differences]
    estimates = draft_cell_estimates(clause, lone, endpoint=endpoint, header=column.text)
    effects = draft_comparisons(clause, numbers, estimates, differences)
    # A dash under a measure of effect says that nobody compared.
    drafts = [d for d, _ in estimates] + [d for d in _with_p(effects) if d.number is not None or d.statistic == "p"]
    for draft in drafts:
        if endpoint is own_words:
            draft.rules.append(SAID)
        _name_comparator(draft, row, column)
        grade = GRADE.search(column.text)
        if draft.endpoint == "AE" and draft.event and grade is not None and grade[0].casefold() not in draft.event:
            draft.event = f"{draft.event} {' '.join(grade[0].casefold().split())}"
        if draft.statistic == "other" and ONE_AND_SPREAD.match(contents.text):
            draft.statistic = "mean"
        if draft.kind == "estimate" and draft.statistic == "rate" and CHANGE.search(column.text):
            draft.statistic = "mean"
        if draft.kind == "estimate" and draft.timepoint is None and draft.statistic in TIMED:
            draft.timepoint = landmark or frame.timepoint
        elif draft.kind == "comparison" and landmark is not None and draft.timepoint is None:
            draft.timepoint = landmark
        if draft.kind == "comparison" and _own_endpoint(contents, Unit([_reading(draft)])) is None:
            draft.endpoint, draft.endpoint_text, draft.site = endpoint.code, endpoint.text, endpoint.site
            draft.flags -= {"endpoint_carried", "endpoint_by_distance", "endpoint_as_printed", "no_endpoint"}
        draft.population = draft.population or row.population or (row.group if found != "label" else "")
        if found in FLAGS:
            draft.flags.add(FLAGS[found])
    return drafts


def _with_p(effects: Sequence[Draft]) -> list[Draft]:
    """The comparisons of a cell; the one p-value that stands beside its one effect is that effect's."""
    tests = [d for d in effects if d.statistic == "p"]
    others = [d for d in effects if d.statistic != "p"]
    if len(tests) == 1 and len(others) == 1 and others[0].p is None and others[0].number is not None:
        others[0].p = tests[0].p
        return others
    return list(effects)


# "Rate ratio vs background (95% CI)": what the header compares with.
AGAINST = regex.compile(
    r"\b(?:vs\.?|versus|compared (?:with|to)|relative to)\s+(?P<what>[^(),;|]{2,40})", regex.IGNORECASE
)


def _name_comparator(draft: Draft, row: Row, column: Meaning) -> None:
    """Write the sides of a comparison that headers name: the one after "vs", the only arm of the other header."""
    if draft.kind != "comparison":
        return
    for said, other in ((row.meaning, column), (column, row.meaning)):
        match = AGAINST.search(said.text)
        if match is None:
            continue
        reference = [a for a in said.arms if match["what"].strip() in said.text and a.name]
        sides = [a for a in other.arms if a.name]
        if len(sides) == 1 and (not reference or reference[-1].name != sides[0].name):
            draft.take_arm(sides[0])
            draft.comparator = reference[-1].name if reference else " ".join(match["what"].split())
            draft.flags.discard("arm_ambiguous")
            return


def draft_p_cell(contents: Contents, row: Row, drafts: Sequence[Draft]) -> list[Draft]:
    """A cell of a column of p-values: it belongs to the row's effect, or is a comparison of its own."""
    values = [p.p for p in _p_values(contents)]
    values += [
        PValue(raw=o.raw, operator="=", number=o.number, span=o.span)
        for o in contents.others
        if o.reason is None and o.number is not None and o.operator is None and o.number.value <= 1
    ]
    values.sort(key=lambda p: p.span or contents.span)
    effects = [d for d in drafts if d.kind == "comparison" and d.statistic != "p"]
    for p, effect in zip(values, effects, strict=False):
        if effect.p is None:
            effect.p = p
    drafts = [d for d in drafts if d.endpoint]
    endpoint = row.meaning.endpoint or (drafts[0].endpoint if drafts else None)
    if effects or not values or endpoint is None:
        return []
    draft = Draft("comparison", values[0].span or contents.span, statistic="p", rules=["table:p"], p=values[0])
    if isinstance(endpoint, EndpointMention):
        set_endpoint(draft, Choice(endpoint, "", "before"))
    else:
        draft.endpoint, draft.endpoint_text = drafts[0].endpoint, drafts[0].endpoint_text
    if drafts and len({d.timepoint for d in drafts}) == 1:
        draft.timepoint = drafts[0].timepoint
    if row.book.pair is not None:
        draft.take_arm(row.book.pair[0])
        draft.comparator = row.book.pair[1].name
    else:
        draft.flags.add("arm_ambiguous")
    return [draft]


def _share_behind(contents: Contents, count: CountMention) -> ValueMention | None:
    """The percentage in brackets right behind a count ("4/60 (6.7%)"): both are one result."""
    behind = (v for v in contents.values if v.unit == "%" and v.span.start >= count.span.end)
    share = next(behind, None)
    between = contents.words(count.span.end, share.span.start) if share is not None else "-"
    return share if between.strip() in ("(", "[", ",") else None


def _synthesis(row: Row) -> bool:
    return row.study is not None and row.study.key == REVIEW


def _side(column: Meaning, row: Row) -> Arm | None:
    """The side of the row's comparison that a column is of, by its header."""
    if column.arms:
        return None
    words = column.side or (column.text if column.endpoint is None else side_words(column))
    return side_named(words, row)


def _p_values(contents: Contents) -> list[PValueMention]:
    found = list(contents.p_values)
    for o in contents.others:
        if o.reason is None and o.number is not None and o.operator is not None and o.number.value < 1:
            p = PValue(raw=o.raw, operator=o.operator, number=o.number, span=o.span)
            found.append(PValueMention(span=o.span, p=p, rule="table:bare_p"))
    return sorted(found, key=lambda p: p.span)


def with_missing(contents: Contents, unreached: Status | None) -> Contents:
    """A cell with "NR" as a value that is missing, by what the table's notes say it means ("NR vs 7.7")."""
    said = [c.span for c in contents.cues if c.role == "not_reached"]
    status: Status = unreached or "not reached"
    values = [
        v.model_copy(update={"status": status}) if v.number is None and contents.words(*v.span) == "NR" else v
        for v in contents.values
    ]
    lost = [span for span in said if not any(v.span.overlaps(span) for v in values)]
    added = [ValueMention(span=s, number=None, unit=None, status=status, rule="status:cell") for s in lost]
    inside = [m.span for m in contents.intervals]
    return contents._replace(values=[*values, *(v for v in added if not any(i.holds(v.span) for i in inside))])


def cell_numbers(
    contents: Contents, *, unit: str | None, measure: MeasureMention | None, endpoint: EndpointMention | None
) -> Numbers:
    """The numbers of a cell; bare ones take the unit and the measure of the headers."""
    bare = [o for o in contents.others if o.reason is None and o.number is not None and o.operator is None]
    values = [
        *contents.values,
        *(ValueMention(span=o.span, number=o.number, unit=None, rule="table:bare_number") for o in bare),
        *(ValueMention(span=c.span, number=c.number, unit="patients", rule=c.rule) for c in contents.counts),
    ]
    given = [
        v.model_copy(update={"unit": _unit(v, unit, measure, endpoint)}) for v in sorted(values, key=lambda v: v.span)
    ]
    numbers = read_numbers(contents._replace(values=given, p_values=_p_values(contents)))
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
    if measure is not None and measure.rule == STANDARDISED:
        return None
    if unit is not None:
        return unit
    if endpoint is not None and endpoint.family in ("time_to_event", "follow_up"):
        return "months"
    if value.number is not None and abs(value.number.value) > 100:
        return None
    return "%" if endpoint is not None and endpoint.family in ("response", "event") else None


def draft_cell_estimates(
    clause: Clause, units: Sequence[Unit], *, endpoint: EndpointMention, header: str
) -> list[tuple[Draft, Unit]]:
    """Drafts of a cell's estimates: one endpoint from the headers (or the cell itself), arms in printed order."""
    drafts: list[tuple[Draft, Unit]] = []
    for u in units:
        mention = _own_endpoint(clause.contents, u) or endpoint
        pair = pair_for(clause.contents, clause.arms, clause.book, at=u.span) if len(u.readings) == 2 else None
        for j, reading in enumerate(u.readings):
            draft = _draft(clause, reading, mention, header)
            if pair is not None:
                draft.take_arm(pair[j])
            elif mention.family != "follow_up":
                own = clause.arms[0] if len(clause.arms) == 1 else _beside(clause, u)
                arm, flags = (own, set[str]()) if own is not None else default_arm(clause)
                draft.take_arm(clause.book.resolve(arm) if arm is not None else None)
                draft.flags |= flags
            if not fits(mention.family, u):
                draft.flags.add("table_header_unclear")
            drafts.append((draft, u))
    return drafts


def _beside(clause: Clause, unit: Unit) -> Arm | None:
    """The arm of several that stands right before a cell's value: "A: 13% vs. B 64%"."""
    before = [a for a in clause.arms if a.span.end <= unit.span.start]
    if not before or BESIDE.fullmatch(clause.contents.words(before[-1].span.end, unit.span.start)) is None:
        return None
    return before[-1]


def _reading(draft: Draft) -> Reading:
    return Reading(ValueMention(span=draft.place, number=draft.number, unit=draft.unit, rule=""))


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
    if (part := clause.parts.get(value.span)) is not None:
        draft.events, draft.n = part.number, part.of
        draft.rules.append(part.rule)
    set_endpoint(draft, choice)
    if draft.unit is None:
        timed = mention.family in ("time_to_event", "follow_up")
        draft.unit = "%" if draft.statistic == "rate" else "months" if timed else ""
        if value.number is not None:
            draft.flags.add("unit_missing")
    points = clause.contents.timepoints
    if draft.statistic == "rate" and points:
        draft.timepoint = points[0].text
    match = QUALIFIER.match(clause.contents.words(value.span.end, clause.contents.span.end))
    if match is not None and not regex.search(r"\bCI\b|range|months|years", match["words"]):
        draft.population = " ".join(match["words"].split())
    return draft
