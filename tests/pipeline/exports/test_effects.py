"""Effects and standard errors against worked examples of the sources and against the way back."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exports.synthesis.effects import STANDARD, error_of_interval, error_of_p, measure_effect

COMPARISON: dict[str, Any] = {"statistic": "HR", "value": 0.5, "ci": None, "ci_level": None, "p": None}


def test_the_handbook_on_an_interval_of_a_ratio() -> None:
    """Tierney 2007, table 1 and Handbook 6.3.2: (ln 0.85 - ln 0.51) / 3.92."""
    assert error_of_interval([0.51, 0.85], level=95, ratio=True) == pytest.approx(
        math.log(0.85 / 0.51) / 3.92, rel=1e-4
    )


def test_the_handbook_on_a_p_value() -> None:
    """Handbook 6.3.1: a risk difference of 0.03 with P = 0.008 has Z = 2.652, so a standard error of 0.011."""
    assert error_of_p(0.03, 0.008) == pytest.approx(0.03 / 2.652, rel=1e-3)
    assert error_of_p(0.03, 0.008) == pytest.approx(0.011, abs=5e-4)


@given(st.floats(-3, 3), st.floats(0.01, 2), st.sampled_from([80.0, 90.0, 95.0, 99.0, 99.5]))
def test_what_an_interval_was_made_of_comes_back(yi: float, sei: float, level: float) -> None:
    reach = STANDARD.inv_cdf(0.5 + level / 200) * sei
    assert error_of_interval([yi - reach, yi + reach], level=level, ratio=False) == pytest.approx(sei)
    bounds: list[float | None] = [math.exp(yi - reach), math.exp(yi + reach)]
    assert error_of_interval(bounds, level=level, ratio=True) == pytest.approx(sei)


@given(st.floats(0.05, 3), st.floats(0.02, 2))
def test_what_a_p_value_was_made_of_comes_back(yi: float, sei: float) -> None:
    p = 2 * (1 - STANDARD.cdf(yi / sei))
    if 1e-10 < p < 0.999:
        assert error_of_p(-yi, p) == pytest.approx(sei, rel=1e-3)


@pytest.mark.parametrize(
    ("told", "sei_from", "assumed"),
    [
        ({"ci": [0.3, 0.8], "ci_level": 95}, "interval", False),
        ({"ci": [0.3, 0.8], "p": "=0.01"}, "interval", True),
        ({"ci": [0.3, None], "p": "=0.01"}, "p", True),
        ({"ci": [0, 0.8], "p": "=0.01"}, "p", True),
        ({"ci": [0.8, 0.3]}, None, True),
        ({"ci": [0.51, 0.8], "p": "=0.01"}, None, True),
        ({"ci": [0.2, 0.49], "ci_level": 95}, None, False),
        ({"ci": [0.5, 0.8], "ci_level": 95}, "interval", False),
        ({"p": "=0.004"}, "p", False),
        ({"p": "<0.001"}, "p bound", False),
        ({"p": ">0.05"}, None, False),
        ({"p": "~0.05"}, None, False),
        ({"p": "=0"}, None, False),
        ({"p": "=1"}, None, False),
        ({"value": 1, "p": "=0.5"}, None, False),
        ({"value": 0, "p": "<0.001"}, None, False),
        ({"value": -2, "statistic": "difference", "p": "<0.01"}, "p bound", False),
        ({}, None, False),
    ],
)
def test_what_a_standard_error_is_from(told: dict[str, Any], sei_from: str | None, assumed: bool) -> None:
    effect = measure_effect(COMPARISON | told)
    assert (effect.sei_from, effect.level_assumed) == (sei_from, assumed)
    assert (effect.sei is None) is (sei_from is None)
    assert effect.vi is None if effect.sei is None else effect.vi == effect.sei**2


def test_only_ratios_are_logarithms() -> None:
    assert measure_effect(COMPARISON).yi == math.log(0.5)
    assert measure_effect(COMPARISON | {"statistic": "difference", "value": -3.5}).yi == -3.5
    assert measure_effect(COMPARISON | {"value": 0}).yi is None, "there is no logarithm of nought"


def test_a_bound_of_p_gives_the_greatest_error_it_allows() -> None:
    bound = measure_effect(COMPARISON | {"p": "<0.05"}).sei
    for p in (0.049, 0.01, 1e-6):
        exact = measure_effect(COMPARISON | {"p": f"={p}"}).sei
        assert bound is not None
        assert exact is not None
        assert exact < bound
