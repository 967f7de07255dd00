"""A selection in, its effects, arms and pairs of arms out, each with what repeats it and what checks say of it."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field

from pipeline.exports.selection import KEPT, Selected
from pipeline.exports.synthesis.arms import Arm, read_arms
from pipeline.exports.synthesis.effects import MEASURES, Effect, measure_effect
from pipeline.exports.synthesis.pairs import Pair, pair_arms
from pipeline.exports.synthesis.repeats import Kept, Studies, keep, plain
from pipeline.rows import Row

Told = tuple[Row, Effect]
POOLED = ("meta-analysis", "pooled analysis")


@dataclass
class Evidence:
    """What a selection holds for a meta-analysis.

    `effects` and `arms` are all of them; `kept_effects` and `kept_arms` say which to use and what repeats each. `pairs`
    are two arms of one study with one endpoint. `checks` are the inconsistent checks of each record. `rows_of_study`
    says for a kept effect how many of them are of its study, population, endpoint and measure, itself among them.
    """

    effects: list[Told] = field(default_factory=list)
    arms: list[Arm] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    kept_effects: list[Kept] = field(default_factory=list)
    kept_arms: list[Kept] = field(default_factory=list)
    checks: dict[str, list[str]] = field(default_factory=dict)
    without_effect: int = 0
    rows_of_study: dict[int, int] = field(default_factory=dict)

    def conflicts(self, kept: Kept) -> bool:
        """Whether a repeat of an effect prints other numbers."""
        first = _numbers(self.effects[kept.at][0])
        return any(not _agree(first, _numbers(self.effects[at][0])) for at in kept.repeats)

    def notes(self) -> tuple[str, ...]:
        """What a user should know of what could be used, a line each."""
        with_error = sum(self.effects[each.at][1].sei is not None for each in self.kept_effects)
        found = [f"{len(self.kept_effects)} effects, {with_error} of them with a standard error."]
        repeats = len(self.effects) - len(self.kept_effects)
        if repeats:
            found.append(f"{repeats} further places print the same results again; each counts once.")
        conflicting = sum(map(self.conflicts, self.kept_effects))
        if conflicting:
            found.append(
                f"{conflicting} results are printed with other numbers elsewhere (column conflict): look at them."
            )
        pooled = sum(self.effects[each.at][0]["study_type"] in POOLED for each in self.kept_effects)
        if pooled:
            found.append(
                f"{pooled} effects are of pooled analyses (column study_type): do not pool them with their trials."
            )
        several = sum(count > 1 for count in self.rows_of_study.values())
        if several:
            found.append(
                f"{several} effects share study, population, endpoint and measure with another: choose one each."
            )
        if self.without_effect:
            found.append(f"{self.without_effect} comparisons print no effect (a p-value alone): left out.")
        return tuple(found)


def gather(selected: Selected) -> Evidence:
    """All that is selected, read once."""
    found = Evidence()
    for part in selected.contents():
        for row in part.findings:
            if row["verdict"] == "inconsistent":
                for record_id in row["record_ids"]:
                    found.checks.setdefault(record_id, []).append(row["check"])
        comparisons = [row for row in part.records if row["kind"] == "comparison"]
        told = [(row, measure_effect(row)) for row in comparisons if row["statistic"] in MEASURES]
        told = [(row, effect) for row, effect in told if row["value"] is not None]
        found.without_effect += len(comparisons) - len(told)
        found.effects.extend(told)
        found.arms.extend(read_arms(part.records))
    studies = Studies([*(row for row, _ in found.effects), *(arm.record for arm in found.arms)])
    keys = [(*_topic(row, studies), row["statistic"]) for row, _ in found.effects]
    found.kept_effects = keep(
        found.effects,
        key=lambda told: (*_topic(told[0], studies), told[0]["statistic"]),
        same=lambda one, other: _same_arms(one[0], other[0]),
        rank=lambda told: (_standing(told[0]), _telling(told[1]), *_trust(told[0], found.checks)),
    )
    sizes = Counter(keys[each.at] for each in found.kept_effects)
    found.rows_of_study = {each.at: sizes[keys[each.at]] for each in found.kept_effects}
    found.kept_arms = keep(
        found.arms,
        key=lambda arm: (*_topic(arm.record, studies), plain(arm.record["arm"]), arm.events is None),
        same=lambda _one, _other: True,
        rank=lambda arm: (_standing(arm.record), arm.events_from == "printed", *_trust(arm.record, found.checks)),
    )
    found.pairs = pair_arms([found.arms[each.at] for each in found.kept_arms], [row for row, _ in found.effects])
    return found


def _topic(record: Row, studies: Studies) -> tuple[Hashable, ...]:
    return (
        studies.name(record),
        *(plain(record[name]) for name in ("population", "endpoint", "event", "site", "timepoint")),
    )


def _same_arms(one: Row, other: Row) -> bool:
    """Whether two comparisons of one topic have the same arms: alike, left open by one, or with the same numbers."""
    names = ((plain(one[name]), plain(other[name])) for name in ("arm", "comparator"))
    return all(first == second or not first or not second for first, second in names) or (
        one["ci"] is not None and _numbers(one) == _numbers(other)
    )


def _numbers(record: Row) -> tuple[float | None, list[float | None] | None]:
    return record["value"], record["ci"]


def _agree(
    one: tuple[float | None, list[float | None] | None], other: tuple[float | None, list[float | None] | None]
) -> bool:
    return one[0] == other[0] and (one[1] is None or other[1] is None or one[1] == other[1])


def _standing(record: Row) -> float:
    return float(record["review"] is not None and record["review"]["verdict"] in KEPT)


def _telling(effect: Effect) -> float:
    return {"interval": 3.0, "p": 2.0, "p bound": 1.0}.get(effect.sei_from or "", 0.0)


def _trust(record: Row, checks: dict[str, list[str]]) -> tuple[float, ...]:
    named = sum(bool(record.get(name)) for name in ("arm", "comparator"))
    return (float(record["record_id"] not in checks), named, float(not record["needs_review"]), record["confidence"])
