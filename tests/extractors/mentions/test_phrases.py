"""Phrases by token: found with their places, never over a gap, and as the tokenizer alone would have them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mentions import phrases
from extractors.mentions.phrases import Found, Phrases

NAMES = ["overall survival", "survival", "drug-a", "5-fu"]
SHORT = ["OS", "PFS", "HR"]
PIECES = [
    "overall",
    "Survival",
    "survival,",
    "(OS)",
    "OS.",
    "OS/PFS",
    "PFS=5%",
    "drug-A",
    "5-FU+drug-a",
    "x",
    "\n",
    "",
    "it's",
]


def learnt() -> Phrases:
    made = Phrases()
    for name in NAMES:
        made.learn(f"n:{name}", [name], way="name")
    for short in SHORT:
        made.learn(f"a:{short}", [short], way="abbreviation")
    return made


def test_phrases_are_found_in_their_text_with_overlaps() -> None:
    first, second = learnt().find(["Overall Survival (OS) rose", "os, PFS"])
    assert first == [
        Found("n:overall survival", "name", 0, 16),
        Found("n:survival", "name", 8, 16),
        Found("a:OS", "abbreviation", 18, 20),
    ]
    assert second == [Found("a:PFS", "abbreviation", 4, 7)]


def test_no_phrase_runs_over_a_line_two_blanks_or_into_the_next_text() -> None:
    for texts in (["overall\nsurvival"], ["overall  survival"], ["overall", "survival"], ["overall x survival"]):
        keys = [found.key for one in learnt().find(texts) for found in one]
        assert keys == ["n:survival"]


READY = learnt()


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), max_size=4))
def test_remembered_stretches_are_cut_as_the_whole_text_is(texts: list[str]) -> None:
    made = READY
    whole = []
    for text in texts:
        doc = made._tokenizer(text)
        whole.append(
            [
                Found(made._keys[key], way, doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
                for way, matcher in made._matchers.items()
                for key, first, last in matcher(doc)
            ]
        )
    assert made.find(texts) == whole


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MOST_CHUNKS", 3)
    made = learnt()
    for text in ("a b c d e", "OS f g", "h OS"):
        made.find([text])
    assert set(made._chunks) <= {"", "a", "b", "c", "d", "e", "OS", "f", "g", "h"}
    assert len(made._chunks) < 8
    assert made.find(["OS"]) == [[Found("a:OS", "abbreviation", 0, 2)]]
