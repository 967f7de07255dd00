"""Arms of a sentence in, the two arms that an addition means out: "adding A to B" sets A + B against B."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extractors.facts.armbook import Arm
from extractors.facts.drawn import regroup_drawn
from extractors.facts.sentence import Contents, blank_brackets
from schemas.anchor import Span
from schemas.evidence import ArmRole

ADDING = regex.compile(r"\b(?:addition of|adding|add)\s+(?:[\w-]+\s+){0,2}$")
# "when A was added to B".
WAS_ADDED = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:(?:was|were|is|being)\s+)?added\s+to\s+(?:[\w-]+\s+){0,2}$")
TO = regex.compile(r"^\s*(?:\([^()]*\)\s*)?to\s+(?:[\w-]+\s+){0,2}$")
WITH_OR_WITHOUT = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?,?\s*(?:with (?:\([^()]*\)\s*)?or without (?:\([^()]*\)\s*)?|with or without"
    r"|with/without|±|\+/[-–−]"
    r"|(?:either\s+)?alone or (?:with|plus|in combination with|combined with|together with))\s*(?:[\w-]+\s+){0,2}$"
)


# "to A or to B or C", "A versus B or C": B or C is one arm; so is what "40 women received" without a draw.
OR = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:,\s*)?or\s+(?:weekly\s+|daily\s+|oral\s+)?$")
OPPOSED = regex.compile(
    r"\b(?:or to|versus|vs\.?|compared (?:with|to)|against)\s+"
    r"(?:receive\s+)?(?:standard\s+|weekly\s+|daily\s+|either\s+)?$"
)
# "A plus either B or C" is given to one group.
EITHER = regex.compile(r"\b(?:plus|with|and|\+)\s+either\s+[\w-]+$")
RECEIVED = regex.compile(
    r"\d\s+(?:patients|women|men|participants|people|adults|children)\s+(?:who\s+)?(?:had\s+)?"
    r"(?:received|receiving|were given|took|treated with|were treated with|started)\s+(?:\w+\s+)?$"
)
# "20.6 months (95% CI 17.5-22.5) with A or B": one value is of one group.
VALUED = regex.compile(
    r"(?<!(?:and|or|to|vs\.?|versus|against|,)\s)(?<![\d.–-])\d[\d.]*\s?(?:%|\p{Ll}+)?\s(?:\([^()]*\)\s)?(?:with|on|under|after)\s(?:\w+\s)?$"
)
CHOSEN = "drugs:treatment of physician's choice"
DRAWN = regex.compile(r"\b(?:randomi|assign|allocat)")
# "12 months with A and 15 with the addition of B": A + B.
ADDITION_OF = regex.compile(r"\bthe addition of\s+(?:the\s+)?$")


# "A or placebo plus B": both got B.
ALTERNATIVE = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:or|versus|vs\.?|against|and)\s+(?:matching\s+|matched\s+|a\s+)?$"
)
# "A and either B or C": both got A.
BASE_OF = regex.compile(
    r"[\s\x00]*(?:(?:on|days?|every|weeks?|months?|once|twice|daily|weekly|orally|for|per|cycles?|[\d,]+|mg\S*|and)\b[\s\x00,]*)*"
    r"(?:and|with|plus|combined with|in combination with|together with),?\s+either\s+(?:\w+\s+)?"
)
COMPARING = regex.compile(r"\bcompar(?:ed?|es|ing|ison)\b")
OR_OTHER = regex.compile(r"[^.;]{0,60}?\bor\s+(?:matching\s+|matched\s+|an?\s+)?")
# "A or placebo was added to B".
ADDED_TO = regex.compile(
    r"^\s*(?:(?:was|were|is|being)\s+)?(?:added|given|combined|administered)\s+"
    r"(?:to|with|together with|on top of)\s+(?:\w+\s+)?$"
)


def spread_additions(contents: Contents, arms: Sequence[Arm]) -> list[Arm]:
    """The arms with every "addition of A to B", "B with or without A", "A or placebo plus B" as the pair it means, and
    "A or B" as one arm where one group was given either."""
    arms = _either(contents, regroup_drawn(contents, arms))
    return _share_partner(contents, _on_top(contents, _pair_up(contents, _share_backbone(contents, arms))))


def _either(contents: Contents, arms: Sequence[Arm]) -> list[Arm]:
    """One arm of "A or B" that stands against another, or that people received without a draw."""
    result: list[Arm] = []
    for arm in arms:
        last = result[-1] if result else None
        if last is not None and _alternatives(contents, last, arm):
            name = f"{last.name} or {arm.name}"
            result[-1] = replace(
                last, drugs=(name,), span=Span(last.span.start, arm.span.end), rules=(*last.rules, "arm:either")
            )
        else:
            result.append(arm)
    return result


def _alternatives(contents: Contents, first: Arm, second: Arm) -> bool:
    if not first.drugs or not second.drugs or "control" in (first.role, second.role) or first.negated or second.negated:
        return False
    if not OR.match(contents.words(first.span.end, second.span.start)) or set(first.drugs) & set(second.drugs):
        return False
    before = contents.words(max(contents.span.start, first.span.start - 60), first.span.start)
    if CHOSEN in first.rules:
        return True  # "the investigators' choice of A with B or C"
    if (
        OPPOSED.search(before)
        or VALUED.search(before)
        or EITHER.search(contents.words(first.span.start, first.span.end))
    ):
        return True
    return RECEIVED.search(before) is not None and DRAWN.search(contents.text) is None


def _on_top(contents: Contents, arms: Sequence[Arm]) -> list[Arm]:
    """What is told of "the addition of B" behind A is of A + B."""
    result = list(arms)
    for i, (first, second) in enumerate(pairwise(arms)):
        if not first.drugs or not second.drugs or set(first.drugs) & set(second.drugs):
            continue
        if ADDITION_OF.search(contents.words(second.span.start - 30, second.span.start)) is None:
            continue
        if first.span.end < second.span.start and not TO.match(contents.words(second.span.end, contents.span.end)):
            both = (*first.drugs, *second.drugs)
            result[i] = replace(first, role=first.role or "control", alone=True)
            result[i + 1] = replace(second, drugs=both, role="experimental", rules=(*second.rules, "arm:added"))
    return result


def _share_backbone(contents: Contents, arms: Sequence[Arm]) -> list[Arm]:
    """The two arms that "A and either B or C" draws people to: B + A and C + A."""
    result = list(arms)
    for base, first, second in zip(arms, arms[1:], arms[2:], strict=False):
        if not (base.drugs and first.drugs and second.drugs) or {*base.drugs} & {*first.drugs, *second.drugs}:
            continue
        if BASE_OF.fullmatch(blank_brackets(contents.words(base.span.end, first.span.start))) is None:
            continue
        if COMPARING.search(contents.words(contents.span.start, base.span.start)) is not None:
            continue  # "compared A with either B or C"
        if OR_OTHER.fullmatch(blank_brackets(contents.words(first.span.end, second.span.start))) is None:
            continue
        rules = (*first.rules, "arm:shared_partner")
        both = replace(
            first, drugs=(*first.drugs, *base.drugs), span=Span(base.span.start, first.span.end), rules=rules
        )
        role: ArmRole | None = "control" if second.role == "control" else None
        other = replace(
            second, drugs=(*second.drugs, *base.drugs), role=role, rules=(*second.rules, "arm:shared_partner")
        )
        result[result.index(base) : result.index(second) + 1] = [both, other]
    return result


def _share_partner(contents: Contents, arms: Sequence[Arm]) -> list[Arm]:
    """Give what comes with a placebo to the treatment set against it: "A or placebo plus B" is A + B or placebo + B."""
    result = list(arms)
    for i, (first, second) in enumerate(pairwise(arms)):
        if first.role == "control" or second.drugs[:1] != ("placebo",) or not first.drugs:
            continue
        if ALTERNATIVE.match(contents.words(first.span.end, second.span.start)) is None:
            continue
        partner = second.drugs[1:]
        third = arms[i + 2] if i + 2 < len(arms) else None
        if not partner and third is not None and ADDED_TO.match(contents.words(second.span.end, third.span.start)):
            partner = third.drugs
            result[i + 2] = replace(third, design=True)
        if partner and not set(partner) & set(first.drugs):
            result[i] = replace(first, drugs=(*first.drugs, *partner), rules=(*first.rules, "arm:shared_partner"))
            rules = (*second.rules, "arm:shared_partner")
            result[i + 1] = replace(second, drugs=("placebo", *partner), rules=rules, role="control")
    return result


def _pair_up(contents: Contents, arms: Sequence[Arm]) -> list[Arm]:
    result: list[Arm] = []
    i = 0
    while i < len(arms):
        pair = _added(contents, arms[i], arms[i + 1], more=i + 2 < len(arms)) if i + 1 < len(arms) else None
        result += pair if pair is not None else [arms[i]]
        i += 2 if pair is not None else 1
    return result


def _added(contents: Contents, first: Arm, second: Arm, *, more: bool) -> list[Arm] | None:
    if not first.drugs or not second.drugs or "control" in (first.role, second.role):
        return None
    between = contents.words(first.span.end, second.span.start)
    before = contents.words(first.span.start - 40, first.span.start)
    if (TO.match(between) and ADDING.search(before)) or WAS_ADDED.match(between):
        added, base = first, second
    elif WITH_OR_WITHOUT.match(between):
        if more and "alone" in between.split():  # "A alone or with B, or B": three arms
            return None
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
