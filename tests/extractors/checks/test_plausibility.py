"""Numbers that cannot be, and numbers that can."""

import pytest

from extractors.checks.case import Case
from extractors.checks.plausibility import check_plausibility
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import cohort, comparison, document, estimate


def findings(*records: Record) -> list[Finding]:
    return list(check_plausibility(Case(records, document())))


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (estimate("ORR", "104"), "between 0 and 100%"),
        (estimate("ORR", "-4"), "between 0 and 100%"),
        (estimate("OS", "-3.1", statistic="median", unit="months"), "negative"),
        (estimate("OS", "3100", statistic="median", unit="months"), "longer than a life"),
        (comparison("HR", "-0.7"), "above 0"),
        (comparison("HR", "0.7", p="=1.4"), "between 0 and 1"),
        (estimate("ORR", "50", events="12", n="9"), "more than the 9"),
        (estimate("ORR", "50", ci="95% CI 40-112"), "beyond 0 to 100%"),
        (comparison("HR", "0.7", ci="9.5% CI 0.5-0.9"), "no usual level"),
        (comparison("HR", "0.7", ci="95% CI -0.5-0.9"), "above 0"),
        (estimate("OS", "3.1", ci="95% CI -1.0 to 7.2", statistic="median", unit="months"), "negative"),
        (cohort("12.5"), "cannot be"),
        (cohort("-3"), "cannot be"),
        (cohort("12", percent="120"), "no share"),
    ],
)
def test_what_cannot_be(record: Record, words: str) -> None:
    (finding,) = findings(record)
    assert finding.verdict == "inconsistent"
    assert words in finding.message


@pytest.mark.parametrize(
    "record",
    [
        estimate("ORR", "100", ci="95% CI 63-100", events="8", n="8"),
        estimate("LVESV", "-19.4", statistic="mean", unit="mL"),
        comparison("difference", "-120", unit="%"),
        comparison("HR", "0.0", ci="95% CI 0.0-0.4", p="<0.001"),
        comparison("OR", "41", ci="99.5% CI 2-900", p="=1.00"),
        cohort("1,204", percent="100"),
        cohort(None, percent="23.5"),
        cohort("0"),
    ],
)
def test_what_can(record: Record) -> None:
    assert findings(record) == []
