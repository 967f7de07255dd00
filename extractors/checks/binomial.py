"""Counts out of patients in, confidence intervals of their share out; and which counts fit a printed interval.

Sources: Clopper CJ, Pearson ES. Biometrika 1934;26:404-413 (exact). Wilson EB. JASA 1927;22:209-212. Brown LD, Cai TT,
DasGupta A. Statistical Science 2001;16:101-133 (Wald, Agresti-Coull, Jeffreys, logit).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, logit

from extractors.checks.wald import quantile
from schemas.number import Interval, Number

Floats = NDArray[np.float64]
Bounds = tuple[Floats, Floats]
MOST = 4000
"""The greatest denominator looked for; beyond it an interval of printed digits no longer tells counts apart."""


def exact(k: Floats, n: Floats, z: float, tail: float) -> Bounds:
    """Clopper and Pearson's interval; `tail` is the share left out on either side, `z` its normal quantile."""
    del z
    low = np.where(k > 0, betaincinv(np.maximum(k, 1), n - k + 1, tail), 0.0)
    high = np.where(k < n, betaincinv(k + 1, np.maximum(n - k, 1), 1 - tail), 1.0)
    return low, high


def wilson(k: Floats, n: Floats, z: float, tail: float) -> Bounds:
    del tail
    middle = (k + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
    return middle - half, middle + half


def wald(k: Floats, n: Floats, z: float, tail: float) -> Bounds:
    """The normal interval, cut off at 0 and 1 as it is usually printed."""
    del tail
    share = k / n
    half = z * np.sqrt(share * (1 - share) / n)
    return np.maximum(share - half, 0), np.minimum(share + half, 1)


def agresti_coull(k: Floats, n: Floats, z: float, tail: float) -> Bounds:
    return wald(k + z**2 / 2, n + z**2, z, tail)


def jeffreys(k: Floats, n: Floats, z: float, tail: float) -> Bounds:
    del z
    low = np.where(k > 0, betaincinv(k + 0.5, n - k + 0.5, tail), 0.0)
    high = np.where(k < n, betaincinv(k + 0.5, n - k + 0.5, 1 - tail), 1.0)
    return low, high


def on_logit(k: Floats, n: Floats, z: float, tail: float) -> Bounds:
    """The normal interval of the log odds, back on the scale of shares; [0, 1] at none or all."""
    del tail
    inside = (k > 0) & (k < n)
    share = np.where(inside, k / n, 0.5)
    half = z / np.sqrt(n * share * (1 - share))
    return np.where(inside, expit(logit(share) - half), 0.0), np.where(inside, expit(logit(share) + half), 1.0)


METHODS: dict[str, Callable[[Floats, Floats, float, float], Bounds]] = {
    "exact (Clopper-Pearson)": exact,
    "Wilson": wilson,
    "Wald": wald,
    "logit": on_logit,
    "Agresti-Coull": agresti_coull,
    "Jeffreys": jeffreys,
}
USUAL = ("exact (Clopper-Pearson)", "Wilson")


@dataclass(frozen=True)
class Printed:
    """A printed interval of a percentage, as the range each bound may have had before rounding, in shares."""

    low: Number
    high: Number
    level: Decimal

    @classmethod
    def of(cls, interval: Interval) -> "Printed | None":
        """None for an open or an impossible interval; a bare "CI" is taken as 95%."""
        low, high, level = interval.low, interval.high, interval.level or Decimal(95)
        if low is None or high is None or not 0 <= low.value < high.value <= 100 or not 50 <= level < 100:
            return None
        return cls(low, high, level)

    @property
    def _tail(self) -> float:
        return (1 - float(self.level) / 100) / 2

    def width(self) -> float:
        return float(self.high.value - self.low.value) / 100

    def width_of(self, k: int, n: int) -> float:
        """The width of the exact interval of k of n."""
        low, high = exact(np.array([float(k)]), np.array([float(n)]), quantile(self.level), self._tail)
        return float(high[0] - low[0])

    def agree(self, method: str, k: Floats, n: Floats) -> NDArray[np.bool_]:
        """For which counts a method's interval prints as this one, or would if rounded twice."""
        low, high = METHODS[method](k, n, quantile(self.level), self._tail)
        return _prints(100 * low, self.low) & _prints(100 * high, self.high)

    def method_of(self, k: int, n: int) -> str | None:
        """The method whose interval of k of n prints as this one, the usual ones first."""
        for method in METHODS:
            if self.agree(method, np.array([float(k)]), np.array([float(n)]))[0]:
                return method
        return None

    def fits(self, percent: Number) -> list[tuple[int, int, str]]:
        """All (count, n, method) of the usual methods that print as this percentage with this interval, n upwards."""
        ks, ns = _candidates(percent, most=self._most(percent))
        found = [
            (int(k), int(n), method)
            for method in USUAL
            for k, n, hit in zip(ks, ns, self.agree(method, ks, ns), strict=True)
            if hit
        ]
        return sorted(found, key=lambda fit: (fit[1], fit[0], USUAL.index(fit[2])))

    def _most(self, percent: Number) -> int:
        """A denominator well above any that can have so wide an interval: three times the normal one's, and 40."""
        share = min(max(float(percent.value) / 100, 0.05), 0.95)
        narrowest = max(float(self.high.lowest - self.low.highest) / 100, 1e-3)
        needed = share * (1 - share) * (2 * quantile(self.level) / narrowest) ** 2
        return min(ceil(3 * needed) + 40, MOST)


def _prints(bound: Floats, number: Number) -> NDArray[np.bool_]:
    """Whether bounds print as a number, also when first rounded to one digit more: a tenth of the half unit further."""
    reach = 1.1 * float(number.half_unit)
    return np.abs(bound - float(number.value)) <= reach


def _candidates(percent: Number, *, most: int) -> tuple[Floats, Floats]:
    """Counts and denominators up to `most` that print as a percentage."""
    low, high = Fraction(percent.lowest) / 100, Fraction(percent.highest) / 100
    pairs: list[tuple[int, int]] = []
    for n in range(1, most + 1):
        first, last = max(ceil(low * n), 0), min(floor(high * n), n)
        pairs.extend((k, n) for k in range(first, last + 1))
    if not pairs:
        return np.empty(0), np.empty(0)
    columns = np.array(pairs, dtype=np.float64)
    return columns[:, 0], columns[:, 1]
