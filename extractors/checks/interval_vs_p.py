"""Comparisons with a value, an interval and a p-value in; findings on whether the three can come from one analysis out.

Source of the implied p-value: Altman DG, Bland JM. BMJ 2011;343:d2304 (see `wald`).

A printed p-value need not be the Wald test's own, so |z| may differ by a slack before it is a finding:

* hazard and odds ratios: 0.05 + 0.5 SE + 0.1 b² |z|, with b the log ratio. The log-rank (score) test uses the
  information at b = 0, which exceeds that at the estimate by a share that grows with b²; Fisher's exact test and
  Yates' correction move a 2x2 table's count by one half, which is 0.5 SE of the log odds ratio.
* relative risks, other ratios, differences: 0.1 + 0.3 |z| and 0.1 + 0.25 |z|, at least 0.45. Pooled and unpooled
  variance of a proportion differ to first order in the effect, t-quantiles with few degrees of freedom stay inside it
  too; the half count of exact tests is known only for the odds ratio and takes up to 0.45 where |z| is small.

`python -m tests.benchmarks.slack` simulates trials and shows how seldom score, exact and t-tests fall outside.
"""

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.checks.case import Case, Findings
from extractors.checks.wald import (
    LOG,
    NATURAL,
    REDUCTION,
    Implied,
    Scale,
    deviate,
    imply,
    of_heterogeneity,
    printed_range,
)
from extractors.checks.wording import between, spell_interval, spell_p, spell_value
from schemas.evidence import Comparison
from schemas.finding import Finding, Severity
from schemas.number import Interval, Number, PValue
from schemas.record import Record

SIGNIFICANT = 0.05
FAR = 1.0
"""A gap in |z| that is an error whatever the p-values: half the way from no evidence to p = 0.05."""
USUAL = (Decimal(95), Decimal(90), Decimal(99))
OTHER_TEST = re.compile(
    r"\b(?:one|1)[\s-](?:sided|tailed)|non-?\s?inferior|multiplicity|bonferroni|hochberg|\b(?:adjusted|corrected)\s+p\b",
    re.IGNORECASE,
)


def check_interval_against_p(case: Case) -> Findings:
    """One finding for each comparison that prints value, interval and p-value."""
    judged: list[tuple[Record, Comparison, Finding]] = []
    for record, fact in case.comparisons:
        if fact.value is not None and fact.interval is not None and fact.p is not None:
            finding = _weigh(case, record, fact, fact.value, fact.interval, fact.p)
            if finding is not None:
                judged.append((record, fact, finding))
    for record, fact, finding in judged:
        crossed = _crossed(case, record, fact, judged) if finding.verdict == "inconsistent" else None
        yield crossed or finding


def _crossed(
    case: Case, record: Record, fact: Comparison, judged: Sequence[tuple[Record, Comparison, Finding]]
) -> Finding | None:
    """An open verdict where two misfits of one place fit with each other's p-value: they were linked crosswise."""
    for other, comparison, finding in judged:
        near = other.provenance.sentence_id == record.provenance.sentence_id and other is not record
        if not near or finding.verdict != "inconsistent" or fact.group.study.name != comparison.group.study.name:
            continue
        if _fits(case, record, fact, comparison.p) and _fits(case, other, comparison, fact.p):
            message = (
                f"{spell_value(fact)} fits the p-value taken for {spell_value(comparison)} and the other way round."
            )
            return case.state("interval_vs_p", "uncheckable", [record, other], about=fact.value, message=message)
    return None


def _fits(case: Case, record: Record, fact: Comparison, p: PValue | None) -> bool:
    if fact.value is None or fact.interval is None or p is None:
        return False
    finding = _weigh(case, record, fact, fact.value, fact.interval, p)
    return finding is not None and finding.verdict != "inconsistent"


