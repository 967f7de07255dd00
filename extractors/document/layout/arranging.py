"""Pages come in, blocks in reading order go out."""

from collections.abc import Sequence

from extractors.document.layout.columns import Line, Region, read_in_order
from extractors.document.layout.entries import split_entries
from extractors.document.layout.figures import Figure, find_figures
from extractors.document.layout.furniture import find_furniture
from extractors.document.layout.hyphens import Vocabulary
from extractors.document.layout.manner import Manner, find_manner, settle_columns
from extractors.document.layout.outline import Part, close_up, is_heading, outline
from extractors.document.layout.passages import Passage, goes_on, group
from extractors.document.layout.runs import runs_of
from extractors.document.layout.tabling import reach_of, table_blocks
from extractors.document.titles import find_role
from schemas.block import Block, Run
from schemas.page import Grid, Page, Strip, Word


def arrange(pages: Sequence[Page]) -> tuple[Block, ...]:
    """The blocks of the article that `pages` show, in the order a person reads them."""
    return _Arranger(pages).blocks()


class _Arranger:
    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = {p.number: p for p in pages}
        strips: list[list[Strip]] = [_outside_grids(page) for page in pages]
        self.vocabulary = Vocabulary(s.text for on_page in strips for s in on_page)
        furniture = find_furniture(strips, pages)
        strips = [[s for s in on_page if s not in furniture] for on_page in strips]
        self.manner: Manner = find_manner(strips)
        self.floats: list[Figure | tuple[Page, Grid]] = []
        sheets = [self._read(page, on_page) for page, on_page in zip(pages, strips, strict=True)]
        self.sheets = settle_columns(sheets)

    def _read(self, page: Page, strips: Sequence[Strip]) -> list[Line | Region]:
        figures = find_figures(strips, page=page, manner=self.manner)
        gone = {s for f in figures for s in (*f.caption, *f.inside)}
        regions = []
        for figure in figures:
            regions.append(Region(len(self.floats), figure.x0, figure.top, figure.x1, figure.bottom))
            self.floats.append(figure)
        for grid in page.grids:
            regions.append(Region(len(self.floats), *reach_of(grid, page)))
            self.floats.append((page, grid))
        return read_in_order([s for s in strips if s not in gone], regions)

    def blocks(self) -> tuple[Block, ...]:
        passages, floats_after, notes = self._flow()
        parts = outline(passages, manner=self.manner)
        blocks: list[Block] = []
        for floated in floats_after.get(-1, ()):
            blocks.extend(self._float(floated))
        i = 0
        while i < len(parts):
            part = parts[i]
            if part.role == "references" and part.kind != "heading":
                j = i
                while j < len(parts) and parts[j].role == "references" and parts[j].kind != "heading":
                    j += 1
                blocks.extend(self._references([p.passage for p in parts[i:j]]))
            else:
                j = i + 1
                blocks.append(self._block(part))
            for k in range(i, j):
                blocks.extend(self._note(note, first=note.first.strip.page == 1) for note in notes.get(k, ()))
                for floated in floats_after.get(k, ()):
                    blocks.extend(self._float(floated))
            i = j
        return tuple(blocks)

    def _flow(self) -> tuple[list[Passage], dict[int, list[Figure | tuple[Page, Grid]]], dict[int, list[Passage]]]:
        """Passages with those that go on over a column or page joined; floats and notes by the passage they follow."""
        passages: list[Passage] = []
        floats: dict[int, list[Figure | tuple[Page, Grid]]] = {}
        notes: dict[int, list[Passage]] = {}
        in_back = False
        for sheet in self.sheets:
            bodies = [x.strip for x in sheet if isinstance(x, Line) and self.manner.is_body(x.strip)]
            for stretch in _stretches(sheet):
                if isinstance(stretch, Region):
                    floats.setdefault(len(passages) - 1, []).append(self.floats[stretch.which])
                    continue
                for k, passage in enumerate(group(stretch, manner=self.manner)):
                    heading = is_heading(passage, self.manner)
                    if heading:
                        in_back = find_role(close_up(passage.text)) in ("back", "references")
                    if not in_back and not heading and _is_note(passage, bodies, self.manner):
                        notes.setdefault(len(passages) - 1, []).append(passage)
                    elif (
                        k == 0
                        and not heading
                        and passages
                        and not is_heading(passages[-1], self.manner)
                        and goes_on(passages[-1], passage, manner=self.manner)
                    ):
                        passages[-1] = Passage((*passages[-1].lines, *passage.lines))
                    else:
                        passages.append(passage)
        return passages, floats, notes

    def _runs(self, strips: Sequence[Strip]) -> tuple[Run, ...]:
        lines: list[tuple[int, Sequence[Word]]] = [(s.page, s.words) for s in strips]
        return runs_of(lines, pages=self.pages, vocabulary=self.vocabulary)

    def _block(self, part: Part) -> Block:
        strips = [line.strip for line in part.passage.lines]
        return Block(kind=part.kind, runs=self._runs(strips), role=part.role, level=part.level, page=strips[0].page)

    def _float(self, floated: Figure | tuple[Page, Grid]) -> list[Block]:
        if isinstance(floated, Figure):
            return [self._caption(floated)]
        return table_blocks(floated[1], page=floated[0], vocabulary=self.vocabulary)

    def _caption(self, figure: Figure) -> Block:
        return Block(kind="caption", runs=self._runs(figure.caption), role="caption", page=figure.caption[0].page)

    def _note(self, passage: Passage, *, first: bool) -> Block:
        strips = [line.strip for line in passage.lines]
        kind, role = ("front", "front") if first else ("footnote", "body")
        return Block(kind=kind, runs=self._runs(strips), role=role, page=strips[0].page)

    def _references(self, passages: Sequence[Passage]) -> list[Block]:
        lines = [line for passage in passages for line in passage.lines]
        return [
            Block(
                kind="reference",
                runs=self._runs([line.strip for line in entry.lines]),
                role="references",
                page=entry.lines[0].strip.page,
                key=entry.key,
            )
            for entry in split_entries(lines)
        ]


