"""Numbers that belong together are hardly ever called inconsistent: fewer than 1 finding of 1000."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.checks import judge
from extractors.checks.proportion import counts, denominators
from schemas.number import Number
from schemas.record import Record
from tests.extractors.checks.making import document, number
from tests.properties import simulating
from tests.properties.simulating import Random

DRAWS = 1500

KINDS: dict[str, Callable[[Random], list[Record]]] = {
    "ratios": lambda random: [simulating.ratio(random)],
    "differences": lambda random: [simulating.mean_difference(random)],
    "proportions": simulating.proportion,
    "responses": simulating.responses,
    "survival": simulating.survival,
    "landmarks": simulating.landmarks,
    "repeated": simulating.repeated,
}


@pytest.mark.parametrize("kind", KINDS)
def test_true_numbers_are_not_flagged(kind: str) -> None:
    random = np.random.default_rng(20240501)
    wrong, findings = [], 0
    for _ in range(DRAWS):
        judged = judge(KINDS[kind](random), document())
        findings += len(judged)
        wrong += [finding.message for finding in judged if finding.verdict == "inconsistent"]
    assert findings > DRAWS / 2
    assert len(wrong) < findings / 1000, wrong


@given(n=st.integers(1, 3000), share=st.floats(0, 1), digits=st.integers(0, 3), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=400)
def test_every_true_count_prints_as_its_percentage(n: int, share: float, digits: int, seed: int) -> None:
    count = round(n * share)
    percent = number(simulating.share(count, n, digits, np.random.default_rng(seed)))
    assert percent is not None
    assert count in counts(percent, n=n)
    assert n in denominators(percent, count=count, most=4000)


@given(n=st.integers(1, 400), units=st.integers(0, 1000))
@settings(max_examples=400)
def test_counts_are_those_a_search_by_hand_finds(n: int, units: int) -> None:
    percent = Number(raw="", value=Decimal(units).scaleb(-1), decimals=1)
    half = Fraction(1, 20)
    by_hand = [k for k in range(n + 1) if abs(Fraction(100 * k, n) - Fraction(percent.value)) <= half]
    assert list(counts(percent, n=n)) == by_hand
    for count in {0, 1, n // 2, n}:
        fits = [m for m in range(max(count, 1), 401) if abs(Fraction(100 * count, m) - Fraction(percent.value)) <= half]
        assert list(denominators(percent, count=count, most=400)) == fits
