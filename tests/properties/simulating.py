"""Random trials with known counts and effects in, records of their numbers as a review would print them out."""

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from statistics import NormalDist
from typing import Any

import numpy as np

from extractors.checks.binomial import METHODS
from schemas.record import Record
from tests.extractors.checks.making import cohort, comparison, estimate

Z = 1.959964
Random = np.random.Generator


def shown(value: float, digits: int, random: Random | None = None) -> str:
    """A number rounded to `digits`; halves go up or, as often where a source of chance is given, to the even digit."""
    rounding = ROUND_HALF_EVEN if random is not None and random.random() < 0.5 else ROUND_HALF_UP
    return f"{Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=rounding):f}"


def share(count: int, n: int, digits: int, random: Random | None = None) -> str:
    """Count over n in percent, by exact arithmetic."""
    rounding = ROUND_HALF_EVEN if random is not None and random.random() < 0.5 else ROUND_HALF_UP
    exact = Decimal(100 * count) / Decimal(n)
    return f"{exact.quantize(Decimal(1).scaleb(-digits), rounding=rounding):f}"


def patients(random: Random, *, least: int = 5, most: int = 800) -> int:
    return round(math.exp(random.uniform(math.log(least), math.log(most))))


def share_interval(random: Random, count: int, n: int, digits: int, method: str | None = None) -> str:
    """A printed 95% interval of count over n by one of the usual methods."""
    name = method or str(random.choice(list(METHODS)))
    low, high = METHODS[name](np.array([float(count)]), np.array([float(n)]), Z, 0.025)
    return f"95% CI {shown(100 * low[0], digits)}-{shown(100 * high[0], digits)}"


def p_of(z: float) -> float:
    return math.erfc(abs(z) / math.sqrt(2))


def shown_p(random: Random, p: float) -> str:
    """A p-value in one of the usual manners: "=0.034", "<0.001", "<0.05", ">0.05"."""
    digits = int(random.integers(2, 5))
    manner = random.random()
    if manner < 0.15 and not 0.0495 < p < 0.0505:
        return "<0.05" if p < 0.05 else ">0.05"
    least = Decimal(1).scaleb(-digits)
    return f"<{least}" if p < float(least) else f"={shown(p, digits)}"


def ratio(random: Random, **known: Any) -> Record:
    """A ratio with a log-normal interval and the p-value of its Wald test, rounded to 0 to 3 digits."""
    effect, error = random.uniform(-1.3, 1.3), math.exp(random.uniform(math.log(0.04), math.log(0.7)))
    return printed_ratio(random, effect, error, digits=int(random.integers(0, 4)), **known)


def printed_ratio(
    random: Random, effect: float, error: float, *, digits: int, p: str | None = None, **known: Any
) -> Record:
    level = float(random.choice([90, 95, 95, 95, 97.5, 99]))
    reach = NormalDist().inv_cdf(0.5 + level / 200) * error
    low, value, high = (shown(math.exp(effect + side), digits, random) for side in (-reach, 0, reach))
    printed_p = p or shown_p(random, p_of(effect / error))
    statistic = known.pop("statistic", None) or str(random.choice(["HR", "OR", "RR"]))
    return comparison(statistic, value, ci=f"{level:g}% CI {low}-{high}", p=printed_p, **known)


def mean_difference(random: Random) -> Record:
    """A difference with a normal interval and its p-value, rounded to 0 to 3 digits."""
    error = math.exp(random.uniform(math.log(0.2), math.log(5)))
    effect, digits = random.uniform(-4, 4) * error, int(random.integers(0, 4))
    low, value, high = (shown(effect + side * Z * error, digits, random) for side in (-1, 0, 1))
    p = shown_p(random, p_of(effect / error))
    return comparison("difference", value, ci=f"95% CI {low} to {high}", p=p, unit="mm Hg")


def proportion(random: Random) -> list[Record]:
    """A response rate with count, denominator, cohort or interval printed, rounded to 0 to 3 digits."""
    n = patients(random)
    count, digits = int(random.binomial(n, random.random())), int(random.integers(0, 4))
    known: dict[str, Any] = {}
    records = []
    if random.random() < 0.5:
        known["events"] = str(count)
    if random.random() < 0.4:
        known["n"] = str(n)
    else:
        records.append(cohort(str(n)))
    if random.random() < 0.5:
        known["ci"] = share_interval(random, count, n, digits)
    endpoint = str(random.choice(["ORR", "CR", "DCR", "AE", "remission"]))
    return [estimate(endpoint, share(count, n, digits, random), **known), *records]


