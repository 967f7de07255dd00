"""A draft in its sentence in, flags out that say where the linking had to choose."""

from collections import defaultdict
from collections.abc import Sequence

from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from schemas.record import Record

# With more numbers than this in one piece of a sentence, each takes what stands nearest.
MANY_NUMBERS = 6
# Farther from its number an endpoint may be that of another.
FAR = 60  # characters
# A study named more sentences ago than this may have been left since.
LONG_AGO = 2


def doubt(draft: Draft, clause: Clause, *, since: int, populations: frozenset[str]) -> None:
    """Flag what had to be chosen for a draft of running text.

    `since` counts the sentences since its study was named, `populations` are those its paragraph names for the study.
    """
    contents, number = clause.contents, draft.number
    chosen = {
        "crowded_sentence": len(contents.values) + len(contents.counts) > MANY_NUMBERS,
        "study_long_ago": since > LONG_AGO,
        "several_studies": len(clause.scope.named) > 1,
        "statistic_unclear": draft.statistic == "other",
        "unit_missing": draft.kind == "estimate" and number is not None and not draft.unit,
        "number_in_words": number is not None and not any(c.isdigit() for c in number.raw),
        "population_unsaid": not draft.population and bool(populations),
    }
    draft.flags |= {flag for flag, holds in chosen.items() if holds}
    draft.flags |= _of_group(draft, clause) | _of_endpoint(draft, clause)


def _of_group(draft: Draft, clause: Clause) -> set[str]:
    named = {clause.book.resolve(arm).name for arm in clause.arms}
    labels = {p.label for p in clause.populations}
    compared = draft.kind == "comparison"
    chosen = {
        "arm_not_named": draft.arm is not None and draft.arm not in named,
        "comparator_not_named": compared and (draft.comparator is None or draft.comparator not in named),
        "several_arms": len(named) > 2,
        "arms_unpaired": draft.kind != "cohort" and clause.book.pair is None,
        "population_carried": draft.kind != "cohort" and bool(draft.population) and draft.population not in labels,
        "population_in_words": draft.kind == "cohort" and bool(draft.population) and draft.population not in labels,
    }
    return {flag for flag, holds in chosen.items() if holds}


def _of_endpoint(draft: Draft, clause: Clause) -> set[str]:
    endpoints = clause.contents.endpoints
    if draft.kind == "cohort":
        return {"cohort_with_outcome"} if any(e.family in ("event", "response") for e in endpoints) else set()
    own = [e.span for e in endpoints if e.code == draft.endpoint]
    gaps = [max(draft.place.start - span.end, span.start - draft.place.end) for span in own]
    chosen = {
        "endpoint_far": bool(gaps) and min(gaps) > FAR,
        "endpoint_behind": bool(own) and all(span.start >= draft.place.end for span in own),
    }
    return {flag for flag, holds in chosen.items() if holds}


def compare_places(records: Sequence[Record]) -> dict[str, str]:
    """Record id -> "told_twice" where its number stands again with the same meaning, "told_otherwise" where another.

    Only records of one kind and study with the same number are held against each other.
    """
    groups: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for record in records:
        fact = record.fact
        number = fact.n if fact.kind == "cohort" else fact.value
        if number is not None:
            groups[fact.kind, fact.group.study.name, str(number.value)].append(record)
    found: dict[str, str] = {}
    for group in groups.values():
        meanings = [_meaning(record) for record in group]
        for record, meaning in zip(group, meanings, strict=True):
            if meanings.count(meaning) > 1:
                found[record.record_id] = "told_twice"
            elif len(group) > 1:
                found[record.record_id] = "told_otherwise"
    return found


def _meaning(record: Record) -> tuple[str | None, ...]:
    fact = record.fact
    if fact.kind == "cohort":
        return (fact.group.arm, fact.group.population)
    comparator = fact.comparator if fact.kind == "comparison" else None
    return (fact.outcome.endpoint, fact.group.arm, comparator, fact.group.population)
