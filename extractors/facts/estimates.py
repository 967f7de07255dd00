"""A sentence's units in its scope in, drafts of estimates out: endpoint, arm, population and timepoint of each."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex

from extractors.facts.alignment import align
from extractors.facts.armbook import Arm
from extractors.facts.armruns import deal_to_tried, oppose_groups, share_backwards, share_run
from extractors.facts.arms import binds, heads
from extractors.facts.armsubjects import subject_arm
from extractors.facts.baselines import BASELINE, is_baseline
from extractors.facts.changes import is_unsaid_mean, shared_statistic, statistic_of_change
from extractors.facts.choices import Choice
from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from extractors.facts.endpoints import choose_endpoints
from extractors.facts.groups import arms_of_run, dealt_to_two, pair_for, pair_of_list
from extractors.facts.landmarks import find_landmarks, timepoint_of
from extractors.facts.namings import ACCURACY
from extractors.facts.owned import of_both, owned, said_of_arm
from extractors.facts.populations import label_populations
from extractors.facts.quantities import quantity
from extractors.facts.sentence import BRACKETED, Contents, blank_brackets, brackets_after, brackets_around, listed_by
from extractors.facts.summaries import CHANGED, statistic_of
from extractors.facts.trial.outcomes import outcome_words
from extractors.facts.values import Reading, Unit
from schemas.anchor import Span


def draft_estimates(clause: Clause, units: Sequence[Unit]) -> list[tuple[Draft, Unit]]:
    """Drafts of all estimates, each with the unit it came from."""
    contents = clause.contents
    memory = clause.memory
    choices = choose_endpoints(
        contents, units, carried=memory.endpoint, usual=memory.usual, measured=memory.measured, told=memory.told
    )
    memory.told = tuple({c.mention.code: c.mention for c in choices if c.mention is not None}.values()) or memory.told
    arms = _arms(clause, units, choices)
    populations = label_populations(clause, units)
    timepoints = find_landmarks(clause, units)
    drafts: list[tuple[Draft, Unit]] = []
    told = ""
    for i, unit in enumerate(units):
        for j, reading in enumerate(unit.readings):
            draft = _draft(clause, reading, choices[i], unit)
            if clause.book.sides and arms[i][j][0] is not None and is_unsaid_mean(contents, draft, choices[i]):
                draft.statistic = "mean"
                draft.flags.add("statistic_unclear")
            if drafts and draft.statistic == "other" and _goes_on(drafts[-1][0], draft, choices[i]):
                draft.statistic = drafts[-1][0].statistic
            if drafts and clause.book.sides:
                draft.statistic = shared_statistic(contents, drafts[-1][0], draft) or draft.statistic
            arm, flags = arms[i][j]
            draft.take_arm(arm)
            draft.flags |= flags
            if clause.book.sides and not draft.endpoint:
                told = outcome_words(contents, unit.span, before=told)
                draft.endpoint = draft.endpoint_text = told
                draft.flags -= {"no_endpoint"}
                draft.flags.add("endpoint_as_printed")
            elif draft.endpoint and choices[i].way == "subject":
                told = draft.endpoint
            mention = choices[i].mention
            draft.population = "" if _follows_all(clause, unit, choices[i], populations[i]) else populations[i]
            timed = quantity(reading.value) == "time"
            measured = (mention is None and not timed) or (mention is not None and mention.family == "continuous")
            if draft.statistic == "rate" or (measured and draft.statistic in ("mean", "median", "other")):
                draft.timepoint = timepoint_of(clause, choices[i], timepoints[i])
                if is_baseline(contents, reading.span, measured=measured and mention is not None):
                    draft.timepoint = BASELINE
            drafts += [(d, unit) for d in of_both(clause, draft)]
        if choices[i].mention is not None:
            clause.memory.endpoint = choices[i].mention
    return drafts


def _goes_on(before: Draft, draft: Draft, choice: Choice) -> bool:
    """Whether a value is of the outcome and in the unit of a mean or median before it: the word is said once."""
    same = (
        before.endpoint == draft.endpoint and before.endpoint_text == draft.endpoint_text and before.unit == draft.unit
    )
    measured = choice.mention is None or choice.mention.family == "continuous"
    return same and measured and before.statistic in ("mean", "median") and bool(draft.endpoint)


def _over_all_arms(choice: Choice) -> bool:
    """Whether a value is the whole study's by nature: its follow-up, unless an arm is bound to it."""
    return choice.mention is not None and choice.mention.family == "follow_up"


