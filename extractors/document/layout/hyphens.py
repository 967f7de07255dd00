"""All words of a document come in; whether a hyphen at a line's end belongs to the word goes out."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files

_CORE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LETTERS = re.compile(r"^[^\W\d_]+$")
_WORDS = tomllib.loads(files("extractors.document.layout").joinpath("hyphens.toml").read_text(encoding="utf-8"))
_STAYS_BEFORE: frozenset[str] = frozenset(_WORDS["stays_before"])
_CLOSED_AFTER: frozenset[str] = frozenset(_WORDS["closed_after"])


# "someKRAS": a word and, in another font, a short form, between which the file holds no blank.
_STUCK = re.compile(r"^\W*(?P<word>[a-z]{2,})(?P<short>[A-Z]{2,}\d*)(?![a-z])")
# "T argets", "ADV ANCED": letters drawn closer (V and A, T and a) that the file sets as two words.
_KERNED = re.compile(r"(?:^|\W)(?P<word>[A-Z]*[AFLPTVWY])$")
_FEWEST = 3  # times that both parts of a stuck word stand alone


class Vocabulary:
    """The words a document prints within lines, whole and with hyphens, counted."""

    def __init__(self, texts: Iterable[str]) -> None:
        cores: list[str] = []
        for text in texts:
            # the broken words themselves prove nothing
            cores += _CORE.findall(text.rpartition(" ")[0] if text.endswith("-") else text)
        folded = [core.casefold() for core in cores]
        self.hyphened = Counter(core for core in folded if "-" in core)
        self.whole = Counter(core for core in folded if "-" not in core)
        for core, times in self.hyphened.items():
            for part in core.split("-"):
                self.whole[part] += times

    def cut(self, word: str) -> int:
        """Where a word that is two falls apart ("someKRAS" after 4); 0 where it is one."""
        match = _STUCK.match(word)
        if match is None:
            return 0
        counts = (self.whole[match["word"]], self.whole[match["short"].casefold()])
        return match.end("word") if min(counts) >= _FEWEST else 0

    def is_one(self, word: str, following: str) -> bool:
        """Whether two words are the halves of one ("T argets"), which the document prints whole elsewhere."""
        match = _KERNED.search(word)
        tail = _CORE.match(following)
        if match is None or tail is None or match["word"] in ("A", "I"):
            return False
        head, rest = match["word"], tail[0].partition("-")[0]
        capitals = len(head) > 1
        if rest.isupper() != capitals or not rest.isalpha() or (len(rest) < 3 and not capitals):
            return False
        weaker = self.whole[head.casefold()] if capitals else self.whole[rest.casefold()]
        return self.whole[(head + rest).casefold()] > weaker

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
        if last in _CLOSED_AFTER:
            return False
        if first in _STAYS_BEFORE and (self.whole[last] or len(last) > 4):
            return True
        # Two words of the document that make no third are a compound; a piece that is no word is a syllable.
        return len(last) > 2 and len(first) > 2 and self.whole[last] > 1 and self.whole[first] > 1


def _is_acronym(word: str) -> bool:
    last = word.rpartition("-")[2]
    return len(last) > 1 and sum(c.isupper() for c in last) > 1
