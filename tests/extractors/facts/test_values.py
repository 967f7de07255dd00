"""The numbers of a sentence become readings: values with interval, p-value and measure, and contrasts of values."""

import pytest

from extractors.facts.values import Reading, Unit, read_numbers
from schemas.anchor import Span
from tests.extractors.facts.marking import contents

HR = "{measure:HR|HR}"
OS = "{time_to_event|OS}"


def shown(reading: Reading) -> str:
    """A reading in brief: measure, value, interval, p-value."""
    number = reading.value.number
    parts = [reading.measure.statistic] if reading.measure is not None else []
    parts.append(number.raw if number is not None else reading.value.status)
    if reading.interval is not None:
        low, high = reading.interval.interval.low, reading.interval.interval.high
        parts.append(f"[{low.raw if low is not None else '?'}, {high.raw if high is not None else '?'}]")
    if reading.p is not None:
        parts.append(f"p{reading.p.p.text}")
    return " ".join(parts)


def units(sentence: str) -> list[str]:
    """Units of estimates; the readings of a contrast are joined by a stroke."""
    return [" | ".join(map(shown, unit.readings)) for unit in read_numbers(contents(sentence)).units]


def effects(sentence: str) -> list[str]:
    return [shown(reading) for reading in read_numbers(contents(sentence)).effects]


def loose(sentence: str) -> list[tuple[str, str | None]]:
    """P-values that stand for a comparison, each with the unit it stands behind."""
    found = read_numbers(contents(sentence)).loose_p
    return [(p.p.text, " | ".join(map(shown, unit.readings)) if unit is not None else None) for p, unit in found]


CONTRASTS = [
    ("It was 15.2 vs 8.4 months.", ["15.2 | 8.4"]),
    ("It was 15.2 months versus 8.4 months.", ["15.2 | 8.4"]),
    ("It was 15.2 compared with 8.4 months.", ["15.2 | 8.4"]),
    ("It was 62% (95% CI 55-69) vs 29% (95% CI 23-36).", ["62 [55, 69] | 29 [23, 36]"]),
    ("It rose from 26.9 to 31.4 months.", ["26.9 | 31.4"]),
    ("It was 15.2 months vs not reached.", ["15.2 | not reached"]),
    ("It was 12%, 9% vs 7%.", ["12", "9 | 7"]),
    ("It was 15.2 vs 8.4 vs 7.1 months.", ["15.2 | 8.4 | 7.1"]),
    ("They were 15.2 and 8.4 months, {respectively|respectively}.", ["15.2 | 8.4"]),
    ("It was 15.2 and 8.4 months.", ["15.2", "8.4"]),
    ("It was 15.2 months vs 29%.", ["15.2", "29"]),
    ("{drug|A} and {drug|B}: 15.2 and 8.4 months, {respectively|respectively}.", ["15.2", "8.4"]),
]


@pytest.mark.parametrize(("sentence", "found"), CONTRASTS)
def test_values_set_against_each_other_are_one_unit(sentence: str, found: list[str]) -> None:
    assert units(sentence) == found


def test_from_to_is_known_as_such() -> None:
    (changed,) = read_numbers(contents("It rose from 26.9 to 31.4 months.")).units
    (contrasted,) = read_numbers(contents("It was 15.2 vs 8.4 months.")).units
    assert (changed.from_to, contrasted.from_to) == (True, False)
    assert (changed.contrast, contrasted.contrast) == (True, True)


MEASURED = [
    (f"{HR} 0.52 (95% CI 0.41-0.66; P < 0.001)", ["HR 0.52 [0.41, 0.66] p<0.001"]),
    (f"{HR} = 0.52, p = 0.01", ["HR 0.52 p=0.01"]),
    (f"{HR} 0.52 and 0.81, 95% CI 0.41-0.66", ["HR 0.52", "HR 0.81 [0.41, 0.66]"]),
    ("{measure:RR|relative risk} 0.84 and {measure:OR|odds ratio} 2.1", ["RR 0.84", "OR 2.1"]),
    ("{measure:difference|difference} of 4.5%", ["difference 4.5"]),
    (f"{HR} and 15.2 months", []),
    ("It was 12%.", []),
]


@pytest.mark.parametrize(("sentence", "found"), MEASURED)
def test_effects_take_the_measure_named_before_them(sentence: str, found: list[str]) -> None:
    assert effects(sentence) == found


def test_an_effect_is_no_estimate() -> None:
    assert units(f"It was 15.2 vs 8.4 months ({HR} 0.52).") == ["15.2 | 8.4"]


def test_intervals_in_a_row_go_to_the_values_before_them() -> None:
    assert units("It was 62% and 29% (95% CI 55-69 and 95% CI 23-36).") == ["62 [55, 69]", "29 [23, 36]"]


LOOSE = [
    ("It was 62% vs 29% (P < 0.001).", [("<0.001", "62 | 29")]),
    (f"{HR} 0.52 (P = 0.01); it was 62% (P = 0.2).", [("=0.2", "62")]),
    ("It did not differ (P = 0.61).", [("=0.61", None)]),
    (f"It was 62% ({HR} 0.52; P = 0.01).", []),
    (f"P = 0.01; {HR} 0.52.", []),
]


@pytest.mark.parametrize(("sentence", "found"), LOOSE)
def test_p_values_of_no_effect_stand_alone(sentence: str, found: list[tuple[str, str | None]]) -> None:
    assert loose(sentence) == found


def test_a_p_value_is_given_once() -> None:
    numbers = read_numbers(contents(f"{HR} 0.52, {HR} 0.81 (P = 0.01)"))
    assert [shown(reading) for reading in numbers.effects] == ["HR 0.52", "HR 0.81 p=0.01"]
    assert numbers.loose_p == []


def test_values_that_belong_to_counts_are_left_out() -> None:
    piece = contents("Of 148 patients, 104 (70.3%) lived 12 months.")
    taken = next(v.span for v in piece.values if v.unit == "%")
    left = read_numbers(piece, skip=[taken]).units
    assert [shown(unit.readings[0]) for unit in left] == ["12"]


def test_a_units_place_reaches_from_its_first_to_its_last_value() -> None:
    text = "It was 15.2 vs 8.4 months."
    (unit,) = read_numbers(contents(text)).units
    assert unit.span.of(text) == "15.2 vs 8.4 months"
    assert Unit(unit.readings[:1]).span == Span(7, 11)
