"""A record in; the percentage, count and denominator it prints of one share of patients, and whether it is one, out."""

import re

from extractors.checks.case import Case, position
from extractors.checks.sizes import POOLED, whole
from schemas.evidence import Cohort, Estimate
from schemas.number import Number
from schemas.record import Record

PERCENTAGES = {"ORR", "CR", "PR", "SD", "PD", "DCR", "CBR", "pCR", "AE"}
"""Endpoints whose rate is a count over patients; rates of time-to-event endpoints are Kaplan-Meier estimates."""
APPROXIMATE = re.compile(
    r"(?:about|approximately|roughly|around|nearly|almost|over|than|least|most|to|~|≈|>|<|≥|≤|∼)\s*$", re.IGNORECASE
)
DENOMINATOR = re.compile(r"\s?(?:/|(?:out\s+)?of\s+(?:the\s+)?)\s?(\d{1,3}(?:,\d{3})+|\d+)(?![\d.,]*\d|\s?%)")
SURVIVAL = re.compile(
    r"surviv|mortality|death|recurren|relaps|progress|free|incidence|failure"
    r"|effica|effective|sensitiv|specific|accura|predictive|change|reduc|increas|decreas|improve|volume|risk|adheren",
    re.IGNORECASE,
)
"""Words of endpoints whose percentages are estimates, differences or shares of something else than patients."""
PERCENT = re.compile(r"\s?(?:\\?%|per\s?cent\b)", re.IGNORECASE)


def signed(case: Case, number: Number) -> bool:
    """Whether a percent sign stands right after a number: a header or a guess may have given it its unit."""
    if number.span is None:
        return "%" in number.raw or not case.document.text
    return "%" in number.raw or PERCENT.match(case.document.reading, number.span.end) is not None


def approximate(case: Case, record: Record) -> bool:
    """Whether words before the number say that it is not exact: "about", "more than"."""
    return APPROXIMATE.search(case.before(position(record), width=20)) is not None


def share(fact: Estimate | Cohort) -> tuple[Number | None, int | None]:
    """The percentage and the count a record prints for one thing; studies may be given with their share of patients."""
    if isinstance(fact, Cohort):
        return (fact.percent, whole(fact.n)) if fact.unit == "patients" else (None, None)
    if fact.statistic == "count" or (fact.unit == "patients" and fact.percent is not None):
        return fact.percent, whole(fact.events if fact.events is not None else fact.value)
    if fact.statistic == "rate" and fact.unit == "%":
        return fact.value, whole(fact.events)
    return None, None


def printed_after(case: Case, fact: Estimate | Cohort) -> int | None:
    """The denominator printed right after a count, "9/640" or "9 of the 640"."""
    number = fact.n if isinstance(fact, Cohort) else fact.events
    if number is None or number.span is None:
        return None
    match = DENOMINATOR.match(case.document.reading, number.span.end)
    return None if match is None else int(match[1].replace(",", ""))


def counted(fact: Estimate) -> bool:
    """Whether a rate is a share of patients, not a Kaplan-Meier estimate, a weighted mean or a spread-out number."""
    study = fact.group.study
    if study.study_type in ("meta-analysis", "pooled analysis") or study.name == POOLED:
        return False
    endpoint = fact.outcome.endpoint
    if endpoint in PERCENTAGES:
        return True
    return endpoint.islower() and fact.outcome.timepoint is None and not SURVIVAL.search(endpoint)
