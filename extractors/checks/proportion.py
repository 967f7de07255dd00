"""Whole numbers behind printed percentages, exactly: which counts and which denominators print as a percentage.

Source: Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8(4):363-369.
All arithmetic is on fractions of integers; a half may be rounded either way.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from schemas.number import Number


def counts(percent: Number, *, n: int) -> range:
    """Counts out of `n` that print as `percent`; empty where no whole number does."""
    low = ceil(Fraction(percent.lowest) * n / 100)
    high = floor(Fraction(percent.highest) * n / 100)
    return range(max(low, 0), min(high, n) + 1)


def cut_off(percent: Number, *, count: int, n: int) -> bool:
    """Whether count over n gives `percent` when its further digits are cut off instead of rounded."""
    exact = Fraction(100 * count, n)
    return Fraction(percent.value) <= exact < Fraction(percent.value) + 2 * Fraction(percent.half_unit)


def denominators(percent: Number, *, count: int, most: int) -> range:
    """Denominators up to `most` for which `count` prints as `percent`."""
    low, high = Fraction(percent.lowest), Fraction(percent.highest)
    if count == 0:
        return range(1, most + 1) if low <= 0 <= high else range(0)
    if high <= 0:
        return range(0)
    greatest = most if low <= 0 else min(floor(Fraction(100 * count) / low), most)
    return range(max(ceil(Fraction(100 * count) / high), count), greatest + 1)


def fitting(percent: Number, *, most: int) -> Iterator[tuple[int, int]]:
    """Pairs (count, n) that print as `percent`, from n = `most` downwards, the first count of each n."""
    for n in range(most, 0, -1):
        found = counts(percent, n=n)
        if found:
            yield found[0], n


def telling(percent: Number, *, n: int) -> bool:
    """Whether some percentage of as many digits could not come from `n`: with 1000 patients every "12.3%" can."""
    unit: Fraction = 2 * Fraction(percent.half_unit)
    return n * unit < 100


def percentage(count: int, n: int, *, decimals: int) -> str:
    """Count over n in percent, rounded half up to `decimals` digits."""
    exact = Decimal(100 * count) / Decimal(n)
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), rounding='ROUND_HALF_UP')}%"
