"""Medians of times with their intervals in; findings on intervals no number of patients at hand would give out.

Source: for exponential times the log of the median has standard error 1/sqrt(events) (Collett D. Modelling Survival
Data in Medical Research, 3rd ed., 2015, chapter 5), so an interval low to high needs about (2 z / ln(high / low))²
events, with z the normal quantile of its level.

An interval of fewer than three events looks like a range from least to greatest. One that needs many more events than
there are patients is too narrow; steep curves narrow an interval and progression is seen at visits only, so that is
said of survival from four times the patients on, and of progression never.
"""

import math
from decimal import Decimal

from extractors.checks.case import Case, Findings
from extractors.checks.sizes import Sizes, whole
from extractors.checks.wald import quantile
from extractors.checks.wording import short, spell_interval, spell_value
from schemas.evidence import Estimate
from schemas.finding import Finding
from schemas.number import Interval, Number
from schemas.record import Record

FEWEST = 3
TIMES_PATIENTS = 4
SEEN_AT_VISITS = {"PFS", "TTP", "DFS", "iDFS", "EFS", "RFS", "MFS", "DOR", "TTR", "TTF"}
UNITS = {"days", "weeks", "months", "years"}
USUAL_LEVEL = Decimal(95)


def check_interval_width(case: Case) -> Findings:
    """One finding for each median time with a closed confidence interval that is too wide, too narrow, or checked."""
    sizes = Sizes(case)
    for record, fact in case.estimates:
        if fact.statistic != "median" or fact.unit not in UNITS or fact.value is None or fact.interval is None:
            continue
        if fact.outcome.endpoint != "follow-up" and fact.interval.kind == "confidence":
            finding = _judge(case, sizes, record, fact, fact.value, fact.interval)
            if finding is not None:
                yield finding


def events_needed(interval: Interval) -> tuple[float, float] | None:
    """Fewest and most events an interval of a median stands for, by what rounding hides; None where it says none."""
    if interval.low is None or interval.high is None or interval.low.value <= 0:
        return None
    level = USUAL_LEVEL if interval.level is None else interval.level
    if not 50 <= level < 100 or interval.high.value <= interval.low.value:
        return None
    reaches = quantile(level)
    widest = math.log(float(interval.high.highest) / max(float(interval.low.lowest), 1e-9))
    narrowest = math.log(max(float(interval.high.lowest), 1e-9) / float(interval.low.highest))
    most = math.inf if narrowest <= 0 else (2 * reaches / narrowest) ** 2
    return (2 * reaches / widest) ** 2, most


def _judge(
    case: Case, sizes: Sizes, record: Record, fact: Estimate, value: Number, interval: Interval
) -> Finding | None:
    needed = events_needed(interval)
    if needed is None:
        return None
    fewest, most = needed
    said = f"{spell_value(fact)}, {spell_interval(interval)}"
    if most < FEWEST:
        message = (
            f"{said}: as wide as {short(most)} events would make it; it looks like a range from least to greatest."
        )
        return case.state(
            "interval_width",
            "inconsistent",
            [record],
            about=value,
            message=message,
            printed=said,
            expected=f"{FEWEST} events or more",
            severity="warning",
            aspect="wide",
        )
    n = whole(fact.n)
    known = [n] if n else [size.n for size in sizes.of_group(fact.group)]
    if not known:
        return None
    patients = max(known)
    if fewest <= TIMES_PATIENTS * patients:
        message = f"{said}: the width of {short(fewest)} events or more, of {patients} patients."
        return case.state("interval_width", "consistent", [record], about=value, message=message, printed=said)
    message = f"{said}: so narrow an interval needs about {fewest:.0f} events; {patients} patients are printed"
    if fact.outcome.endpoint in SEEN_AT_VISITS:
        message += " (times seen at visits only can narrow it)."
        return case.state("interval_width", "uncheckable", [record], about=value, message=message, printed=said)
    return case.state(
        "interval_width",
        "inconsistent",
        [record],
        about=value,
        message=f"{message}.",
        printed=said,
        expected=f"at most {patients} events",
        severity="note",
        aspect="narrow",
    )
