"""The test statistic and p-value that a value with its interval implies, as ranges over what rounding hides.

Source: Altman DG, Bland JM. How to obtain the P value from a confidence interval. BMJ 2011;343:d2304.
Half the width of a 95% interval over 1.96 is the standard error, value over that is z; ratios on the log scale.
"""

import math
import re
from collections.abc import Callable
from decimal import Decimal
from statistics import NormalDist
from typing import NamedTuple

from schemas.number import Interval, Number, PValue

STANDARD = NormalDist()
SKEWED = 0.1
"""Share of the half-width by which a value may stand off the middle before the interval is no Wald interval."""

NEAR = 40
"""So many characters before a p-value tell which test it is of."""


class Scale(NamedTuple):
    """A scale on which an interval should be symmetric and no effect is zero."""

    name: str
    of: Callable[[float], float]


LOG = Scale("log", math.log)
NATURAL = Scale("natural", float)
REDUCTION = Scale("relative reduction", lambda percent: -math.log(1 - percent / 100))


class Implied(NamedTuple):
    """What the printed numbers allow: least and greatest |z|, the effect and its standard error on their scale."""

    low: float
    high: float
    effect: float
    error: float
    symmetric: bool

    @property
    def p(self) -> tuple[float, float]:
        """The two-sided p-values that belong to the greatest and the least |z|."""
        return two_sided(self.high), two_sided(self.low)


def two_sided(z: float) -> float:
    """The two-sided p-value of a standard normal deviate."""
    return math.erfc(abs(z) / math.sqrt(2))


def deviate(p: float, *, sides: int = 2) -> float:
    """|z| of a p-value; infinite for 0."""
    share = p / sides
    if share <= 0:
        return math.inf
    return max(-STANDARD.inv_cdf(share), 0.0) if share < 1 else 0.0


def quantile(level: Decimal) -> float:
    """How many standard errors an interval of `level` percent reaches to either side; ValueError off (0, 100)."""
    return STANDARD.inv_cdf(0.5 + float(level) / 200)


def reach(number: Number, scale: Scale) -> tuple[float, float]:
    """The true values that rounding hides behind a printed one, on a scale; ValueError where the scale has none."""
    return scale.of(float(number.lowest)), scale.of(float(number.highest))


def imply(value: Number, interval: Interval, *, level: Decimal, scale: Scale) -> Implied | None:
    """|z| of a value with its interval; None where a bound is open, off the scale, or rounding hides the width.

    Every printed number ranges over what it may have been before rounding. A value off the middle of its interval
    (profile likelihood, exact methods) leaves open which half tells the standard error: the range spans both.
    """
    if interval.low is None or interval.high is None:
        return None
    try:
        reaches = quantile(level)
        effect_low, effect_high = reach(value, scale)
        bottom_low, bottom_high = reach(interval.low, scale)
        top_low, top_high = reach(interval.high, scale)
    except (ValueError, OverflowError):
        return None
    narrow, wide = (top_low - bottom_high) / (2 * reaches), (top_high - bottom_low) / (2 * reaches)
    if narrow <= 0:
        return None
    middle_low, middle_high = (bottom_low + top_low) / 2, (bottom_high + top_high) / 2
    off = max(middle_low - effect_high, effect_low - middle_high, 0.0)
    symmetric = off <= SKEWED * reaches * wide
    if not symmetric:
        halves = [(effect_low - bottom_high, effect_high - bottom_low), (top_low - effect_high, top_high - effect_low)]
        narrow = min(narrow, *(shortest / reaches for shortest, _ in halves))
        wide = max(wide, *(longest / reaches for _, longest in halves))
        if narrow <= 0:
            return None
    sizes = sorted((abs(effect_low), abs(effect_high)))
    least = 0.0 if effect_low <= 0 <= effect_high else sizes[0]
    effect, error = (effect_low + effect_high) / 2, (narrow + wide) / 2
    return Implied(least / wide, sizes[1] / narrow, effect, error, symmetric)


HETEROGENEITY = re.compile(r"\bI\s?[²2]|\bQ\s*=|τ|\btau|heterogen|inconsisten", re.IGNORECASE)


def of_heterogeneity(p: PValue, interval: Interval | None, reading: str) -> bool:
    """Whether a p-value is that of a heterogeneity statistic printed between the interval and itself.

    "(95% CI 0.33-1.66, I² = 20.7%, P = 0.26)": the test of I² is not that of the effect.
    """
    if p.qualifier == "heterogeneity" or HETEROGENEITY.search(p.raw):
        return True
    if p.span is None:
        return False
    start = interval.span.end if interval is not None and interval.span is not None else p.span.start - NEAR
    return HETEROGENEITY.search(reading, max(start, p.span.start - NEAR, 0), p.span.start) is not None


def printed_range(p: PValue) -> tuple[float, float] | None:
    """The p-values a printed one allows: "=0.03" those that round to it, "<0.05" all below; None for "about"."""
    value = float(p.number.value)
    match p.operator:
        case "=":
            return max(float(p.number.lowest), 0.0), min(float(p.number.highest), 1.0)
        case "<" | "<=":
            return 0.0, value
        case ">" | ">=":
            return value, 1.0
        case _:
            return None
