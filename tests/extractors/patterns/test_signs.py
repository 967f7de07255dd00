"""Hyphens and strokes that only look different."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.patterns import same_signs


def test_every_hyphen_is_a_plain_one_and_dashes_stay() -> None:
    assert (
        same_signs("DAPA\u2010MI, non\u2011fatal, 1\u20442, 2\u20133, \u22121")
        == "DAPA-MI, non-fatal, 1/2, 2\u20133, \u22121"
    )


@given(st.text())
def test_places_stay(text: str) -> None:
    assert len(same_signs(text)) == len(text)
