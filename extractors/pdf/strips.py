"""A page's words come in, strips go out: words that stand side by side on one baseline without a wide gap."""

from collections.abc import Sequence

from schemas.page import Strip, Word

_WIDE = 1.15  # of the size: a wider gap may be a gutter or a cell border
_AS_FAR_BACK = 12  # strips to look back for one that a later one touches


def strips_of(words: Sequence[Word], *, page: int) -> tuple[Strip, ...]:
    """The strips of a page, from the top, cut where the file moves to another line or over a wide gap."""
    groups: list[list[int]] = []
    for i, word in enumerate(words):
        if groups and _goes_on(words[groups[-1][-1]], word):
            groups[-1].append(i)
        else:
            groups.append([i])
    return tuple(_mended([Strip.of([words[i] for i in g], indices=g, page=page) for g in groups]))


def _goes_on(last: Word, word: Word) -> bool:
    size = max(last.size, word.size)
    if not -0.6 * size < word.x0 - last.x1 < _WIDE * size:
        return False
    if word.superscript or word.subscript or last.superscript or last.subscript:
        return abs(word.bottom - last.bottom) < 0.9 * size
    return abs(word.base - last.base) < 0.25 * size


def _mended(strips: list[Strip]) -> list[Strip]:
    """Strips that touch on one baseline made one, whatever order the file prints them in."""
    mended: list[Strip] = []
    for strip in sorted(strips, key=lambda s: (round(s.base), s.x0)):
        for i in range(len(mended) - 1, max(len(mended) - _AS_FAR_BACK, -1), -1):
            before = mended[i]
            size = max(before.size, strip.size)
            if (
                abs(before.base - strip.base) < 0.25 * size
                and -0.3 * size < strip.x0 - before.x1 < 0.6 * size
                and min(before.size, strip.size) > 0.5 * size
            ):
                words, indices = (*before.words, *strip.words), (*before.indices, *strip.indices)
                mended[i] = Strip.of(words, indices=indices, page=strip.page)
                break
        else:
            mended.append(strip)
    return mended
