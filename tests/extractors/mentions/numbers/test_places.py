"""What mentions say of their place: spans of the reading, numbers of thousands, stretches of a longer text."""

import time
from decimal import Decimal

import pytest

from extractors.mentions.numbers import recognise_numbers
from extractors.mentions.numbers.numerals import find_numerals, uses_decimal_comma
from extractors.mentions.numbers.words import read_words
from schemas.anchor import Span

SENTENCE = "PFS was 5.5 months (95% CI 4.5–6.1 months) with drug A."


def test_a_stretch_of_a_text_gives_places_in_the_text() -> None:
    before = "Survival was 3.1 months. "
    reading = before + SENTENCE + " Then 9.9 months."
    found = recognise_numbers(reading, start=len(before), end=len(before) + len(SENTENCE))
    (value,) = found.values
    assert value.number is not None
    assert value.number.span is not None
    assert value.number.span.of(reading) == "5.5"
    assert value.span.of(reading) == "5.5 months"
    assert found.intervals[0].span.of(reading) == "95% CI 4.5–6.1 months"


def test_blanked_citations_do_not_hide_what_belongs_together() -> None:
    reading = "The trial       enrolled 612       patients;      HR    0.71    (95% CI    0.59–0.81)."
    found = recognise_numbers(reading)
    assert [c.span.of(reading) for c in found.counts] == ["612       patients"]
    assert [v.span.of(reading) for v in found.values] == ["0.71"]
    assert found.intervals[0].interval.raw == "95% CI    0.59–0.81"


def test_nothing_is_carried_over_the_ends_of_a_stretch() -> None:
    reading = "The rate was 12.1 | vs 15.0%"
    assert recognise_numbers(reading, end=17).values[0].unit is None


def test_a_document_with_decimal_commas_is_read_with_them() -> None:
    reading = "Idade 61,5% e 62,1%; RR 0,73 (0,05–9,83); escore 2,75 e 1,25%."
    assert uses_decimal_comma(reading)
    assert [n.value for n in find_numerals("escore 2,75", decimal_comma=True)] == [Decimal("2.75")]
    assert [n.value for n in find_numerals("1,234 patients")] == [Decimal(1234)]
    assert [n.value for n in find_numerals("weeks 1,4")] == [Decimal(1), Decimal(4)]


def test_rounding_bounds_come_from_the_printed_decimals() -> None:
    (value,) = recognise_numbers("HR 0.70 was seen.").values
    assert value.number is not None
    assert (value.number.decimals, value.number.lowest) == (2, Decimal("0.695"))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one hundred and thirty-seven", 137),
        ("Eighty-two", 82),
        ("two thousand eight hundred sixteen", 2816),
        ("fifteen hundred", 1500),
        ("ﬁve", 5),
        ("two three", None),
        ("twenty twelve", None),
        ("zero", 0),
    ],
)
def test_number_words(words: str, number: int | None) -> None:
    assert read_words(words) == number


@pytest.mark.parametrize(
    "unit",
    [
        *("95% CI, ", "(1, 2, ", "P for a ", "n of ", "12 of 12 of ", "± 1 ", "1.1.", "(((((", "HR of A vs "),
        *("at 1 month or ", "mean (SD) 1 (2) ", "(1.2–1.3) ", "grade 1, ", "1 a ", "from 1 to ", "two hundred "),
    ],
)
def test_long_repetitive_text_takes_time_in_proportion(unit: str) -> None:
    def seconds(times: int) -> float:
        """The best of three: a shared machine makes a reading slower, never faster."""
        taken = []
        for _ in range(3):
            began = time.process_time()
            recognise_numbers(unit * times)
            taken.append(time.process_time() - began)
        return min(taken)

    # Ten times the text in ten times the time; a rule that looks back to the beginning would take a hundred.
    short, long = max(seconds(400), 0.002), seconds(4000)
    assert long < 10 * short * 3, f"{short:.4f} s for 400, {long:.4f} s for 4000"


def test_spans_sort_within_their_kind() -> None:
    found = recognise_numbers(SENTENCE * 3)
    for mentions in (found.values, found.intervals, found.others):
        spans: list[Span] = [m.span for m in mentions]
        assert spans == sorted(spans)
