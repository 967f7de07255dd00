"""A ratio or difference, its interval and its p-value: implied range, slack, and what is left unchecked."""

import pytest

from extractors.checks.case import Case
from extractors.checks.interval_vs_p import check_interval_against_p
from schemas.anchor import Span
from schemas.evidence import Comparison
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import comparison, document


def judged(record: Record) -> Finding:
    (finding,) = check_interval_against_p(Case([record], document()))
    return finding


def test_the_message_gives_the_range_that_rounding_allows() -> None:
    finding = judged(comparison("HR", "0.74", ci="95% CI 0.64-0.86", p="=0.012"))
    assert finding.verdict == "inconsistent"
    assert finding.message == "HR 0.74 with 95% CI 0.64-0.86 implies P between 2e-5 and 2e-4; printed 0.012."
    assert (finding.value, finding.severity) == (0.74, "error")


@pytest.mark.parametrize(
    ("statistic", "value", "ci", "p"),
    [
        ("HR", "0.80", "95% CI 0.65-0.98", "=0.03"),
        ("HR", "0.80", "95% CI 0.65-0.98", "<0.05"),
        ("HR", "0.58", "99% CI 0.46-0.73", "<0.001"),
        ("OR", "2.1", "95% CI 1.1-4.0", "=0.02"),
        ("RR", "1.00", "95% CI 0.80-1.25", ">0.99"),
        ("HR", "0.94", "95% CI 0.70-1.26", "=0.68"),
        ("difference", "-5.0", "95% CI -8.0 to -2.0", "=0.001"),
    ],
)
def test_numbers_of_one_analysis_agree(statistic: str, value: str, ci: str, p: str) -> None:
    assert judged(comparison(statistic, value, ci=ci, p=p)).verdict == "consistent"


@pytest.mark.parametrize(
    ("statistic", "value", "ci", "p", "severity"),
    [
        ("HR", "0.80", "95% CI 0.65-0.98", "=0.30", "error"),  # the other side of 0.05
        ("HR", "0.70", "95% CI 0.55-0.88", ">0.05", "error"),
        ("HR", "0.98", "95% CI 0.80-1.20", "<0.001", "error"),
        ("OR", "2.10", "95% CI 1.60-2.76", "=0.012", "error"),  # both significant, more than one z apart
        ("HR", "0.71", "95% CI 0.58-0.87", "=0.020", "warning"),  # both significant, less than one z apart
        ("difference", "5.0", "95% CI 2.0 to 8.0", "=0.2", "error"),
    ],
)
def test_numbers_of_two_analyses_do_not(statistic: str, value: str, ci: str, p: str, severity: str) -> None:
    finding = judged(comparison(statistic, value, ci=ci, p=p))
    assert (finding.verdict, finding.severity) == ("inconsistent", severity)


def test_the_printed_level_decides() -> None:
    assert judged(comparison("HR", "0.80", ci="95% CI 0.65-0.98", p="=0.0023")).verdict == "inconsistent"
    assert judged(comparison("HR", "0.80", ci="99.7% CI 0.65-0.98", p="=0.0023")).verdict == "consistent"


def test_an_interval_without_level_is_wrong_only_if_it_is_at_every_usual_level() -> None:
    assert judged(comparison("HR", "0.80", ci="CI 0.65-0.98", p="=0.085")).verdict == "consistent"  # 90%
    finding = judged(comparison("HR", "0.80", ci="CI 0.65-0.98", p="=0.6"))
    assert finding.verdict == "inconsistent"
    assert "no level is printed" in finding.message


@pytest.mark.parametrize("qualifier", ["noninferiority", "one-sided", "trend", "interaction", "heterogeneity"])
def test_the_p_value_of_another_question_is_not_checked(qualifier: str) -> None:
    finding = judged(comparison("HR", "0.80", ci="95% CI 0.65-0.98", p="=0.9", qualifier=qualifier))
    assert finding.verdict == "uncheckable"
    assert qualifier in finding.message


@pytest.mark.parametrize("words", ["one-sided P", "for non-inferiority", "Bonferroni-corrected", "adjusted P = 0.9"])
def test_nor_where_the_sentence_speaks_of_another_test(words: str) -> None:
    record = comparison("HR", "0.80", ci="95% CI 0.65-0.98", p="=0.9", sentence=f"HR 0.80 ({words})")
    assert judged(record).verdict == "uncheckable"


def test_half_the_two_sided_p_value_may_be_one_sided() -> None:
    finding = judged(comparison("HR", "0.900", ci="95% CI 0.824-0.983", p="=0.0099"))
    assert finding.verdict == "uncheckable"
    assert "one-sided" in finding.message


def test_a_value_off_the_middle_is_tried_with_both_halves() -> None:
    profile = judged(comparison("OR", "4.0", ci="95% CI 1.6-20.0", p="=0.008"))
    assert profile.verdict == "consistent"
    far = judged(comparison("OR", "4.0", ci="95% CI 1.6-20.0", p="=0.8"))
    assert far.verdict == "inconsistent"
    assert "both halves" in far.message


def test_a_difference_in_percent_may_be_a_relative_reduction() -> None:
    # 1 - 0.66 with 0.51 to 0.85: symmetric as a ratio, not as a difference
    reduction = comparison("difference", "34", ci="95% CI 15-49", p="<0.001", unit="%")
    assert judged(reduction).verdict == "consistent"


@pytest.mark.parametrize(
    ("statistic", "value", "ci", "kind"),
    [
        ("HR", "0.5", "95% CI 0.0-2.0", "confidence"),  # rounding leaves the low bound anywhere near zero
        ("HR", "0.8", "95% CI 0.6-NR", "confidence"),
        ("HR", "0.8", "100% CI 0.6-1.0", "confidence"),
        ("other", "0.8", "95% CI 0.6-1.0", "confidence"),
        ("HR", "0.80", "95% CI 0.65-0.98", "credible"),
    ],
)
def test_what_has_no_standard_error_is_uncheckable(statistic: str, value: str, ci: str, kind: str) -> None:
    assert judged(comparison(statistic, value, ci=ci, p="=0.9", kind=kind)).verdict == "uncheckable"


@pytest.mark.parametrize("missing", ["value", "ci", "p"])
def test_nothing_is_said_where_a_number_is_missing(missing: str) -> None:
    printed: dict[str, str | None] = {"value": "0.80", "ci": "95% CI 0.65-0.98", "p": "=0.9"}
    printed[missing] = None
    record = comparison("HR", printed["value"], ci=printed["ci"], p=printed["p"])
    assert list(check_interval_against_p(Case([record], document()))) == []


def test_a_p_value_printed_after_i_squared_is_that_of_heterogeneity() -> None:
    for text, verdict in [
        ("OR 0.74 (95% CI 0.33-1.66, I² = 21%, P = 0.01)", "uncheckable"),
        ("OR 0.74 (95% CI 0.33-1.66, P = 0.01; I² = 21%)", "inconsistent"),
    ]:
        made = comparison("OR", "0.74", ci="95% CI 0.33-1.66", p="=0.01")
        fact = made.fact
        assert isinstance(fact, Comparison)
        assert fact.interval is not None
        assert fact.p is not None
        start, end = text.index("95%"), text.index("1.66") + 4
        at = text.index("P =")
        placed = fact.model_copy(
            update={
                "interval": fact.interval.model_copy(update={"span": Span(start, end)}),
                "p": fact.p.model_copy(update={"span": Span(at, at + 8)}),
            }
        )
        case = Case([made.model_copy(update={"fact": placed})], document(text))
        assert [finding.verdict for finding in check_interval_against_p(case)] == [verdict]
