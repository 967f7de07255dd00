"""Documents in, batches of them out: large while there is much to do, small at the end so that all finish together."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

LARGEST = 32
"""Documents in a batch at most: what is lost when a machine dies, and waits in memory when it answers."""

SMALLEST = 4
"""Documents in a batch at least, where there are many: a task on another machine costs up to 0.2 s."""


def cut(items: Sequence[Item], *, slots: int, weigh: Callable[[Item], float] = lambda _: 1) -> Iterator[list[Item]]:
    """Batches in order, each half of what would be an equal share of the rest for every slot (guided self-scheduling,
    Polychronopoulos and Kuck 1987); where there are few items, down to single ones.

    `weigh` says how much work an item is beside the others.
    """
    smallest = min(SMALLEST, max(1, len(items) // (8 * slots)))
    weights = [max(weigh(item), 1.0) for item in items]
    rest, begin = sum(weights), 0
    while begin < len(items):
        share, weight, end = rest / (2 * slots), 0.0, begin
        while end < min(begin + LARGEST, len(items)) and (weight < share or end < begin + smallest):
            weight += weights[end]
            end += 1
        yield list(items[begin:end])
        rest, begin = rest - weight, end
