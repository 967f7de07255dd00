"""How findings print numbers: short p-values, intervals and effects as a reviewer would write them."""

from schemas.evidence import Comparison, Estimate
from schemas.number import Interval, Number, PValue


def short(value: float) -> str:
    """A number of two significant digits: "0.57", "0.012", "9e-7"."""
    if value == 0:
        return "0"
    if abs(value) < 0.001:
        mantissa, exponent = f"{value:.0e}".split("e")
        return f"{mantissa}e{int(exponent)}"
    return f"{value:.2g}" if abs(value) < 100 else f"{value:.0f}"


def between(low: float, high: float) -> str:
    """A range in words: "between 9e-7 and 2e-5", or one number where both ends print alike."""
    first, last = short(low), short(high)
    return f"about {first}" if first == last else f"between {first} and {last}"


def bound(number: Number | None) -> str:
    return "not reached" if number is None else number.raw


def spell_interval(interval: Interval) -> str:
    """An interval with its level: "95% CI 0.64-0.86"; a "to" where a minus sign would run into the dash."""
    low, high = bound(interval.low), bound(interval.high)
    joint = "-" if low[:1].isdigit() and high[:1].isdigit() else " to "
    level = "" if interval.level is None else f"{interval.level.normalize():f}% "
    name = {"confidence": "CI", "credible": "credible interval", "range": "range", "quartiles": "quartiles"}
    return f"{level}{name[interval.kind]} {low}{joint}{high}"


def spell_p(p: PValue) -> str:
    """A p-value with its sign: "P = 0.012", "P < 0.001"."""
    return f"P {p.operator} {p.number.value}"


def spell_value(fact: Estimate | Comparison) -> str:
    """Measure, number and unit: "HR 0.74", "ORR 61.5%", "median PFS 6.2 months"."""
    number = "not reported" if fact.value is None else fact.value.raw
    unit = "" if fact.unit in (None, "ratio") else "%" if fact.unit == "%" else f" {fact.unit}"
    if fact.statistic in ("HR", "OR", "RR"):
        name: str = fact.statistic
    elif fact.statistic in ("median", "mean", "difference"):
        name = f"{fact.statistic} {fact.outcome.endpoint}"
    else:
        name = fact.outcome.endpoint
    if unit == "%" and number.endswith("%"):
        unit = ""
    return f"{name} {number}{unit}"
