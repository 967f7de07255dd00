"""Results of one study in; findings on numbers that are printed under two endpoints, sites or statistics out.

Method: a number that stands in two places for one group is one result, so that its labels should be one. Two endpoints
may have one value by chance: only their site may differ for a bare value (of two digits or more); where endpoint or
statistic differ, both bounds of an interval, or the values of two arms, have to come back as well.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.checks.case import Case, Findings
from extractors.checks.places import Result, results_by_study
from schemas.finding import Finding

Pair = tuple[Result, Result]
ARMS = 2
CODE = re.compile(r"[a-z]{0,2}[A-Z]{2,5}")


def check_labels(case: Case) -> Findings:
    """One finding for each pair of labels that a study's numbers bear."""
    for results in results_by_study(case).values():
        groups: dict[tuple[str, ...], list[Pair]] = defaultdict(list)
        for one, other in combinations(results, 2):
            if _same_number(one, other) and (named := _labels(one, other)) is not None:
                groups[named].append((one, other))
        for pairs in groups.values():
            if any(_told_by_itself(*pair) for pair in pairs) or len({one.group for one, _ in pairs}) >= ARMS:
                yield _state(case, pairs)


def _same_number(one: Result, other: Result) -> bool:
    """Whether two results of one group print the same number in different places."""
    return (
        one.place != other.place
        and one.value.raw == other.value.raw
        and one.fact.unit == other.fact.unit
        and one.fact.kind == other.fact.kind
        and one.group == other.group
        and sum(c.isdigit() for c in one.value.raw) >= 2
    )


def _labels(one: Result, other: Result) -> tuple[str, ...] | None:
    """Both labels, in one order whichever comes first; None where they are one or their endpoints are mere words."""
    if (one.label, one.measure) == (other.label, other.measure):
        return None
    endpoints = [result.fact.outcome.endpoint for result in (one, other)]
    if endpoints[0] != endpoints[1] and not all(CODE.fullmatch(name) for name in endpoints):
        return None  # words may say the same as a code
    if one.label[1] != other.label[1] or one.label[3] != other.label[3]:
        return None
    first, second = sorted(" ".join((*result.label, result.measure)) for result in (one, other))
    return (first, second)


def _told_by_itself(one: Result, other: Result) -> bool:
    """Whether one pair of equal numbers is enough: only the site differs, or the interval is the same too."""
    only_site = one.label[0] == other.label[0] and one.measure == other.measure
    return only_site or (all(one.interval) and one.interval == other.interval)


def _state(case: Case, pairs: Sequence[Pair]) -> Finding:
    first, second = pairs[0]
    values = list(dict.fromkeys(one.value.raw for one, _ in pairs))
    records = list({r.record.record_id: r.record for r in _members(pairs)}.values())
    unit = "%" if first.fact.unit == "%" else "" if first.fact.unit in (None, "ratio") else f" {first.fact.unit}"
    labels = [_spell(result, apart_from=other) for result, other in ((first, second), (second, first))]
    places = (
        f" ({first.spell_place()} and {second.spell_place()})" if first.spell_place() != second.spell_place() else ""
    )
    many = "is" if len(values) == 1 else "are"
    return case.state(
        "label_conflict",
        "inconsistent",
        records,
        about=first.value,
        printed=" / ".join(labels),
        message=f"{' and '.join(values)}{unit} {many} printed as {labels[0]} and as {labels[1]} of one group{places}.",
        severity="warning",
    )


def _members(pairs: Sequence[Pair]) -> Iterator[Result]:
    for pair in pairs:
        yield from pair


def _spell(result: Result, *, apart_from: Result) -> str:
    if result.fact.statistic == apart_from.fact.statistic:
        return result.spell_label()
    return f"{result.fact.statistic} of {result.spell_label()}"
