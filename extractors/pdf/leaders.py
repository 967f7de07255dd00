"""Words of a page come in; the words without leader dots, and the dotted lines they draw, go out."""

from collections.abc import Sequence

from schemas.page import Rule, Word

_DOTS = frozenset(".·…")
_FEWEST = 5  # words of dots alone, side by side: fewer may be an ellipsis


def without_leaders(words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Rule, ...]]:
    """`words` without rows of dots, which some tables are ruled with; each row as a rule on its baseline."""
    if sum(w.text in _DOTS for w in words) < _FEWEST:
        return tuple(words), ()
    kept: list[Word] = []
    row: list[Word] = []
    rules: list[Rule] = []
    for word in (*words, None):
        if word is not None and _DOTS.issuperset(word.text) and (not row or _goes_on(row[-1], word)):
            row.append(word)
            continue
        if len(row) >= _FEWEST:
            rules.append(Rule(row[0].x0, row[0].base, row[-1].x1, row[0].base))
        else:
            kept.extend(row)
        row = []
        if word is not None and _DOTS.issuperset(word.text):
            row = [word]
        elif word is not None:
            kept.append(word)
    return tuple(kept), tuple(rules)


def _goes_on(last: Word, word: Word) -> bool:
    return abs(word.base - last.base) < 0.2 * word.size and -word.size < word.x0 - last.x1 < 2 * word.size
