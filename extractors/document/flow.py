"""Blocks in, one text out, with the place of every block, run and cell in it."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.anchor import Box, Span
from schemas.block import Block, CellBlock, Run
from schemas.document import Placed

_SEPARATOR = "\n\n"
# A cell's own line breaks would look like the end of the cell.
_ONE_LINE = str.maketrans("\n\r\t", "   ")


class Piece(NamedTuple):
    """A block and where it stands in the text; `cells` give each cell of a table its span."""

    block: Block
    span: Span
    cells: tuple[tuple[CellBlock, Span], ...] = ()


class Named(NamedTuple):
    """A citation marker whose targets the input itself names by their keys."""

    span: Span
    cites: tuple[str, ...]


class Flow(NamedTuple):
    """The one text; `superscripts` are stretches of raised characters, `furniture` running heads amid the text."""

    text: str
    pieces: tuple[Piece, ...]
    placed: tuple[Placed, ...]
    superscripts: tuple[Span, ...]
    named: tuple[Named, ...]
    furniture: tuple[Span, ...]


class _Sheet:
    """Collects characters and what is known of them, block after block."""

    def __init__(self, given: str | None) -> None:
        self.given = given
        self.parts: list[str] = []
        self.length = 0
        self.placed: list[Placed] = []
        self.superscripts: list[Span] = []
        self.named: list[Named] = []

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def note(self, run: Run, start: int, end: int) -> None:
        """Remember what `run`, whose characters now stand at `start`, says of them."""
        if run.cites:
            self.named.append(Named(Span(start, end), run.cites))
        elif run.superscript:
            if self.superscripts and self.superscripts[-1].end == start:
                self.superscripts[-1] = Span(self.superscripts[-1].start, end)
            else:
                self.superscripts.append(Span(start, end))

    def add(self, runs: Sequence[Run], *, one_line: bool = False, at: int | None = None) -> Span:
        """Write (or, in a given text, find at `at`) the runs without the blanks at either end."""
        whole = "".join([run.text for run in runs])
        left, right = len(whole) - len(whole.lstrip()), len(whole.rstrip())
        start = self.length if at is None else at + left
        position = start - left
        limit = start + max(right - left, 0)
        make, place = tuple.__new__, self.placed.append
        for run in runs:
            text, boxes, superscript, cites = run
            first, position = position, position + len(text)
            last = position if position < limit else limit
            first = first if first > start else start
            if first >= last:
                continue
            if cites or superscript:
                self.note(run, first, last)
            if boxes:
                # A box ends with its last printed character, not with the blank behind the word.
                if last == position and text[-1] == " ":
                    last -= 1
                if len(boxes) == 1:  # nearly every word; the plain way in, since there are so many
                    place(make(Placed, (first, last, boxes[0])))
                else:
                    self.placed.extend(_places(first, last, boxes))
        if at is None:
            text = whole[left:right] if left < right else ""
            self.write(text.translate(_ONE_LINE) if one_line else text)
        return Span(start, limit)

    def add_table(self, block: Block) -> tuple[tuple[CellBlock, Span], ...]:
        cells: list[tuple[CellBlock, Span]] = []
        row: int | None = None
        for cell in block.table.cells if block.table is not None else ():
            if row is not None:
                self.write("\t" if cell.row == row else "\n")
            row = cell.row
            cells.append((cell, self.add(cell.runs, one_line=True)))
        return tuple(cells)

    def find_cells(self, block: Block, span: Span) -> tuple[tuple[CellBlock, Span], ...]:
        """Cells of a table that stands in a given text, each looked for behind the one before it."""
        cells: list[tuple[CellBlock, Span]] = []
        at = span.start
        for cell in block.table.cells if block.table is not None else ():
            words = "".join(run.text for run in cell.runs).strip()
            found = self.given.find(words, at, span.end) if self.given is not None else -1
            if found >= 0:
                cells.append((cell, Span(found, found + len(words))))
                at = found + len(words)
        return tuple(cells)


def lay_out(blocks: Sequence[Block], *, text: str | None = None) -> Flow:
    """One text of all blocks, blank line between blocks, tab or line break between cells; or `text` itself.

    Blocks without characters, and running heads and page numbers, are left out; where `text` is given they stand
    in it, and their spans are remembered as furniture.
    """
    sheet = _Sheet(text)
    pieces: list[Piece] = []
    furniture: list[Span] = []
    for block in blocks:
        if block.kind == "furniture":
            if block.start is not None:
                furniture.append(Span(block.start, block.start + len(block.text)))
        elif text is not None:
            if block.start is not None:
                span = sheet.add(block.runs, at=block.start)
                pieces.append(Piece(block, span, sheet.find_cells(block, span)))
        elif block.table is not None or block.text.strip():
            if pieces:
                sheet.write(_SEPARATOR)
            start = sheet.length
            cells = sheet.add_table(block)
            span = Span(start, sheet.length) if block.table is not None else sheet.add(block.runs)
            pieces.append(Piece(block, span, cells))
    return Flow(
        text="".join(sheet.parts) if text is None else text,
        pieces=tuple(pieces),
        placed=tuple(sheet.placed),
        superscripts=tuple(sheet.superscripts),
        named=tuple(sheet.named),
        furniture=tuple(furniture),
    )


def _places(start: int, end: int, boxes: tuple[Box, ...]) -> list[Placed]:
    """The characters of a word broken at the line's end over its boxes, by share of their widths."""
    widths = [max(box.x1 - box.x0, 0.01) for box in boxes]
    whole, passed, at = sum(widths), 0.0, start
    placed: list[Placed] = []
    for box, width in zip(boxes, widths, strict=True):
        passed += width
        stop = end if box is boxes[-1] else min(start + round((end - start) * passed / whole), end)
        if stop > at:
            placed.append(Placed(at, stop, box))
        at = stop
    return placed
