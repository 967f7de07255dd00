"""Counts of a sentence in, the arm and the population that each is labelled with out."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import regex

from extractors.facts.alignment import align
from extractors.facts.armbook import Arm
from extractors.facts.arms import binds
from extractors.facts.armsubjects import HELD_AGAINST
from extractors.facts.clause import Clause
from extractors.facts.enrolment import OF_WHOM, RANDOMISED, is_whole
from extractors.facts.groups import pair_of_list
from extractors.facts.owned import owned
from extractors.facts.sentence import CONNECTIVE, Contents, brackets_after, brackets_around, listed_by
from extractors.facts.trial.owners import Owner
from schemas.anchor import Span
from schemas.mention import CountMention, EndpointMention

DRAWN = regex.compile(r"\b(?:random|assign|allocat|divided)")
RECIPIENTS = regex.compile(r"^-treated\b|^\s(?:recipients|users|patients)\b")
CONTROLS = regex.compile(r"control (?:patients|participants|subjects)")


class ArmLabel(NamedTuple):
    """The arm a count was labelled with, and how."""

    arm: Arm | None
    way: str


class PopulationLabel(NamedTuple):
    """The population a count was labelled with, and how."""

    name: str
    way: str


def label_counts(clause: Clause, counts: Sequence[CountMention]) -> list[tuple[ArmLabel, PopulationLabel]]:
    """The arm and the population of each count, in order."""
    labelled = _set_apart(clause, counts, _align(clause, counts))
    if clause.book.sides:
        return labelled
    for i, (count, (label, population)) in enumerate(zip(counts, labelled, strict=True)):
        if label.arm is not None and _of_both(clause, count, label.arm):
            labelled[i] = (ArmLabel(None, "none"), population)
    inside = [next((a for a in clause.arms if c.span.holds(a.span) and _received(clause, a)), None) for c in counts]
    return [
        (ArmLabel(arm, "after"), population) if arm is not None else (label, population)
        for arm, (label, population) in zip(inside, labelled, strict=True)
    ]


# "A was better than placebo in 76 patients": everyone's number, whoever was named last.
OF_ALL = regex.compile(r"^\s(?:in|among)\s(?:a total of\s|only\s)?$")
LAST_OF_SENTENCE = regex.compile(r"^[\s.]*$")


def _of_both(clause: Clause, count: CountMention, arm: Arm) -> bool:
    """Whether a number of people is everyone's: behind a comparison, or at the end ("A did not beat B, N = 42.")."""
    contents, start = clause.contents, count.span.start
    if count.rule == "count:n" and LAST_OF_SENTENCE.match(contents.words(count.span.end, contents.span.end)):
        return contents.words(start - 2, start).strip() in (",", ";")
    if arm.span.end > start or not OF_ALL.match(contents.words(arm.span.end, start)):
        return False
    return HELD_AGAINST.search(contents.words(contents.span.start, arm.span.start)) is not None


def _received(clause: Clause, arm: Arm) -> bool:
    """Whether the words of a count say that those counted were given a treatment: "9 osimertinib-treated patients"."""
    told = RECIPIENTS.match(clause.contents.words(arm.span.end, arm.span.end + 14)) is not None
    return told or CONTROLS.fullmatch(clause.contents.words(arm.span.start, arm.span.end)) is not None


# "69 (10%) denosumab patients": between a count and the arm of its people; behind the arm.
SHARE_BETWEEN = regex.compile(r"\s?[(\[][^()\[\]]*%[^()\[\]]*[)\]]\s")
PATIENTS = regex.compile(r"^[-\s](?:treated\s)?(?:patients|recipients|participants|subjects)\b")


def _heads_people(contents: Contents, end: int, arm: Arm) -> bool:
    """Whether an arm stands between the share of a count that ends at `end` and the noun of its people."""
    between = SHARE_BETWEEN.fullmatch(contents.words(end, arm.span.start)) is not None
    return between and PATIENTS.match(contents.words(arm.span.end, arm.span.end + 24)) is not None