def _follows_all(clause: Clause, unit: Unit, choice: Choice, population: str) -> bool:
    """Whether a follow-up is everyone's: the group it would have is named behind it, with a result of its own."""
    named = [p for p in clause.populations if population.startswith(p.label) and p.label]
    return _over_all_arms(choice) and bool(named) and all(p.span.start > unit.span.end for p in named)


def _draft(clause: Clause, reading: Reading, choice: Choice, unit: Unit) -> Draft:
    value = reading.value
    # In a report of one trial "mean" is said once for a list of measures.
    spread = getattr(value, "spread", None) is not None or reading.interval is not None
    far = bool(clause.book.sides) and (quantity(value) != "share" or spread)
    led = clause.contents.words(clause.contents.span.start, unit.span.start)
    far = far or (bool(clause.book.sides) and CHANGED.search(led) is not None)
    before = led if far else led[-60:]
    draft = Draft(
        "estimate",
        value.span,
        number=value.number,
        unit=value.unit,
        status=value.status,
        spread=getattr(value, "spread", None),
    )
    draft.statistic = statistic_of_change(clause, choice, value) or statistic_of(choice, value, before)
    draft.interval = reading.interval.interval if reading.interval is not None else None
    draft.rules = [value.rule, *([reading.interval.rule] if reading.interval is not None else [])]
    set_endpoint(draft, choice)
    if (part := clause.parts.get(value.span)) is not None:
        draft.events, draft.n = part.number, part.of
        draft.rules.append(part.rule)
    if value.number is None and draft.unit is None:
        draft.unit = "%" if draft.statistic == "rate" else "months"
    return draft


def set_endpoint(draft: Draft, choice: Choice) -> None:
    """Write a choice of endpoint into a draft, with a flag where it was not plain."""
    if choice.mention is not None:
        draft.endpoint, draft.endpoint_text, draft.site = choice.mention.code, choice.mention.text, choice.mention.site
        draft.rules.append(choice.mention.rule)
        if choice.mention.code == "AE":
            draft.event = choice.mention.text
    else:
        draft.endpoint, draft.endpoint_text = choice.phrase, choice.phrase
        draft.rules.append("endpoint:as_printed")
    if choice.way in ("carried", "distance", "phrase", "subject", "none"):
        draft.flags.add(
            {
                "carried": "endpoint_carried",
                "distance": "endpoint_by_distance",
                "phrase": "endpoint_as_printed",
                "subject": "endpoint_as_printed",
                "none": "no_endpoint",
            }[choice.way]
        )


