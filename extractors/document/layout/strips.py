"""A page's words come in, strips go out: words that stand side by side on one baseline without a wide gap."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from schemas.page import Page, Word

_WIDE = 1.15  # of the size: a wider gap may be a gutter or a cell border
_DESCENT = 0.22  # of the size below the baseline, as words' boxes are made


class Strip(NamedTuple):
    """Words on one baseline; size, font, bold and italic are those of most of its characters."""

    words: tuple[Word, ...]
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str
    bold: bool
    italic: bool

    @property
    def text(self) -> str:
        """The words as a person reads them."""
        return spell(self.words)

    @property
    def length(self) -> int:
        """How many characters its words hold."""
        return sum(len(w.text) for w in self.words)


def spell(words: Sequence[Word]) -> str:
    """`words` joined by blanks, glued ones without."""
    return "".join(w.text if w.glued or not i else f" {w.text}" for i, w in enumerate(words))


def strip_of(words: Sequence[Word], page: int) -> Strip:
    """The strip of `words`, which stand on one line in this order."""
    plain = [w for w in words if not (w.superscript or w.subscript)] or words
    styles: Counter[tuple[float, str, bool, bool]] = Counter()
    for w in plain:
        styles[w.size, w.font, w.bold, w.italic] += len(w.text)
    size, font, _, _ = max(styles, key=lambda s: (styles[s], s))
    total = sum(styles.values())
    bold = sum(n for s, n in styles.items() if s[2]) > 0.7 * total
    italic = sum(n for s, n in styles.items() if s[3]) > 0.7 * total
    main = next(w for w in plain if w.size == size and w.font == font)
    base = main.bottom - _DESCENT * size
    return Strip(
        tuple(words), page, min(w.x0 for w in words), min(w.top for w in plain), max(w.x1 for w in words),
        max(w.bottom for w in plain), base, size, font, bold, italic,
    )  # fmt: skip


def strips_of(page: Page) -> list[Strip]:
    """The strips of `page`, cut where the file moves to another line or over a wide gap."""
    groups: list[list[Word]] = []
    for word in page.words:
        if groups and _goes_on(groups[-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return _mended([strip_of(g, page.number) for g in groups])


def _goes_on(group: list[Word], word: Word) -> bool:
    last = group[-1]
    size = max(last.size, word.size)
    gap = word.x0 - last.x1
    if not -0.6 * size < gap < _WIDE * size:
        return False
    if word.superscript or word.subscript or last.superscript or last.subscript:
        return abs(word.bottom - last.bottom) < 0.9 * size
    return abs((word.bottom - _DESCENT * word.size) - (last.bottom - _DESCENT * last.size)) < 0.25 * size


def _mended(strips: list[Strip]) -> list[Strip]:
    """Strips that touch on one baseline made one, whatever order the file prints them in."""
    strips = sorted(strips, key=lambda s: (round(s.base), s.x0))
    mended: list[Strip] = []
    for strip in strips:
        for i in range(len(mended) - 1, max(len(mended) - 12, -1), -1):
            before = mended[i]
            size = max(before.size, strip.size)
            if (
                abs(before.base - strip.base) < 0.25 * size
                and -0.3 * size < strip.x0 - before.x1 < 0.6 * size
                and min(before.size, strip.size) > 0.5 * size
            ):
                mended[i] = strip_of((*before.words, *strip.words), strip.page)
                break
        else:
            mended.append(strip)
    return mended
