"""The slack that interval_vs_p grants holds score, exact and t-tests of the very same data."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from tests.benchmarks.slack import Random, Trial, excesses, means, survival, table


@pytest.mark.parametrize("simulate", [survival, table, means])
def test_tests_of_the_same_data_stay_inside(simulate: Callable[[Random], Iterator[Trial]]) -> None:
    for (measure, name), pairs in excesses(simulate, trials=400).items():
        z, beyond = np.array(pairs).T
        inside = z < 5
        assert inside.sum() > 100
        assert (beyond[inside] > 0).mean() < 0.01, (measure, name)
