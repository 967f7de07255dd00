"""A regular expression in, a few strings out of which each of its matches holds at least one.

Looking for a string costs a tenth of running a pattern, and most patterns find nothing in most texts.
"""

import re
from collections.abc import Iterable
from re import _constants as codes  # type: ignore[attr-defined]  # the parser of the standard library has no stubs
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST = 16
"""So many strings at most: more cost as much as the pattern."""


def needles_of(pattern: str) -> frozenset[str] | None:
    """Strings in lower case, of which every match holds one when it is lower-cased; null where none can be told.

    Constructs that only the `regex` package knows are not understood, and give null.
    """
    try:
        parsed = parser.parse(pattern)
    except (re.error, OverflowError):
        return None
    found = _of_sequence(parsed)
    return found if found is not None and 0 < len(found) <= MOST else None


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The best strings that one part of a sequence asks for: the longest, and as few as can be."""
    best: frozenset[str] | None = None
    run = ""
    for code, value in items:
        letter = _letter(code, value)
        if letter is not None:
            run += letter
            best = _better(best, frozenset({run}))
            continue
        run = ""
        best = _better(best, _of_part(code, value))
    return best


def _letter(code: Any, value: Any) -> str | None:
    """The one character an item stands for, its case aside; null where it stands for several."""
    if code is codes.LITERAL:
        return _plain(chr(value))
    if code is codes.IN:
        members = {_plain(chr(v)) if c is codes.LITERAL else None for c, v in value}
        return next(iter(members)) if len(members) == 1 else None
    return None


def _plain(character: str) -> str | None:
    """A character in lower case where that is one character too; the text is looked at so."""
    lower = character.lower()
    return lower if len(lower) == 1 and lower.upper().lower() == lower and character.isascii() else None


def _of_part(code: Any, value: Any) -> frozenset[str] | None:
    if code is codes.SUBPATTERN:
        return _of_sequence(value[-1])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _of_sequence(value[2]) if value[0] else None
    if code is codes.ATOMIC_GROUP:
        return _of_sequence(value)
    if code is codes.BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        told = [branch for branch in branches if branch is not None]
        return frozenset().union(*told) if len(told) == len(branches) else None
    return None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return one if other is None else other
    return max(one, other, key=lambda found: (min(map(len, found)), -len(found)))
