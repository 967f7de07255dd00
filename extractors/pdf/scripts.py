"""Words in the order of the file come in; the same with raised and lowered ones marked and glued where they touch."""

from schemas.page import Word

_SMALL = 0.88  # of the neighbour's size: smaller is a candidate
_RAISED, _LOWERED = 0.12, 0.06  # of the neighbour's size, between baselines
_FAR_RAISED = 0.28  # so high that even an equal size is raised
_TOUCH = 0.13  # of the size: a gap below is no blank


def mark_scripts(words: list[Word], *, blanks: list[bool]) -> tuple[Word, ...]:
    """`words` with superscript, subscript and glued set by size and baseline against their neighbours.

    `blanks` says for each word whether the file holds a blank before it.
    """
    marked: list[Word] = []
    anchor: Word | None = None  # the last word of ordinary size on this line
    for i, word in enumerate(words):
        before = marked[-1] if marked else None
        kind = 0
        if anchor is not None and before is not None and _follows(word, before, anchor):
            kind = _rise(word, anchor)
        elif i + 1 < len(words) and _leads(word, words[i + 1]):
            kind = _rise(word, words[i + 1])
        glued = word.glued
        if before is not None and not glued and _touches(word, before):
            glued = not blanks[i] or kind != 0
        if kind or glued != word.glued:
            word = word._replace(superscript=kind > 0, subscript=kind < 0, glued=glued)
        marked.append(word)
        if not kind:
            anchor = word
    return tuple(marked)


def _rise(word: Word, anchor: Word) -> int:
    """1 raised, -1 lowered, 0 on the line, seen from `anchor`."""
    up = (anchor.base - word.base) / anchor.size
    small = word.size < _SMALL * anchor.size
    if up > (_RAISED if small else _FAR_RAISED):
        return 1 if small or word.size < 1.1 * anchor.size else 0
    return -1 if small and up < -_LOWERED else 0


def _follows(word: Word, before: Word, anchor: Word) -> bool:
    """Whether `word` goes on the line of `anchor` right after `before`."""
    gap = word.x0 - before.x1
    return (
        -0.5 * anchor.size < gap < 0.6 * anchor.size
        and word.x0 >= anchor.x1 - 0.6 * anchor.size
        and abs(word.base - anchor.base) < 0.7 * anchor.size
    )


def _leads(word: Word, after: Word) -> bool:
    """Whether `word` stands right before `after`, the first words of a line."""
    gap = after.x0 - word.x1
    rise = after.base - word.base
    return (
        word.size < _SMALL * after.size and -0.3 * after.size < gap < 1.5 * after.size and 0 < rise < 0.7 * after.size
    )


def _touches(word: Word, before: Word) -> bool:
    size = max(word.size, before.size)
    return -0.5 * size < word.x0 - before.x1 < _TOUCH * size and abs(word.base - before.base) < 0.7 * size
