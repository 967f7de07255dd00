"""A document and one of its pages come in, what was understood of that page goes out as rectangles with their kind."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from schemas.anchor import Box, Span
from schemas.document import Document, Paragraph
from schemas.page import Page

Kind = Literal[
    "column", "title", "heading", "sentence", "next sentence", "caption", "front or back", "reference",
    "header cell", "cell", "citation", "left out",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
_CLOSE = 4.0  # points: words nearer than this on one line are marked as one


class Mark(NamedTuple):
    """A rectangle of the page held upright, in points from its top left; `label` is a number to print beside it."""

    kind: Kind
    x0: float
    top: float
    x1: float
    bottom: float
    label: str = ""


def find_marks(document: Document, page: Page) -> list[Mark]:
    """Marks of `page`, a page of `document`, those to be drawn first in front.

    Lines are numbered in reading order; a column is what follows line under line without a jump.
    """
    lines = sorted(_lines(document, page), key=lambda line: line[0])
    marks = _columns([mark for _, mark in lines])
    marks += _numbered([mark for _, mark in lines])
    marks += _cells(document, page)
    for citation in document.citations:
        marks += _boxes(document, citation.span, page, "citation")
    marks += _left_out(document, page)
    if page.aside is not None:
        marks += [_mark(mark.kind, page.aside.box(*mark[1:5]), page) for mark in _left_out(document, page.aside)]
    return marks


def _lines(document: Document, page: Page) -> Iterator[tuple[int, Mark]]:
    """Printed lines of text with their place in the document; a sentence that begins in mid line cuts it."""
    for number, sentence in enumerate(document.sentences):
        paragraph = document.paragraphs[sentence.paragraph]
        kind = _kind(paragraph, sentence.role, odd=number % 2 == 1)
        yield from ((sentence.span.start, mark) for mark in _boxes(document, sentence.span, page, kind))
    inside = {sentence.paragraph for sentence in document.sentences}
    for number, paragraph in enumerate(document.paragraphs):
        if number not in inside:
            kind = _kind(paragraph, "body", odd=False)
            yield from ((paragraph.span.start, mark) for mark in _boxes(document, paragraph.span, page, kind))
    for reference in document.references:
        if reference.span is not None:
            for mark in _boxes(document, reference.span, page, "reference"):
                yield reference.span.start, mark


def _kind(paragraph: Paragraph, role: str, *, odd: bool) -> Kind:
    if paragraph.kind == "title":
        return "title"
    if paragraph.kind == "heading":
        return "heading"
    if paragraph.kind in ("caption", "footnote") or role in ("caption", "table"):
        return "caption"
    if role in ("front", "back"):
        return "front or back"
    return "next sentence" if odd else "sentence"


def _boxes(document: Document, span: Span, page: Page, kind: Kind) -> list[Mark]:
    return [_mark(kind, box, page) for box in document.boxes(span) if box.page == page.number]


def _mark(kind: Kind, box: Box, page: Page) -> Mark:
    return Mark(kind, *page.upright(box))


def _columns(lines: list[Mark]) -> list[Mark]:
    """Rectangles around lines that follow each other downwards, or side by side on one line."""
    columns: list[list[Mark]] = []
    for mark in lines:
        if columns and _follows(columns[-1][-1], mark):
            columns[-1].append(mark)
        else:
            columns.append([mark])
    return [
        Mark(
            "column", min(m.x0 for m in c) - 3, min(m.top for m in c) - 2, max(m.x1 for m in c) + 3,
            max(m.bottom for m in c) + 2, str(number),
        )
        for number, c in enumerate(columns, 1)
    ]  # fmt: skip


def _numbered(lines: list[Mark]) -> list[Mark]:
    """Lines with their number; what goes on in mid line has the line's."""
    numbered: list[Mark] = []
    number = 0
    for i, mark in enumerate(lines):
        beside = i > 0 and _beside(lines[i - 1], mark)
        number += not beside
        numbered.append(mark if beside else mark._replace(label=str(number)))
    return numbered


def _beside(before: Mark, mark: Mark) -> bool:
    return abs(mark.bottom - before.bottom) < 4 and before.x1 - 2 < mark.x0 < before.x1 + 20


def _follows(before: Mark, mark: Mark) -> bool:
    below = mark.bottom > before.bottom and mark.x0 < before.x1 and mark.x1 > before.x0
    # From the last word of a paragraph to the next: the same column though nothing stands above.
    further = 0 < mark.bottom - before.bottom < 40 and mark.x0 < before.x0
    return _beside(before, mark) or below or further


def _cells(document: Document, page: Page) -> list[Mark]:
    """One rectangle a cell, around all of its lines, labelled with its row and column."""
    marks: list[Mark] = []
    for table in document.tables:
        for cell in table.cells:
            parts = _boxes(document, cell.span, page, "header cell" if cell.header else "cell")
            if parts:
                x0, top = min(p.x0 for p in parts), min(p.top for p in parts)
                x1, bottom = max(p.x1 for p in parts), max(p.bottom for p in parts)
                marks.append(Mark(parts[0].kind, x0, top, x1, bottom, f"{cell.row}.{cell.column}"))
    return marks


def _left_out(document: Document, page: Page) -> list[Mark]:
    """Words of the page that are not in the document: running heads, page numbers, text inside figures."""
    kept = {placed.box for placed in document.placed if placed.box.page == page.number}
    marks: list[Mark] = []
    for word in page.words:
        if page.box(word.x0, word.top, word.x1, word.bottom) in kept:
            continue
        last = marks[-1] if marks else None
        if last is not None and abs(last.bottom - word.bottom) < 2 and -1 < word.x0 - last.x1 < _CLOSE:
            marks[-1] = last._replace(x1=word.x1, top=min(last.top, word.top))
        else:
            marks.append(Mark("left out", word.x0, word.top, word.x1, word.bottom))
    return marks
