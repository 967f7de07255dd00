"""A grid of a page comes in, the blocks of its table go out: caption, cells, notes."""

import re
from collections.abc import Sequence

from extractors.document.layout.hyphens import Vocabulary
from extractors.document.layout.runs import runs_of
from schemas.block import Block, CellBlock, Run, TableBlock
from schemas.page import Grid, Page, Word

_CONTINUED = re.compile(r"\bcont(?:inued|d|\.|$)", re.IGNORECASE)  # the caption of the page before, once more


def table_blocks(grid: Grid, *, page: Page, vocabulary: Vocabulary) -> list[Block]:
    """Caption, table and notes of `grid`, in this order; one that says "continued" is left out."""
    blocks: list[Block] = []
    if grid.caption and not _CONTINUED.search(" ".join(page.words[i].text for i in grid.caption)):
        runs = _runs(grid.caption, page, vocabulary)
        blocks.append(Block(kind="caption", runs=runs, role="caption", page=page.number))
    cells = tuple(
        CellBlock(
            row=cell.row, column=cell.column, runs=_runs(cell.words, page, vocabulary), row_span=cell.row_span,
            column_span=cell.column_span, header=cell.header,
        )
        for cell in grid.cells
    )  # fmt: skip
    table = TableBlock(label=grid.label, cells=cells, page=page.number)
    blocks.append(Block(kind="table", role="table", page=page.number, table=table))
    if grid.notes:
        blocks.append(Block(kind="footnote", runs=_runs(grid.notes, page, vocabulary), role="table", page=page.number))
    return blocks


def reach_of(grid: Grid, page: Page) -> tuple[float, float, float, float]:
    """The rectangle over the table with its caption and notes."""
    words = [page.words[i] for i in (*grid.caption, *grid.notes)]
    return (
        min([grid.x0, *(w.x0 for w in words)]),
        min([grid.top, *(w.top for w in words)]),
        max([grid.x1, *(w.x1 for w in words)]),
        max([grid.bottom, *(w.bottom for w in words)]),
    )


def _runs(indices: Sequence[int], page: Page, vocabulary: Vocabulary) -> tuple[Run, ...]:
    """Runs of words over one or several printed lines."""
    lines: list[tuple[int, list[Word]]] = []
    for i in indices:
        word = page.words[i]
        last = lines[-1][1][-1] if lines else None
        if last is not None and word.x0 > last.x0 and abs(word.base - last.base) < 0.7 * max(word.size, last.size):
            lines[-1][1].append(word)
        else:
            lines.append((page.number, [word]))
    return runs_of(lines, pages={page.number: page}, vocabulary=vocabulary)
