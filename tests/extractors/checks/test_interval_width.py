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
    printed = interval("95% CI 5.0-7.0")
    assert printed is not None
    needed = events_needed(printed)
    assert needed is not None
    # (2 * 1.96 / ln(7.0 / 5.0)) ** 2 is 136; a half of the last digit on either side makes it 123 to 151
    assert needed[0] < 136 < needed[1]
    assert needed == pytest.approx((123, 151), abs=5)


def test_a_range_called_an_interval() -> None:
    (finding,) = findings(median("PFS", "6.2", "95% CI 0.9-21.4"))
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
        median("PFS", "6.2", "95% CI 0.9-NR"),
        median("follow-up", "6.2", "95% CI 0.9-21.4"),
        median("PFS", "6.2", "95% CI 5.0-7.3"),  # nobody says how many patients there are
        estimate("PFS", "6.2", ci="95% CI 0.9-21.4", statistic="median", unit="months", kind="range"),
        estimate("ORR", "6.2", ci="95% CI 0.9-21.4"),
    ],
)
def test_nothing_is_said(record: Record) -> None:
    assert findings(record) == []
