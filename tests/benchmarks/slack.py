"""How often a score, exact or t-test of the very same data leaves the slack that interval_vs_p grants the Wald test.

`python -m tests.benchmarks.slack [TRIALS]` simulates trials and prints the share outside by measure, test and |z|.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from extractors.checks.interval_vs_p import slack
from extractors.checks.wald import Implied, deviate
from schemas.evidence import Comparison
from tests.extractors.checks.making import comparison

Random = np.random.Generator
Floats = NDArray[np.float64]
BANDS = ((0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 5.0))


class Trial(NamedTuple):
    """One trial: the Wald test's effect and error, and |z| of the other tests of the same data."""

    measure: str
    effect: float
    error: float
    others: dict[str, float]


def survival(random: Random) -> Iterator[Trial]:
    """Two arms with exponential times and censoring: Cox's Wald test against the log-rank (score) test."""
    n = round(math.exp(random.uniform(math.log(40), math.log(1000))))
    arm = random.random(n) < random.choice([0.5, 2 / 3])
    hazard = np.where(arm, math.exp(random.uniform(-1.2, 0.5)), 1.0)
    event = random.exponential(1 / hazard)
    censored = random.uniform(0.2, random.uniform(0.8, 5), n)
    died = event <= censored
    order = np.argsort(np.minimum(event, censored))
    treated = arm[order][::-1].cumsum()[::-1][died[order]]
    at_risk = np.arange(n, 0, -1)[died[order]]
    in_arm = arm[order][died[order]]
    if in_arm.sum() < 5 or (~in_arm).sum() < 5:
        return

    def score(effect: float) -> tuple[float, float]:
        weight = treated * math.exp(effect)
        share = weight / (weight + at_risk - treated)
        return float((in_arm - share).sum()), float((share * (1 - share)).sum())

    effect = 0.0
    for _ in range(25):
        gradient, information = score(effect)
        effect += gradient / information
    gradient, information = score(0.0)
    yield Trial("HR", effect, score(effect)[1] ** -0.5, {"log-rank": abs(gradient) / information**0.5})


def table(random: Random) -> Iterator[Trial]:
    """Two arms with a binary outcome: Wald tests of three measures against Pearson's, Yates' and Fisher's tests."""
    n1 = round(math.exp(random.uniform(math.log(20), math.log(1000))))
    n2 = max(round(n1 * random.choice([0.5, 1, 1])), 10)
    control = random.uniform(0.05, 0.7)
    odds = control / (1 - control) * math.exp(random.uniform(-1, 1))
    a, c = int(random.binomial(n1, odds / (1 + odds))), int(random.binomial(n2, control))
    b, d = n1 - a, n2 - c
    if min(a, b, c, d) < 5:
        return
    cells = np.array([[a, b], [c, d]])
    pooled = (a + c) / (n1 + n2)
    pearson = abs(a / n1 - c / n2) / math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    others = {
        "Pearson": pearson,
        "Yates": math.sqrt(float(stats.chi2_contingency(cells, correction=True).statistic)),
        "Fisher": deviate(float(stats.fisher_exact(cells).pvalue)),
    }
    yield Trial("OR", math.log(a * d / b / c), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d), others)
    yield Trial("RR", math.log(a / n1 * n2 / c), math.sqrt(1 / a - 1 / n1 + 1 / c - 1 / n2), others)
    yield Trial("difference", a / n1 - c / n2, math.sqrt(a * b / n1**3 + c * d / n2**3), others)


def means(random: Random) -> Iterator[Trial]:
    """Two small groups: the normal reading of a t-interval against the t-test it was made with."""
    freedom = int(random.integers(8, 120))
    t = random.uniform(0, 5)
    reach = float(stats.t.ppf(0.975, freedom)) / 1.959964  # the interval is wider than a normal one by so much
    yield Trial("difference", t, reach, {"t-test": deviate(float(2 * stats.t.sf(t, freedom)))})


def excesses(simulate: Callable[[Random], Iterator[Trial]], *, trials: int) -> dict[tuple[str, str], list[Floats]]:
    """(|z|, how far the other test lies beyond the slack) of every trial, by measure and test."""
    random = np.random.default_rng(3)
    found: dict[tuple[str, str], list[Floats]] = defaultdict(list)
    for _ in range(trials):
        for tested in simulate(random):
            z = abs(tested.effect) / tested.error
            reading = Implied(z, z, tested.effect, tested.error, symmetric=True)
            fact = comparison(tested.measure, None).fact
            assert isinstance(fact, Comparison)
            for name, other in tested.others.items():
                found[tested.measure, name].append(np.array([z, abs(other - z) - slack(reading, fact)]))
    return found


def main(trials: int) -> None:
    write = sys.stdout.write
    write("| measure | other test | " + " | ".join(f"|z| {low:g} to {high:g}" for low, high in BANDS) + " |\n")
    write("|---|---|" + "---:|" * len(BANDS) + "\n")
    for simulate in (survival, table, means):
        for (measure, name), pairs in sorted(excesses(simulate, trials=trials).items()):
            z, beyond = np.array(pairs).T
            cells = []
            for low, high in BANDS:
                inside = (z >= low) & (z < high)
                cells.append(f"{(beyond[inside] > 0).mean():.2%} of {inside.sum()}" if inside.any() else "")
            write(f"| {measure} | {name} | " + " | ".join(cells) + " |\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
