"""Cohort records in; how many patients a group of a study has, by what the document prints, out."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import cached_property

from extractors.checks.case import Case
from schemas.evidence import Group
from schemas.number import Number
from schemas.record import Record

POOLED = "this review"
"""The name of a review's own results, pooled over studies: weighted, and of no one group."""
SMALLEST = 5
"""Fewer patients are hardly a group of a trial, but patients to whom something happened."""
BOUNDING = 20
"""From so many patients on, a printed size is taken for that of a population instead of for a part of it."""


def whole(number: Number | None) -> int | None:
    """A printed count as an integer; None where nothing, a fraction or less than nothing is printed."""
    if number is None or number.value != number.value.to_integral_value() or number.value < 0:
        return None
    return int(number.value)


def fold(name: str | None) -> str:
    """A name for comparing: no case, single blanks, no "with" at its start."""
    return " ".join((name or "").casefold().split()).removeprefix("with ")


@dataclass(frozen=True)
class Size:
    """One printed number of patients and where it stands."""

    n: int
    population: str
    arm: str
    record: Record

    def spell(self) -> str:
        """Number and whose it is: "45", "59 (cohort A)"."""
        whose = ", ".join(part for part in (self.record.fact.group.population, self.record.fact.group.arm) if part)
        return f"{self.n} ({whose})" if whose else str(self.n)


@dataclass(frozen=True)
class Sizes:
    """The printed sizes of all groups of one document's studies."""

    case: Case

    @cached_property
    def _of_study(self) -> dict[str, list[Size]]:
        found: dict[str, list[Size]] = defaultdict(list)
        for record, fact in self.case.cohorts:
            n = whole(fact.n)
            if n and fact.unit == "patients":
                group = fact.group
                found[fold(group.study.name)].append(Size(n, fold(group.population), fold(group.arm), record))
        return dict(found)

    @cached_property
    def _arms(self) -> dict[str, set[str]]:
        arms: dict[str, set[str]] = defaultdict(set)
        for record in self.case.records:
            group = record.fact.group
            if group.arm:
                arms[fold(group.study.name)].add(fold(group.arm))
        return dict(arms)

    def of_study(self, group: Group) -> list[Size]:
        """Every printed size in the group's study, subgroups too."""
        return self._of_study.get(fold(group.study.name), [])

    def arms(self, group: Group) -> set[str]:
        """Every arm of the group's study that a record names."""
        return self._arms.get(fold(group.study.name), set())

    def single_armed(self, group: Group) -> bool:
        """Whether the document speaks of no more than one arm of the study."""
        return len(self.arms(group)) <= 1

    def of_group(self, group: Group) -> list[Size]:
        """Sizes that may be this very group's denominator: its population and arm, or the whole of a one-armed study.

        Reviews also count the few of a group to whom something happened, so that only its greatest numbers are sizes.
        """
        population, arm = fold(group.population), fold(group.arm)
        same = [size for size in self.of_study(group) if size.population == population]
        if not self.single_armed(group):
            same = [size for size in same if size.arm == arm]
        least = max(SMALLEST, max((size.n for size in same), default=0) / 2)
        return [size for size in same if size.n >= least]

    def elsewhere(self, group: Group, *, fits: Callable[[int], bool], but: Container[int] = ()) -> Size | None:
        """Another population or arm of the study whose printed size `fits`.

        Where one is found the link of a number to its group may be wrong instead of the number.
        """
        mine = (fold(group.population), fold(group.arm))
        for size in self.of_study(group):
            if size.n not in but and (size.population, size.arm) != mine and fits(size.n):
                return size
        return None

    def bound(self, group: Group) -> int | None:
        """The most patients the group can have: the greatest size printed for its population or for the whole study.

        None where only a few are printed, or where another population's greater size shows that the whole is not.
        """
        sizes = self.of_study(group)
        own = max((size.n for size in sizes if size.population == fold(group.population)), default=0)
        whole_study = max((size.n for size in sizes if not size.population), default=0)
        if whole_study < max((size.n for size in sizes), default=0):
            whole_study = 0
        most = max(own, whole_study)
        return most if most >= BOUNDING else None


def spell(sizes: Iterable[Size]) -> str:
    """Different sizes in words: "45", "89 or 104"."""
    return " or ".join(str(n) for n in sorted({size.n for size in sizes}))
