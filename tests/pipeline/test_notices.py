"""What a user is told of a document whose records alone would mislead."""

import pytest

from pipeline.notices import notice_of


@pytest.mark.parametrize(
    ("records", "numbers", "not_understood", "told"),
    [
        (0, 50, 7, "no record, though 7 numbers look like results"),
        (0, 50, 1, "no record, though one number looks like a result"),
        (0, 50, 0, "no record: none of the 50 numbers it prints looks like a result"),
        (0, 0, 0, "no numbers"),
        (5, 50, 6, "6 numbers look like results and are in no record, more than are in one"),
    ],
)
def test_silence_is_explained(records: int, numbers: int, not_understood: int, told: str) -> None:
    assert notice_of(records=records, numbers=numbers, not_understood=not_understood).startswith(told)


def test_nothing_is_said_where_records_speak() -> None:
    assert notice_of(records=5, numbers=50, not_understood=5) == ""
