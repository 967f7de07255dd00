"""Arms and comparisons in, pairs of arms with their counts out: the fourfold table of one endpoint in one study."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.exports.synthesis.arms import Arm
from pipeline.exports.synthesis.repeats import plain
from pipeline.rows import Row

TOPIC = ("document", "study", "population", "endpoint", "event", "site", "timepoint")


class Pair(NamedTuple):
    """Two arms; `roles` says whether the document tells which is the control, else they stand in printed order."""

    arm: Arm
    control: Arm
    roles: bool


def pair_arms(arms: Sequence[Arm], comparisons: Iterable[Row]) -> list[Pair]:
    """Every experimental arm against the one control; two arms of unknown roles as they are printed; else none."""
    comparisons = list(comparisons)
    controls = {(row["document"], row["study"], plain(row["comparator"])) for row in comparisons if row["comparator"]}
    tested = {(row["document"], row["study"], plain(row["arm"])) for row in comparisons if row["arm"]}
    groups: dict[tuple[str, ...], list[Arm]] = defaultdict(list)
    for arm in arms:
        if arm.events is not None and arm.n is not None and arm.record["arm"]:
            groups[topic(arm.record)].append(arm)
    pairs: list[Pair] = []
    for group in groups.values():
        control = [arm for arm in group if _is_control(arm, controls=controls, tested=tested)]
        if len(control) == 1:
            pairs.extend(Pair(arm, control[0], True) for arm in group if arm is not control[0])
        elif len(group) == 2:
            pairs.append(Pair(group[0], group[1], False))
    return pairs


def topic(record: Row) -> tuple[str, ...]:
    """What two arms, or an arm and a comparison, must have in common to belong together."""
    return (record["document"], record["study"], *(plain(record[name]) for name in TOPIC[2:]))


def _is_control(arm: Arm, *, controls: set[tuple[str, str, str]], tested: set[tuple[str, str, str]]) -> bool:
    name = (arm.record["document"], arm.record["study"], plain(arm.record["arm"]))
    if arm.record["arm_role"] is not None:
        return bool(arm.record["arm_role"] == "control")
    return name[2] == "placebo" or (name in controls and name not in tested)