def _weigh(
    case: Case, record: Record, fact: Comparison, value: Number, interval: Interval, p: PValue
) -> Finding | None:
    printed = f"{spell_value(fact)}, {spell_interval(interval)}, {spell_p(p)}"
    allowed = printed_range(p)

    def uncheckable(reason: str) -> Finding:
        message = f"{spell_value(fact)} with {spell_interval(interval)} and {spell_p(p)}: {reason}."
        return case.state("interval_vs_p", "uncheckable", [record], about=value, message=message, printed=printed)

    if interval.kind in ("range", "quartiles") or allowed is None:
        return None
    if interval.kind == "credible":
        return uncheckable("a credible interval has no p-value of its own")
    if p.qualifier:
        return uncheckable(f"the p-value is that of a {p.qualifier} test, not of the effect printed with it")
    readings = [
        reading
        for level in ((interval.level,) if interval.level is not None else USUAL)
        for scale in scales(fact)
        if (reading := imply(value, interval, level=level, scale=scale)) is not None
    ]
    if not readings:
        return uncheckable("rounding, an open bound or the scale leaves no standard error to be read off")
    best = min(readings, key=lambda reading: excess(reading, fact, allowed))
    implied = f"P {between(*best.p)}"
    claim = f"{spell_value(fact)} with {spell_interval(interval)} implies {implied}; printed {p.text.lstrip('=')}"
    if excess(best, fact, allowed) <= 0:
        return case.state(
            "interval_vs_p", "consistent", [record], about=value, printed=printed, expected=implied, message=f"{claim}."
        )
    if min(excess(reading, fact, allowed, sides=1) for reading in readings) <= 0:
        return uncheckable(f"the interval implies {implied} of a two-sided test; the printed one fits a one-sided test")
    if of_heterogeneity(p, interval, case.document.reading):
        return uncheckable(f"the interval implies {implied}, but the printed one follows a heterogeneity statistic")
    if OTHER_TEST.search(record.provenance.sentence):
        return uncheckable(f"the interval implies {implied}, but the sentence speaks of another kind of test")
    if not best.symmetric:
        claim += " (the value is not in the middle of its interval; both halves were tried)"
    if interval.level is None:
        claim += " (no level is printed; 95, 90 and 99% were tried)"
    return case.state(
        "interval_vs_p",
        "inconsistent",
        [record],
        about=value,
        printed=printed,
        expected=implied,
        message=f"{claim}.",
        severity=_severity(best, allowed),
    )


def scales(fact: Comparison) -> tuple[Scale, ...]:
    """The scales a comparison's interval may be symmetric on; none where the measure is unknown.

    A difference in percent may be one of two proportions or a relative reduction (one minus a ratio).
    """
    if fact.statistic in ("HR", "OR", "RR"):
        return (LOG,)
    if fact.statistic == "other" and fact.unit == "ratio":
        return (LOG, NATURAL)  # an unnamed ratio may be a standardised difference
    if fact.statistic == "difference":
        return (NATURAL, REDUCTION) if fact.unit == "%" else (NATURAL,)
    return ()


def slack(reading: Implied, fact: Comparison) -> float:
    """How far |z| of a test of the same data may stray from the Wald test's; see the module's text."""
    z = (reading.low + reading.high) / 2
    if fact.statistic in ("HR", "OR"):
        return 0.05 + 0.5 * reading.error + 0.1 * reading.effect**2 * z
    return max(0.45, 0.1 + (0.25 if fact.statistic == "difference" else 0.3) * z)


def gap(reading: Implied, allowed: tuple[float, float], *, sides: int = 2) -> float:
    """How far apart in |z| the implied and the printed p-values are; 0 where they overlap."""
    least, greatest = deviate(allowed[1], sides=sides), deviate(allowed[0], sides=sides)
    return max(least - reading.high, reading.low - greatest, 0.0)


def excess(reading: Implied, fact: Comparison, allowed: tuple[float, float], *, sides: int = 2) -> float:
    """The gap beyond the slack; not positive where the printed p-value may be right."""
    distance = gap(reading, allowed, sides=sides)
    return -math.inf if distance == 0 else distance - slack(reading, fact)


def _severity(reading: Implied, allowed: tuple[float, float]) -> Severity:
    """An error where the two speak differently of significance or are far apart; else other analyses may explain it."""
    least, greatest = reading.p
    crossed = allowed[1] < SIGNIFICANT < least or greatest < SIGNIFICANT <= allowed[0]
    return "error" if crossed or gap(reading, allowed) > FAR else "warning"
