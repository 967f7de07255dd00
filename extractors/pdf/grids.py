"""Pages come in, the same pages with the grids of their tables go out."""

from collections.abc import Sequence

from extractors.pdf.lattice import Slot, find_slots
from extractors.pdf.open_tables import read_open_table
from extractors.pdf.regions import Region, body_print, find_regions
from extractors.pdf.rulings import Rulings, rulings_of
from schemas.page import Grid, GridCell, Page, Strip

_FEWEST_CELLS = 6  # a box or two around text is no table


def find_grids(pages: Sequence[Page]) -> tuple[Page, ...]:
    """`pages` with a Grid for each table that has a caption or is drawn with lines all around its cells."""
    body = body_print(pages)
    return tuple(_with_grids(page, body) for page in pages)


def _with_grids(page: Page, body: tuple[float, str]) -> Page:
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
        if held > 0.9 * sum(len(s.words) for s in region.strips):
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
    cells = tuple(
        GridCell(s.row, s.column, tuple(words.get(k, ())), s.row_span, s.column_span, header=s.row == first)
        for k, s in enumerate(slots)
    )
    return cells, held
