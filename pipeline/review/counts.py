"""The state of a review in; how many documents and records came to what, as a flow diagram has it, out.

The steps are those of PRISMA 2020 (Page MJ et al., BMJ 2021;372:n71), told for files and the records read from them.
"""

from collections import Counter
from typing import NamedTuple

from scipy.stats import binomtest

from pipeline.review.desk import Desk
from pipeline.store.log import Logged
from pipeline.store.standing import State

DECIDED: tuple[State, ...] = ("accept", "correct", "reject", "add")
KEPT: tuple[State, ...] = ("accept", "correct", "add")


class Precision(NamedTuple):
    """How many of the decided records of a kind were right as extracted; `low` and `high` bound the share."""

    decided: int
    right: int
    low: float | None
    high: float | None


class Counts(NamedTuple):
    """Everything, step by step: name -> how many."""

    files: dict[str, int]
    unread: dict[str, int]
    records: dict[str, int]
    verdicts: dict[str, int]
    reviewers: dict[str, int]
    unflagged: Precision
    flagged: Precision

    def as_json(self) -> dict[str, dict[str, float | None]]:
        """The same for a file."""
        return {
            name: value._asdict() if isinstance(value, Precision) else value for name, value in self._asdict().items()
        }


def count(desk: Desk) -> Counts:
    """The counts of the whole dataset, as it stands."""
    held = list(desk.index.held.values())
    read = [each for each in held if each.reading_id is not None]
    entries = [e for e in desk.index.entries.values() if not e.added or desk.standing(e.record_id).own]
    standing = {entry.record_id: desk.standing(entry.record_id) for entry in entries}
    states = Counter(each.state for each in standing.values())
    in_force = [(entry, standing[entry.record_id].decision) for entry in entries]
    extracted = [entry for entry in entries if not entry.added]
    return Counts(
        files={
            "files": sum(len(each.files) for each in held),
            "duplicates removed": sum(len(each.files) - 1 for each in held),
            "documents": len(held),
            "not read": len(held) - len(read),
            "read": len(read),
            "without a record": len({each.document for each in read} - {entry.document for entry in entries}),
        },
        unread=dict(sorted(Counter(each.status for each in held if each.reading_id is None).items())),
        records={
            "extracted": len(extracted),
            "flagged": sum(entry.flagged for entry in extracted),
            "decided": sum(states[state] for state in DECIDED),
            "to decide": states["open"],
            "waiting for a second reviewer": states["waiting"],
            "in conflict": states["conflict"],
            "reviewed and kept": sum(states[state] for state in KEPT),
        },
        verdicts={
            "accepted": states["accept"],
            "corrected": states["correct"],
            "rejected": states["reject"],
            "added": states["add"],
        },
        reviewers=dict(sorted(Counter(name for each in standing.values() for name in each.own).items())),
        unflagged=_precision([d for entry, d in in_force if d is not None and d.sampled and not entry.flagged]),
        flagged=_precision([d for entry, d in in_force if d is not None and entry.flagged and not entry.added]),
    )


def _precision(decisions: list[Logged]) -> Precision:
    """The share of accepted ones, with its 95% interval by E. B. Wilson (J Am Stat Assoc 1927;22:209-212)."""
    right = sum(decision.verdict == "accept" for decision in decisions)
    if not decisions:
        return Precision(0, 0, None, None)
    interval = binomtest(right, len(decisions)).proportion_ci(method="wilson")
    return Precision(len(decisions), right, round(float(interval.low), 4), round(float(interval.high), 4))
