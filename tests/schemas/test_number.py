"""Printed numbers: what rounding can hide, and how p-values are written."""

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.number import Number, Operator, PValue

true_values = st.decimals(min_value=-(10**6), max_value=10**6, places=9)
decimals = st.integers(0, 4)


def printed(value: Decimal, digits: int, rounding: str) -> Number:
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=rounding)
    return Number(raw=str(rounded), value=rounded, decimals=digits)


@pytest.mark.parametrize("rounding", [ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN])
@given(value=true_values, digits=decimals)
def test_the_bounds_hold_the_true_value_however_halves_are_rounded(rounding: str, value: Decimal, digits: int) -> None:
    number = printed(value, digits, rounding)
    assert number.lowest <= value <= number.highest


@given(value=true_values, digits=decimals)
def test_nothing_beyond_the_bounds_rounds_to_the_number(value: Decimal, digits: int) -> None:
    number = printed(value, digits, ROUND_HALF_UP)
    crumb = Decimal("1e-12")
    for beyond in (number.lowest - crumb, number.highest + crumb):
        for rounding in (ROUND_HALF_UP, ROUND_HALF_DOWN):
            assert printed(beyond, digits, rounding).value != number.value


@given(value=true_values, digits=decimals)
def test_the_bounds_are_one_printed_unit_apart(value: Decimal, digits: int) -> None:
    number = printed(value, digits, ROUND_DOWN)
    assert number.highest - number.lowest == Decimal(1).scaleb(-digits) == 2 * number.half_unit


@pytest.mark.parametrize(
    ("raw", "value", "digits", "low", "high"),
    [
        ("0.69", "0.69", 2, "0.685", "0.695"),
        ("0.690", "0.690", 3, "0.6895", "0.6905"),
        ("15", "15", 0, "14.5", "15.5"),
        ("1,234.50", "1234.50", 2, "1234.495", "1234.505"),
        ("−3.1", "-3.1", 1, "-3.15", "-3.05"),
    ],
)
def test_bounds(raw: str, value: str, digits: int, low: str, high: str) -> None:
    number = Number(raw=raw, value=Decimal(value), decimals=digits)
    assert (number.lowest, number.highest) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(("operator", "raw", "text"), [("=", "0.012", "=0.012"), ("<", ".001", "<0.001")])
def test_a_p_value_as_the_dataset_writes_it(operator: Operator, raw: str, text: str) -> None:
    number = Number(raw=raw, value=Decimal(f"0{raw.removeprefix('0')}"), decimals=len(raw.split(".")[1]))
    assert PValue(raw=f"P {operator} {raw}", operator=operator, number=number).text == text


@given(value=st.decimals(min_value=0, max_value=1, places=4))
def test_a_number_survives_json(value: Decimal) -> None:
    number = Number(raw=str(value), value=value, decimals=4)
    again = Number.model_validate_json(number.model_dump_json())
    assert again == number
    assert str(again.value) == str(number.value)
