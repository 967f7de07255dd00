"""Pages come in, the same pages with the grids of their tables go out."""

from collections.abc import Mapping, Sequence

from extractors.pdf.lanes import chunks_of_words, lines_of_words
from extractors.pdf.lattice import Slot, find_slots
from extractors.pdf.open_tables import read_open_table
from extractors.pdf.regions import Region, body_print, find_regions
from extractors.pdf.rulings import Rulings, rulings_of
from schemas.page import Grid, GridCell, Page, Strip, Word

_FEWEST_CELLS = 6  # a box or two around text is no table
_MOST_IN_ONE = 0.6  # of a table's words
_BETWEEN_CELLS = 0.75  # of the size: white wider than between words


def find_grids(pages: Sequence[Page]) -> tuple[Page, ...]:
    """`pages` with a Grid for each table that has a caption or is drawn with lines all around its cells."""
    body = body_print(pages)
    return tuple(_with_grids(page, body) for page in pages)


def _with_grids(page: Page, body: tuple[float, str]) -> Page:
    if page.aside is not None:
        page = page.model_copy(update={"aside": _with_grids(page.aside, body)})
    if not page.words:
        return page
    rulings = rulings_of(page)
    regions = find_regions(page, rulings, body=body)
    grids = [g for region in regions if (g := _read(page, region, rulings)) is not None]
    return page.model_copy(update={"grids": tuple(grids)}) if grids else page


def _read(page: Page, region: Region, rulings: Rulings) -> Grid | None:
    cells = _ruled_cells(page, region, rulings) or read_open_table(region)
    if not cells:
        return None
    return Grid(
        region.x0, region.top, region.x1, region.bottom, cells,
        caption=tuple(i for s in region.caption for i in s.indices),
        notes=tuple(i for s in region.notes for i in s.indices),
        label=region.label,
    )  # fmt: skip


def _ruled_cells(page: Page, region: Region, rulings: Rulings) -> tuple[GridCell, ...]:
    """Cells by the lines around them, if the lines enclose nearly all of the region's words in several columns."""
    inside = [r for r in rulings.horizontal if region.top - 3 <= r.top <= region.bottom + 3]
    upright = [r for r in rulings.vertical if r.bottom > region.top and r.top < region.bottom]
    for slots in find_slots(inside, upright):
        if len(slots) < _FEWEST_CELLS or max(s.column for s in slots) < 1:
            continue
        cells, held = _fill(slots, region.strips, page)
        # Frames within frames enclose one slot that holds everything.
        most = max(len(cell.words) for cell in cells)
        if held > 0.9 * sum(len(s.words) for s in region.strips) and most < _MOST_IN_ONE * held:
            return cells
    return ()


def _fill(slots: Sequence[Slot], strips: Sequence[Strip], page: Page) -> tuple[tuple[GridCell, ...], int]:
    """Each slot with the words whose middle lies in it; how many words found one."""
    words: dict[int, list[int]] = {}
    held = 0
    for index in sorted(
        (i for s in strips for i in s.indices), key=lambda i: (round(page.words[i].base), page.words[i].x0)
    ):
        word = page.words[index]
        x, y = (word.x0 + word.x1) / 2, word.base - 0.3 * word.size
        for k, slot in enumerate(slots):
            if slot.x0 - 1 <= x <= slot.x1 + 1 and slot.top - 1 <= y <= slot.bottom + 1:
                words.setdefault(k, []).append(index)
                held += 1
                break
    first = min(s.row for s in slots)
    edges = {s.column: (s.x0, s.x1) for s in slots if s.column_span == 1}
    cells: list[GridCell] = []
    for k, slot in enumerate(slots):
        indices = tuple(words.get(k, ()))
        head = slot.row == first
        parts = _parted(slot, [(page.words[i], i) for i in indices], edges)
        if parts:
            cells.extend(
                GridCell(slot.row, c, tuple(parts.get(c, ())), slot.row_span, header=head) for c in _over(slot)
            )
        else:
            cells.append(GridCell(slot.row, slot.column, indices, slot.row_span, slot.column_span, header=head))
    return tuple(cells), held


def _over(slot: Slot) -> range:
    return range(slot.column, slot.column + slot.column_span)


def _parted(
    slot: Slot, words: Sequence[tuple[Word, int]], edges: Mapping[int, tuple[float, float]]
) -> dict[int, list[int]]:
    """Words by column where a slot over several holds a cell for each: the shaded band behind a row is no cell."""
    if slot.column_span < 2 or any(c not in edges for c in _over(slot)):
        return {}
    parts: dict[int, list[int]] = {}
    for line in lines_of_words(words):
        for chunk in chunks_of_words(line, gap=_BETWEEN_CELLS):
            homes = [c for c in _over(slot) if edges[c][0] - 2 <= chunk.x0 and chunk.x1 <= edges[c][1] + 2]
            if not homes:
                return {}
            parts.setdefault(homes[0], []).extend(chunk.indices)
    return parts if len(parts) > 1 and 2 * len(parts) >= slot.column_span else {}
