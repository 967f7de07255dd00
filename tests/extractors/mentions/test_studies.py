"""The texts of tests/cases/studies.toml name the studies written there, and no others."""

from typing import Any

import pytest

from extractors.mentions.studies import recognise_studies, squeeze, study_type
from schemas.anchor import Span
from schemas.mention import StudyMention
from tests.extractors.facts.reading import read
from tests.extractors.mentions.listing import cases, listed

CASES = listed("studies.toml")


def described(mention: StudyMention) -> str:
    kind = f" ({mention.study_type})" if mention.study_type is not None else ""
    return f"{mention.kind} {mention.name}{kind}"


@pytest.mark.parametrize("case", cases(CASES))
def test_studies_as_written(case: dict[str, Any]) -> None:
    assert [described(mention) for mention in read(case["text"]).mentions.studies] == case["found"]


def names(text: str, **known: Any) -> list[str]:
    arguments = {"taken": [], "defined": frozenset(), **known}
    return [m.name for m in recognise_studies(text, regions=[Span(0, len(text))], **arguments) if m.kind == "acronym"]


def test_a_cited_title_names_a_study() -> None:
    text = "This was so for WREN as well."
    assert names(text) == []
    assert names(text, told="Osei A. A drug for birds (WREN): a randomised trial. 2014.") == ["WREN"]
    assert names(text, told="Osei A. Results of the WREN study. 2014.") == ["WREN"]
    assert names(text, told="Osei A. On the wren in winter. 2014.") == []


def test_a_cell_under_trial_names_a_study() -> None:
    text = "WREN 51%"
    assert names(text, headed=[Span(0, 4)]) == ["WREN"]
    assert names(text, headed=[Span(5, 8)]) == []


def test_what_is_taken_or_defined_is_no_study() -> None:
    text = "The WREN trial was small."
    assert names(text) == ["WREN"]
    assert names(text, taken=[Span(4, 8)]) == []
    assert names(text, defined=frozenset({"WREN"})) == []
    assert names("The WREN-2 trial was small.", defined=frozenset({"WREN-2"})) == []


def test_nothing_is_found_outside_the_regions() -> None:
    text = "The WREN trial was small. The PLOVER trial was large."
    found = recognise_studies(text, regions=[Span(26, len(text))], taken=[], defined=frozenset())
    assert [m.name for m in found if m.kind == "acronym"] == ["PLOVER"]
    assert all(m.span.of(text) == m.name for m in found)


def test_spellings_share_a_key() -> None:
    assert squeeze("HARBOR-1") == squeeze("Harbor 1") == "harbor1"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("WREN, a meta-analysis", "meta-analysis"),
        ("the pooled WREN data", "pooled analysis"),
        ("the retrospective WREN study", "real-world"),
        ("WREN, a case series", "case series"),
        ("the randomised WREN", "trial"),
        ("WREN was there", None),
    ],
)
def test_the_kind_of_a_study_stands_beside_its_name(text: str, kind: str | None) -> None:
    start = text.index("WREN")
    assert study_type(text, start, start + 4) == kind
