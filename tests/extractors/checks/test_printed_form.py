"""Numbers printed as two things at once."""

import pytest

from extractors.checks.case import Case
from extractors.checks.printed_form import check_printed_form
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import comparison, document, estimate


def findings(record: Record, text: str = "") -> list[Finding]:
    return list(check_printed_form(Case([record], document(text))))


@pytest.mark.parametrize("text", ["a response (n=50%) was", "a response (n = 50 %) was", "(PR, N=50%)", r"$n=50\%$"])
def test_a_percentage_printed_as_a_number_of_patients(text: str) -> None:
    (finding,) = findings(estimate("PR", "50", start=text.index("50")), text)
    assert (finding.verdict, finding.value) == ("inconsistent", 50)


@pytest.mark.parametrize("text", ["a response (n=50, 25%) was", "in 50% (n=12)", "n=12; 50%"])
def test_a_number_and_a_percentage(text: str) -> None:
    assert findings(estimate("PR", "50", start=text.index("50")), text) == []


def test_a_p_value_of_zero() -> None:
    (finding,) = findings(comparison("HR", "0.5", p="=0.000"))
    assert finding.severity == "note"
    assert "P < 0.001" in finding.message
    assert findings(comparison("HR", "0.5", p="<0.001")) == []


@pytest.mark.parametrize(
    ("record", "wrong"),
    [
        (estimate("PFS", "6.2", ci="95% CI 5.0-7.0%", statistic="median", unit="months"), True),
        (estimate("ORR", "55", ci="95% CI 45-61 months"), True),
        (estimate("PFS", "6.2", ci="95% CI 5.0-7.0 months", statistic="median", unit="months"), False),
        (estimate("ORR", "55", ci="95% CI 45-61%"), False),
        (comparison("HR", "0.55", ci="95% CI 0.45-0.61"), False),
    ],
)
def test_an_interval_in_another_unit(record: Record, wrong: bool) -> None:
    assert bool(findings(record)) is wrong
