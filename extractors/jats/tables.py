"""A JATS table in, a grid of cell blocks out."""

from collections.abc import Mapping

from lxml import etree

from extractors.jats.inline import read_runs, read_text
from schemas.block import CellBlock, TableBlock

_LARGEST_SPAN = 200  # a hostile file may claim a cell over a billion rows


def read_tables(wrap: etree._Element, *, keys: Mapping[str, int]) -> tuple[TableBlock, ...]:
    """The tables of a `table-wrap`; several in one wrap share its label. Pictures of tables give none."""
    label = read_text(wrap.find("label"))
    return tuple(
        TableBlock(label=label, cells=cells)
        for table in wrap.iter("table")
        if (cells := tuple(sorted(_cells(table, keys), key=lambda c: (c.row, c.column))))
    )


def _cells(table: etree._Element, keys: Mapping[str, int]) -> list[CellBlock]:
    taken: set[tuple[int, int]] = set()
    cells: list[CellBlock] = []
    for row, tr in enumerate(table.iter("tr")):
        parent = tr.getparent()
        heading_row = parent is not None and parent.tag == "thead"
        column = 0
        for td in tr.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            height, width = _span(td, "rowspan"), _span(td, "colspan")
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            cells.append(
                CellBlock(
                    row=row,
                    column=column,
                    runs=read_runs(td, keys=keys),
                    row_span=height,
                    column_span=width,
                    header=heading_row or td.tag == "th",
                )
            )
            column += width
    return cells


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _LARGEST_SPAN) if value.isascii() and value.isdigit() else 1
