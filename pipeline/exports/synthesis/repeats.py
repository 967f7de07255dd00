"""Results in, each told apart from those that repeat it out: a trial must not be pooled twice because it is told twice.

One result is one study, population, arms, endpoint and measure. Reviews print it in abstract, text and table, and
several reviews print the same trial. Of all its places the most telling is kept: first those a reviewer stands for,
then those with more of the numbers, with no check against them, with more confidence; then the first in the text.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from pipeline.rows import Row

Item = TypeVar("Item")
LOCAL = ("this review", "ref ")
"""Beginnings of names that mean something within one document only."""


class Kept(NamedTuple):
    """A place in the list and the places that repeat it."""

    at: int
    repeats: tuple[int, ...]


class Studies:
    """One name for each study, by whatever of its names or registry numbers several documents share.

    What one document calls by two names is two studies: it knows better than an abbreviation that both might use.
    """

    def __init__(self, records: Iterable[Row]) -> None:
        self._named: dict[tuple[str, str], str] = {}
        known: dict[str, str] = {}
        taken: dict[str, set[str]] = defaultdict(set)
        for record in records:
            document, own = record["document"], _own_name(record)
            names = [own, *(plain(name) for name in (*record["registry_ids"], *record["study_alt_names"]))]
            if (document, own) not in self._named:
                shared = [known[name] for name in names if name in known and known[name] not in taken[document]]
                self._named[document, own] = shared[0] if shared else f"{own}\n{document}"
                taken[document].add(self._named[document, own])
            for name in names if "\n" not in own else ():
                known.setdefault(name, self._named[document, own])

    def name(self, record: Row) -> str:
        """The study's one name, for comparison only."""
        return self._named[record["document"], _own_name(record)]


def _own_name(record: Row) -> str:
    own = plain(record["study"])
    return f"{own}\n{record['document']}" if own.startswith(LOCAL) else own


def plain(text: str | None) -> str:
    """A name without regard to case and spaces."""
    return " ".join((text or "").casefold().split())


def keep(
    items: Sequence[Item],
    *,
    key: Callable[[Item], Hashable],
    same: Callable[[Item, Item], bool],
    rank: Callable[[Item], tuple[float, ...]],
) -> list[Kept]:
    """The items to use, in their order, each with those that repeat it: of one `key`, `same`, and of lower `rank`."""
    groups: dict[Hashable, list[int]] = {}
    for at, item in enumerate(items):
        groups.setdefault(key(item), []).append(at)
    kept: list[Kept] = []
    for group in groups.values():
        chosen: dict[int, list[int]] = {}
        for at in sorted(group, key=lambda at: (*(-weight for weight in rank(items[at])), at)):
            first = next((best for best in chosen if same(items[best], items[at])), None)
            if first is None:
                chosen[at] = []
            else:
                chosen[first].append(at)
        kept.extend(Kept(at, tuple(sorted(repeats))) for at, repeats in chosen.items())
    return sorted(kept)
