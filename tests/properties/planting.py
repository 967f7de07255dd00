"""True numbers in, the same with one copying error out: the kinds of error that reviews make, by name."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from schemas.finding import Check
from schemas.record import Record
from tests.extractors.checks.making import cohort, comparison, estimate
from tests.properties import simulating
from tests.properties.simulating import Random, p_of, patients, printed_ratio, share, share_interval, shown, shown_p


class Planted(NamedTuple):
    """An error and the check that should see it; `lowest` is the rate at which it must."""

    check: Check
    plant: Callable[[Random], list[Record]]
    lowest: float


def swap_digits(random: Random, printed: str) -> str:
    """A number with two neighbouring, different digits exchanged; another last digit where all are alike."""
    places = [i for i in range(len(printed) - 1) if printed[i : i + 2].isdigit() and printed[i] != printed[i + 1]]
    if "." in printed:
        dot = printed.index(".")
        if 0 < dot < len(printed) - 1 and printed[dot - 1] != printed[dot + 1]:
            places.append(dot - 1)
    if not places:
        return printed[:-1] + str((int(printed[-1]) + int(random.integers(1, 10))) % 10)
    at = int(random.choice(places))
    after = at + 2 if printed[at + 1] == "." else at + 1
    mixed = list(printed)
    mixed[at], mixed[after] = mixed[after], mixed[at]
    return "".join(mixed)


def _group(random: Random, most: int = 100) -> tuple[int, int]:
    n = patients(random, least=12, most=most)
    return int(random.integers(2, n - 1)), n


def swapped_percent(random: Random) -> list[Record]:
    count, n = _group(random)
    printed = swap_digits(random, share(count, n, 1))
    return [estimate("ORR", printed, n=str(n))]


def swapped_percent_with_count(random: Random) -> list[Record]:
    count, n = _group(random, most=400)
    return [estimate("ORR", swap_digits(random, share(count, n, 1)), events=str(count), n=str(n))]


def miscounted(random: Random) -> list[Record]:
    count, n = _group(random, most=400)
    return [estimate("ORR", share(count, n, 1), events=str(count + int(random.choice([-1, 1]))), n=str(n))]


def other_denominator(random: Random) -> list[Record]:
    count, n = _group(random)
    return [estimate("ORR", share(count, n, 1)), cohort(str(n + int(random.integers(1, 8))))]


def interval_of_a_subgroup(random: Random) -> list[Record]:
    count, n = _group(random, most=150)
    interval = share_interval(random, count, n, 1, "exact (Clopper-Pearson)")
    return [estimate("ORR", share(count, n, 1), ci=interval), cohort(str(int(n * random.uniform(1.8, 5))))]


def _effect(random: Random) -> tuple[float, float]:
    """A log ratio and its error, of a trial of some size with |z| between 0 and 5."""
    error = math.exp(random.uniform(math.log(0.06), math.log(0.3)))
    return float(random.uniform(-5, 5) * error), error


def p_ten_times(random: Random) -> list[Record]:
    effect, error = _effect(random)
    p = p_of(effect / error)
    p = p * 10 if p < 0.09 and random.random() < 0.5 else p / 10
    return [printed_ratio(random, effect, error, digits=2, p=f"={shown(max(p, 1e-4), 4)}", statistic="HR")]


def p_across_the_limit(random: Random) -> list[Record]:
    effect, error = _effect(random)
    p = random.uniform(0.06, 0.9) if p_of(effect / error) < 0.05 else random.uniform(0.001, 0.04)
    return [printed_ratio(random, effect, error, digits=2, p=f"={shown(p, 3)}", statistic="HR")]


def p_of_another_result(random: Random) -> list[Record]:
    effect, error = _effect(random)
    other, its_error = _effect(random)
    p = shown_p(random, p_of(other / its_error))
    return [printed_ratio(random, effect, error, digits=2, p=p, statistic="HR")]


def _ratio_interval(random: Random) -> tuple[str, str, str, str]:
    effect, error = _effect(random)
    low, value, high = (shown(math.exp(effect + side * 1.96 * error), 2) for side in (-1, 0, 1))
    return low, value, high, shown_p(random, p_of(effect / error))


def swapped_value(random: Random) -> list[Record]:
    low, value, high, _ = _ratio_interval(random)
    return [comparison("HR", swap_digits(random, value), ci=f"95% CI {low}-{high}")]


def swapped_bounds(random: Random) -> list[Record]:
    low, value, high, _ = _ratio_interval(random)
    return [comparison("HR", value, ci=f"95% CI {high}-{low}")]


def interval_of_another_result(random: Random) -> list[Record]:
    _, value, _, p = _ratio_interval(random)
    low, _, high, _ = _ratio_interval(random)
    return [comparison("HR", value, ci=f"95% CI {low}-{high}", p=p)]


def range_as_interval(random: Random) -> list[Record]:
    times = np.sort(random.exponential(random.uniform(4, 30), patients(random, least=15, most=150)))
    low, value, high = shown(max(times[0], 0.1), 1), shown(float(np.median(times)), 1), shown(times[-1], 1)
    return [estimate("OS", value, ci=f"95% CI {low}-{high}", statistic="median", unit="months")]


def _changed(random: Random, endpoint: str, records: list[Record], make: Callable[..., Record]) -> list[Record]:
    """The records with one value's last digits typed wrong."""
    changed = []
    for record in records:
        fact = record.fact
        if fact.kind == "estimate" and fact.outcome.endpoint == endpoint and fact.value is not None:
            changed.append(make(endpoint, swap_digits(random, fact.value.raw), sentence_id="s1"))
        else:
            changed.append(record)
    return changed


