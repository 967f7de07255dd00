"""Results that several documents print: what is one result, where they agree, and that nothing is chosen."""

from typing import Any

from pipeline.audit.reconciliation import Agreed, reconcile
from pipeline.exports.content import Content
from pipeline.store import Held


def held(document: str, title: str) -> Held:
    return Held(document, (f"{document}.pdf",), document, "pdf", "read", "", title, 1, 0, 0, 0, 0, "1", "w", 1)


def record(document: str, value: str, **known: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "record_id": f"{document}-{value}-{known.get('population', '')}-{known.get('endpoint', 'PFS')}",
        "document": document,
        "kind": "estimate",
        "study": "ALPHA-1",
        "study_alt_names": [],
        "registry_ids": [],
        "cited": [],
        "population": "",
        "arm": "alfatinib",
        "comparator": None,
        "endpoint": "PFS",
        "event": None,
        "site": None,
        "timepoint": None,
        "statistic": "median",
        "unit": "months",
        "value": float(value),
        "value_text": value,
        "ci": None,
        "ci_level": None,
        "p": None,
        "page": 3,
        "source": "text",
        "sentence": f"PFS was {value} months.",
    }
    return row | known


def reviews(**printed: list[dict[str, Any]]) -> list[Agreed]:
    return reconcile(
        [Content(held(name, f"Review {name}"), rows, [], [], [], [], [], []) for name, rows in printed.items()]
    )


def test_documents_that_differ_stand_side_by_side_with_their_sentences() -> None:
    (agreed,) = reviews(a=[record("a", "14.5")], b=[record("b", "15.4", ci=[12.0, None], ci_level=95, p="<0.001")])
    assert (agreed.study, agreed.result, agreed.group, agreed.agree) == ("ALPHA-1", "PFS median", "alfatinib", False)
    assert [(s.document, s.value, s.precision, s.where, s.sentence) for s in agreed.said] == [
        ("a", "14.5 months", "", "page 3", "PFS was 14.5 months."),
        ("b", "15.4 months", "95% CI 12 to not reached, P <0.001", "page 3", "PFS was 15.4 months."),
    ]


def test_rounding_is_no_difference() -> None:
    (agreed,) = reviews(a=[record("a", "14.5")], b=[record("b", "14")], c=[record("c", "14.49")])
    assert agreed.agree


def test_a_number_in_common_is_agreement() -> None:
    (agreed,) = reviews(a=[record("a", "14.5"), record("a", "16.1")], b=[record("b", "16.1")])
    assert agreed.agree
    assert len(agreed.said) == 3


def test_other_results_are_not_compared() -> None:
    for changed in ({"endpoint": "OS"}, {"population": "elderly"}, {"arm": None}, {"timepoint": "1 year"}):
        assert reviews(a=[record("a", "14.5")], b=[record("b", "15.4", **changed)]) == []
    assert reviews(a=[record("a", "14.5"), record("a", "15.4")]) == []


def test_studies_are_one_by_any_name_number_or_cited_work() -> None:
    for first, second in (
        ({}, {"study": "Alpha 1"}),
        ({"study_alt_names": ["NCT-trial"]}, {"study": "NCT trial"}),
        ({"registry_ids": ["NCT01"]}, {"study": "the first trial", "registry_ids": ["nct01"]}),
        (
            {"study": "ref 3", "cited": [{"pmid": "1", "doi": None}]},
            {"study": "A et al.", "cited": [{"pmid": "1", "doi": "x"}]},
        ),
    ):
        assert len(reviews(a=[record("a", "14.5", **first)], b=[record("b", "15.4", **second)])) == 1


def test_studies_that_cannot_be_told_apart_are_left_alone() -> None:
    for study in ("ref 3", "Adams et al.", "this review"):
        found = reviews(a=[record("a", "14.5", study=study)], b=[record("b", "15.4", study=study)])
        assert found == []


def test_two_files_of_one_review_say_it_once() -> None:
    contents = [
        Content(held(name, "One review"), [record(name, value)], [], [], [], [], [], [])
        for name, value in (("a", "14.5"), ("b", "15.4"))
    ]
    assert reconcile(contents) == []


def test_differences_come_first() -> None:
    both = {"a": [record("a", "14.5"), record("a", "30", endpoint="OS")]}
    found = reviews(**both, b=[record("b", "14.5"), record("b", "20", endpoint="OS")])
    assert [(agreed.result, agreed.agree) for agreed in found] == [("OS median", False), ("PFS median", True)]
