"""How many events the interval of a median stands for."""

import pytest

from extractors.checks.case import Case
from extractors.checks.interval_width import check_interval_width, events_needed
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import cohort, document, estimate, interval


def findings(*records: Record) -> list[Finding]:
    return list(check_interval_width(Case(records, document())))


def median(endpoint: str, value: str, ci: str, **known: str) -> Record:
    return estimate(endpoint, value, ci=ci, statistic="median", unit="months", **known)


def test_events_of_an_interval() -> None:
    printed = interval("95% CI 4.5-6.1")
    assert printed is not None
    needed = events_needed(printed)
    assert needed is not None
    # (2 * 1.96 / ln(6.1 / 4.5)) ** 2 is 166; a half of the last digit on either side makes it 144 to 194
    assert needed[0] < 166 < needed[1]
    assert needed == pytest.approx((144, 194), abs=5)


def test_a_range_called_an_interval() -> None:
    (finding,) = findings(median("PFS", "5.5", "95% CI 0.8-18.8"))
    assert (finding.verdict, finding.severity) == ("inconsistent", "warning")
    assert "looks like a range" in finding.message


def test_an_interval_that_fits_the_patients() -> None:
    (finding,) = findings(median("OS", "12.0", "95% CI 9.0-16.0"), cohort("80"))
    assert finding.verdict == "consistent"


def test_too_narrow_for_the_patients() -> None:
    (finding,) = findings(median("OS", "12.0", "95% CI 11.7-12.3"), cohort("80"))
    assert (finding.verdict, finding.severity) == ("inconsistent", "note")
    assert "80 patients" in finding.message


def test_progression_seen_at_visits_may_be_narrow() -> None:
    (finding,) = findings(median("PFS", "12.0", "95% CI 11.7-12.3"), cohort("80"))
    assert finding.verdict == "uncheckable"


@pytest.mark.parametrize(
    "record",
    [
        median("PFS", "5.5", "95% CI 0.8-NR"),
        median("follow-up", "5.5", "95% CI 0.8-18.8"),
        median("PFS", "5.5", "95% CI 4.5-6.5"),  # nobody says how many patients there are
        estimate("PFS", "5.5", ci="95% CI 0.8-18.8", statistic="median", unit="months", kind="range"),
        estimate("ORR", "5.5", ci="95% CI 0.8-18.8"),
    ],
)
def test_nothing_is_said(record: Record) -> None:
    assert findings(record) == []
