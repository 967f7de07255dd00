"""Citation markers with the entries that name their studies in; stretches of the list where one offset fits out.

Method: along the markers in their order, a marker whose study is named by the entry a fixed number of places further
counts for that offset, one whose own entry names its study counts double against it; the stretch of greatest sum is a
shift where it holds enough different studies.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FEWEST = 4
"""So many studies must fit one offset: fewer may each have been cited by another of their publications."""
FAR = 5
"""An offset beyond this many places is no slip in numbering."""
AGAINST = 2


class Vote(NamedTuple):
    """A marker's place in the list, the study it is printed for, and the places of the entries that name that study."""

    order: int
    study: str
    named: tuple[int, ...]


class Shift(NamedTuple):
    """From place `first` to `last` of the list, entries stand `offset` places from where the markers point."""

    first: int
    last: int
    offset: int
    fitting: int
    judged: int

    def covers(self, order: int, *, beyond: int = 0) -> bool:
        return self.first - beyond <= order <= self.last + beyond

    def spell(self, markers: Sequence[str]) -> str:
        """In words: "markers 13 to 28 are 1 too high"."""
        way = "too high" if self.offset < 0 else "too low"
        return f"markers {markers[self.first]} to {markers[self.last]} are {abs(self.offset)} {way}"


def find_shifts(votes: Iterable[Vote]) -> list[Shift]:
    """Shifts of a list, the longest first, without those that overlap a longer one."""
    distinct = sorted({vote for vote in votes if vote.named})
    offsets = {place - vote.order for vote in distinct for place in vote.named} - {0}
    found = [
        shift
        for offset in sorted(offsets, key=lambda offset: (abs(offset), offset))
        if abs(offset) <= FAR and (shift := _stretch(distinct, offset)) is not None
    ]
    kept: list[Shift] = []
    for shift in sorted(found, key=lambda s: (-s.fitting, abs(s.offset), s.first)):
        if all(shift.last < other.first or other.last < shift.first for other in kept):
            kept.append(shift)
    return kept


def _stretch(votes: Sequence[Vote], offset: int) -> Shift | None:
    """The stretch of greatest sum for one offset; None where too few studies fit it."""
    weight: dict[int, int] = defaultdict(int)
    for vote in votes:
        if vote.order in vote.named:
            weight[vote.order] -= AGAINST
        elif vote.order + offset in vote.named:
            weight[vote.order] += 1
    best = (0, 0, 0)
    total, start = 0, 0
    for order in sorted(weight):
        if total <= 0:
            total, start = 0, order
        total += weight[order]
        if total > best[0]:
            best = (total, start, order)
    _, first, last = best
    inside = [vote for vote in votes if first <= vote.order <= last]
    fitting = [vote for vote in inside if vote.order + offset in vote.named and vote.order not in vote.named]
    if len({vote.study for vote in fitting}) < FEWEST or len({vote.order for vote in fitting}) < FEWEST:
        return None
    return Shift(first, last, offset, len({v.order for v in fitting}), len({v.order for v in inside}))
