"""Lines of a table (of pipes, of tabs, or HTML) in, one table block out."""

import re
from collections.abc import Sequence

from extractors.plain.lines import Line
from schemas.block import Block, CellBlock, Run, TableBlock

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr\s*>", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t([dh])\b([^>]*)>(.*?)</t[dh]\s*>", re.IGNORECASE | re.DOTALL)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
_LEAST_TABS = 2
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,2})", re.IGNORECASE)


def read_table_at(lines: Sequence[Line], i: int, text: str) -> tuple[Block, int] | None:
    """The table that begins at line `i` and the number of the line behind it; None where none begins.

    The block's text is the table as written; its cells hold the characters between the marks.
    """
    if lines[i].text[:6].lower() == "<table":
        return _html(lines, i, text)
    if i + 1 < len(lines) and "|" in lines[i].text and "|" in lines[i + 1].text and _RULE.fullmatch(lines[i + 1].text):
        return _pipes(lines, i, text)
    two = lines[i : i + 2]
    if len(two) == 2 and not two[1].gap and min(line.text.count("\t") for line in two) >= _LEAST_TABS:
        return _tabs(lines, i, text)
    return None


def _table(cells: list[CellBlock], start: int, end: int, text: str) -> Block:
    return Block(
        kind="table",
        role="table",
        runs=(Run(text=text[start:end]),),
        start=start,
        table=TableBlock(label="", cells=tuple(cells)),
    )


def _pipes(lines: Sequence[Line], i: int, text: str) -> tuple[Block, int]:
    cells: list[CellBlock] = []
    j, row = i, 0
    while j < len(lines) and "|" in lines[j].text and (j == i or not lines[j].gap):
        if j != i + 1:
            words = lines[j].text.strip("|").split("|")
            cells += [
                CellBlock(row=row, column=column, runs=(Run(text=word.strip()),), header=row == 0)
                for column, word in enumerate(words)
            ]
            row += 1
        j += 1
    return _table(cells, lines[i].start, lines[j - 1].end, text), j


def _tabs(lines: Sequence[Line], i: int, text: str) -> tuple[Block, int]:
    cells: list[CellBlock] = []
    j = i
    while j < len(lines) and "\t" in lines[j].text and (j == i or not lines[j].gap):
        start = lines[j].start
        while start and text[start - 1] == "\t":  # empty cells at the left
            start -= 1
        words = text[start : lines[j].end].split("\t")
        cells += [
            CellBlock(row=j - i, column=column, runs=(Run(text=word.strip()),), header=j == i)
            for column, word in enumerate(words)
        ]
        j += 1
    return _table(cells, lines[i].start, lines[j - 1].end, text), j


def _html(lines: Sequence[Line], i: int, text: str) -> tuple[Block, int] | None:
    closing = _END.search(text, lines[i].start)
    if closing is None:
        return None
    start, end = lines[i].start, closing.end()
    taken: set[tuple[int, int]] = set()
    cells: list[CellBlock] = []
    for row, found in enumerate(_ROW.finditer(text, start, end)):
        column = 0
        for cell in _CELL.finditer(text, found.start(1), found.end(1)):
            while (row, column) in taken:
                column += 1
            spans = {name.lower(): max(int(n), 1) for name, n in _SPAN.findall(cell[2])}
            height, width = spans.get("row", 1), spans.get("col", 1)
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            words = Run(text=cell[3].strip())
            header = cell[1].lower() == "h"
            cells.append(
                CellBlock(row=row, column=column, runs=(words,), row_span=height, column_span=width, header=header)
            )
            column += width
    j = next((k for k in range(i, len(lines)) if lines[k].start >= end), len(lines))
    return _table(cells, start, end, text), j
