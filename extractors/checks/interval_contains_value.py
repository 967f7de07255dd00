"""Values with their intervals in; findings on values outside them, on a bound, or between swapped bounds out.

Method: an estimate lies strictly inside its confidence interval; bounds and value range over what rounding hides.
A printed bound may equal the value where rounding explains it: where some true values that print so leave the interval
symmetric (ratios on the log scale: value² = low x high; others: value the mean of both), or where the other side is
no longer than four times what rounding hides. A share of 100% and a rate of 0 are their own exact bounds.
"""

from decimal import Decimal
from typing import Literal

from extractors.checks.case import Case, Findings
from extractors.checks.wording import spell_interval, spell_value
from schemas.evidence import Comparison, Estimate
from schemas.finding import Finding, Severity
from schemas.number import Interval, Number
from schemas.record import Record

HIDDEN = 4
"""How many times what rounding hides the longer side may measure; a log-symmetric interval at rounded 1 reaches 3.5."""


def check_interval_holds_value(case: Case) -> Findings:
    """One finding for each estimate or comparison with an interval."""
    for record, fact in case.effects:
        if fact.interval is not None:
            finding = _judge(case, record, fact, fact.interval)
            if finding is not None:
                yield finding


def _judge(case: Case, record: Record, fact: Estimate | Comparison, interval: Interval) -> Finding | None:
    value, low, high = fact.value, interval.low, interval.high
    text = f"{spell_value(fact)}, {spell_interval(interval)}"

    def wrong(message: str, severity: Severity, aspect: str) -> Finding:
        return case.state(
            "interval_contains_value",
            "inconsistent",
            [record],
            about=value if value is not None else low,
            message=message,
            printed=text,
            severity=severity,
            aspect=aspect,
        )

    if low is not None and high is not None and low.lowest >= high.highest:
        # of two reductions the smaller is often printed first ("-0.3 to -0.7"): odd, but not misleading
        severity: Severity = "note" if high.highest < 0 and low.highest < 0 else "error"
        return wrong(f"{spell_interval(interval)}: the low bound is above the high one.", severity, "swapped")
    if value is None or (low is None and high is None):
        return None
    side = _side(value.lowest, value.highest, interval)
    if side:
        message = f"{spell_value(fact)} lies {side} its own interval, {spell_interval(interval)}"
        if not _side(-value.highest, -value.lowest, interval):
            return wrong(f"{message}; with the other sign it would lie inside.", "warning", side)
        return wrong(f"{message}.", "error", side)
    if low is not None and high is not None and interval.kind in ("confidence", "credible"):
        for name, near, far in (("lower", low, high), ("upper", high, low)):
            if near.value == value.value and not _rounding_explains(fact, value, near, far):
                message = f"{spell_value(fact)} equals the {name} bound of its interval, {spell_interval(interval)}."
                return wrong(message, "warning", "on the bound")
    message = f"{spell_value(fact)} lies inside {spell_interval(interval)}."
    return case.state("interval_contains_value", "consistent", [record], about=value, message=message, printed=text)


def _side(lowest: Decimal, highest: Decimal, interval: Interval) -> Literal["", "below", "above"]:
    """On which side of an interval a value lies whatever rounding hides; "" where it may lie inside."""
    if interval.low is not None and highest < interval.low.lowest:
        return "below"
    if interval.high is not None and lowest > interval.high.highest:
        return "above"
    return ""


def _rounding_explains(fact: Estimate | Comparison, value: Number, near: Number, far: Number) -> bool:
    if value.value == 0 or (fact.unit == "%" and value.value == 100):
        return True
    if fact.statistic in ("HR", "OR", "RR"):
        # true numbers printing so with value * value == near * far, the middle on the log scale
        return (
            near.lowest * far.lowest <= value.highest * value.highest
            and value.lowest * value.lowest <= near.highest * far.highest
        )
    return abs(far.value - value.value) <= HIDDEN * (value.half_unit + near.half_unit)
