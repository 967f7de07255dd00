"""Spans, boxes and quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.anchor import Quote, Span

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ends: Span(min(ends), max(ends)))


@given(text=st.text(max_size=50), span=spans)
def test_a_span_is_a_slice(text: str, span: Span) -> None:
    assert span.of(text) == text[span.start : span.end]


@given(one=spans, other=spans)
def test_spans_hold_and_overlap_as_their_characters_do(one: Span, other: Span) -> None:
    mine, theirs = set(range(*one)), set(range(*other))
    assert one.overlaps(other) == bool(mine & theirs) or not mine or not theirs
    assert one.overlaps(other) == other.overlaps(one)
    if theirs:
        assert one.holds(other) == (theirs <= mine)


def test_neighbours_share_nothing() -> None:
    assert not Span(0, 5).overlaps(Span(5, 9))
    assert Span(0, 5).overlaps(Span(4, 9))


@given(text=st.text(max_size=20), start=st.integers(0, 100), length=st.integers(0, 20))
def test_a_quote_is_as_long_as_its_span(text: str, start: int, length: int) -> None:
    if len(text) == length:
        assert Quote(span=Span(start, start + length), text=text).text == text
    else:
        with pytest.raises(ValidationError, match="as long as its span"):
            Quote(span=Span(start, start + length), text=text)


def test_a_quote_survives_json() -> None:
    quote = Quote(span=Span(3, 6), text="5–6")
    assert Quote.model_validate_json(quote.model_dump_json()) == quote
