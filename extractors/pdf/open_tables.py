"""A table's region without vertical lines comes in, its cells go out: columns by white lanes, rows by gaps."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.pdf.lanes import Chunk, chunk_of, chunks_of, cut, find_columns, lines_of, place
from extractors.pdf.regions import Region
from schemas.page import GridCell, Rule, Strip

_WIDER = 1.22  # times the usual step: a gap between rows
_OVERLAPPING = 0.85  # of the size
_FEWEST_VALUES = 2  # columns with one whole value under another: two rows, however near they stand
_FIGURE = r"[-–−+]?\d+(?:[.,·]\d+)*\s?%?"
_VALUE = re.compile(
    rf"^(?:[<>≤≥=~]?\s?{_FIGURE}(?:\s?[-–−±/]\s?{_FIGURE})?(?:\s?[(\[][^()\[\]]*[)\]])?|NA|NR|N/A|[-–—])$"
)
_YEAR_ALONE = re.compile(r"^\(?(?:19|20)\d\d[a-z]?\)?[.,:]?\s?(?:[\[(]?\d{1,3}[\])]?)?$")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST_PARTS = 3  # between rules, each of them a row
_NEXT_LINE = 1.6  # times the size: from one line of a name to the next, at most
_HEAD_AT_MOST = 0.5  # of the region's height: a rule further down divides rows, not head from rows


def read_open_table(region: Region) -> tuple[GridCell, ...]:
    """Cells of a table that is ruled above, below and under its head, if at all."""
    lines = lines_of(region.strips)
    head_end = _head_end(region, lines)
    rows = [line for line in lines if line[0].base > head_end]
    head = [line for line in lines if line[0].base <= head_end]
    columns = find_columns(rows or lines, x0=region.x0, x1=region.x1)
    if len(columns) < 2:
        return ()
    cells: list[GridCell] = []
    count = 0
    for grouped in _head_rows(head, region, columns):
        cells.extend(_cells(grouped, count, width=len(columns), header=True))
        count += 1
    body = _body_rows(rows, region.rules, columns)
    for i, (grouped, under) in enumerate(body):
        tall = 1 + next((k for k, row in enumerate(body[i + 1 :]) if not row.under), len(body) - i - 1)
        of_row = _cells(grouped, count, width=len(columns), header=False)
        if under:  # the name above is this row's too
            of_row = of_row[1:]
        elif tall > 1:
            of_row[0] = of_row[0]._replace(row_span=tall)
        cells.extend(of_row)
        count += 1
    return tuple(cells)


Columns = Sequence[tuple[float, float]]
Placed = tuple[int, int, Chunk]  # first column, columns reached over, chunk


class _Row(NamedTuple):
    """A row of the body; one that stands `under` the name of the row above has none of its own."""

    placed: list[Placed]
    under: bool = False


def _head_end(region: Region, lines: Sequence[Sequence[Strip]]) -> float:
    """The height of the rule under the head; without one, the first line is the head."""
    for rule in region.rules[1:-1]:
        if rule.top - region.top < max(_HEAD_AT_MOST * (region.bottom - region.top), 60):
            return rule.top
        break
    return lines[0][0].base + 1 if lines else region.top


def _placed(line: Sequence[Strip], columns: Columns, *, gap: float) -> list[Placed]:
    """The chunks of a line with their columns; those that meet in one column are one."""
    chunks = chunks_of(line, gap=0.42)
    if len(chunks) > 1:  # what stands alone on its line may be the title of a group of rows
        chunks = [part for chunk in chunks for part in cut(chunk, columns, gap=gap)]
    merged: list[Placed] = []
    for chunk in chunks:
        first, last = place(chunk, columns)
        if merged and merged[-1][0] + merged[-1][1] > first:
            before = merged[-1]
            pairs = [
                *zip(before[2].words, before[2].indices, strict=True),
                *zip(chunk.words, chunk.indices, strict=True),
            ]
            merged[-1] = (before[0], max(last + 1 - before[0], before[1]), chunk_of(pairs))
        else:
            merged.append((first, last - first + 1, chunk))
    return merged


def _head_rows(head: Sequence[Sequence[Strip]], region: Region, columns: Columns) -> list[list[Placed]]:
    """Rows of the head: a title over several columns, marked by a rule under it, is a row above theirs."""
    spanning = [r for r in region.partial if head and r.top < head[-1][0].base]
    titles: dict[Rule, list[Chunk]] = {}
    upper: list[Placed] = []
    lower: list[Placed] = []
    for line in head:
        for column, span, chunk in _placed(line, columns, gap=0.3):
            under = _rule_under(chunk, spanning, region)
            if under is None:
                lower.append((column, span, chunk))
            else:
                titles.setdefault(under, []).append(chunk)
    for rule, chunks in titles.items():
        upper.extend(_shared_out(rule, chunks, columns))
    return [row for row in (upper, lower) if row]


def _shared_out(rule: Rule, chunks: Sequence[Chunk], columns: Columns) -> list[Placed]:
    """Each title over a rule with the columns it stands over: where several share one rule, those nearest to it."""
    first, last = _under(rule, columns)
    titles: list[list[Chunk]] = []  # the lines of one title stand over each other
    for chunk in chunks:
        for title in titles:
            if any(chunk.x0 < c.x1 and chunk.x1 > c.x0 for c in title):
                title.append(chunk)
                break
        else:
            titles.append([chunk])
    middles = [(min(c.x0 for c in t) + max(c.x1 for c in t)) / 2 for t in titles]
    homes: dict[int, list[int]] = {}
    for column in range(first, last + 1):
        middle = sum(columns[column]) / 2
        homes.setdefault(min(range(len(titles)), key=lambda i: abs(middles[i] - middle)), []).append(column)
    if len(homes) < len(titles):
        homes = {i: list(range(first, last + 1)) for i in range(len(titles))}
    return [(homes[i][0], homes[i][-1] - homes[i][0] + 1, chunk) for i, title in enumerate(titles) for chunk in title]


def _under(rule: Rule, columns: Columns) -> tuple[int, int]:
    """The first and the last column that a rule reaches over."""
    met = [i for i, (a, b) in enumerate(columns) if rule.x0 < b - 1 and rule.x1 > a + 1] or [0]
    return met[0], met[-1]


def _rule_under(chunk: Chunk, rules: Sequence[Rule], region: Region) -> Rule | None:
    """The rule over part of the columns that `chunk` stands on, with other lines of the head below it."""
    middle = (chunk.x0 + chunk.x1) / 2
    for rule in rules:
        if (
            rule.x0 - 2 < middle < rule.x1 + 2
            and chunk.base < rule.top + 1
            and rule.x1 - rule.x0 < 0.95 * (region.x1 - region.x0)
        ):
            return rule
    return None


class _Rhythm(NamedTuple):
    """How the lines of a table follow each other: the usual small step, and whether wider ones part its rows."""

    usual: float
    by_gaps: bool


def _rhythm(steps: Sequence[float]) -> _Rhythm:
    usual = sorted(steps)[len(steps) // 4] if steps else 0.0
    wide = sum(s > _WIDER * usual for s in steps)
    return _Rhythm(usual, usual > 0 and 0.12 * len(steps) <= wide < 0.95 * len(steps))


def _body_rows(lines: Sequence[Sequence[Strip]], rules: Sequence[Rule], columns: Columns) -> list[_Row]:
    """Printed lines gathered to rows of the table."""
    parted = _parted(lines, rules, columns)
    if parted:
        return parted
    steps = [b[0].base - a[0].base for a, b in pairwise(lines)]
    rhythm = _rhythm(steps)
    rows: list[_Row] = []
    held = [_placed(line, columns, gap=0.2) for line in lines]
    first = _first_lines(held, width=len(columns)) if not rhythm.by_gaps else None
    if first is not None:
        for i, placed in enumerate(held):
            if i in first:
                rows.append(_Row([]))
            rows[-1].placed.extend(placed)
        return rows
    for i, (line, placed) in enumerate(zip(lines, held, strict=True)):
        ruled = i > 0 and any(lines[i - 1][0].base < r.top < line[0].base for r in rules)
        if not rows or ruled or _starts_row(placed, rows[-1].placed, step=steps[i - 1], rhythm=rhythm):
            rows.append(_Row(placed))
        elif _has_values_anew(placed, rows[-1].placed):
            rows.append(_Row(placed, under=all(column > 0 for column, _, _ in placed)))
        else:
            rows[-1].placed.extend(placed)
    return rows


def _parted(lines: Sequence[Sequence[Strip]], rules: Sequence[Rule], columns: Columns) -> list[_Row]:
    """The rows of a body whose every row stands between two rules; none where a part of it holds several names."""
    parts: list[list[Sequence[Strip]]] = []
    for above, line in pairwise([None, *lines]):
        ruled = above is None or line is None or any(above[0].base < r.top < line[0].base for r in rules)
        if ruled:
            parts.append([])
        if line is not None:
            parts[-1].append(line)
    if len(parts) < _FEWEST_PARTS:
        return []
    rows: list[_Row] = []
    for part in parts:
        placed = [p for line in part for p in _placed(line, columns, gap=0.2)]
        names = sorted((chunk for column, _, chunk in placed if column == 0), key=lambda chunk: chunk.base)
        if not names or any(b.base - a.base > _NEXT_LINE * b.size for a, b in pairwise(names)):
            return []
        rows.append(_Row(placed))
    return rows


def _first_lines(held: Sequence[Sequence[Placed]], *, width: int) -> set[int] | None:
    """The lines that begin a row in a table of words, by the columns that only such lines fill; null where none tell.

    A row begins where all columns are filled; its other lines hold no whole value, and some column ("10 years",
    "1988-1992") never goes on in them.
    """
    filled = [{column for column, _, _ in placed} for placed in held]
    first = {i for i, columns in enumerate(filled) if len(columns) == width}
    rest = [i for i in range(len(held)) if i not in first]
    if len(first) < _FEWEST_PARTS or 0 not in first or len(rest) < len(first):
        return None
    key = set(range(1, width)).difference(*(filled[i] for i in rest))
    values = any(_VALUE.match(chunk.text) for i in rest for _, _, chunk in held[i])
    on = [i for i in rest if any(chunk.text[:1].islower() or chunk.text[:1] in "(&+/" for _, _, chunk in held[i])]
    return first if key and not values and 2 * len(on) >= len(rest) else None


def _has_values_anew(line: Sequence[Placed], row: Sequence[Placed]) -> bool:
    """Whether a line has whole values under whole values: a cell's text goes on in the next line, a value does not.

    Where but some of the row's values have one below them, they are those of two arms in one cell.
    """
    values = {column: chunk for column, _, chunk in row if _VALUE.match(chunk.text)}
    anew = [
        column
        for column, _, chunk in line
        if column in values
        and _VALUE.match(chunk.text)
        and chunk.base - values[column].base >= _OVERLAPPING * chunk.size
    ]
    # One is enough where a line fills all columns that the row above fills beside its name.
    beside = {column for column, _, _ in row if column > 0}
    whole = len(beside) > _FEWEST_VALUES and {column for column, _, _ in line} == beside
    return len(anew) >= (1 if whole else max(_FEWEST_VALUES, 0.6 * len(values)))


def _starts_row(line: Sequence[Placed], row: Sequence[Placed], *, step: float, rhythm: _Rhythm) -> bool:
    """Whether a printed line begins a row of the table or goes on with cells of the row above."""
    if step < _OVERLAPPING * max(chunk.size for _, _, chunk in line):
        return False  # lines that overlap stand in cells set to the middle of one row
    if rhythm.by_gaps and step > _WIDER * rhythm.usual:
        return True
    stub = [chunk for column, _, chunk in line if column == 0]
    named = any(column == 0 for column, _, _ in row)
    filled, width = len({column for column, _, _ in line}), len({column for column, _, _ in row})
    if not stub:
        # No name of a row: what stands in other columns goes on there, unless nearly all columns are filled anew.
        return filled > 1 and filled >= width and step > 1.05 * rhythm.usual and not rhythm.by_gaps
    if _is_year_of(stub[0], row):
        return False
    if width > 1 and _stands_out(stub[0], row):
        return True
    rest = stub[0].text[:1].islower() or stub[0].text[:1] in "(&+/"
    if rhythm.by_gaps:
        return named and filled >= width and not rest
    if _hangs(stub[0], row) and 2 * filled <= width and step < _WIDER * rhythm.usual:
        return False
    return filled > 1 or not rest


def _is_year_of(stub: Chunk, row: Sequence[Placed]) -> bool:
    """Whether a name is but a year, and that of the row above, such as "Thiele et al", waits for one."""
    above = " ".join(chunk.text for column, _, chunk in row if column == 0)
    return bool(above) and _YEAR_ALONE.match(stub.text) is not None and not _HAS_YEAR.search(above)


def _stands_out(stub: Chunk, row: Sequence[Placed]) -> bool:
    """Whether a name begins further left than that of the row above: the title of the next group of rows."""
    above = [chunk for column, _, chunk in row if column == 0]
    if not above or stub.text[:1].islower():
        return False
    centred = abs((stub.x0 + stub.x1) - (above[0].x0 + above[0].x1)) < 2 * stub.size
    return stub.x0 < min(chunk.x0 for chunk in above) - 0.5 * stub.size and not centred


def _hangs(stub: Chunk, row: Sequence[Placed]) -> bool:
    """Whether a name is set in under that of the row above, as its second line is ("Thiele et al." - "2005")."""
    above = [chunk for column, _, chunk in row if column == 0]
    return bool(above) and stub.x0 > above[0].x0 + 0.5 * stub.size


def _cells(row: Sequence[Placed], number: int, *, width: int, header: bool) -> list[GridCell]:
    """Cells of one row, the empty ones too; chunks of one column one under the other are one cell."""
    spans: dict[int, int] = {}
    words: dict[int, list[int]] = {}
    for column, span, chunk in sorted(row, key=lambda p: (p[2].base, p[2].x0)):
        home = next((c for c in words if c <= column < c + spans[c]), column)
        words.setdefault(home, []).extend(chunk.indices)
        spans[home] = max(spans.get(home, 1), column + span - home)
    covered = {c for home, span in spans.items() for c in range(home, home + span)}
    filled = [GridCell(number, c, tuple(words[c]), column_span=spans[c], header=header) for c in words]
    empty = [GridCell(number, c, (), header=header) for c in range(width) if c not in covered]
    return sorted([*filled, *empty])
