"""Parts that make up a whole, and differences of two values."""

import pytest

from extractors.checks.case import Case
from extractors.checks.difference_vs_values import check_difference_against_values
from extractors.checks.sum_of_parts import check_sum_of_parts
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import cohort, comparison, document, estimate


def sums(*records: Record) -> list[Finding]:
    return list(check_sum_of_parts(Case(records, document())))


def responses(**printed: str) -> list[Record]:
    return [estimate(endpoint, value, sentence_id="s1") for endpoint, value in printed.items()]


@pytest.mark.parametrize(
    ("printed", "verdicts"),
    [
        ({"CR": "12", "PR": "35", "ORR": "47"}, ["consistent"]),
        ({"CR": "12", "PR": "35", "ORR": "48"}, ["consistent"]),  # 12.4 + 35.4 is 47.8
        ({"CR": "12", "PR": "35", "ORR": "52"}, ["inconsistent"]),
        ({"CR": "12", "PR": "35", "SD": "20", "DCR": "67"}, ["consistent"]),
        ({"CR": "12", "PR": "35", "SD": "30", "DCR": "67"}, []),  # stable disease may have to last
        ({"CR": "12", "PR": "35", "SD": "30", "DCR": "87"}, ["inconsistent"]),
        ({"CR": "12", "PR": "35", "SD": "30", "PD": "33"}, ["inconsistent"]),
        ({"CR": "12", "PR": "35", "SD": "30", "PD": "23"}, []),
        ({"CR": "12", "ORR": "52"}, []),
    ],
)
def test_responses(printed: dict[str, str], verdicts: list[str]) -> None:
    assert [finding.verdict for finding in sums(*responses(**printed))] == verdicts


def test_responses_of_two_sentences_are_not_added() -> None:
    parts = [estimate("CR", "12"), estimate("PR", "35"), estimate("ORR", "52")]
    assert sums(*parts) == []


@pytest.mark.parametrize(
    ("total", "first", "second", "verdicts"),
    [
        ("282", "187", "95", ["consistent"]),
        ("281", "187", "95", ["inconsistent"]),
        ("300", "187", "95", ["inconsistent"]),
    ],
)
def test_arms_make_up_the_study(total: str, first: str, second: str, verdicts: list[str]) -> None:
    records = [
        cohort(total, sentence_id="s1"),
        cohort(first, arm="a", sentence_id="s1"),
        cohort(second, arm="b", sentence_id="s1"),
    ]
    assert [finding.verdict for finding in sums(*records)] == verdicts


def test_an_arm_whose_size_is_not_printed_leaves_a_smaller_sum_open() -> None:
    records = [
        cohort("300", sentence_id="s1"),
        cohort("100", arm="a", sentence_id="s1"),
        cohort("100", arm="b", sentence_id="s1"),
        estimate("ORR", "20", arm="c"),
    ]
    assert sums(*records) == []


def differences(*records: Record) -> list[Finding]:
    return list(check_difference_against_values(Case(records, document())))


def pair(first: str, second: str, **known: str) -> list[Record]:
    return [
        estimate("OS", first, arm="a", sentence_id="s1", **known),
        estimate("OS", second, arm="b", sentence_id="s1", **known),
    ]


def difference(value: str, unit: str) -> Record:
    return comparison("difference", value, endpoint="OS", unit=unit, sentence_id="s1")


@pytest.mark.parametrize(
    ("first", "second", "printed", "verdict"),
    [
        ("19.7", "11.4", "8.3", "consistent"),
        ("19.7", "11.4", "8", "consistent"),
        ("19.7", "11.4", "8.4", "consistent"),  # 19.74 less 11.36 is 8.38
        ("19.7", "11.4", "8.5", "inconsistent"),
        ("11.4", "19.7", "8.3", "consistent"),
    ],
)
def test_a_difference_of_months(first: str, second: str, printed: str, verdict: str) -> None:
    months = {"statistic": "median", "unit": "months"}
    (finding,) = differences(difference(printed, "months"), *pair(first, second, **months))
    assert finding.verdict == verdict
    assert "8.3 apart" in finding.message


@pytest.mark.parametrize(("printed", "verdict"), [("20", "consistent"), ("40", "consistent"), ("33", "inconsistent")])
def test_a_difference_in_percent_may_be_relative(printed: str, verdict: str) -> None:
    (finding,) = differences(difference(printed, "%"), *pair("50", "30"))
    assert finding.verdict == verdict


def test_a_difference_of_means_may_be_adjusted() -> None:
    means = pair("50", "30", statistic="mean", unit="mL")
    (finding,) = differences(difference("15", "mL"), *means)
    assert finding.verdict == "uncheckable"


def test_a_third_value_or_another_outcome_leaves_it_open() -> None:
    assert differences(difference("8", "%"), *pair("50", "30"), *pair("60", "20")[:1]) == []
    assert differences(difference("8", "months"), *pair("50", "30")) == []
    elsewhere = [estimate("OS", "50"), estimate("OS", "30")]
    assert differences(difference("8", "%"), *elsewhere) == []


def test_changes_in_opposite_directions_differ_by_their_sum() -> None:
    def judged(sentence: str) -> list[str]:
        place = {"sentence_id": "s1", "sentence": sentence}
        records = [
            comparison("difference", "-47.9", endpoint="LDL-C", unit="%", **place),
            estimate("LDL-C", "39.7", arm="a", **place),
            estimate("LDL-C", "8.2", arm="b", **place),
        ]
        return [f.verdict for f in check_difference_against_values(Case(records, document()))]

    assert judged("LDL-C fell by 39.7% with a and rose by 8.2% with b (difference, -47.9%).") == ["consistent"]
    assert judged("LDL-C changed by 39.7% with a and 8.2% with b (difference, -47.9%).") == ["inconsistent"]


def test_one_patient_is_no_arm() -> None:
    records = [cohort("386"), cohort("254", arm="a"), cohort("1", arm="b")]
    placed = [record.model_copy(update={"provenance": records[0].provenance}) for record in records]
    assert list(check_sum_of_parts(Case(placed, document()))) == []
