"""Values and the arm that each is beside in, one arm for a whole run of values out: "90%, 70% and 50% with A"."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex

from extractors.facts.armbook import Arm
from extractors.facts.clause import Clause
from extractors.facts.groups import arms_behind
from extractors.facts.quantities import quantity
from extractors.facts.sentence import BRACKETED
from extractors.facts.values import OWN_GROUP, Unit

# From a value in brackets to the next of a list: "(15%), cough (".
ITEM = regex.compile(r"\s?%?[)\]]\s*(?:,|;|,?\s*and|,\s*or)\s+(?:and\s+)?[^()\[\];.\d]{2,60}[(\[]")
# Between two values of a run.
RUN = regex.compile(r"^[\s%]*(?:months|weeks|years|days)?\s*(?:,|and|,\s*and|/)\s*$")


def share_backwards(clause: Clause, singles: Sequence[Unit], chosen: dict[int, tuple[Arm | None, str]]) -> None:
    """Give the arm behind a list of values in brackets to all: "rash (15%), cough (11%) and fever (9%) with X"."""
    for a, b in reversed(list(pairwise(singles))):
        arm, way = chosen[id(b)]
        if way != "after" or chosen[id(a)][1] == "after":
            continue
        headed = any(clause.contents.words(k.span.end, a.span.start).strip() in ("(", "[") for k in clause.arms)
        parted = any(a.span.end <= k.span.start < b.span.start for k in clause.arms)
        if not headed and not parted and ITEM.fullmatch(clause.contents.words(a.span.end, b.span.start)):
            chosen[id(a)] = (arm, way)


def share_run(clause: Clause, singles: Sequence[Unit], chosen: dict[int, tuple[Arm | None, str]]) -> None:
    """Give the arm behind a run of values to all of it: "90%, 70% and 50% with A and 80%, 60% and 40% with B"."""
    last = len(singles) - 1
    while last > 0:
        first = last
        arm, way = chosen[id(singles[last])]
        while way == "after" and first > 0 and _same_run(clause, singles[first - 1], singles[first], chosen):
            first -= 1
        run = singles[first : last + 1]
        behind = arms_behind(clause.contents, clause.arms, clause.book, run[-1].span.end) if first < last else 0
        if first < last and behind != len(run):
            chosen.update({id(unit): (arm, way) for unit in run})
        last = first - 1


SET_AGAINST = regex.compile(r",\s(?:versus|vs\.?|compared\s(?:with|to)|against)\s(?:only\s)?$")


def oppose_groups(clause: Clause, singles: Sequence[Unit], chosen: dict[int, tuple[Arm | None, str]]) -> None:
    """Give a value of a group that no arm is found for the other arm of the pair than the value it is set beside.

    Lists of two that name nobody follow in the same order: "6% of procedures and 1% of controls, while 31% and 42%
    died".
    """
    sides = {a.name: a for a in clause.book.pair or ()}
    order: tuple[Arm, Arm] | None = None
    for a, b in pairwise(singles):
        if a.readings[0].value.unit != b.readings[0].value.unit:
            continue
        gap = clause.contents.words(a.span.end, b.span.start)
        held = any(a.span.end <= k.span.start < b.span.start for k in clause.arms)
        arm, way = chosen[id(b)]
        told = clause.book.resolve(arm).name if arm is not None and way == "after" else ""
        if not held and told and told not in sides and SET_AGAINST.search(gap) and chosen[id(a)][1] != "after":
            chosen[id(a)] = (None, "unsaid")  # "12% had a recurrence, versus 40% on placebo": of whoever the first is
        elif not held and told in sides and chosen[id(a)][1] != "after" and OWN_GROUP.match(gap):
            other = next(side for name, side in sides.items() if name != told)
            chosen[id(a)] = (other, "opposed")
            order = (other, sides[told])
        elif order is not None and RUN.match(gap) and {chosen[id(a)][1], way} <= {"before", "fill", "none"}:
            chosen[id(a)], chosen[id(b)] = (order[0], "opposed"), (order[1], "opposed")


def _same_run(clause: Clause, first: Unit, second: Unit, chosen: Mapping[int, tuple[Arm | None, str]]) -> bool:
    """Whether two values stand in one run, nothing but a joint and brackets between them."""
    between = BRACKETED.sub(" ", clause.contents.words(first.span.end, second.span.start))
    alike = first.readings[0].value.unit == second.readings[0].value.unit
    return alike and chosen[id(first)][1] in ("before", "fill", "none") and RUN.match(between) is not None


# Between the two values of those treated, and from the second to the control's: "62% and 61% responded, versus 39% on".
AND = regex.compile(r"^[\s%]*(?:\([^()]*\)\s*)?and\s$")
TO_CONTROL = regex.compile(
    r"[;,]|\b(?:versus|vs\.?|compared\s(?:with|to)|against|than|whereas|while|as\sopposed\sto)\b"
)


def deal_to_tried(clause: Clause, singles: Sequence[Unit], chosen: dict[int, tuple[Arm | None, str]]) -> None:
    """Give two values beside the control's, whose arms the sentence does not name, those of the study's two others."""
    for a, b, c in zip(singles, singles[1:], singles[2:], strict=False):
        control, way = chosen[id(c)]
        alike = len({quantity(u.readings[0].value) for u in (a, b, c)}) == 1
        ahead = any(b.span.end <= k.span.start < c.span.start and k.role == "control" for k in clause.arms)
        if not alike or control is None or control.role != "control" or (way != "after" and not ahead):
            continue
        if AND.match(clause.contents.words(a.span.end, b.span.start)) is None or "after" in (
            chosen[id(a)][1],
            chosen[id(b)][1],
        ):
            continue
        if TO_CONTROL.search(clause.contents.words(b.span.end, c.span.start)) is None:
            continue
        tried = _tried_two(clause, a)
        if len(tried) == 2:
            chosen[id(a)], chosen[id(b)] = (tried[0], "zip"), (tried[1], "zip")


def _tried_two(clause: Clause, first: Unit) -> list[Arm]:
    """The treatments that are no control: those named before a value, else those told of last, else the study's."""
    named = {a.name: a for a in map(clause.book.resolve, clause.arms) if a.name and a.span.end <= first.span.start}
    if named:
        return [a for a in named.values() if a.role != "control"]
    told = [a for a in clause.memory.listed if a.role != "control"]
    if told:
        return told
    tried = [a for a in clause.book.arms.values() if a.role != "control" and not a.broad]
    dosed = [a for a in tried if a.dosed]
    return dosed or tried