def _stretches(sheet: Sequence[Line | Region]) -> list[list[Line] | Region]:
    """Lines of one column without a float between them, and the floats."""
    stretches: list[list[Line] | Region] = []
    for item in sheet:
        if isinstance(item, Region):
            stretches.append(item)
            continue
        last = stretches[-1] if stretches else None
        if isinstance(last, list) and last[-1].column == item.column:
            last.append(item)
        else:
            stretches.append([item])
    return stretches


def _is_note(passage: Passage, bodies: Sequence[Strip], manner: Manner) -> bool:
    """Small print at the foot of a column of body text."""
    if not all(manner.is_small(line.strip) for line in passage.lines):
        return False
    x0, x1 = min(line.strip.x0 for line in passage.lines), max(line.strip.x1 for line in passage.lines)
    beside = [s for s in bodies if s.x0 < x1 and s.x1 > x0]
    top = passage.first.strip.base
    return bool(beside) and all(s.base < top for s in beside)


def _outside_grids(page: Page) -> list[Strip]:
    """The strips of `page` without the words of its tables, their captions and notes."""
    inside = {
        i
        for grid in page.grids
        for indices in (grid.caption, grid.notes, *(cell.words for cell in grid.cells))
        for i in indices
    }
    if not inside:
        return list(page.strips)
    outside: list[Strip] = []
    for strip in page.strips:
        left = [k for k, i in enumerate(strip.indices) if i not in inside]
        if len(left) == len(strip.indices):
            outside.append(strip)
        elif left:
            words, indices = [strip.words[k] for k in left], [strip.indices[k] for k in left]
            outside.append(Strip.of(words, indices=indices, page=page.number))
    return outside
