"""What a pattern's matches must hold, and which stretches are free: the short cuts leave no hit out."""

import random

import pytest
import regex

from extractors.lexicon import load
from extractors.mentions.needles import needles_of
from extractors.mentions.taken import Taken
from extractors.mentions.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("pattern", "needles"),
    [
        (r"\bresponded\b(?!\s+to)", {"responded"}),
        (r"\b(?:complete|CR)\s*or", {"or"}),
        (r"[Ss]ubgroup", {"subgroup"}),
        (r"(?:a|b)?c+d", {"c"}),
        (r"(?:alpha|beta) (?:blocker)s?", {" blocker"}),
        (r"\w+\s?\d", None),
        (r"x?", None),
        (r"\p{Lu}abc", None),
    ],
)
def test_the_strings_a_pattern_asks_for(pattern: str, needles: set[str] | None) -> None:
    assert needles_of(pattern) == needles


def test_every_example_that_a_pattern_finds_holds_one_of_its_needles() -> None:
    """The vocabulary's own sentences: what is skipped for want of a needle has no match."""
    lexicon, words = load(), vocabulary(load())
    sentences = [s for kind in (lexicon.endpoints, lexicon.populations, lexicon.cues) for e in kind for s in e.found_in]
    skipped = 0
    for _, _, pattern in words.patterns:
        needles = needles_of(pattern.pattern)
        for sentence in sentences if needles is not None else ():
            if not any(needle in sentence.lower() for needle in needles or ()):
                skipped += 1
                assert regex.search(pattern.pattern, sentence) is None
    assert skipped > 10_000


def test_a_stretch_is_free_where_none_shares_a_character_with_it() -> None:
    chance = random.Random(5)
    for _ in range(200):
        taken, kept = Taken(), []
        for _ in range(12):
            start = chance.randrange(40)
            end = start + 1 + chance.randrange(8)
            free = all(end <= s or e <= start for s, e in kept)
            assert taken.claim(start, end) is free
            if free:
                kept.append((start, end))
