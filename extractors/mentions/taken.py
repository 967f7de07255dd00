"""Stretches that were claimed, none over another: whether a further one is free, without asking each of them."""

from bisect import bisect_left, insort


class Taken:
    """Half-open stretches [start, end) of which no two share a character."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: dict[int, int] = {}

    def claim(self, start: int, end: int) -> bool:
        """Take [start, end) where no stretch taken before shares a character with it; says whether it was free."""
        i = bisect_left(self._starts, end)
        if i and self._ends[self._starts[i - 1]] > start:
            return False
        insort(self._starts, start)
        self._ends[start] = end
        return True
