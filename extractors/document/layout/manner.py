"""The strips of all pages come in; how the document prints its body goes out: size, font, line spacing, columns."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.document.layout.columns import Line, Region
from extractors.document.titles import Titles
from schemas.page import Strip

_EARLY = 0.65  # of the pages: behind them reference lists may hold more characters than the body
_LIKE = 0.35  # points: sizes nearer than this are one


class Manner(NamedTuple):
    """How a document is printed: body size and font, for each size the usual distance of baselines.

    `titles` are the section titles its headings are held against.
    """

    size: float
    font: str
    bold: bool
    leading: dict[float, float]
    titles: Titles
    indents: bool = True

    def spacing(self, size: float) -> float:
        """The usual distance from line to line at `size`."""
        return self.leading.get(round(size * 2) / 2, 1.2 * size)

    def is_body(self, strip: Strip) -> bool:
        """Whether `strip` is printed as the body is."""
        return abs(strip.size - self.size) < _LIKE and strip.font == self.font

    def is_small(self, strip: Strip) -> bool:
        """Whether `strip` is printed clearly smaller than the body."""
        return strip.size < self.size - 0.6


def find_manner(strips: Sequence[Sequence[Strip]], *, titles: Titles) -> Manner:
    """The manner of the document: the style of most characters in its earlier pages."""
    styles: Counter[tuple[float, str, bool]] = Counter()
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    early = max(2, round(_EARLY * len(strips)))
    for i, on_page in enumerate(strips):
        for strip in on_page:
            if i < early:
                # Lines as wide as a column count, labels in figures and cells do not.
                styles[round(strip.size * 2) / 2, strip.font, strip.bold] += strip.length if strip.length > 25 else 0
        for a, b in pairwise(on_page):
            if abs(a.x0 - b.x0) < 30 and abs(a.size - b.size) < _LIKE and 0.8 * a.size < b.base - a.base < 2.2 * a.size:
                gaps[round(a.size * 2) / 2][round((b.base - a.base) * 2) / 2] += 1
    size, font, bold = max(styles, key=lambda s: (styles[s], s), default=(10.0, "", False))
    leading = {s: max(c, key=lambda g: (c[g], -g)) for s, c in gaps.items()}
    exact = Counter[float]()
    for on_page in strips:
        for strip in on_page:
            if strip.font == font and abs(strip.size - size) <= 0.5:
                exact[strip.size] += strip.length
    return Manner(max(exact, key=lambda s: (exact[s], s), default=size), font, bold, leading, titles)


def settle_columns(sheets: Sequence[Sequence[Line | Region]]) -> list[list[Line | Region]]:
    """The same lines with column edges that hold for a whole column, also where a leaf of the page is short."""
    wide: list[list[tuple[float, float]]] = []
    settled: list[list[Line | Region]] = []
    for sheet in sheets:
        groups: dict[int, list[Line]] = defaultdict(list)
        for item in sheet:
            if isinstance(item, Line):
                groups[item.column].append(item)
        edges = {number: _edges(lines) for number, lines in groups.items()}
        wide.append([edges[number] for number, lines in groups.items() if len(lines) >= 6])
        settled.append([_with_edges(item, edges) if isinstance(item, Line) else item for item in sheet])
    everywhere = [edge for on_page in wide for edge in on_page]
    for i, sheet in enumerate(settled):
        sizes = Counter(item.column for item in sheet if isinstance(item, Line))
        for k, item in enumerate(sheet):
            if isinstance(item, Line) and sizes[item.column] < 6:
                fits = [e for e in wide[i] if _inside(item, e)] or [e for e in everywhere if _inside(item, e)]
                if fits:
                    left, right = min(fits, key=lambda e: (e[1] - e[0], e))
                    sheet[k] = item._replace(left=left, right=right)
    return settled


def _with_edges(line: Line, edges: dict[int, tuple[float, float]]) -> Line:
    left, right = edges[line.column]
    return line._replace(left=left, right=right)


def _inside(line: Line, edge: tuple[float, float]) -> bool:
    return edge[0] - 3 <= line.strip.x0 and line.strip.x1 <= edge[1] + 3


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """The leftmost and rightmost places where more than a few lines begin and end."""
    enough = max(2, 0.12 * len(lines))
    lefts = Counter(round(line.strip.x0 / 2) for line in lines)
    rights = Counter(round(line.strip.x1 / 2) for line in lines)
    left = min((x for x in lefts if lefts[x] + lefts[x + 1] >= enough), default=min(lefts))
    right = max((x for x in rights if rights[x] + rights[x - 1] >= enough), default=max(rights))
    near_left = min((line.strip.x0 for line in lines if line.strip.x0 >= 2 * left - 1.1), default=2.0 * left)
    near_right = max((line.strip.x1 for line in lines if line.strip.x1 <= 2 * right + 1.1), default=2.0 * right)
    return near_left, near_right
