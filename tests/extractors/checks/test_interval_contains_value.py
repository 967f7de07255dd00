"""A value inside, outside and on the bound of its interval, allowing for rounding."""

import pytest

from extractors.checks.case import Case
from extractors.checks.interval_contains_value import check_interval_holds_value
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import comparison, document, estimate


def judged(record: Record) -> Finding:
    (finding,) = check_interval_holds_value(Case([record], document()))
    return finding


def months(value: str, ci: str, **known: str) -> Record:
    return estimate("PFS", value, ci=ci, statistic="median", unit="months", **known)


@pytest.mark.parametrize(
    "record",
    [
        comparison("HR", "0.74", ci="95% CI 0.64-0.86"),
        comparison("HR", "0.7", ci="95% CI 0.64-0.86"),
        comparison("HR", "0.6", ci="95% CI 0.62-0.70"),  # 0.6 may have been 0.649
        months("9.9", "95% CI 8.0-NR"),
        months("9.9", "95% CI NR-12.0"),
        comparison("HR", "1.00", ci="95% CI 1.00-1.01"),  # rounding explains the bound
        comparison("difference", "0.1", ci="95% CI 0.1 to 0.3", unit="mmol/L"),
        estimate("ORR", "100", ci="95% CI 63-100"),
        estimate("AE", "0", ci="95% CI 0-9.7"),
        estimate("ORR", "50.0", ci="95% CI 50.0-80.0", kind="range"),  # a median may be the least of all
    ],
)
def test_inside(record: Record) -> None:
    assert judged(record).verdict == "consistent"


@pytest.mark.parametrize(
    ("record", "words", "severity"),
    [
        (comparison("HR", "0.96", ci="95% CI 0.64-0.86"), "above", "error"),
        (comparison("HR", "0.49", ci="95% CI 0.64-0.86"), "below", "error"),
        (comparison("HR", "0.74", ci="95% CI 0.86-0.64"), "low bound is above", "error"),
        (comparison("difference", "-4.0", ci="95% CI -2.0 to -6.0", unit="mm Hg"), "low bound is above", "note"),
        (comparison("difference", "-4.0", ci="95% CI 2.0 to 6.0", unit="mm Hg"), "with the other sign", "warning"),
        (months("17.4", "95% CI 7.2-17.4"), "equals the upper bound", "warning"),
        (months("4.0", "95% CI 4.0-11.6"), "equals the lower bound", "warning"),
        (comparison("HR", "0.80", ci="95% CI 0.60-0.80"), "equals the upper bound", "warning"),
    ],
)
def test_outside_or_on_the_bound(record: Record, words: str, severity: str) -> None:
    finding = judged(record)
    assert (finding.verdict, finding.severity) == ("inconsistent", severity)
    assert words in finding.message


def test_an_interval_without_value_is_checked_for_its_order_only() -> None:
    assert judged(estimate("OS", None, ci="95% CI 9-3", statistic="median", unit="months")).verdict == "inconsistent"
    silent = estimate("OS", None, ci="95% CI 3-9", statistic="median", unit="months")
    assert list(check_interval_holds_value(Case([silent], document()))) == []
