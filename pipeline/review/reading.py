"""A document's text with its sentences, records and left-over numbers in; what its page shows, in order, out."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.review.index import Entry
from pipeline.rows import Row


class Mark(NamedTuple):
    """Characters that stand out: those of a record (`entry`) or a number left over.

    `reason` says what such a number is, null is not understood; `result` that it looks like a result all the same.
    """

    start: int
    end: int
    entry: Entry | None = None
    reason: str | None = None
    result: bool = False


class Piece(NamedTuple):
    """Characters of a unit and what marks them, if anything does."""

    text: str
    mark: Mark | None


class Unit(NamedTuple):
    """A sentence, or a line of what is none (a table's row); new headings and pages stand above it."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    heading: str | None
    page: int | None
    is_sentence: bool


def lay_out(text: str, *, sentences: Sequence[Row], marks: Sequence[Mark], references: Sequence[Row]) -> list[Unit]:
    """The units of a text, in its order; the reference list is left out."""
    hidden = [(row["start"], row["end"]) for row in references if row["start"] is not None]
    headings = {" ".join(row["heading"].split()) for row in sentences}
    ordered = _apart(sorted(marks, key=lambda mark: (mark.start, mark.entry is None, -mark.end)))
    starts = [mark.start for mark in ordered]
    units: list[Unit] = []
    heading, page = "", None
    for start, end, sentence in _spans(text, sentences, hidden):
        if sentence is None and " ".join(text[start:end].split()) in headings:
            continue
        inside = ordered[bisect_left(starts, start) : bisect_left(starts, end)]
        new_heading = new_page = None
        if sentence is not None:
            if sentence["heading"] != heading:
                heading = new_heading = sentence["heading"]
            if sentence["page"] is not None and sentence["page"] != page:
                page = new_page = sentence["page"]
        units.append(
            Unit(start, end, tuple(_pieces(text, start, end, inside)), new_heading, new_page, sentence is not None)
        )
    return units


def _spans(
    text: str, sentences: Sequence[Row], hidden: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, Row | None]]:
    """Sentences, and the lines between them that neither a sentence nor the reference list holds."""
    at = 0
    for sentence in sorted(sentences, key=lambda row: (row["start"], row["end"])):
        yield from ((*line, None) for line in _lines(text, at, sentence["start"], hidden))
        yield sentence["start"], sentence["end"], sentence
        at = max(at, sentence["end"])
    yield from ((*line, None) for line in _lines(text, at, len(text), hidden))


def _lines(text: str, start: int, end: int, hidden: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip() and not any(low < stop and start < high for low, high in hidden):
            yield start, stop
        start = stop + 1


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that do not overlap: of those that do, the first."""
    found: list[Mark] = []
    for mark in marks:
        if mark.end > mark.start and (not found or mark.start >= found[-1].end):
            found.append(mark)
    return found


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    at = start
    for mark in marks:
        if mark.start > at:
            yield Piece(text[at : mark.start], None)
        yield Piece(text[mark.start : min(mark.end, end)], mark)
        at = min(mark.end, end)
    if at < end:
        yield Piece(text[at:end], None)
