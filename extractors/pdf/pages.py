"""The bytes of a PDF come in, its pages as words, drawn rules and places of pictures go out."""

from collections.abc import Iterator
from threading import Lock
from typing import Any

import pypdfium2.raw as pdfium

from extractors.pdf.drawings import Drawings, drawings_of
from extractors.pdf.frame import Frame, frame_of
from extractors.pdf.leaders import without_leaders
from extractors.pdf.legibility import legible
from extractors.pdf.opening import opened
from extractors.pdf.scripts import mark_scripts
from extractors.pdf.strips import strips_of
from extractors.pdf.words import Piece, Reader, reading_turns, words_of
from schemas.page import Page, Rule, Word

ONE_AT_A_TIME = Lock()  # PDFium's state is shared by all threads

_AT_ONCE = 20  # pages read before the document is opened anew


def read_pages(data: bytes) -> tuple[Page, ...]:
    """Every page of the PDF `data`, held upright: words in the order of the file, boxes in points from the top left.

    A document of which most can be read is read; its other pages hold no words and say why (`unread`).
    Raises UnreadableDocument: empty, not_a_pdf, encrypted, damaged, no_pages, no_text_layer, garbled_text.
    """
    return legible(tuple(each_page(data)))


def each_page(data: bytes) -> Iterator[Page]:
    """The pages one by one, legible or not; PDFium's own page is closed before the next is opened.

    Raises UnreadableDocument: empty, not_a_pdf, encrypted, damaged, no_pages.
    """
    at = count = 0
    while at < count or not count:
        # PDFium keeps what it has parsed until the document is closed, so that a long one would fill the memory.
        with ONE_AT_A_TIME, opened(data) as document:
            count = pdfium.FPDF_GetPageCount(document)
            for i in range(at, min(at + _AT_ONCE, count)):
                yield _read(document, i)
        at += _AT_ONCE


def _read(document: Any, index: int) -> Page:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:  # one broken page does not lose the others
        return Page(number=index + 1, width=0.0, height=0.0)
    try:
        # A /Rotate that turns the text on its side would have PDFium cut it into words by the wrong gaps.
        pdfium.FPDFPage_SetRotation(page, 0)
        frame = frame_of(page)
        pieces = _pieces(page)
        turns = reading_turns(pieces)
        turn = turns[0] if turns else 0
        if turn:
            pieces = _turned(page, turn)
        aside = _turned(page, turns[1]) if len(turns) > 1 else []
        pdfium.FPDFPage_SetRotation(page, turn)
        read = _upright(page, index + 1, frame._replace(turn=turn), pieces)
        if not aside:
            return read
        beside = _upright(page, index + 1, frame._replace(turn=turns[1]), aside)
        return read.model_copy(update={"aside": beside})
    finally:
        pdfium.FPDF_ClosePage(page)


def _turned(page: Any, turn: int) -> list[Piece]:
    pdfium.FPDFPage_SetRotation(page, turn)
    return _pieces(page)


def _upright(page: Any, number: int, frame: Frame, pieces: list[Piece]) -> Page:
    """What runs in the frame's direction, held upright."""
    found, blanks = words_of(pieces, frame=frame)
    words, dotted = without_leaders(mark_scripts(found, blanks=blanks))
    drawings = drawings_of(page, frame=frame)
    return _page(number, frame, words, drawings._replace(rules=(*drawings.rules, *dotted)))


def _pieces(page: Any) -> list[Piece]:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        return Reader(text_page, page=page).pieces()
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _page(number: int, frame: Frame, words: tuple[Word, ...], drawings: Drawings) -> Page:
    # Built without validation: checking every field of a thousand words costs more than reading them.
    return Page.model_construct(
        number=number,
        width=frame.width,
        height=frame.height,
        rotation=90 * frame.turn,
        words=words,
        strips=strips_of(words, page=number),
        rules=drawings.rules,
        pictures=drawings.pictures,
        image_share=_share(drawings.pictures, frame),
        grids=(),
        unread=None,
        aside=None,
    )


def _share(pictures: tuple[Rule, ...], frame: Frame) -> float:
    """Share of the page under pictures; overlaps count twice, the whole page at most once."""
    area = sum(
        max(0.0, min(p.x1, frame.width) - max(p.x0, 0.0)) * max(0.0, min(p.bottom, frame.height) - max(p.top, 0.0))
        for p in pictures
    )
    return round(min(1.0, area / max(frame.w * frame.h, 1.0)), 3)
