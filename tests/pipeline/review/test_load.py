"""Fifty people at once: no decision is lost, and none waits long."""

import shutil
from pathlib import Path

import pytest

from tests.benchmarks.deciding import measure

ATTEMPTS = 3
"""A machine that is busy with something else for a moment says nothing about the page."""


@pytest.mark.slow
def test_fifty_reviewers_lose_no_decision_and_wait_for_none(filled: Path, tmp_path: Path) -> None:
    found = []
    for attempt in range(ATTEMPTS):
        store = Path(shutil.copy(filled, tmp_path / f"{attempt}.db"))
        found.append(measure(store, reviewers=50, seconds=8, pause=1))
        assert found[-1].kept == found[-1].answered > 50
        if found[-1].p95 < 200:
            return
    pytest.fail(f"95 of 100 decisions are answered within {[each.p95 for each in found]} ms")
