"""Marks over a page: what is numbered in which order, what counts as a column, what was left out."""

import io
from collections.abc import Sequence

import pytest
from PIL import Image

from pipeline.pictures import Kind, Mark, draw, find_marks
from pipeline.pictures.canvas import LOOKS
from schemas.anchor import Box, Span
from schemas.document import Cell, Citation, Document, Paragraph, Placed, Reference, Sentence, Source, Table
from schemas.page import Page, Word

SOURCE = Source(stem="a", name="a.pdf", sha256="0" * 64, format="pdf")
# Two columns, a table and a reference, each word with its place.
WORDS = [
    ("Head", 50, 100), ("One", 50, 120), ("two.", 80, 120), ("Three", 110, 120), ("four.", 50, 132),
    ("Five", 300, 100), ("six.", 300, 112), ("cell", 300, 200), ("Smith.", 50, 300),
]  # fmt: skip
FURNITURE = ("Journal", 50, 20)


def word(text: str, x: float, base: float) -> Word:
    return Word(text, x, base - 8, x + 25, base + 2, 10.0)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(number=1, width=400, height=400, words=tuple(word(*w) for w in [FURNITURE, *WORDS]))


@pytest.fixture(scope="module")
def document(page: Page) -> Document:
    text = " ".join(w[0] for w in WORDS)
    placed, at = [], 0
    for read in page.words[1:]:
        placed.append(Placed(at, at + len(read.text), page.box(read.x0, read.top, read.x1, read.bottom)))
        at += len(read.text) + 1

    def span(first: str, last: str) -> Span:
        return Span(text.index(first), text.index(last) + len(last))

    def sentence(number: int, first: str, last: str) -> Sentence:
        return Sentence(
            sentence_id=f"s{number}", span=span(first, last), paragraph=1, section_id="1", role="body", heading="",
            text="",
        )  # fmt: skip

    return Document(
        source=SOURCE,
        text=text,
        paragraphs=(
            Paragraph(span=span("Head", "Head"), kind="heading", section_id="1"),
            Paragraph(span=span("One", "six."), kind="paragraph", section_id="1"),
        ),
        sentences=(sentence(1, "One", "two."), sentence(2, "Three", "four."), sentence(3, "Five", "six.")),
        tables=(
            Table(
                table_id="t1", number="1", label="Table 1", span=span("cell", "cell"),
                cells=(Cell(span=span("cell", "cell"), row=2, column=3),),
            ),
        ),
        citations=(Citation(span=span("two", "two"), markers=("1",)),),
        references=(Reference(marker="1", text="", span=span("Smith.", "Smith.")),),
        placed=tuple(placed),
    )  # fmt: skip


def of(marks: Sequence[Mark], kind: Kind) -> list[Mark]:
    return [mark for mark in marks if mark.kind == kind]


def test_lines_are_numbered_as_they_are_read(document: Document, page: Page) -> None:
    marks = find_marks(document, page)
    texts = [m for m in marks if m.kind in ("heading", "sentence", "next sentence", "reference")]
    # The second sentence begins in mid line, which has its number already.
    assert [(m.kind, m.label, m.x0) for m in texts] == [
        ("heading", "1", 50),
        ("sentence", "2", 50),
        ("next sentence", "", 110),
        ("next sentence", "3", 50),
        ("sentence", "4", 300),
        ("sentence", "5", 300),
        ("reference", "6", 50),
    ]


def test_columns_end_where_reading_jumps(document: Document, page: Page) -> None:
    assert [(m.label, m.x0 + 3) for m in of(find_marks(document, page), "column")] == [("1", 50), ("2", 300), ("3", 50)]


def test_cells_carry_their_row_and_column(document: Document, page: Page) -> None:
    (cell,) = of(find_marks(document, page), "cell")
    assert (cell.label, cell.x0, cell.bottom) == ("2.3", 300, 202)


def test_what_the_document_does_not_hold_was_left_out(document: Document, page: Page) -> None:
    (mark,) = of(find_marks(document, page), "left out")
    assert (mark.x0, mark.bottom) == (50, 22)


def test_marks_of_another_page_stay_there(document: Document, page: Page) -> None:
    assert find_marks(document, page.model_copy(update={"number": 2, "words": ()})) == []


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_marks_stand_upright_on_a_turned_page(rotation: int) -> None:
    page = Page(number=1, width=400, height=300, rotation=rotation)
    assert page.upright(page.box(10, 20, 60, 30)) == pytest.approx((10, 20, 60, 30))
    assert page.upright(Box(1, 0, 0, 0, 0)) != (0, 0, 0, 0) or rotation == 0


def png(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return out.getvalue()


def test_a_mark_is_painted_where_it_is_and_nowhere_else() -> None:
    drawn = Image.open(io.BytesIO(draw(png((200, 100)), [Mark("cell", 10, 20, 30, 40)], scale=1)))
    assert drawn.getpixel((10, 30)) == LOOKS["cell"].colour
    assert drawn.getpixel((20, 30)) != (255, 255, 255)
    assert drawn.getpixel((100, 50)) == (255, 255, 255)
    assert drawn.width > 300, "a legend stands beside the page"


@pytest.mark.parametrize(
    ("rotation", "size"), [(0, (200, 100)), (90, (100, 200)), (180, (200, 100)), (270, (100, 200))]
)
def test_a_sideways_page_is_turned_upright(rotation: int, size: tuple[int, int]) -> None:
    drawn = Image.open(io.BytesIO(draw(png((200, 100)), [], scale=1, rotation=rotation)))
    assert (drawn.width - 150, drawn.height) == size
