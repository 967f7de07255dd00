"""Citations against the reference list: cases as data, names in all spellings, shifts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.checks.entry import misread, own_name
from extractors.checks.names import finds, pattern_of, related, spellings_of
from extractors.checks.shift import FEWEST, Vote, find_shifts
from extractors.checks.treatments import drugs_in, drugs_of
from schemas.anchor import Span
from schemas.document import Reference
from schemas.evidence import Study
from schemas.lexicon import Drug, Lexicon
from tests.extractors.checks.reviews import LEXICON, cited

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "citing.toml").read_text(encoding="utf-8"))["case"]
LOOKUP = drugs_of(LEXICON)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = cited(case["text"], case["entries"], case["studies"])
    assert [[f.study or "", f.printed, f.verdict, f.severity] for f in found] == case["findings"]
    assert all(f.check == "citation" and f.value is None and f.message.endswith(".") for f in found)


def test_a_study_without_a_record_is_known_by_its_title_and_the_text() -> None:
    entries = ["Brown K. Betamab: the BRAVO trial. 2020.", "Adams J. Alfatinib: the ALPHA trial. 2020."]
    (finding,) = cited(["In the ALPHA trial [1], they lived."], entries, {"BRAVO": "betamab"})
    assert (finding.study, finding.verdict, finding.record_ids) == ("ALPHA", "inconsistent", ())
    assert "names BRAVO" in finding.message
    assert finding.expected == "2"


@pytest.mark.parametrize(
    ("name", "text", "times"),
    [
        ("ALPHA-1", "ALPHA 1 and ALPHA-01", 2),
        ("ALPHA-1", "ALPHA-10, ALPHA-1b, XALPHA-1", 0),
        ("ALPHA", "ALPHA-2, ALPHA 2, ALPHA", 1),
        ("the ALPHA trial", "ALPHA", 1),
        ("CARE", "care CARE Care", 1),
        ("ALPHA-Lung03", "ALPHA-Lung -01, -02, and -03", 1),
        ("ALPHA-Lung03", "ALPHA-Lung -01 and -02", 0),
    ],
)
def test_names_are_found_however_they_are_spelled(name: str, text: str, times: int) -> None:
    pattern = pattern_of(name)
    assert pattern is not None
    assert len(finds(pattern, text)) == times
    (spelling,) = spellings_of(Study(name=name))
    for around in (text, f"{text} {text}", f"İſı {text}", text.upper()):
        assert spelling.find(around) == [m.span() for m in finds(pattern, around)]


@pytest.mark.parametrize("name", ["ref 12", "this review", "Adams et al.", "ALK", "a phase 2 trial"])
def test_what_names_no_study_has_no_pattern(name: str) -> None:
    assert pattern_of(name) is None


def test_related_names() -> None:
    assert related("ALPHA", "ALPHA-OLE")
    assert not related("ALPHA-1", "ALPHA-2")
    assert not related("ALPHA", "BRAVO")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Alfatinib in disease (ALPHA-1): a trial", "ALPHA-1"),
        ("Results of the ALPHA-1 randomised clinical trial", "ALPHA-1"),
        ("ALPHA-1: a randomised trial", "ALPHA-1"),
        ("Alfatinib in disease: phase III ALPHA trial", "ALPHA"),
        ("Alfatinib in non-small-cell lung cancer (NSCLC): a trial", ""),
        ("Alfatinib in advanced disease", ""),
        ("The Adams trial", ""),
    ],
)
def test_the_name_a_title_gives(title: str, name: str) -> None:
    assert own_name(title, lookup=LOOKUP) == name


def test_drugs_are_those_of_the_longest_name() -> None:
    assert drugs_in("Betamab- vedotin or alfatinib", LOOKUP) == {"betamab vedotin", "alfatinib"}
    classes = Lexicon(drugs=(Drug(id="chemotherapy", names=("chemotherapy",), broad=True),))
    assert drugs_in("chemotherapy", drugs_of(classes)) == frozenset()


def test_a_shift_needs_several_studies_and_none_against_it() -> None:
    def shifted(*orders: int) -> list[Vote]:
        return [Vote(order, f"S{order}", (order - 1,)) for order in orders]

    (shift,) = find_shifts(shifted(3, 4, 6, 9))
    assert (shift.first, shift.last, shift.offset, shift.fitting, shift.judged) == (3, 9, -1, 4, 4)
    assert find_shifts(shifted(*range(FEWEST - 1))) == []
    right = [Vote(order, f"R{order}", (order,)) for order in (4, 5, 7, 8)]
    assert find_shifts([*shifted(3, 6, 9, 12), *right]) == []
    same = [Vote(order, "S", (order - 1,)) for order in range(3, 9)]
    assert find_shifts(same) == []


def test_two_shifts_of_one_list() -> None:
    votes = [Vote(order, f"S{order}", (order - 1,)) for order in range(2, 8)]
    votes += [Vote(order, f"S{order}", (order + 2,)) for order in range(20, 25)]
    assert [(s.first, s.last, s.offset) for s in find_shifts(votes)] == [(2, 7, -1), (20, 24, 2)]


def test_a_list_read_with_other_numbers_than_printed_is_left_alone() -> None:
    text = "\n".join(f"{i} Adams J. A title." for i in range(1, 6))
    starts = [text.index(f"{i} Adams") for i in range(1, 6)]

    def entries(shift: int) -> list[Reference]:
        return [
            Reference(marker=str(i + shift), text="", span=Span(start, start + 5)) for i, start in enumerate(starts, 1)
        ]

    assert misread(entries(7), text)
    assert not misread(entries(0), text)
