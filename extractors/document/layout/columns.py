"""The strips and floats of one page come in, the page's lines in reading order with their columns go out."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from schemas.page import Strip

_GUTTER = 5.0  # points: narrower white is a gap between words
_ELSEWHERE = 25.0  # points from a gutter's right edge: no line of its right column begins there
_STANDS_OFF = 9.0  # points of white: more than between lines
_SLACK = 1.5  # points a strip may reach into a gutter


class Region(NamedTuple):
    """Something that stands in the way of text: a table or figure, as one rectangle; `which` names it."""

    which: int
    x0: float
    top: float
    x1: float
    bottom: float


class Line(NamedTuple):
    """One line of one column; left and right are the column's edges, `column` counts columns in reading order."""

    strip: Strip
    left: float
    right: float
    column: int


Piece = Strip | Region
Row = list[Piece]


def read_in_order(strips: Sequence[Strip], regions: Sequence[Region] = ()) -> list[Line | Region]:
    """Lines and regions as a person reads them: columns from left to right between what spans them."""
    pieces: list[Piece] = [*strips, *regions]
    ordered: list[Line | Region] = []
    for number, leaf in enumerate(_leaves(_rows(pieces))):
        flow = _lines(leaf)
        texts = [p for p in flow if isinstance(p, Strip)]
        left = min((t.x0 for t in texts), default=0.0)
        right = max((t.x1 for t in texts), default=0.0)
        ordered.extend(Line(p, left, right, number) if isinstance(p, Strip) else p for p in flow)
    return ordered


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces that share a height, from the top; a raised figure does not tie two lines together."""
    rows: list[Row] = []
    bottom = float("-inf")
    for piece in sorted(pieces, key=lambda p: (_middle(p)[0], p.x0)):
        high, low = _middle(piece)
        if rows and high < bottom:
            rows[-1].append(piece)
            bottom = max(bottom, low)
        else:
            rows.append([piece])
            bottom = low
    return rows


def _middle(piece: Piece) -> tuple[float, float]:
    """The heights a piece occupies, without the air above and below its letters."""
    if isinstance(piece, Region):
        return piece.top, piece.bottom
    return piece.base - 0.45 * piece.size, piece.base


def _leaves(rows: list[Row]) -> list[list[Row]]:
    """Cut rows into parts that each hold one column, in reading order."""
    if not rows:
        return []
    best = _best_run(rows)
    if best is None:
        return [rows]
    start, end, gutter = best
    left = [[p for p in row if p.x1 <= gutter + _SLACK] for row in rows[start:end]]
    right = [[p for p in row if p.x1 > gutter + _SLACK] for row in rows[start:end]]
    sides = [_rows([p for row in side for p in row]) for side in (left, right)]
    return [*_leaves(rows[:start]), *_leaves(sides[0]), *_leaves(sides[1]), *_leaves(rows[end:])]


def _best_run(rows: list[Row]) -> tuple[int, int, float] | None:
    """The longest run of rows with white all along one gutter and text on both sides: first row, end, gutter."""
    best: tuple[float, int, int, float] | None = None
    for gutter in _candidates(rows):
        start = 0
        for i in range(len(rows) + 1):
            if i < len(rows) and not any(p.x0 + _SLACK < gutter < p.x1 - _SLACK for p in rows[i]):
                continue
            score = _two_sided(rows[start:i], gutter)
            if score and (best is None or score > best[0]):
                best = (score, start, i, gutter)
            start = i + 1
    if best is None:
        return None
    _, start, end, gutter = best
    return (*_trimmed(rows, start, end, gutter), gutter)


def _candidates(rows: list[Row]) -> list[float]:
    """Places just left of where pieces begin with white before them, in two rows at least: right edges of gutters."""
    begins: Counter[int] = Counter()
    places: dict[int, float] = {}
    for i, row in enumerate(rows):
        # The lines of two columns need not stand at one height: the row below is looked at too.
        ordered = sorted([*row, *rows[i + 1]] if i + 1 < len(rows) else row, key=lambda p: p.x0)
        here = {round(b.x0 / 3): b.x0 - 2 for a, b in pairwise(ordered) if b.x0 - a.x1 >= _GUTTER}
        begins.update(here.keys())
        for key, x in here.items():
            places[key] = min(x, places.get(key, x))
    return [places[key] for key in sorted(begins) if begins[key] + begins[key + 1] + begins[key - 1] >= 2]


def _two_sided(rows: list[Row], gutter: float) -> float:
    """How much text faces other text over `gutter`, in lines; 0 where either side holds too little for a column."""
    left = [p for row in rows for p in row if p.x1 <= gutter + _SLACK]
    right = [p for row in rows for p in row if p.x1 > gutter + _SLACK]
    if len(left) < 2 or len(right) < 2 or _is_margin(left) or _is_margin(right):
        return 0.0
    # The gutter should be wide: between columns all lines keep off it, between words of a table they do too but less.
    # A line or two may reach into it: what nine in ten keep off counts.
    left_end = sorted(p.x1 for p in left)[int(0.9 * (len(left) - 1))]
    white = sorted(p.x0 for p in right)[int(0.1 * (len(right) - 1))] - left_end
    if white < _GUTTER:
        return 0.0
    heights = [(min(_middle(p)[0] for p in side), max(_middle(p)[1] for p in side)) for side in (left, right)]
    top, bottom = max(heights[0][0], heights[1][0]), min(heights[0][1], heights[1][1])
    facing = min(sum(_lines_between(p, top, bottom) for p in side) for side in (left, right))
    return facing + min(white, 20.0) / 50 if facing >= 2 else 0.0


def _lines_between(piece: Piece, top: float, bottom: float) -> float:
    """How many lines of text `piece` counts for between two heights."""
    high, low = _middle(piece)
    shared = min(low, bottom) - max(high, top)
    if shared <= 0:
        return 0.0
    return shared / 12 if isinstance(piece, Region) else 1.0


def _is_margin(side: Sequence[Piece]) -> bool:
    """Whether a side holds but the numbers or bullets of the lines beside it."""
    if any(isinstance(p, Region) for p in side):
        return False
    short = sum(p.x1 - p.x0 < 22 for p in side)
    return short > 0.7 * len(side)


def _trimmed(rows: list[Row], start: int, end: int, gutter: float) -> tuple[int, int]:
    """Leave off rows at the end that stand off the columns and belong to what is below them."""
    if end == len(rows):
        return start, end
    # Two columns under a narrow and a wide one begin elsewhere: their first rows only seem to face the same way.
    first, widest, elsewhere = end, 0.0, False
    for k in range(end - 1, start, -1):
        right = [p.x0 for p in rows[k] if p.x1 > gutter + _SLACK]
        if right and min(right) - gutter <= _ELSEWHERE:
            break
        elsewhere = elsewhere or bool(right)
        above = _white_above(rows, k)
        if above > widest:
            first, widest = k, above
    if elsewhere and widest > _STANDS_OFF:
        return start, first
    while end - 1 > start:
        row = rows[end - 1]
        right = [p.x0 for p in row if p.x1 > gutter + _SLACK]
        if 0 < len(right) < len(row) or _white_above(rows, end - 1) < 1.6 * _white_above(rows, end):
            break
        end -= 1
    return start, end


def _white_above(rows: list[Row], k: int) -> float:
    return min(_middle(p)[0] for p in rows[k]) - max(_middle(p)[1] for p in rows[k - 1])


def _lines(rows: list[Row]) -> list[Piece]:
    """Rows of one column as lines: strips of one baseline joined, others from top to bottom."""
    flow: list[Piece] = []
    for row in rows:
        by_line: list[list[Strip]] = []
        for strip in sorted((p for p in row if isinstance(p, Strip)), key=lambda p: (p.base, p.x0)):
            if by_line and abs(by_line[-1][-1].base - strip.base) < 0.35 * max(by_line[-1][-1].size, strip.size):
                by_line[-1].append(strip)
            else:
                by_line.append([strip])
        pieces: list[Piece] = [p for p in row if isinstance(p, Region)]
        for strips in by_line:
            strips.sort(key=lambda s: s.x0)
            joined = strips[0] if len(strips) == 1 else _joined(strips)
            pieces.append(joined)
        pieces.sort(key=lambda p: (_middle(p)[0], p.x0))
        flow.extend(pieces)
    return flow


def _joined(strips: Sequence[Strip]) -> Strip:
    words = [w for s in strips for w in s.words]
    return Strip.of(words, indices=[i for s in strips for i in s.indices], page=strips[0].page)
