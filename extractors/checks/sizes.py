"""Cohort records in; how many patients a group of a study has, by what the document prints, out."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import cached_property

from extractors.checks.case import Case
from schemas.evidence import Group
from schemas.number import Number
from schemas.record import Record


def whole(number: Number | None) -> int | None:
    """A printed count as an integer; None where nothing, a fraction or less than nothing is printed."""
    if number is None or number.value != number.value.to_integral_value() or number.value < 0:
        return None
    return int(number.value)


def fold(name: str | None) -> str:
    """A name for comparing: no case, single blanks."""
    return " ".join((name or "").casefold().split())


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
        """Sizes printed for this very group: its population and its arm, or the whole of a single-armed study."""
        population, arm = fold(group.population), fold(group.arm)
        same = [size for size in self.of_study(group) if size.population == population]
        exact = [size for size in same if size.arm == arm]
        return exact or (same if self.single_armed(group) else [])

    def elsewhere(self, group: Group, *, fits: Callable[[int], bool], but: Container[int] = ()) -> Size | None:
        """Another population of the group's arm, or of all arms, whose printed size `fits`.

        Where one is found the link of a number to its group may be wrong instead of the number.
        """
        mine = (fold(group.population), fold(group.arm))
        for size in self.of_study(group):
            same_arm = not size.arm or not mine[1] or size.arm == mine[1]
            if same_arm and size.n not in but and (size.population, size.arm) != mine and fits(size.n):
                return size
        return None

    def bound(self, group: Group) -> int | None:
        """The most patients the group can have: the greatest size printed for its population or the whole study."""
        held = [size.n for size in self.of_study(group) if size.population in ("", fold(group.population))]
        return max(held, default=None)


def spell(sizes: Iterable[Size]) -> str:
    """Different sizes in words: "45", "89 or 104"."""
    return " or ".join(str(n) for n in sorted({size.n for size in sizes}))
