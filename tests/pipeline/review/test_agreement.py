"""Agreement of two reviewers: Cohen's kappa as statsmodels has it, and what counts as the same."""

import random

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa, to_table

from pipeline.review.agreement import agree, find_kappa, outcome
from tests.pipeline.review.test_entering import record


@pytest.mark.parametrize("seed", range(8))
def test_kappa_is_that_of_statsmodels(seed: int) -> None:
    draw = random.Random(seed)
    pairs = [(draw.choice("abc"), draw.choice("aabc")) for _ in range(draw.randint(5, 60))]
    codes = np.array([["abc".index(one), "abc".index(other)] for one, other in pairs])
    expected = cohens_kappa(to_table(codes, bins=np.arange(4) - 0.5)[0]).kappa
    assert find_kappa(pairs) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [([], None), ([("a", "a")] * 3, None), ([("a", "a"), ("b", "b")], 1.0), ([("a", "b"), ("b", "a")], -1.0)],
)
def test_kappa_at_its_ends(pairs: list[tuple[str, str]], kappa: float | None) -> None:
    assert find_kappa(pairs) == kappa


def test_fields_are_compared_as_they_would_stand_in_the_dataset() -> None:
    extracted = record()
    accepted = outcome(extracted, verdict="accept", correction={})
    corrected = outcome(extracted, verdict="correct", correction={"p": "=0.018"})
    rejected = outcome(extracted, verdict="reject", correction={})
    found = {each.name: each for each in agree([(accepted, corrected), (accepted, rejected), (corrected, corrected)])}
    assert (found["verdict"].same, found["p"].same, found["value"].same) == (1, 1, 2)
    assert found["study"].records == 3
    assert "percent" not in found, "a comparison has no such field"
