"""The words of a table without vertical lines come in, its columns and the chunks of text in them go out."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.page import Strip, Word

_NARROWEST = 0.42  # of the size: a gap between chunks; blanks between words are narrower
_FEW_LINES = 6  # so few that white lanes may stand by chance: they must be wider
_NARROWEST_IN_FEW = 0.75


class Chunk(NamedTuple):
    """Words of one line that belong to one cell."""

    words: tuple[Word, ...]
    indices: tuple[int, ...]
    x0: float
    x1: float
    base: float
    size: float

    @property
    def text(self) -> str:
        """The words joined by blanks."""
        return "".join(w.text if w.glued or not i else f" {w.text}" for i, w in enumerate(self.words))


def lines_of(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Strips by baseline, from the top; raised ones stay with the line they hang on."""
    lines: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: (s.base, s.x0)):
        if lines and strip.base - lines[-1][0].base < 0.45 * max(strip.size, lines[-1][0].size):
            lines[-1].append(strip)
        else:
            lines.append([strip])
    return lines


def chunks_of(line: Sequence[Strip], *, gap: float) -> list[Chunk]:
    """The words of one line, cut where the white is wider than `gap` times the size."""
    words = sorted(((w, i) for s in line for w, i in zip(s.words, s.indices, strict=True)), key=lambda p: p[0].x0)
    groups: list[list[tuple[Word, int]]] = []
    for word, index in words:
        if groups and word.x0 - max(w.x1 for w, _ in groups[-1]) < gap * max(word.size, groups[-1][-1][0].size):
            groups[-1].append((word, index))
        else:
            groups.append([(word, index)])
    return [chunk_of(g) for g in groups]


def chunk_of(group: Sequence[tuple[Word, int]]) -> Chunk:
    """One chunk of the words and their indices, from left to right."""
    words = tuple(w for w, _ in group)
    size = max(w.size for w in words)
    base = next((w.base for w in words if not (w.superscript or w.subscript)), words[0].base)
    return Chunk(words, tuple(i for _, i in group), min(w.x0 for w in words), max(w.x1 for w in words), base, size)


def find_lanes(lines: Sequence[Sequence[Strip]], *, x0: float, x1: float) -> list[float]:
    """Middles of the white lanes that run down through `lines` from x0 to x1: borders between columns."""
    gap = _NARROWEST_IN_FEW if len(lines) < _FEW_LINES else _NARROWEST
    rows = [chunks_of(line, gap=gap) for line in lines]
    rows = [row for row in rows if len(row) > 1] or rows
    size = max((c.size for row in rows for c in row), default=8.0)
    # A title of a group of rows, or one overlong cell, may cross a lane; text in most rows may not.
    allowed = len(rows) // 12
    steps = max(int(x1 - x0) + 1, 1)
    covered = [0] * (steps + 1)
    for row in rows:
        for chunk in row:
            a, b = int(chunk.x0 - x0 + 0.5), int(chunk.x1 - x0 - 0.5)
            for x in range(max(a, 0), min(b + 1, steps)):
                covered[x] += 1
    lanes: list[float] = []
    start: int | None = None
    seen_text = False
    for x in range(steps):
        if covered[x] <= allowed:
            if start is None:
                start = x
        else:
            if start is not None and seen_text and x - start >= gap * size:
                lanes.append(x0 + (start + x) / 2)
            start = None
            seen_text = True
    return lanes
