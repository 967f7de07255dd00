"""The numbers of a text that stands twice are those of reading it at both places."""

import pytest

from extractors.mentions.numbers import moved, recognise_numbers

CELLS = (
    "62.1% (95% CI, 50.2–73.0), P = 0.03",
    "12 of 60 patients at 6 months",
    "NR vs 8.4 ± 1.2 months",
    "<0.001",
    "n = 31; none of the women; 5 mg",
    "",
)


@pytest.mark.parametrize("cell", CELLS)
def test_moved_numbers_are_those_read_at_the_other_place(cell: str) -> None:
    reading = f"{cell}\tA cell between\t{cell}"
    first = recognise_numbers(reading, end=len(cell))
    again = recognise_numbers(reading, start=len(reading) - len(cell))
    assert moved(first, len(reading) - len(cell)) == again
    assert not cell or again != first
