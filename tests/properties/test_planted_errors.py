"""Copying errors of known kinds are caught at stated rates; `python -m tests.benchmarks.checks` prints the table."""

import numpy as np
import pytest

from extractors.checks import judge
from tests.extractors.checks.making import document
from tests.properties.planting import KINDS

DRAWS = 150


@pytest.mark.parametrize("kind", KINDS)
def test_planted_errors_are_caught(kind: str) -> None:
    planted = KINDS[kind]
    random = np.random.default_rng(20240502)
    caught = 0
    for _ in range(DRAWS):
        findings = judge(planted.plant(random), document())
        caught += any(f.check == planted.check and f.verdict == "inconsistent" for f in findings)
    assert caught >= planted.lowest * DRAWS
