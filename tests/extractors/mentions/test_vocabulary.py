"""Entries of a lexicon are found by any spelling, inside words too, and never inside a longer word."""

import pytest

from extractors.mentions.vocabulary import Hit, Vocabulary, longest, spellings
from schemas.anchor import Span
from schemas.lexicon import Endpoint, Entry, Lexicon, Measure, Population

VOCABULARY = Vocabulary(
    Lexicon(
        endpoints=(
            Endpoint(
                id="pfs",
                code="PFS",
                family="time_to_event",
                names=("progression-free survival",),
                abbreviations=("PFS", "T2P"),
            ),
            Endpoint(id="survival", code="OS", family="time_to_event", names=("survival",)),
        ),
        measures=(Measure(id="rr", statistic="RR", scale="log", names=("relative risk",), abbreviations=("RR",)),),
        populations=(
            Population(id="old", label="aged {low} or more", patterns=(r"aged (?P<low>\d+) or older",)),
        ),
    )
)  # fmt: skip


def found(text: str, *, start: int = 0) -> list[str]:
    hits = VOCABULARY.find("-" * start + text, [Span(start, start + len(text))])
    return sorted(f"{hit.start}-{hit.end} {hit.rule} {hit.way}" for hit in hits)


FORMS = [
    ("PFS", ["0-3 endpoints:pfs abbreviation"]),
    ("pfs", []),
    ("(PFS)", ["1-4 endpoints:pfs abbreviation"]),
    ("T2P", ["0-3 endpoints:pfs abbreviation"]),
    ("PFSX XPFS PFS2", []),
    ("Relative Risk", ["0-13 measures:rr name"]),
    ("relative risks", ["0-14 measures:rr name"]),
    ("17.3%,relative risk 0.8", ["6-19 measures:rr name"]),
    ("[RR]=0.8", ["1-3 measures:rr abbreviation"]),
    ("RR:0.8;RR", ["0-2 measures:rr abbreviation", "7-9 measures:rr abbreviation"]),
    ("relative\nrisk", []),
    ("aged 65 or older", ["0-16 populations:old pattern"]),
]


@pytest.mark.parametrize(("text", "hits"), FORMS)
def test_what_is_found(text: str, hits: list[str]) -> None:
    assert found(text) == hits


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "–", "—", " "])
def test_dashes_are_alike(dash: str) -> None:
    name = f"progression{dash}free survival"
    assert f"0-{len(name)} endpoints:pfs name" in found(name)


def test_places_are_those_of_the_whole_text() -> None:
    assert found("PFS", start=100) == ["100-103 endpoints:pfs abbreviation"]


def test_a_populations_label_is_filled_from_its_pattern() -> None:
    assert [hit.label for hit in VOCABULARY.find("aged 65 or older", [Span(0, 16)])] == ["aged 65 or more"]


def test_a_text_that_is_said_twice_is_found_at_both_places() -> None:
    hits = VOCABULARY.find("aged 65 or older\tPFS\taged 65 or older\tPFS", [Span(0, 16), Span(17, 20), Span(21, 37)])
    assert [(hit.start, hit.end, hit.way) for hit in hits] == [
        (0, 16, "pattern"),
        (17, 20, "abbreviation"),
        (21, 37, "pattern"),
    ]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("hazard ratio", {"hazard ratio", "hazard ratios"}),
        ("follow-up", {"follow-up", "follow-ups", "follow up", "follow ups"}),
        ("brain metastases", {"brain metastases"}),
        ("PD-L1", {"PD-L1", "PD L1"}),
    ],
)
def test_spellings_of_a_name(name: str, forms: set[str]) -> None:
    assert set(spellings(name)) >= forms
    assert {form.lower().replace("-", " ").removesuffix("s") for form in spellings(name)} == {
        name.lower().replace("-", " ").removesuffix("s")
    }


def hit(start: int, end: int, name: str = "x") -> Hit:
    return Hit(start, end, "endpoints", Entry(id=name), "name")


def test_the_longest_of_overlapping_hits_stands() -> None:
    hits = [hit(0, 4), hit(2, 12), hit(11, 14), hit(14, 16)]
    assert [(h.start, h.end) for h in longest(hits)] == [(2, 12), (14, 16)]


def test_of_equal_hits_the_same_stands_whatever_their_order() -> None:
    hits = [hit(0, 4, "b"), hit(0, 4, "a"), hit(4, 6)]
    assert longest(hits) == longest(reversed(hits))
    assert len(longest(hits)) == 2
    assert longest([]) == []
