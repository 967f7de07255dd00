"""A comparison as printed in, its effect and standard error on the scale of a meta-analysis out.

Sources: Cochrane Handbook for Systematic Reviews of Interventions, version 6.5, sections 6.3.1 (differences) and 6.3.2
(ratios), on standard errors from confidence intervals and p-values; for hazard ratios also Tierney JF et al.
Trials 2007;8:16. Both take the estimate to be normal on its scale, so that an interval of a small study that was made
with a t-distribution gives a standard error slightly too large.
"""

import math
import re
from statistics import NormalDist
from typing import NamedTuple

from pipeline.rows import Row

RATIOS = ("HR", "OR", "RR")
MEASURES = (*RATIOS, "difference")
USUAL = 95.0
"""The level of an interval whose level is not printed: taken for granted by authors, so taken here, and said."""
STANDARD = NormalDist()
PRINTED = re.compile(r"(?P<sign>=|<=|<)\s*(?P<number>\d*\.?\d+(?:[eE]-?\d+)?)")


class Effect(NamedTuple):
    """What a comparison contributes: `yi` is the logarithm of a ratio or the difference itself, `sei` its error.

    `sei_from` is "interval", "p" (an exact p-value), "p bound" (only "p < 0.05" is printed: the bound is taken for the
    p-value, so that the standard error is the greatest possible), or null where nothing tells.
    """

    yi: float | None
    sei: float | None
    sei_from: str | None
    level: float | None
    level_assumed: bool

    @property
    def vi(self) -> float | None:
        """The sampling variance."""
        return self.sei**2 if self.sei is not None else None


def measure_effect(record: Row) -> Effect:
    """The effect of a flat comparison of one of MEASURES; null where a printed number is off the scale or not known.

    An effect that lies outside its printed interval gets no standard error: one of the numbers is wrong.
    """
    ratio = record["statistic"] in RATIOS
    yi = _scaled(record["value"], ratio=ratio)
    level = record["ci_level"] if record["ci_level"] is not None else USUAL
    assumed = record["ci"] is not None and record["ci_level"] is None
    if record["ci"] is not None and _outside(record["value"], *record["ci"]):
        return Effect(yi, None, None, level, assumed)
    sei = error_of_interval(record["ci"], level=level, ratio=ratio) if record["ci"] is not None else None
    if sei is not None:
        return Effect(yi, sei, "interval", level, assumed)
    printed = PRINTED.fullmatch(record["p"] or "")
    sei = error_of_p(yi, float(printed["number"])) if printed is not None and yi is not None else None
    origin = None if sei is None or printed is None else "p" if printed["sign"] == "=" else "p bound"
    return Effect(yi, sei, origin, level if record["ci"] is not None else None, assumed)


def error_of_interval(bounds: list[float | None], *, level: float, ratio: bool) -> float | None:
    """Standard error from a two-sided interval: its width over twice the normal quantile (3.92 for 95%).

    Ratios on the log scale. Null where a bound is open, off the scale, or the upper one is not above the lower.
    Handbook 6.3.1 and 6.3.2.
    """
    low, high = (_scaled(bound, ratio=ratio) for bound in bounds)
    if low is None or high is None or low >= high or not 0 < level < 100:
        return None
    return (high - low) / (2 * STANDARD.inv_cdf(0.5 + level / 200))


def error_of_p(yi: float, p: float) -> float | None:
    """Standard error from a two-sided p-value: the effect over the normal deviate of p. Handbook 6.3.1 and 6.3.2.

    Null where the effect is none (any standard error gives p = 1) or p is no probability between 0 and 1.
    """
    if yi == 0 or not 0 < p < 1:
        return None
    return abs(yi) / -STANDARD.inv_cdf(p / 2)


def _scaled(value: float | None, *, ratio: bool) -> float | None:
    if value is None or not ratio:
        return value
    return math.log(value) if value > 0 else None


def _outside(value: float, low: float | None, high: float | None) -> bool:
    return (low is not None and value < low) or (high is not None and value > high)