def responses(random: Random) -> list[Record]:
    """The best responses of one group, in one sentence."""
    n, digits = patients(random), int(random.integers(0, 3))
    cr, pr, sd, pd, _ = random.multinomial(n, random.dirichlet([1, 2, 2, 2, 0.5]))
    counts = {"CR": cr, "PR": pr, "ORR": cr + pr, "SD": sd, "DCR": cr + pr + sd, "PD": pd}
    group: dict[str, Any] = {"sentence_id": "s1", "n": str(n)}
    return [estimate(name, share(int(count), n, digits, random), **group) for name, count in counts.items()]


def survival(random: Random) -> list[Record]:
    """Two arms of exponential times in one sentence: sizes, medians with intervals, difference and hazard ratio."""
    first, second = patients(random, least=12), patients(random, least=12)
    hazard, ratio_ = 1 / random.uniform(3, 40), math.exp(random.uniform(-1, 0.5))
    place: dict[str, Any] = {"sentence_id": "s1"}
    records = [cohort(str(first + second), **place)]
    medians, events = [], []
    for arm, n, rate in (("a", first, hazard * ratio_), ("b", second, hazard)):
        died = max(int(n * random.uniform(0.4, 1)), 4)
        estimated = math.log(2) / rate * math.exp(random.normal() / math.sqrt(died))
        reach = Z / math.sqrt(died)
        low, value, high = (shown(estimated * math.exp(side * reach), 1, random) for side in (-1, 0, 1))
        known = {**place, "statistic": "median", "unit": "months", "arm": arm}
        records += [cohort(str(n), arm=arm, **place), estimate("OS", value, ci=f"95% CI {low}-{high}", **known)]
        medians.append(estimated)
        events.append(died)
    records.append(comparison("difference", shown(medians[0] - medians[1], 1), endpoint="OS", unit="months", **place))
    # a hazard ratio that goes with the medians, as it does under exponential times
    effect, error = math.log(medians[1] / medians[0]), math.sqrt(1 / events[0] + 1 / events[1])
    arms = {"arm": "a", "comparator": "b", "statistic": "HR", "endpoint": "OS"}
    return [*records, printed_ratio(random, effect, error, digits=2, **arms, **place)]


def landmarks(random: Random) -> list[Record]:
    """Survival rates at rising times, overall and free of progression."""
    alive, digits = 100.0, int(random.integers(0, 2))
    records = []
    for year in (1, 2, 3):
        alive *= random.uniform(0.5, 1)
        free = alive * random.uniform(0.3, 1)
        for endpoint, rate in (("OS", alive), ("PFS", free)):
            if endpoint == "OS" or year == 1:
                records.append(estimate(endpoint, shown(rate, digits, random), timepoint=f"{year} years"))
    return records


def repeated(random: Random) -> list[Record]:
    """Medians and ratios of two endpoints and arms, in the text and again, rounded to as many digits or one less, in a
    table; ratios with their interval in both, or without it in the table."""
    records = []
    text, table = {"sentence_id": "s1"}, {"source": "table 1", "sentence_id": "table-1"}
    for endpoint in ("DOR", "TTR"):
        for arm in ("a", "b"):
            value, fewer = random.uniform(2, 40), int(random.integers(0, 2))
            known: dict[str, Any] = {"statistic": "median", "unit": "months", "arm": arm}
            records.append(estimate(endpoint, shown(value, 1), **known, **text))
            records.append(estimate(endpoint, shown(value, 1 - fewer), **known, **table))
        effect, error = random.uniform(-0.8, 0.4), random.uniform(0.06, 0.2)
        low, value, high = (shown(math.exp(effect + side * Z * error), 2) for side in (-1, 0, 1))
        arms: dict[str, Any] = {"endpoint": endpoint, "arm": "a", "comparator": "b"}
        p = p_of(effect / error)
        records.append(comparison("HR", value, ci=f"95% CI {low}-{high}", p=shown_p(random, p), **arms, **text))
        interval = f"95% CI {low}-{high}" if random.random() < 0.7 else None
        records.append(comparison("HR", value, ci=interval, p=shown_p(random, p), **arms, **table))
    return records
