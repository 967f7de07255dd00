"""Values and labels in printed order in, one label a value out: the grammar of parallel lists."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from schemas.anchor import Span

L = TypeVar("L")


class Labelled(NamedTuple):
    """The number of the label a value takes, and how it was found ("zip", "before", "after", "fill", "none")."""

    label: int | None
    way: str


def align(
    values: Sequence[Span],
    labels: Sequence[Span],
    *,
    follows: Callable[[int, int], bool],
    listed: Callable[[Span, Span], bool] | None = None,
    encloses: Callable[[int], Span | None] = lambda _: None,
    around: Callable[[int], Span | None] = lambda _: None,
    apart: Callable[[Span, Span], bool] = lambda _a, _b: False,
    fill: bool = True,
    parted: Callable[[Span, Span], bool] = lambda _a, _b: False,
) -> list[Labelled]:
    """One label for each value.

    `follows(value, label)` says whether the words between a value and the label after it bind them ("12.7 months with
    X"). Labels stand before their values ("X: 1, 2; Y: 3") or after them ("1 with X and 2 with Y"); which, is read off
    the gaps. `listed(a, b)` says whether only a comma or "and" stands between two spans: where it is given
    ("respectively"), a list of values is paired in order with the nearest list of as many labels. `encloses(label)`
    gives the brackets that open right after a label and hold its values ("X (1 vs 2)"): it holds no others;
    `around(label)` the brackets a label itself stands in, which it does not reach out of. `apart(a, b)` says
    whether a contrast ("compared with") stands between two spans:
    no label reaches over it. Without
    `fill`, a value before every label that is not bound to it has none; nor has one that words of its own part from
    the next (`parted`).
    """
    if not labels or not values:
        return [Labelled(None, "none")] * len(values)
    zipped = _zip(values, labels, listed) if listed is not None else {}
    gaps = _gaps(values, labels)
    walls = [wall if (wall := encloses(k)) and any(map(wall.holds, values)) else None for k in range(len(labels))]

    fences = [around(k) for k in range(len(labels))]

    def reaches(label: int, value: int) -> bool:
        wall, fence = walls[label], fences[label]
        return (wall is None or wall.holds(values[value])) and (fence is None or fence.holds(values[value]))

    result: list[Labelled] = []
    seen: list[int] = []
    for i in range(len(values)):
        taken = result[-1] if result else Labelled(None, "none")
        seen += sorted(gaps[i], key=lambda k: taken.way == "after" and k == taken.label, reverse=True)
        after = gaps[i + 1]
        if i in zipped:
            result.append(Labelled(zipped[i], "zip"))
            continue
        before = next((k for k in reversed(seen) if reaches(k, i) and not apart(labels[k], values[i])), None)
        if after and follows(i, after[0]):
            result.append(Labelled(after[0], "after"))
        elif before is not None:
            result.append(Labelled(before, "before"))
        else:
            result.append(Labelled(None, "none"))
    split = [parted(a, b) for a, b in pairwise(values)]
    return _fill(result, gaps, split) if fill else result


def _fill(result: list[Labelled], gaps: Sequence[Sequence[int]], split: Sequence[bool]) -> list[Labelled]:
    """A value with no label takes that of the next one, where only a list stands between ("1, 2 and 3 with X")."""
    filled = list(result)
    for i in range(len(filled) - 2, -1, -1):
        if filled[i].label is None and filled[i + 1].way in ("after", "fill") and not gaps[i + 1] and not split[i]:
            filled[i] = Labelled(filled[i + 1].label, "fill")
    return filled


def _gaps(values: Sequence[Span], labels: Sequence[Span]) -> list[list[int]]:
    """Labels before the first value, between each pair, and after the last."""
    gaps: list[list[int]] = [[] for _ in range(len(values) + 1)]
    for number, label in enumerate(labels):
        gaps[sum(v.start < label.start for v in values)].append(number)
    return gaps


def _zip(values: Sequence[Span], labels: Sequence[Span], listed: Callable[[Span, Span], bool]) -> dict[int, int]:
    """Values in lists paired in order with the nearest list of as many labels."""
    pairs: dict[int, int] = {}
    label_lists = _lists(labels, listed)
    for run in _lists(values, listed):
        fitting = [names for names in label_lists if len(names) == len(run)]
        if len(run) < 2 or not fitting:
            continue
        start, end = values[run[0]].start, values[run[-1]].end
        nearest = min(fitting, key=lambda n: max(labels[n[0]].start - end, start - labels[n[-1]].end))
        pairs |= dict(zip(run, nearest, strict=True))
    return pairs


def _lists(spans: Sequence[Span], listed: Callable[[Span, Span], bool]) -> list[list[int]]:
    """Numbers of the spans, cut where more than a comma or "and" stands between two."""
    lists: list[list[int]] = []
    for i, span in enumerate(spans):
        if lists and listed(spans[i - 1], span):
            lists[-1].append(i)
        else:
            lists.append([i])
    return lists