def _arms(clause: Clause, units: Sequence[Unit], choices: Sequence[Choice]) -> list[list[tuple[Arm | None, set[str]]]]:
    """For each unit, an arm and its flags for each reading."""
    if clause.book.sides:
        return [
            [(None, set())]
            if _over_all_arms(c) and not _said_of_arm(clause, u)
            else [owned(clause, r.span) for r in u.readings]
            for u, c in zip(units, choices, strict=True)
        ]
    contents, arms = clause.contents, clause.arms
    singles = [u for u in units if not u.contrast]
    lone = [u.span for u in singles]
    labelled = align(
        lone,
        [a.span for a in arms],
        listed=listed_by(clause.contents) or dealt_to_two(contents, arms),
        follows=lambda v, k: (
            (
                binds(contents, _with_outcome(contents, lone[v]), arms[k].span.start)
                and not heads(contents, arms[k].span)
            )
            or _in_brackets(contents, lone[v], arms[k].span)
        ),
        encloses=lambda k: brackets_after(contents, arms[k].span.end),
        around=lambda k: brackets_around(contents, arms[k].span),
        apart=lambda a, b: CONTRAST.search(contents.words(a.end, b.start)) is not None,
    )
    chosen = {
        id(u): (arms[lab.label] if lab.label is not None else None, lab.way)
        for u, lab in zip(singles, labelled, strict=True)
    }
    share_backwards(clause, singles, chosen)
    share_run(clause, singles, chosen)
    oppose_groups(clause, singles, chosen)
    deal_to_tried(clause, singles, chosen)
    result: list[list[tuple[Arm | None, set[str]]]] = []
    listed = _listed_arms(clause, units, choices, {key: way for key, (_, way) in chosen.items()})
    for unit in units:
        if id(unit) in listed:
            result.append([(listed[id(unit)], set())])
            continue
        if unit.contrast:
            result.append(_contrast_arms(clause, unit, choices[units.index(unit)]))
            continue
        arm, way = chosen[id(unit)]
        arm = subject_arm(clause, unit.span, arm) if way in ("before", "fill") else arm
        if way == "fill" and arm is not None and _in_next_clause(contents, unit.span, arm.span):
            arm = None
        if way == "unsaid":
            result.append([(None, {"arm_ambiguous"})])
            continue
        beside = _set_beside(clause, unit)
        if beside is not None and way != "after":
            result.append([(beside, {"arm_by_contrast"})])
            continue
        if (
            clause.book.pair is not None
            and _is_loose(clause, unit, arm, way)
            and _over_all_arms(choices[units.index(unit)])
        ):
            result.append([(None, set())])
            continue
        if arm is None and len(clause.book.arms) != 1 and _over_all_arms(choices[units.index(unit)]):
            result.append([(None, set())])
            continue
        if arm is not None:
            full = clause.book.resolve(arm)
            result.append([(full, {"arm_by_contrast"} if way == "opposed" else set())])
            clause.memory.arm = full
        else:
            other = _other_arm(clause)
            group = _only_group(clause) if other is None else None
            if group is not None:
                result.append([(group, set())])
            else:
                mention = choices[units.index(unit)].mention
                tested = mention is not None and mention.code in ACCURACY  # a test's, whatever drug was last told of
                usual = (None, {"arm_ambiguous"}) if tested else default_arm(clause)
                result.append([(other, {"arm_by_contrast"}) if other is not None else usual])
    return result


def _in_next_clause(contents: Contents, value: Span, arm: Span) -> bool:
    """Whether a semicolon parts a value from the arm behind it ("the rate was 38%; X alone yielded 3%")."""
    return value.end < arm.start and ";" in blank_brackets(contents.words(value.end, arm.start))


def _only_group(clause: Clause) -> Arm | None:
    """The one arm a sentence speaks of, where it calls it a group: "rash and fever were commonest in the X arm"."""
    named = {a.name: a for a in map(clause.book.resolve, clause.arms) if a.name}
    return next(iter(named.values())) if len(named) == 1 and all(a.grouped for a in clause.arms) else None


def _with_outcome(contents: Contents, value: Span) -> int:
    """Where a value ends, its own outcome right behind it with it: "30% partial response" with B."""
    behind = (e.span.end for e in contents.endpoints if contents.words(value.end, e.span.start).strip(" %") == "")
    return next((end for end in behind if end > value.end), value.end)


def _in_brackets(contents: Contents, value: Span, arm: Span) -> bool:
    """Whether brackets right behind a value hold nothing but an arm: "40.5% (A), 5.3% (placebo)"."""
    after = contents.words(arm.end, arm.end + 1)
    return contents.words(value.end, arm.start).strip() in ("(", "[") and after in (")", "]")


