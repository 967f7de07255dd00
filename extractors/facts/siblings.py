"""The rows of a table in, what the rows of one study say of each other out: its two arms, whose row is whose."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from extractors.facts.armbook import Arm
from extractors.facts.armcells import opposed
from extractors.facts.rows import Row


def settle(rows: Sequence[Row]) -> None:
    """Give the rows of each study the two arms they are of, and no population where all share one."""
    for _, found in groupby(rows, key=lambda row: id(row.study)):
        family = list(found)
        if family[0].study is None:
            continue
        if not family[0].outside and len({row.population for row in family}) == 1 and not family[0].part:
            for row in family:
                row.population = ""  # whom the whole study enrolled is no subgroup of it
        _add_doses(family)
        _oppose(family)


def _add_doses(family: Sequence[Row]) -> None:
    """Tell rows of one treatment apart by the doses that a column of the table gives."""
    tried: dict[str, set[str]] = defaultdict(set)
    for row in family:
        if row.dose and len(row.arms) == 1:
            tried[row.arms[0].name].add(row.dose)
    for row in family:
        if row.dose and len(row.arms) == 1 and len(tried[row.arms[0].name]) > 1:
            arm = row.arms[0]
            row.arms = [replace(arm, drugs=(f"{arm.name} {row.dose}",), rules=(*arm.rules, "arm:dose"))]


def _oppose(family: Sequence[Row]) -> None:
    _tell_apart(family)
    sides = [_sole(row) for row in family]
    arms = [a for a in sides if a is not None]
    names = list(dict.fromkeys(a.name for a in arms))
    if len(arms) != len(family):
        return
    if len(family) > 1 and (len(names) > 1 or all(row.treated for row in family)):
        for row in family:
            row.armed = True
    if len(names) < 2:
        return
    against = [name for name in names if opposed(next(a for a in arms if a.name == name))]
    if len(names) == 2 and len(against) != 1:
        against = names[1:]
    if len(against) != 1:
        return
    control = next(a for a in arms if a.name == against[0])
    first = next(a for a in arms if a.name != against[0])
    for row, arm in zip(family, arms, strict=True):
        if row.book.pair is None:
            arm.role = "control" if arm.name == control.name else "experimental"
            row.book.pair = (arm if arm.name != control.name else first, control)


def _tell_apart(family: Sequence[Row]) -> None:
    """Name arms of the same drug by dose or schedule, where rows of one study differ in nothing else."""
    told: dict[str, set[str]] = defaultdict(set)
    arms = [(row, arm) for row in family if row.treatment and (arm := _sole(row)) is not None]
    for row, arm in arms:
        told[arm.name].add(row.treatment)
    for row, arm in arms:
        if len(told[arm.name]) > 1 and not told[arm.name] & {arm.name}:
            arm.drugs = (row.treatment,)


def _sole(row: Row) -> Arm | None:
    """The one arm of a row whose cells set no two against each other."""
    named = {a.name: a for a in row.arms if a.name}
    return next(iter(named.values())) if len(named) == 1 and row.book.pair is None else None
