"""A page's words come in, strips go out: words that stand side by side on one baseline without a wide gap."""

from collections.abc import Sequence

from schemas.page import DESCENT, Strip, Word

_WIDE = 1.15  # of the size: a wider gap may be a gutter or a cell border
_AS_FAR_BACK = 12  # strips to look back for one that a later one touches


def strips_of(words: Sequence[Word], *, page: int) -> tuple[Strip, ...]:
    """The strips of a page, from the top, cut where the file moves to another line or over a wide gap."""
    if not words:
        return ()
    strips: list[Strip] = []
    bases = [w.bottom - DESCENT * w.size for w in words]
    start = 0
    for i in range(1, len(words)):
        last, word = words[i - 1], words[i]
        size = last.size if last.size > word.size else word.size
        if -0.6 * size < word.x0 - last.x1 < _WIDE * size:
            if word.superscript or word.subscript or last.superscript or last.subscript:
                if abs(word.bottom - last.bottom) < 0.9 * size:
                    continue
            elif abs(bases[i] - bases[i - 1]) < 0.25 * size:
                continue
        strips.append(Strip.of(words[start:i], indices=range(start, i), page=page))
        start = i
    strips.append(Strip.of(words[start:], indices=range(start, len(words)), page=page))
    return tuple(_mended(strips))


def _mended(strips: list[Strip]) -> list[Strip]:
    """Strips that touch on one baseline made one, whatever order the file prints them in."""
    mended: list[Strip] = []
    for strip in sorted(strips, key=lambda s: (round(s.base), s.x0)):
        base, x0, own = strip.base, strip.x0, strip.size
        for i in range(len(mended) - 1, max(len(mended) - _AS_FAR_BACK, -1), -1):
            before = mended[i]
            size = before.size if before.size > own else own
            if (
                -0.3 * size < x0 - before.x1 < 0.6 * size
                and abs(before.base - base) < 0.25 * size
                and min(before.size, own) > 0.5 * size
            ):
                words, indices = (*before.words, *strip.words), (*before.indices, *strip.indices)
                mended[i] = Strip.of(words, indices=indices, page=strip.page)
                break
        else:
            mended.append(strip)
    return mended
