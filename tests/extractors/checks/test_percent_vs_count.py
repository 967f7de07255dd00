"""Percentages against counts, denominators and the sizes of their groups."""

import pytest

from extractors.checks.case import Case
from extractors.checks.percent_vs_count import check_percent_against_count
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import cohort, document, estimate


def findings(*records: Record, text: str = "") -> list[Finding]:
    return list(check_percent_against_count(Case(records, document(text))))


def judged(*records: Record) -> Finding:
    (finding,) = findings(*records)
    return finding


@pytest.mark.parametrize(
    ("events", "n", "percent"),
    [
        ("14", "24", "58.3"),
        ("1", "8", "12.5"),
        ("1", "8", "12"),
        ("1", "8", "13"),
        ("0", "25", "0"),
        ("3", "25", "12.0"),
    ],
)
def test_count_over_patients_as_printed(events: str, n: str, percent: str) -> None:
    assert judged(estimate("ORR", percent, events=events, n=n)).verdict == "consistent"


def test_count_over_patients_otherwise() -> None:
    finding = judged(estimate("ORR", "25", events="21", n="94"))
    assert (finding.verdict, finding.severity, finding.expected) == ("inconsistent", "error", "22%")
    assert finding.message == "21 of 94 patients is 22%; printed 25%."


def test_digits_cut_off_are_a_note() -> None:
    finding = judged(estimate("ORR", "27.5", events="16", n="58"))  # 27.586
    assert (finding.verdict, finding.severity) == ("inconsistent", "note")


def test_another_groups_size_leaves_it_open() -> None:
    finding = judged(estimate("ORR", "42.1", events="8", n="59", population="a"), cohort("19", population="b"))
    assert finding.verdict == "uncheckable"
    assert "19 (b)" in finding.message


def test_count_and_percentage_name_their_denominator() -> None:
    finding = judged(estimate("PR", "44.4", events="4"))
    assert (finding.verdict, finding.expected) == ("consistent", "4/9")


def test_count_and_percentage_against_the_group() -> None:
    finding = judged(estimate("PR", "44.4", events="4"), cohort("21"))
    assert (finding.verdict, finding.expected) == ("inconsistent", "4/9")
    assert "not the 21 printed" in finding.message
    assert judged(estimate("PR", "44.4", events="4"), cohort("9")).verdict == "consistent"


def test_count_and_percentage_that_no_denominator_gives() -> None:
    finding = judged(estimate("PR", "45.9", events="4"))
    assert (finding.verdict, finding.severity) == ("inconsistent", "error")


def test_a_cohort_with_its_share_finds_its_whole() -> None:
    parts = findings(cohort("104", percent="70.3", population="x"), cohort("148"))
    assert [part.verdict for part in parts] == ["consistent"]
    assert "148" in parts[0].message


def test_no_whole_number_of_the_group_but_of_fewer() -> None:
    finding = judged(estimate("ORR", "65.9"), cohort("45"))
    assert finding.verdict == "inconsistent"
    assert finding.expected.split(", ")[0] == "29/44"
    assert "45" in finding.message


def test_a_fit_far_below_is_more_than_a_note() -> None:
    assert judged(estimate("ORR", "65.9"), cohort("45")).severity == "note"
    assert judged(estimate("ORR", "66.7"), cohort("10")).severity == "note"  # 6/9
    assert judged(estimate("ORR", "28.6"), cohort("12")).severity == "warning"  # 2/7


def test_no_whole_number_of_any_fewer() -> None:
    finding = judged(estimate("ORR", "33.4", arm="a"), cohort("82"), estimate("OS", None, arm="b"))
    assert (finding.verdict, finding.severity) == ("inconsistent", "error")
    assert "up to 82" in finding.message


def test_the_whole_study_is_no_denominator_of_one_arm() -> None:
    assert findings(estimate("ORR", "65.9", arm="a"), cohort("45"), estimate("ORR", None, arm="b")) == []


def test_several_sizes_of_a_group_are_all_tried() -> None:
    assert judged(estimate("ORR", "65.9"), cohort("45"), cohort("44")).verdict == "consistent"


@pytest.mark.parametrize(
    "record",
    [
        estimate("PFS", "65.9", timepoint="12 months", n="45"),  # Kaplan-Meier
        estimate("overall mortality", "65.9", n="45"),
        estimate("ORR", "65.9", n="45", study_type="meta-analysis"),
        estimate("HbA1c", "7.2", statistic="mean", n="45"),
        estimate("ORR", "65.9", n="4500"),  # every percentage fits
        estimate("AE", "65.9"),
    ],
)
def test_what_is_no_count_over_patients_is_left_alone(record: Record) -> None:
    assert findings(record, cohort("45")) == []


def test_an_approximate_percentage_is_left_alone() -> None:
    text = "The ORR was about 65.9% in 45."
    assert findings(estimate("ORR", "65.9", n="45", start=text.index("65"), sentence_id="s0"), text=text) == []
    text = "The ORR was exactly 65.9% in 45."
    assert len(findings(estimate("ORR", "65.9", n="45", start=text.index("65"), sentence_id="s0"), text=text)) == 1