def _align(clause: Clause, counts: Sequence[CountMention]) -> list[tuple[ArmLabel, PopulationLabel]]:
    contents, populations, arms = clause.contents, clause.populations, clause.arms
    spans = [c.span for c in counts]
    by_population = align(
        spans,
        [p.span for p in populations],
        follows=lambda v, k: binds(contents, spans[v].end, populations[k].span.start),
        listed=listed_by(contents),
        encloses=lambda k: brackets_after(contents, populations[k].span.end),
        around=lambda k: brackets_around(contents, populations[k].span),
        fill=False,
    )
    by_arm = align(
        spans,
        [a.span for a in arms],
        follows=lambda v, k: (
            binds(contents, spans[v].end, arms[k].span.start) or _heads_people(contents, spans[v].end, arms[k])
        ),
        listed=listed_by(contents) or _listed_in_groups(contents),
        fill=False,
    )
    if clause.book.sides:
        by_side = [owned(clause, s)[0] for s in spans]
        ways = [
            None
            if w is not None and _enrolled(clause, c) and (w.way in ("before", "fill") or _drawn(clause, c, w))
            else w
            for c in counts
            for w in [(clause.owners or {}).get(c.span)]
        ]
        return [
            (
                ArmLabel(arm if w is not None and w.arm is not None else None, w.way if w is not None else "none"),
                PopulationLabel(populations[p.label].label if p.label is not None else "", p.way),
            )
            for arm, w, p in zip(by_side, ways, by_population, strict=True)
        ]
    return [
        (
            ArmLabel(arms[a.label] if a.label is not None else None, a.way),
            PopulationLabel(populations[p.label].label if p.label is not None else "", p.way),
        )
        for a, p in zip(by_arm, by_population, strict=True)
    ]


# "178 and 174 in the X and Y groups".
IN_GROUPS = regex.compile(
    r"\d+\s+and\s+\d+\s+(?:patients\s+|participants\s+)?in\s+the\s+[^.;,()]{3,60}\band\b[^.;,()]{3,60}\b(?:groups|arms)\b"
)


def _listed_in_groups(contents: Contents) -> Callable[[Span, Span], bool] | None:
    """Whether two spans are neighbours in a list, for a sentence that deals two numbers to two groups; else null."""
    if IN_GROUPS.search(contents.text) is None:
        return None
    return lambda a, b: CONNECTIVE.match(contents.words(a.end, b.start)) is not None


def _set_apart(
    clause: Clause, counts: Sequence[CountMention], labelled: list[tuple[ArmLabel, PopulationLabel]]
) -> list[tuple[ArmLabel, PopulationLabel]]:
    """Labels without the population of the list's item before: "239 patients in stage 3, 176 treated with X"."""
    taken: set[str] = set()
    found: list[tuple[ArmLabel, PopulationLabel]] = []
    for i, (arm, population) in enumerate(labelled):
        if population.way == "after":
            taken.add(population.name)
        before = clause.contents.words(counts[i].span.start - 30, counts[i].span.start)
        stale = (
            population.way == "before"
            and population.name in taken
            and arm.way == "after"
            and not OF_WHOM.search(before)
        )
        found.append((arm, PopulationLabel("", "none") if stale else population))
    return found


def list_arms(
    clause: Clause,
    counts: Sequence[CountMention],
    outcomes: Sequence[EndpointMention | None],
    labelled: Sequence[tuple[ArmLabel, PopulationLabel]],
) -> dict[int, Arm]:
    """Arms of neighbouring counts that a list gives in order of arms named before ("in 334 and 392 patients")."""
    found: dict[int, Arm] = {}
    for i in range(len(counts) - 1):
        free = all(arm.way not in ("zip", "after") for arm, _ in labelled[i : i + 2])
        if outcomes[i] is not None and outcomes[i] is outcomes[i + 1] and free and i not in found:
            pair = pair_of_list(clause.contents, counts[i].span, counts[i + 1].span, clause.arms, clause.book)
            if pair is not None:
                found[i], found[i + 1] = pair
    return found


def _drawn(clause: Clause, count: CountMention, owner: Owner) -> bool:
    """Whether people were drawn to groups who all got the treatment behind them: "218 patients given X were drawn"."""
    if owner.way != "after" or owner.arm is None or owner.arm.span.start < count.span.end:
        return False
    between = clause.contents.words(count.span.end, owner.arm.span.start)
    behind = clause.contents.words(owner.arm.span.end, clause.contents.span.end)
    return DRAWN.search(between) is None and RANDOMISED.match(behind) is not None


def _enrolled(clause: Clause, count: CountMention) -> bool:
    """Whether a count of people in running text is a study's total."""
    people = count.rule.startswith("count:people") and brackets_around(clause.contents, count.span) is None
    return people and is_whole(clause, count)
