"""One result printed twice: its numbers and its labels."""

from typing import Any

import pytest

from extractors.checks.agreement import check_agreement
from extractors.checks.case import Case
from extractors.checks.label_conflict import check_labels
from schemas.record import Record
from tests.extractors.checks.making import comparison, document, estimate

TEXT: dict[str, Any] = {"sentence_id": "s1", "arm": "a"}
TABLE: dict[str, Any] = {"source": "table 1", "sentence_id": "table-1", "arm": "a"}
MEDIAN: dict[str, Any] = {"statistic": "median", "unit": "months"}


def agreement(*records: Record) -> list[tuple[str, str]]:
    return [(f.verdict, f.severity) for f in check_agreement(Case(records, document()))]


def labels(*records: Record) -> list[str]:
    return [f.message for f in check_labels(Case(records, document()))]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("14.5", "14.5", [("consistent", "note")]),
        ("14.5", "14.49", [("consistent", "note")]),
        ("14.5", "14.6", [("inconsistent", "warning")]),
        ("14.5", "41.5", [("inconsistent", "warning")]),
        ("14.5", "19.5", [("inconsistent", "warning")]),
        ("14.5", "19.7", []),
        ("14.5", "9.5", []),
        ("5", "6", []),
    ],
)
def test_a_table_against_the_text(first: str, second: str, expected: list[tuple[str, str]]) -> None:
    found = agreement(estimate("PFS", first, **MEDIAN, **TEXT), estimate("PFS", second, **MEDIAN, **TABLE))
    assert found == expected


def test_two_sentences_of_the_text_may_speak_of_two_analyses() -> None:
    later = TEXT | {"sentence_id": "s2"}
    assert agreement(estimate("PFS", "14.5", **MEDIAN, **TEXT), estimate("PFS", "14.6", **MEDIAN, **later)) == []


def test_a_number_that_stands_elsewhere_too_is_no_slip() -> None:
    text = estimate("PFS", "14.5", **MEDIAN, **TEXT)
    other = estimate("PFS", "14.6", **MEDIAN, **TEXT | {"sentence_id": "s2"})
    assert [v for v, _ in agreement(text, other, estimate("PFS", "14.6", **MEDIAN, **TABLE))] == ["consistent"]


def test_the_same_interval_with_another_value_is_an_error() -> None:
    one = comparison("HR", "0.63", ci="95% CI 0.47-0.85", **TEXT)
    other = comparison("HR", "0.36", ci="95% CI 0.47-0.85", **TEXT | {"sentence_id": "s2"})
    assert agreement(one, other) == [("inconsistent", "error")]


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        ("=0.02", [("consistent", "note")]),
        ("<0.05", [("consistent", "note")]),
        ("=0.20", [("inconsistent", "warning")]),
    ],
)
def test_the_same_effect_with_another_p_value(p: str, expected: list[tuple[str, str]]) -> None:
    one = comparison("HR", "0.79", ci="95% CI 0.65-0.97", p="=0.02", **TEXT)
    assert agreement(one, comparison("HR", "0.79", ci="95% CI 0.65-0.97", p=p, **TABLE | {"arm": None})) == expected


def test_one_bound_off() -> None:
    one = comparison("HR", "0.79", ci="95% CI 0.65-0.97", **TEXT)
    assert agreement(one, comparison("HR", "0.79", ci="95% CI 0.56-0.97", **TABLE)) == [("inconsistent", "warning")]
    assert agreement(one, comparison("HR", "0.79", ci="95% CI 0.60-1.04", **TABLE)) == [("consistent", "note")]


def test_other_groups_endpoints_and_times_are_other_results() -> None:
    one = estimate("PFS", "14.5", **MEDIAN, **TEXT)
    for changed in ({"arm": "b"}, {"population": "elderly"}, {"timepoint": "1 year"}, {"study": "BRAVO"}):
        assert agreement(one, estimate("PFS", "14.6", **MEDIAN, **TABLE | changed)) == []
    assert agreement(one, estimate("OS", "14.6", **MEDIAN, **TABLE)) == []


def test_one_number_under_two_sites() -> None:
    text = estimate("PFS", "5.5", site="intracranial", **MEDIAN, **TEXT)
    (message,) = labels(text, estimate("PFS", "5.5", **MEDIAN, **TABLE))
    assert message == "5.5 months is printed as intracranial PFS and as PFS of one group (the text and table 1)."
    assert labels(text, estimate("PFS", "5.5", **MEDIAN, **TABLE | {"population": "elderly"})) == []
    assert labels(text, estimate("PFS", "5.5", **MEDIAN, **TEXT)) == []  # one sentence may say it of both


def test_one_number_under_two_endpoints_may_be_chance_two_arms_are_not() -> None:
    def pair(arm: str, value: str) -> list[Record]:
        place = {"sentence_id": "s2", "arm": arm}
        return [
            estimate("PFS", value, **MEDIAN, **TEXT | {"arm": arm}),
            estimate("OS", value, **MEDIAN, **place),
        ]

    assert labels(*pair("a", "14.5")) == []
    (message,) = labels(*pair("a", "14.5"), *pair("b", "9.2"))
    assert message == "14.5 and 9.2 months are printed as PFS and as OS of one group."


def test_one_interval_under_two_statistics() -> None:
    one = comparison("HR", "0.74", ci="95% CI 0.64-0.86", **TEXT)
    (message,) = labels(one, comparison("OR", "0.74", ci="95% CI 0.64-0.86", **TABLE))
    assert message == "0.74 is printed as HR of PFS and as OR of PFS of one group (the text and table 1)."
    assert labels(one, comparison("OR", "0.74", **TABLE)) == []


def test_words_may_say_the_same_as_a_code() -> None:
    one = comparison("HR", "0.86", ci="95% CI 0.74-0.99", endpoint="MACE", **TEXT)
    other = comparison("HR", "0.86", ci="95% CI 0.74-0.99", endpoint="CV death, MI, or stroke", **TABLE)
    assert labels(one, other) == []
