"""Which study each sentence speaks of: named, described, carried, cited, or the review itself."""

import pytest

from extractors.facts.scope import Scope, scope_sentences
from extractors.facts.sentence import MentionIndex, cut_sentences
from extractors.facts.studybook import StudyBook
from tests.extractors.facts.reading import read

SYNTHESIS = "Osimertinib in lung cancer: a systematic review and meta-analysis of trials"


def scopes(text: str, *, title: str = "") -> list[Scope]:
    """The scope of each sentence of the text under its heading."""
    result = read(text, title=title)
    index = MentionIndex(result.document, result.mentions)
    sentences = cut_sentences(result.document, index)
    book = StudyBook()
    book.learn([contents for _, contents in sentences])
    found = scope_sentences(result.document, sentences, book)
    return [scope for (sentence, _), scope in zip(sentences, found, strict=True) if sentence.role == "body"]


def studies(text: str, *, title: str = "") -> list[str | None]:
    return [scope.study.name if scope.study is not None else None for scope in scopes(text, title=title)]


FIRST = "The HARBOR-1 trial tested osimertinib."
SECOND = "The LINNET-2 trial tested gefitinib."

SCOPED = [
    (FIRST, ["HARBOR-1"]),
    (f"{FIRST} The ORR was 51%.", ["HARBOR-1", "HARBOR-1"]),
    (f"{FIRST} {SECOND} The ORR was 51%.", ["HARBOR-1", "LINNET-2", "LINNET-2"]),
    (f"{FIRST} This trial was small.", ["HARBOR-1", "HARBOR-1"]),
    (f"{FIRST} A phase II trial found an ORR of 51% [3].", ["HARBOR-1", "ref 3"]),
    (f"{FIRST} A subgroup analysis found an ORR of 51% [3].", ["HARBOR-1", "HARBOR-1"]),
    (f"{FIRST}\n\nThe ORR was 51% in that group of them.", ["HARBOR-1", "HARBOR-1"]),
    (f"{FIRST}\n\nIn summary, the ORR was 51% in all of them.", ["HARBOR-1", None]),
    (f"{FIRST}\n\n## Safety\n\nThe rate of rash was 12% there.", ["HARBOR-1", None]),
    ("Nothing was tested. The ORR was 51%.", [None, None]),
    ("The ORR with osimertinib was 51% [3]. It lasted 9.7 months.", ["ref 3", "ref 3"]),
    ("In HARBOR-1 and LINNET-2 trials, the ORR was 51%.", ["HARBOR-1"]),
]


@pytest.mark.parametrize(("text", "names"), SCOPED)
def test_the_study_of_each_sentence(text: str, names: list[str | None]) -> None:
    assert studies(text) == names


def test_a_carried_study_is_told() -> None:
    assert [scope.carried for scope in scopes(f"{FIRST} The ORR was 51%.")] == [False, True]


def test_all_studies_of_a_sentence_are_at_hand() -> None:
    (scope,) = scopes("In the HARBOR-1 and LINNET-2 trials, the ORR was 51%.")
    assert [known.name for _, known in scope.named] == ["HARBOR-1", "LINNET-2"]
    assert [known.name for known in scope.also] == ["LINNET-2"]


CITED = [
    ("The HARBOR-1 trial [1] was small. The ORR was 51%.", [("1",), ("1",)]),
    ("The HARBOR-1 trial was small. The ORR was 51% [2].", [("2",), ("2",)]),
    ("The HARBOR-1 trial was small [1]. The ORR was 51% [2].", [("1",), ("2",)]),
    ("The HARBOR-1 trial was small [1]. The LINNET-2 trial was large [2].", [("1",), ("2",)]),
    ("The HARBOR-1 trial was small [1,2].", [("1", "2")]),
    ("The HARBOR-1 trial was small. The LINNET-2 trial was large [2].", [(), ("2",)]),
]


@pytest.mark.parametrize(("text", "refs"), CITED)
def test_citations_in_force(text: str, refs: list[tuple[str, ...]]) -> None:
    assert [scope.refs for scope in scopes(text)] == refs


def test_a_systematic_review_speaks_of_itself() -> None:
    text = "In our meta-analysis the pooled ORR was 45%."
    assert studies(text, title=SYNTHESIS) == ["this review"]
    assert studies(text) == [None]


def test_a_systematic_reviews_result_without_a_study_is_its_own_until_one_is_named() -> None:
    text = f"The pooled ORR was 45%. {FIRST} The ORR was 51%."
    assert studies(text, title=SYNTHESIS) == ["this review", "HARBOR-1", "HARBOR-1"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Statins in all that is known: a meta-analysis", "this review"),
        ("Pooled analysis of statins and of other drugs", "this review"),
        ("Statins in clinical practice: a narrative review", None),
    ],
)
def test_a_title_tells_a_synthesis(title: str, name: str | None) -> None:
    assert studies("The pooled ORR was 45%.", title=title) == [name]


def test_brackets_that_speak_of_an_included_study_do_not_hand_it_the_sentence() -> None:
    text = "Seven studies with 612 patients (one was lost in the work of Osei et al.) were pooled. Of these, 98 died."
    assert studies(text, title=SYNTHESIS) == ["this review", "this review"]


def test_a_study_in_brackets_of_its_own_is_the_one_in_force() -> None:
    assert studies("A rate of 12% was found (HARBOR-1 trial).", title=SYNTHESIS) == ["HARBOR-1"]


def test_results_of_a_meta_analysis_that_cite_several_works_are_its_own() -> None:
    assert studies("The ORR with osimertinib was 51% [1] [2].", title=SYNTHESIS) == ["this review"]
    assert studies("The ORR with osimertinib was 51% [1].", title=SYNTHESIS) == ["ref 1"]


def test_the_second_of_two_trials_named_together() -> None:
    text = "HARBOR-1 and LINNET-2 were phase 3 trials. In the second trial, 612 patients were enrolled."
    assert studies(text) == ["HARBOR-1", "LINNET-2"]


def test_an_ordinal_before_a_name_points_at_nothing_else() -> None:
    text = "HARBOR-1 and LINNET-2 were phase 3 trials. The first study, the WREN-3 trial, enrolled 612 patients."
    assert studies(text) == ["HARBOR-1", "WREN-3"]
