"""Values and labels in printed order in, one label a value out: the grammar of parallel lists."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from schemas.anchor import Span

L = TypeVar("L")


class Labelled(NamedTuple):
    """The number of the label a value takes, and how it was found ("zip", "before", "after", "both", "none")."""

    label: int | None
    way: str


def align(
    values: Sequence[Span],
    labels: Sequence[Span],
    *,
    zipped: bool,
    follows: Callable[[int, int], bool],
) -> list[Labelled]:
    """One label for each value.

    `zipped` says that the sentence pairs them in order ("respectively"); `follows(value, label)` says whether the
    words between a value and the label after it bind them ("12.7 months with X"). Labels stand before their values
    ("X: 1, 2; Y: 3") or after them ("1 with X and 2 with Y"); which, is read off the gaps.
    """
    if not labels or not values:
        return [Labelled(None, "none")] * len(values)
    if zipped and len(labels) == len(values) > 1 and _apart(values, labels):
        return [Labelled(i, "zip") for i in range(len(values))]
    gaps = _gaps(values, labels)
    bound = [bool(gaps[i + 1]) and follows(i, gaps[i + 1][0]) for i in range(len(values))]
    result: list[Labelled] = []
    current: int | None = gaps[0][-1] if gaps[0] else None
    for i in range(len(values)):
        after = gaps[i + 1]
        if i and gaps[i]:
            free = gaps[i][1:] if result[-1].label == gaps[i][0] and result[-1].way == "after" else gaps[i]
            if free:
                current = free[-1]
        if bound[i]:
            result.append(Labelled(after[0], "after"))
        elif current is not None:
            result.append(Labelled(current, "before"))
        elif after:
            result.append(Labelled(after[0], "after"))
        else:
            result.append(Labelled(None, "none"))
    return _fill(result, gaps)


def _fill(result: list[Labelled], gaps: Sequence[Sequence[int]]) -> list[Labelled]:
    """A value with nothing before it takes the first label after it, over the other values between ("1, 2 and 3 with X")."""
    filled = list(result)
    for i in range(len(filled) - 1, -1, -1):
        if filled[i].label is None:
            later = next((gap[0] for gap in gaps[i + 1 :] if gap), None)
            if later is not None:
                filled[i] = Labelled(later, "after")
    return filled


def _gaps(values: Sequence[Span], labels: Sequence[Span]) -> list[list[int]]:
    """Labels before the first value, between each pair, and after the last."""
    gaps: list[list[int]] = [[] for _ in range(len(values) + 1)]
    for number, label in enumerate(labels):
        gaps[sum(v.start < label.start for v in values)].append(number)
    return gaps


def _apart(values: Sequence[Span], labels: Sequence[Span]) -> bool:
    """Whether all labels stand together on one side of all values, as lists joined by "respectively" do."""
    return labels[-1].start < values[0].start or labels[0].start > values[-1].start
