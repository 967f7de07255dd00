"""Which count, denominator and method an interval of a share belongs to."""

from typing import Literal

import numpy as np
import pytest
from scipy.stats import binomtest

from extractors.checks.binomial import METHODS
from extractors.checks.case import Case
from extractors.checks.interval_vs_count import check_interval_against_count
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import cohort, document, estimate

Z, TAIL = 1.959964, 0.025


def bounds(method: str, k: int, n: int) -> tuple[float, float]:
    low, high = METHODS[method](np.array([float(k)]), np.array([float(n)]), Z, TAIL)
    return float(low[0]), float(high[0])


def findings(*records: Record) -> list[Finding]:
    return list(check_interval_against_count(Case(records, document())))


@pytest.mark.parametrize(
    ("method", "k", "n", "low", "high"),
    [
        # Newcombe RG. Statistics in Medicine 1998;17:857-872, table I
        ("Wald", 81, 263, 0.2522, 0.3638),
        ("Wilson", 81, 263, 0.2553, 0.3662),
        ("exact (Clopper-Pearson)", 81, 263, 0.2527, 0.3676),
        ("Wilson", 15, 148, 0.0624, 0.1605),
        ("exact (Clopper-Pearson)", 15, 148, 0.0578, 0.1617),
        ("Wilson", 0, 20, 0.0, 0.1611),
        ("exact (Clopper-Pearson)", 0, 20, 0.0, 0.1684),
        ("Wilson", 1, 29, 0.0061, 0.1718),
        ("exact (Clopper-Pearson)", 1, 29, 0.0009, 0.1776),
    ],
)
def test_intervals_of_published_examples(method: str, k: int, n: int, low: float, high: float) -> None:
    assert bounds(method, k, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("method", "name"), [("exact (Clopper-Pearson)", "exact"), ("Wilson", "wilson")])
def test_intervals_are_those_of_scipy(method: str, name: Literal["exact", "wilson"]) -> None:
    for n in (1, 2, 9, 40):
        for k in range(n + 1):
            known = binomtest(k, n).proportion_ci(method=name)
            assert bounds(method, k, n) == pytest.approx((known.low, known.high), abs=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_covers_the_share_and_turns_with_it(method: str) -> None:
    for k, n in [(0, 25), (1, 25), (14, 24), (25, 25)]:
        low, high = bounds(method, k, n)
        assert 0 <= low <= k / n <= high <= 1
        assert bounds(method, n - k, n) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_count_and_method_are_named() -> None:
    (finding,) = findings(estimate("ORR", "61.9", ci="95% CI 38.4-81.9", n="21"))
    assert (finding.verdict, finding.expected) == ("consistent", "13/21 (exact (Clopper-Pearson))")
    (finding,) = findings(estimate("ORR", "64.3", ci="95% CI 38.8-83.7", events="9", n="14"))
    assert (finding.verdict, finding.expected) == ("consistent", "9/14 (Wilson)")


def test_the_interval_of_another_count() -> None:
    (finding,) = findings(estimate("ORR", "44.2", ci="95% CI 30.5-58.7"), cohort("180"))
    assert (finding.verdict, finding.expected) == ("inconsistent", "23/52 (exact (Clopper-Pearson))")
    assert finding.message.endswith("is the interval of 23/52 (exact (Clopper-Pearson)), not of 180 patients.")


def test_the_interval_of_another_group_of_the_study_is_left_open() -> None:
    others = [cohort("180"), cohort("52", population="measurable disease")]
    (finding,) = findings(estimate("ORR", "44.2", ci="95% CI 30.5-58.7"), *others)
    assert finding.verdict == "uncheckable"
    assert "52 (measurable disease)" in finding.message


def test_a_denominator_nobody_printed_is_told() -> None:
    (finding,) = findings(estimate("ORR", "61.5", ci="95% CI 44.6-76.6"))
    assert (finding.verdict, finding.expected) == ("consistent", "24/39 (exact (Clopper-Pearson))")


def test_another_method_of_about_the_same_width_is_left_open() -> None:
    (finding,) = findings(estimate("ORR", "50.0", ci="95% CI 36.9-62.2", n="60"))
    assert finding.verdict == "uncheckable"


def test_a_width_of_far_fewer_patients() -> None:
    (finding,) = findings(estimate("ORR", "50", ci="95% CI 21-77", n="200"))
    assert finding.verdict == "inconsistent"
    assert "times as wide" in finding.message


@pytest.mark.parametrize(
    "record",
    [
        estimate("PFS", "61.9", ci="95% CI 38.4-81.9", n="90", timepoint="12 months"),
        estimate("ORR", "61.9", ci="95% CI 38.4-81.9", n="90", study_type="meta-analysis"),
        estimate("ORR", "61.9", ci="95% CI 38.4-81.9", kind="range", n="90"),
        estimate("ORR", "61.9", ci="95% CI 38.4-NR", n="90"),
        estimate("ORR", "61.9", n="90"),
    ],
)
def test_what_is_no_interval_of_a_share_is_left_alone(record: Record) -> None:
    assert findings(record) == []
