"""Records in; findings on numbers that cannot be out: shares above 100%, negative times, more events than patients.

Method: definitions. A share of patients lies between 0 and 100%, a time to an event and a ratio above 0, a p-value
between 0 and 1, a confidence level between 50 and 100%; patients are whole. Only what fails is a finding. A percentage
below 0 may be a change or an efficacy: only a rate of response or of adverse events is a share for certain.
"""

from collections.abc import Iterator
from decimal import Decimal

from extractors.checks.case import Case, Findings
from extractors.checks.share import PERCENTAGES, signed
from extractors.checks.sizes import whole
from extractors.checks.wording import spell_interval, spell_p, spell_value
from schemas.evidence import Cohort, Comparison, Estimate
from schemas.finding import Severity
from schemas.number import Number

TIMES = {"days": 36500, "weeks": 5200, "months": 1200, "years": 100}
"""Units of time and how much of each is a hundred years."""
RATIOS = ("HR", "OR", "RR")

Problem = tuple[str, Number | None, str, Severity]


def check_plausibility(case: Case) -> Findings:
    """One finding for each number of a record that no group of patients can have."""
    for record in case.records:
        fact = record.fact
        problems = _of_cohort(fact) if isinstance(fact, Cohort) else _of_effect(case, fact)
        for aspect, about, message, severity in problems:
            yield case.state(
                "plausibility",
                "inconsistent",
                [record],
                about=about,
                message=message,
                printed=about.raw if about is not None else "",
                severity=severity,
                aspect=aspect,
            )


def _of_cohort(cohort: Cohort) -> Iterator[Problem]:
    if cohort.n is not None and whole(cohort.n) is None:
        yield "n", cohort.n, f"A group of {cohort.n.raw} {cohort.unit} cannot be.", "error"
    if cohort.percent is not None and not 0 <= cohort.percent.value <= 100:
        yield "percent", cohort.percent, f"{cohort.percent.raw}% is no share of patients.", "error"


def _of_effect(case: Case, fact: Estimate | Comparison) -> Iterator[Problem]:
    value = fact.value
    if value is not None:
        said = spell_value(fact)
        share = fact.statistic == "rate" and fact.unit == "%" and signed(case, value)
        if share and (value.value > 100 or (value.value < 0 and fact.outcome.endpoint in PERCENTAGES)):
            yield "share", value, f"{said}: a share of patients lies between 0 and 100%.", "error"
        if fact.statistic == "median" and fact.unit in TIMES and value.value < 0:
            yield "time", value, f"{said}: a time to an event cannot be negative.", "error"
        if fact.statistic == "median" and fact.unit in TIMES and value.value > TIMES[fact.unit]:
            yield "long", value, f"{said} is longer than a life.", "error"
        if fact.statistic in RATIOS and value.highest <= 0:
            yield "ratio", value, f"{said}: a ratio lies above 0.", "error"
    if fact.p is not None and not 0 <= fact.p.number.value <= 1:
        yield "p", fact.p.number, f"{spell_p(fact.p)}: a p-value lies between 0 and 1.", "error"
    if isinstance(fact, Estimate):
        events, n = whole(fact.events), whole(fact.n)
        if events is not None and n and events > n:
            yield "events", fact.events, f"{events} patients with the event are more than the {n} there are.", "error"
    yield from _of_interval(fact)


def _of_interval(fact: Estimate | Comparison) -> Iterator[Problem]:
    interval = fact.interval
    if interval is None:
        return
    said = spell_interval(interval)
    if interval.level is not None and not Decimal(50) <= interval.level < Decimal(100):
        yield "level", fact.value, f"{said}: {interval.level.normalize():f}% is no usual level.", "error"
    if fact.value is not None and fact.value.value < 0:
        return  # its bounds need no word of their own
    if fact.statistic in RATIOS and interval.low is not None and interval.low.highest < 0:
        yield "bound", fact.value, f"{said} of {spell_value(fact)}: a ratio lies above 0.", "error"
    if fact.statistic == "median" and fact.unit in TIMES and interval.low is not None and interval.low.highest < 0:
        yield "bound", fact.value, f"{said} of {spell_value(fact)}: a time to an event cannot be negative.", "error"
    if fact.statistic == "rate" and fact.unit == "%":
        outside = (interval.low is not None and interval.low.highest < 0) or (
            interval.high is not None and interval.high.lowest > 100
        )
        if outside:
            message = f"{said} of {spell_value(fact)} reaches beyond 0 to 100% (a Wald interval can)."
            yield "bound", fact.value, message, "warning"