def _set_beside(clause: Clause, unit: Unit) -> Arm | None:
    """The arm of a value whose other side stands in brackets right behind it: "dizziness, 16% (placebo, 6%)"."""
    pair = clause.book.pair
    for arm in clause.arms if pair is not None else ():
        opened = clause.contents.words(unit.span.end, arm.span.start).strip() in ("(", "[")
        value = AFTER_ARM.match(clause.contents.words(arm.span.end, arm.span.end + 20))
        if pair is not None and opened and value and clause.book.resolve(arm).name == pair[1].name:
            return pair[0]
    return None


def _is_loose(clause: Clause, unit: Unit, arm: Arm | None, way: str) -> bool:
    """Whether an arm only stands in the sentence of a value, with other numbers between them."""
    if way in ("before", "fill") or arm is None:
        return True
    return way == "after" and regex.search(r"\d", clause.contents.words(unit.span.end, arm.span.start)) is not None


def _listed_arms(
    clause: Clause, units: Sequence[Unit], choices: Sequence[Choice], ways: Mapping[int, str]
) -> dict[int, Arm]:
    """Arms of neighbouring values that a list gives in order of arms named before: "were 84% and 73%"."""
    found: dict[int, Arm] = {}
    for run in _runs(clause, units, choices, ways):
        bound = ways.get(id(run[-1]), "zip") == "after"
        dealt = arms_of_run(clause.contents, [u.span for u in run], clause.arms, clause.book, bound=bound)
        if not dealt and not bound and len(clause.memory.listed) == len(run):
            dealt = list(clause.memory.listed)  # "In the second trial these values were 87%, 84%, 53% and 7%"
        found |= {id(u): arm for u, arm in zip(run, dealt, strict=False)}
    for (a, chosen_a), (b, chosen_b) in pairwise(zip(units, choices, strict=True)):
        alike = chosen_a.mention is chosen_b.mention and chosen_a.phrase == chosen_b.phrase
        free = all(ways.get(id(u), "zip") not in ("zip", "after") and not u.contrast for u in (a, b))
        same = a.readings[0].value.unit == b.readings[0].value.unit
        if alike and free and same and id(a) not in found and not _dealt_otherwise(clause, a, b):
            pair = pair_of_list(clause.contents, a.span, b.span, clause.arms, clause.book)
            if pair is not None:
                found[id(a)], found[id(b)] = pair
    return found


def _dealt_otherwise(clause: Clause, first: Unit, second: Unit) -> bool:
    """Whether two values are those of two populations or times: named behind the first, or listed before both."""
    kinds = ([p.span for p in clause.populations], [t.span for t in clause.contents.timepoints])
    listed = any(c.role == "respectively" for c in clause.contents.cues)
    for spans in kinds:
        behind = [s for s in spans if first.span.start <= s.start < second.span.end + REACH]
        before = [s for s in spans if s.end <= first.span.start]
        if behind or (listed and len(before) > 1):
            return True
    return False


def _runs(
    clause: Clause, units: Sequence[Unit], choices: Sequence[Choice], ways: Mapping[int, str]
) -> list[list[Unit]]:
    """Three or more like values of one endpoint in a row, none of them bound to an arm but the last."""
    runs: list[list[Unit]] = []
    last: Unit | None = None
    for i, unit in enumerate(units):
        way = ways.get(id(unit), "zip")
        if way == "zip" or unit.contrast:
            last = None
            continue
        same = (
            last is not None
            and choices[i].mention is choices[i - 1].mention
            and choices[i].phrase == choices[i - 1].phrase
            and last.readings[0].value.unit == unit.readings[0].value.unit
            and SERIES.match(BRACKETED.sub(" ", clause.contents.words(last.span.end, unit.span.start)))
        )
        if same:
            runs[-1].append(unit)
        else:
            runs.append([unit])
        last = unit if way != "after" else None
    return [run for run in runs if len(run) > 2]


def _said_of_arm(clause: Clause, unit: Unit) -> bool:
    """Whether an arm stands right beside a value, or several are dealt out to its list."""
    return unit.contrast or said_of_arm(clause, unit.span) is not None


