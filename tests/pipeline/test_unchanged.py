"""The promise about known documents: 200 of them take at most two seconds more than one."""

from pathlib import Path

import pytest

from tests.benchmarks.again import measure

PROMISED = 2.0


@pytest.mark.slow
def test_two_hundred_known_documents_take_two_seconds_at_most(tmp_path: Path) -> None:
    times = measure(tmp_path, documents=200, texts=True)
    assert times.unchanged - times.start_up <= PROMISED, times
