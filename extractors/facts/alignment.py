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
    encloses: Callable[[int], Span | None] = lambda _: None,
    fill: bool = True,
) -> list[Labelled]:
    """One label for each value.

    `zipped` says that the sentence pairs them in order ("respectively"); `follows(value, label)` says whether the
    words between a value and the label after it bind them ("12.7 months with X"). Labels stand before their values
    ("X: 1, 2; Y: 3") or after them ("1 with X and 2 with Y"); which, is read off the gaps. `encloses(label)` gives the
    brackets that open right after a label and hold its values ("X (1 vs 2)"): it holds no others. Without `fill`,
    a value before every label that is not bound to it has none.
    """
    if not labels or not values:
        return [Labelled(None, "none")] * len(values)
    if zipped and len(labels) == len(values) > 1 and _apart(values, labels):
        return [Labelled(i, "zip") for i in range(len(values))]
    gaps = _gaps(values, labels)
    walls = [wall if (wall := encloses(k)) and any(map(wall.holds, values)) else None for k in range(len(labels))]

    def reaches(label: int, value: int) -> bool:
        wall = walls[label]
        return wall is None or wall.holds(values[value])

    result: list[Labelled] = []
    current: int | None = None
    for i in range(len(values)):
        if gaps[i]:
            taken = result[-1] if result else Labelled(None, "none")
            free = [k for k in gaps[i] if not (taken.way == "after" and k == taken.label)]
            current = free[-1] if free else taken.label
        after = gaps[i + 1]
        before = current if current is not None and reaches(current, i) else None
        if after and follows(i, after[0]):
            result.append(Labelled(after[0], "after"))
        elif before is not None:
            result.append(Labelled(before, "before"))
        else:
            result.append(Labelled(None, "none"))
    return _fill(result, gaps) if fill else result


def _fill(result: list[Labelled], gaps: Sequence[Sequence[int]]) -> list[Labelled]:
    """A value with no label takes that of the next one, where nothing but a list stands between ("1, 2 and 3 with X")."""
    filled = list(result)
    for i in range(len(filled) - 2, -1, -1):
        if filled[i].label is None and filled[i + 1].way == "after" and not gaps[i + 1]:
            filled[i] = filled[i + 1]
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
