"""All words of a document come in; whether a hyphen at a line's end belongs to the word goes out."""

import re
from collections import Counter
from collections.abc import Iterable

_CORE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LETTERS = re.compile(r"^[^\W\d_]+$")
# Second parts that are joined by a hyphen that stays, whatever stands before them.
_STAY_BEFORE = frozenset(
    [
        "based", "free", "positive", "negative", "like", "related", "specific", "dependent", "independent", "associated",
        "induced", "naive", "naïve", "treated", "line", "term", "year", "week", "month", "day", "label", "blind", "arm",
        "center", "centre", "up", "to", "risk", "dose", "controlled", "resistant", "sensitive", "mediated", "wide", "type",
    ]
)  # fmt: skip
# First parts that are words of their own but make closed words all the same.
_CLOSED_AFTER = frozenset(
    [
        "there", "where", "how", "with", "up", "over", "under", "out", "in", "on", "for", "be", "an", "a", "some", "any",
        "every", "more", "further", "never", "none", "through", "how", "to", "as", "is", "at", "me", "do", "re", "so", "am",
    ]
)  # fmt: skip
_CLOSED_PREFIX = frozenset(
    ["un", "re", "dis", "pre", "inter", "intra", "trans", "sub", "super", "hyper", "hypo", "micro"]
)


class Vocabulary:
    """The words a document prints within lines, whole and with hyphens, counted."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.whole: Counter[str] = Counter()
        self.hyphened: Counter[str] = Counter()
        for text in texts:
            if text.endswith("-"):  # the broken words themselves prove nothing
                text = text.rpartition(" ")[0]
            for core in _CORE.findall(text):
                if "-" in core:
                    self.hyphened[core.casefold()] += 1
                    self.whole.update(part.casefold() for part in core.split("-"))
                else:
                    self.whole[core.casefold()] += 1

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether "before-" at a line's end and "after" on the next are one word with a hyphen ("HER2-positive")."""
        heads, tails = _CORE.findall(before), _CORE.findall(after)
        if not heads or not tails:
            return True
        head, tail = heads[-1], tails[0]
        a, b = head.casefold(), tail.casefold()
        with_hyphen, without = self.hyphened[f"{a}-{b}"], self.whole[f"{a}{b}"]
        if with_hyphen or without:
            return with_hyphen > without
        last, first = a.rpartition("-")[2], b.partition("-")[0]
        if not _LETTERS.match(last) or not _LETTERS.match(first) or tail[:1].isupper() or _is_acronym(head):
            return True
        if "-" in a and self.whole[last + first] == 0 and self.whole[last] and self.whole[first]:
            return True
        if first in _STAY_BEFORE and self.whole[last]:
            return True
        if last in _CLOSED_AFTER or last in _CLOSED_PREFIX:
            return False
        # Two words of the document that make no third are a compound; a piece that is no word is a syllable.
        return len(last) > 2 and len(first) > 2 and self.whole[last] > 1 and self.whole[first] > 1


def _is_acronym(word: str) -> bool:
    last = word.rpartition("-")[2]
    return len(last) > 1 and sum(c.isupper() for c in last) > 1