def _other_arm(clause: Clause) -> Arm | None:
    """The arm that a sentence leaves unsaid: the study's other one ("better than X (4.2)")."""
    if clause.book.pair is None or not THAN.search(clause.contents.text):
        return None
    named = {clause.book.resolve(a).name for a in clause.arms}
    others = [a for a in clause.book.pair if a.name not in named]
    return others[0] if len(named) == 1 and len(others) == 1 else None


def default_arm(clause: Clause) -> tuple[Arm | None, set[str]]:
    """The arm of a value whose sentence names none: the study's only one, or the one last spoken of."""
    last, pair = clause.memory.arm, clause.book.pair
    if last is not None:
        tried = pair is not None and last.active == 0 and last.name == pair[1].name
        return (pair[0] if tried and pair is not None else last), {"arm_carried"}
    known = list(clause.book.arms.values())
    if len(known) == 1 and not (known[0].role == "control" and not known[0].active):
        return known[0], set()
    if len(known) == 1:
        return None, {"arm_ambiguous"}  # "the cost of usual care": a control alone is nobody's treatment
    if not known and clause.book.heading is not None:
        return clause.book.heading, {"arm_from_heading"}
    if clause.book.pair is not None:
        return None, {"arm_ambiguous"}
    return clause.book.commonest(), {"arm_ambiguous"}


def _contrast_arms(clause: Clause, unit: Unit, choice: Choice) -> list[tuple[Arm | None, set[str]]]:
    if unit.from_to and choice.mention is not None and choice.mention.family == "continuous":
        before = [a for a in clause.arms if a.span.end <= unit.span.start]
        near = [a for a in clause.arms if binds(clause.contents, unit.span.end, a.span.start)] or before[-1:]
        return [(clause.book.resolve(near[0]), set()) if near else default_arm(clause)] * 2  # one arm over time
    if len(unit.readings) == 2:
        pair = pair_for(clause.contents, clause.arms, clause.book, at=unit.span)
        if pair is not None:
            first, second = pair
            if unit.from_to and first.role == "experimental" and second.role == "control":
                first, second = second, first
            return [(first, set()), (second, set())]
    if len(unit.readings) > 2 and not unit.from_to:  # "40% vs 28% vs 15%": a list as with "and"
        places = [r.span for r in unit.readings]
        dealt = arms_of_run(clause.contents, places, clause.arms, clause.book, bound=False)
        if not dealt and len(clause.memory.listed) == len(places):
            dealt = list(clause.memory.listed)
        if dealt:
            return [(arm, set()) for arm in dealt]
    distinct = [clause.book.resolve(a) for a in clause.arms]
    tried = [a for a in distinct or clause.book.arms.values() if a.role != "control" and a.drugs and not a.broad]
    if len(unit.readings) == 2 and not unit.from_to and len({a.name for a in tried}) == 1 and len(distinct) < 2:
        return [(tried[0], set()), (UNSAID, {"arm_ambiguous"})]  # "X reduced it (12% vs 13%)"
    if len(distinct) >= len(unit.readings):
        return [(a, {"arm_ambiguous"}) for a in distinct[: len(unit.readings)]]
    return [(None, {"arm_ambiguous"})] * len(unit.readings)


SERIES = regex.compile(r"^[\s%]*(?:months|weeks|years|days)?\s*(?:,|and|,\s*and|vs\.?|versus|against|/)\s*$")
AFTER_ARM = regex.compile(r"^\s?[,:]?\s?[\d.]+\s?%?[)\],;]")
# What a treatment is set against where the text does not say.
UNSAID = Arm(span=Span(0, 0), drugs=("control",), role="control", rules=("arm:unsaid",))
REACH = 60  # characters behind a value in which its own population stands
CONTRAST = regex.compile(r"\b(?:compared (?:with|to)|whereas|while|versus)\b")
THAN = regex.compile(r"\b(?:than|compared (?:with|to)|versus|vs)\b")
