"""Documents in, batches of them out: large while there is much to do, small at the end so that all finish together."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

LARGEST = 32
"""Documents in a batch at most: what is lost when a machine dies, and waits in memory when it answers."""

SMALLEST = 4
"""Documents in a batch at least, where there are many: a task on another machine costs up to 0.2 s."""


def cut(items: Sequence[Item], *, slots: int) -> Iterator[list[Item]]:
    """Batches in order, each half of what would be an equal share of the rest for every slot (guided self-scheduling,
    Polychronopoulos and Kuck 1987); where there are few items, down to single ones."""
    smallest = min(SMALLEST, max(1, len(items) // (8 * slots)))
    begin = 0
    while begin < len(items):
        share = -(-(len(items) - begin) // (2 * slots))
        size = min(max(share, smallest), LARGEST)
        yield list(items[begin : begin + size])
        begin += size
