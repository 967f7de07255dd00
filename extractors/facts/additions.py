"""Arms of a sentence in, the two arms that an addition means out: "adding A to B" sets A + B against B."""

from collections.abc import Sequence

import regex

from extractors.facts.arms import Arm
from extractors.facts.sentence import Contents
from schemas.anchor import Span

ADDING = regex.compile(r"\b(?:addition of|adding|add)\s+(?:[\w-]+\s+){0,2}$")
TO = regex.compile(r"^\s*(?:\([^()]*\)\s*)?to\s+(?:[\w-]+\s+){0,2}$")
WITH_OR_WITHOUT = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?,?\s*(?:with or without|with/without|±|\+/[-–−])\s*(?:[\w-]+\s+){0,2}$"
)


def spread_additions(contents: Contents, arms: Sequence[Arm]) -> list[Arm]:
    """The arms with every "addition of A to B" or "B with or without A" as the pair it means, A + B first."""
    result: list[Arm] = []
    i = 0
    while i < len(arms):
        pair = _added(contents, arms[i], arms[i + 1]) if i + 1 < len(arms) else None
        result += pair if pair is not None else [arms[i]]
        i += 2 if pair is not None else 1
    return result


def _added(contents: Contents, first: Arm, second: Arm) -> list[Arm] | None:
    if not first.drugs or not second.drugs or "control" in (first.role, second.role):
        return None
    between = contents.words(first.span.end, second.span.start)
    before = contents.words(first.span.start - 40, first.span.start)
    if TO.match(between) and ADDING.search(before):
        added, base = first, second
    elif WITH_OR_WITHOUT.match(between):
        added, base = second, first
    else:
        return None
    both = tuple(dict.fromkeys((*added.drugs, *base.drugs)))
    rules = (*first.rules, *second.rules, "arm:added")
    whole = Arm(span=first.span, drugs=both, role="experimental", rules=rules, active=len(both))
    alone = Arm(
        span=Span(*second.span), drugs=base.drugs, role="control", rules=(*base.rules, "arm:added"), active=base.active
    )
    return [whole, alone]
