"""The decisions about one record in, the one that stands out: undoing, blind double review and adjudication folded.

A withdrawal takes back its reviewer's latest decision. An adjudicator's word stands over all. Decisions made blind
stand where all reviewers came to the same; one alone, or two that differ, leave the record undecided. Otherwise the
latest stands.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar

State = Literal["open", "accept", "reject", "correct", "add", "waiting", "conflict"]
BLIND = 2
"""Reviewers who must have decided blind before anything stands."""


class Decided(Protocol):
    """What folding looks at of a decision; decisions come in the order they were made."""

    @property
    def verdict(self) -> str:
        """What was decided."""

    @property
    def reviewer(self) -> str:
        """By whom."""

    @property
    def role(self) -> str:
        """As what: single, blind or adjudicator."""

    @property
    def correction(self) -> Mapping[str, Any]:
        """What is put in place of extracted fields."""


Some = TypeVar("Some", bound=Decided)


class Standing(NamedTuple, Generic[Some]):
    """What stands of a record's decisions: a state, the decision in force if there is one, and each reviewer's own."""

    state: State
    decision: Some | None
    own: dict[str, Some]


def fold(decisions: Iterable[Some]) -> Standing[Some]:
    """What stands of these decisions, which are about one record, the oldest first."""
    kept = _without_withdrawn(decisions)
    own = {decision.reviewer: decision for decision in kept}
    judged = [decision for decision in kept if decision.role == "adjudicator"]
    blind = [decision for decision in own.values() if decision.role == "blind"]
    if judged:
        return _settled(judged[-1], own)
    if blind:
        if any(not same(decision, blind[0]) for decision in blind):
            return Standing("conflict", None, own)
        return _settled(blind[-1], own) if len(blind) >= BLIND else Standing("waiting", None, own)
    return _settled(kept[-1], own) if kept else Standing("open", None, own)


def same(one: Decided, other: Decided) -> bool:
    """Whether two decisions would leave the same in the dataset."""
    return one.verdict == other.verdict and one.correction == other.correction


def _settled(decision: Some, own: dict[str, Some]) -> Standing[Some]:
    state: State = decision.verdict  # type: ignore[assignment]  # withdrawals are gone: the others are states
    return Standing(state, decision, own)


def _without_withdrawn(decisions: Iterable[Some]) -> list[Some]:
    kept: list[Some] = []
    for decision in decisions:
        if decision.verdict != "withdraw":
            kept.append(decision)
            continue
        mine = [i for i, earlier in enumerate(kept) if earlier.reviewer == decision.reviewer]
        if mine:
            del kept[mine[-1]]
    return kept
