"""Estimates and cohorts of one document in, what each arm contributes out: events, people, means with their errors."""

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from extractors.checks.proportion import counts
from pipeline.exports.synthesis.effects import USUAL, error_of_interval
from pipeline.rows import Row
from schemas.number import Number

SHARES = frozenset({"ORR", "CR", "PR", "SD", "PD", "DCR", "CBR", "pCR", "AE"})
"""Endpoints whose percentage is a count over patients, so that the count may be worked out: a percentage of survival
is a Kaplan-Meier estimate, in which patients who left early do not count whole."""
PERCENTAGE = re.compile(r"\d+(?:\.\d+)?")


class Arm(NamedTuple):
    """One endpoint in one arm: `events` of `n`, or a `mean` with its standard error.

    `events_from` is "printed" or "percent" (the only whole number that prints as the percentage), `n_from` is "printed"
    (with the value) or "cohort" (the only size printed for this arm elsewhere).
    """

    record: Row
    events: int | None
    events_from: str | None
    n: int | None
    n_from: str | None
    mean: float | None
    se: float | None


def read_arms(records: Sequence[Row]) -> list[Arm]:
    """The arms of one document's estimates, those alone that have people counted or a mean with its interval."""
    sizes = _sizes(records)
    arms = [_read(record, sizes) for record in records if record["kind"] == "estimate"]
    return [arm for arm in arms if (arm.events is not None and arm.n is not None) or arm.se is not None]


def _sizes(records: Sequence[Row]) -> dict[tuple[str, str, str], int]:
    """(study, population, arm) -> the one size that is printed for it."""
    found: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for record in records:
        size = _whole(record["n"])
        if record["kind"] == "cohort" and record["unit"] == "patients" and record["arm"] and size is not None:
            found[_group(record)].add(size)
    return {group: sizes.pop() for group, sizes in found.items() if len(sizes) == 1}


def _group(record: Row) -> tuple[str, str, str]:
    return (record["study"], record["population"] or "", record["arm"] or "")


def _read(record: Row, sizes: dict[tuple[str, str, str], int]) -> Arm:
    n, n_from = _whole(record["n"]), "printed"
    if n is None:
        n, n_from = sizes.get(_group(record)), "cohort"
    events, events_from = _events(record, n)
    if events is not None and n is not None and events > n:
        events = None
    mean, se = _mean(record)
    return Arm(
        record,
        events,
        events_from if events is not None else None,
        n,
        n_from if n is not None else None,
        mean,
        se,
    )


def _events(record: Row, n: int | None) -> tuple[int | None, str]:
    printed = _whole(record["events"])
    if printed is None and record["statistic"] == "count" and record["unit"] == "patients":
        printed = _whole(record["value"])
    if printed is not None or n is None:
        return printed, "printed"
    counted = record["statistic"] == "rate" and record["unit"] == "%" and record["endpoint"] in SHARES
    if not counted or record["timepoint"]:
        return None, "percent"
    match = PERCENTAGE.search(record["value_text"] or "")
    if match is None:
        return None, "percent"
    decimals = len(match[0].partition(".")[2])
    possible = counts(Number(raw=match[0], value=Decimal(match[0]), decimals=decimals), n=n)
    return (possible[0] if len(possible) == 1 else None), "percent"


def _mean(record: Row) -> tuple[float | None, float | None]:
    """A mean and its standard error from its interval (Cochrane Handbook 6.5, section 6.5.2.2: width over 3.92)."""
    if record["statistic"] != "mean" or record["value"] is None or record["ci"] is None:
        return None, None
    level = record["ci_level"] if record["ci_level"] is not None else USUAL
    return record["value"], error_of_interval(record["ci"], level=level, ratio=False)


def _whole(number: float | None) -> int | None:
    return int(number) if number is not None and number >= 0 and number == int(number) else None