def responders_that_do_not_add_up(random: Random) -> list[Record]:
    return _changed(random, "ORR", simulating.responses(random), estimate)


def exchanged_responses(random: Random) -> list[Record]:
    count, n = _group(random)
    part = int(random.integers(0, count))
    place: dict[str, Any] = {"sentence_id": "s1"}
    return [estimate("CR", share(count, n, 1), **place), estimate("ORR", share(part, n, 1), **place)]


def swapped_difference(random: Random) -> list[Record]:
    first, second = shown(random.uniform(3, 40), 1), shown(random.uniform(3, 40), 1)
    printed = swap_digits(random, shown(abs(float(first) - float(second)), 1))
    known: dict[str, Any] = {"statistic": "median", "unit": "months", "sentence_id": "s1"}
    values = [estimate("OS", first, arm="a", **known), estimate("OS", second, arm="b", **known)]
    return [comparison("difference", printed, endpoint="OS", unit="months", sentence_id="s1"), *values]


def exchanged_medians(random: Random) -> list[Record]:
    effect = random.uniform(-1.2, -0.4)
    second = random.uniform(4, 20)
    first = second * math.exp(-effect)
    known: dict[str, Any] = {"statistic": "median", "unit": "months", "sentence_id": "s1"}
    ratio = printed_ratio(
        random, effect, 0.12, digits=2, statistic="HR", arm="a", comparator="b", endpoint="PFS", sentence_id="s1"
    )
    values = [estimate("PFS", shown(second, 1), arm="a", **known), estimate("PFS", shown(first, 1), arm="b", **known)]
    return [*values, ratio]


def _in_two_places(random: Random, change: Callable[[str], str], *, interval: bool, **other: str) -> list[Record]:
    """A median in the text and, with its value changed or under `other` labels, in a table; or a ratio with both."""
    text: dict[str, Any] = {"sentence_id": "s1", "arm": "a"}
    table: dict[str, Any] = {"sentence_id": "table-1", "source": "table 1", "arm": "a", **other}
    if interval:
        low, value, high, _ = _ratio_interval(random)
        ci = f"95% CI {low}-{high}"
        return [comparison("HR", value, ci=ci, **text), comparison("HR", change(value), ci=ci, **table)]
    known: dict[str, Any] = {"statistic": "median", "unit": "months"}
    value = shown(random.uniform(10, 60), 1)
    return [estimate("PFS", value, **known, **text), estimate("PFS", change(value), **known, **table)]


def swapped_in_the_table(random: Random) -> list[Record]:
    return _in_two_places(random, lambda value: swap_digits(random, value), interval=False)


def swapped_beside_its_interval(random: Random) -> list[Record]:
    return _in_two_places(random, lambda value: swap_digits(random, value), interval=True)


def other_site_in_the_table(random: Random) -> list[Record]:
    return _in_two_places(random, str, interval=False, site="intracranial")


KINDS: dict[str, Planted] = {
    "percentage with two digits exchanged, n up to 100 printed": Planted("percent_vs_count", swapped_percent, 0.9),
    "percentage with two digits exchanged, count and n printed": Planted(
        "percent_vs_count", swapped_percent_with_count, 0.99
    ),
    "count one too high or too low, with n and percentage": Planted("percent_vs_count", miscounted, 0.99),
    "percentage of 1 to 7 patients fewer than the group's size": Planted("percent_vs_count", other_denominator, 0.9),
    "interval of a subgroup, printed for 1.8 to 5 times as many": Planted(
        "interval_vs_count", interval_of_a_subgroup, 0.95
    ),
    "p-value ten times too great or too small": Planted("interval_vs_p", p_ten_times, 0.75),
    "p-value on the other side of 0.05": Planted("interval_vs_p", p_across_the_limit, 0.9),
    "p-value of another result": Planted("interval_vs_p", p_of_another_result, 0.6),
    "interval of another result": Planted("interval_contains_value", interval_of_another_result, 0.6),
    "ratio with two digits exchanged": Planted("interval_contains_value", swapped_value, 0.65),
    "bounds of an interval exchanged": Planted("interval_contains_value", swapped_bounds, 0.99),
    "range from least to greatest called a 95% interval": Planted("interval_width", range_as_interval, 0.95),
    "responders with two digits exchanged, their parts printed": Planted(
        "sum_of_parts", responders_that_do_not_add_up, 0.95
    ),
    "complete and all responders exchanged": Planted("ordering", exchanged_responses, 0.99),
    "difference with two digits exchanged, both values printed": Planted(
        "difference_vs_values", swapped_difference, 0.95
    ),
    "medians exchanged between arms, hazard ratio printed": Planted("direction", exchanged_medians, 0.95),
    "median with two digits exchanged in the table": Planted("agreement", swapped_in_the_table, 0.99),
    "ratio with two digits exchanged in one of two places": Planted("agreement", swapped_beside_its_interval, 0.99),
    "median of all printed as that of the brain": Planted("label_conflict", other_site_in_the_table, 0.99),
}
