"""A document as one text: its reading, its sentences and the boxes of its characters."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.anchor import Box, Span
from schemas.document import Cell, Citation, Document, Paragraph, Placed, Sentence, Source, Table

SOURCE = Source(stem="a", name="a.txt", sha256="0" * 64, format="text")


def sentence(name: str, start: int, end: int) -> Sentence:
    return Sentence(
        sentence_id=name, span=Span(start, end), paragraph=0, section_id="1", role="body", heading="", text=""
    )


def test_the_reading_blanks_citations_running_heads_and_line_breaks() -> None:
    text = "PFS was 6.2 months [12, 13]\nin one\u00a0arm, HEAD 2\nsaid\nthey.\nNext\tend"
    marker, head = text.index("["), text.index("HEAD")
    document = Document(
        source=SOURCE,
        text=text,
        citations=(Citation(span=Span(marker, marker + 8), markers=("12", "13")),),
        furniture=(Span(head, head + 6),),
        paragraphs=(Paragraph(span=Span(0, text.index("\nNext")), kind="paragraph", section_id="1"),),
    )
    assert document.reading == "PFS was 6.2 months          in one arm,        said they.\nNext\tend"


@given(text=st.text(max_size=80), ends=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_the_reading_keeps_every_place(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), max(pair)) for pair in ends if max(pair) <= len(text)]
    document = Document(source=SOURCE, text=text, citations=tuple(Citation(span=s, markers=("1",)) for s in spans))
    cited = {i for span in spans for i in range(*span)}
    assert len(document.reading) == len(text)
    for i, character in enumerate(text):
        read = document.reading[i]
        assert read == " " if i in cited else read == character or (read == " " and character.isspace())


@given(lengths=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=8))
def test_sentence_at_finds_the_sentence_of_every_character(lengths: list[tuple[int, int]]) -> None:
    sentences, at = [], 0
    for i, (gap, length) in enumerate(lengths):
        sentences.append(sentence(f"s{i}", at + gap, at + gap + length))
        at += gap + length
    document = Document(source=SOURCE, text="x" * at, sentences=tuple(sentences))
    for position in range(-1, at + 2):
        found = document.sentence_at(position)
        expected = [s.sentence_id for s in sentences if s.span.start <= position < s.span.end]
        assert ([] if found is None else [found.sentence_id]) == expected


# "abcde fghij" on one line of page 1, "klm" on the next, "nop" on page 2; every character ten points wide
PLACED = (
    Placed(0, 5, Box(1, 0, 100, 50, 110)),
    Placed(6, 11, Box(1, 60, 100, 110, 110)),
    Placed(12, 15, Box(1, 0, 112, 30, 122)),
    Placed(16, 19, Box(2, 0, 10, 30, 20)),
)


@pytest.mark.parametrize(
    ("span", "boxes"),
    [
        (Span(0, 5), [Box(1, 0, 100, 50, 110)]),
        (Span(1, 3), [Box(1, 10, 100, 30, 110)]),  # part of a word by share of its width
        (Span(3, 8), [Box(1, 30, 100, 80, 110)]),  # one box a line
        (Span(8, 14), [Box(1, 80, 100, 110, 110), Box(1, 0, 112, 20, 122)]),
        (Span(12, 19), [Box(1, 0, 112, 30, 122), Box(2, 0, 10, 30, 20)]),
        (Span(5, 6), []),  # a blank has no box
        (Span(30, 40), []),
    ],
)
def test_boxes_of_characters(span: Span, boxes: list[Box]) -> None:
    document = Document(source=SOURCE, text="abcde fghij klm nop", placed=PLACED)
    assert list(document.boxes(span)) == boxes


def test_a_document_without_places_has_no_boxes() -> None:
    assert Document(source=SOURCE, text="abc").boxes(Span(0, 3)) == ()


def test_a_wide_cell_stands_at_each_of_its_places() -> None:
    wide = Cell(span=Span(0, 1), row=0, column=1, row_span=2, column_span=2)
    table = Table(table_id="t1", number="1", label="Table 1", span=Span(0, 1), cells=(wide,))
    assert set(table.by_place) == {(0, 1), (0, 2), (1, 1), (1, 2)}
    assert all(cell is wide for cell in table.by_place.values())


def test_a_document_handed_to_another_process_is_whole_and_without_what_is_cached() -> None:
    placed = tuple(
        Placed(start, start + 3, Box(1 + start // 8, 10.5, float(start), 20.25, 30.0)) for start in (0, 4, 8)
    )
    document = Document(source=SOURCE, text="one\ntwo\nsix", placed=placed)
    assert document.reading == "one\ntwo\nsix"
    handed = pickle.loads(pickle.dumps(document))
    assert repr(handed) == repr(document)
    assert repr(handed.placed) == repr(placed)
    assert "reading" not in handed.__dict__
    assert handed.reading == document.reading
    assert handed.boxes(Span(1, 6)) == document.boxes(Span(1, 6)) != ()
