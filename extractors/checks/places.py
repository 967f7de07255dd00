"""Results of one document in, those of one study with what each one prints, its label and its place, out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.checks.case import Case, position
from extractors.checks.sizes import POOLED, fold
from schemas.evidence import Comparison, Estimate
from schemas.number import Number
from schemas.record import Record


@dataclass(frozen=True)
class Result:
    """An estimate or comparison with a value."""

    record: Record
    fact: Estimate | Comparison
    value: Number

    @property
    def label(self) -> tuple[str, ...]:
        """What it says it measures: endpoint, event, site and time."""
        outcome = self.fact.outcome
        parts = (outcome.endpoint, outcome.event, outcome.site, outcome.timepoint)
        return tuple(fold(part) for part in parts)

    @property
    def measure(self) -> str:
        """The statistic with its unit."""
        return f"{self.fact.statistic} {self.fact.unit}"

    @property
    def group(self) -> tuple[str, ...]:
        """Whom it is about: population, arm and comparator."""
        group = self.fact.group
        comparator = self.fact.comparator if isinstance(self.fact, Comparison) else None
        return (fold(group.population), fold(group.arm), fold(comparator))

    @property
    def place(self) -> str:
        """Where it stands: its sentence, or its table."""
        provenance = self.record.provenance
        return provenance.sentence_id if provenance.source == "text" else provenance.source

    @cached_property
    def interval(self) -> tuple[str, str]:
        """Both bounds as printed; blanks for an open or a missing one."""
        interval = self.fact.interval
        low, high = (interval.low, interval.high) if interval is not None else (None, None)
        return (low.raw if low is not None else "", high.raw if high is not None else "")

    def spell_label(self) -> str:
        """The label for a reviewer: "intracranial PFS", "OS rate at 12 months"."""
        outcome = self.fact.outcome
        words = [outcome.site or "", outcome.event or outcome.endpoint]
        if outcome.timepoint:
            words.append(f"at {outcome.timepoint}")
        return " ".join(word for word in words if word)

    def spell_place(self) -> str:
        """The place for a reviewer: "table 1", "the text"."""
        source = self.record.provenance.source
        return "the text" if source == "text" else source


def results_by_study(case: Case) -> Mapping[str, Sequence[Result]]:
    """Results with a value by study, in the order of the text; those of the review itself and of no study left out."""
    found: dict[str, list[Result]] = defaultdict(list)
    for record, fact in case.effects:
        name = fact.group.study.name
        if fact.value is not None and name != POOLED:
            found[name].append(Result(record, fact, fact.value))
    for results in found.values():
        results.sort(key=lambda result: position(result.record))
    return found
