"""Percentages against counts, denominators and the sizes of their groups."""

import pytest

from extractors.checks.case import Case
from extractors.checks.percent_vs_count import check_percent_against_count
from schemas.anchor import Span
from schemas.evidence import Cohort
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
        ("13", "21", "61.9"),
        ("1", "8", "12.5"),
        ("1", "8", "12"),
        ("1", "8", "13"),
        ("0", "25", "0"),
        ("4", "25", "16.0"),
    ],
)
def test_count_over_patients_as_printed(events: str, n: str, percent: str) -> None:
    assert judged(estimate("ORR", percent, events=events, n=n)).verdict == "consistent"


def test_count_over_patients_otherwise() -> None:
    finding = judged(estimate("ORR", "25", events="17", n="82"))
    assert (finding.verdict, finding.severity, finding.expected) == ("inconsistent", "error", "21%")
    assert finding.message == "17 of 82 patients is 21%; printed 25%."


def test_digits_cut_off_are_a_note() -> None:
    finding = judged(estimate("ORR", "27.6", events="13", n="47"))  # 27.66
    assert (finding.verdict, finding.severity) == ("inconsistent", "note")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("9/640 (0.01%)", "inconsistent"),
        ("9 of the 640 (1.41%)", "consistent"),
        ("9 out of 1,640 (0.55%)", "consistent"),
        ("9/640.5 (0.01%)", "consistent"),  # no denominator: 9 of 90,000
        ("9 of 64% (0.01%)", "consistent"),
    ],
)
def test_a_denominator_printed_after_the_count_is_read(text: str, verdict: str) -> None:
    percent = text[text.index("(") + 1 : -2]
    made = cohort("9", percent=percent, start=0)
    assert isinstance(made.fact, Cohort)
    assert made.fact.n is not None
    fact = made.fact.model_copy(update={"n": made.fact.n.model_copy(update={"span": Span(0, 1)})})
    assert [f.verdict for f in findings(made.model_copy(update={"fact": fact}), text=text)] == [verdict]


def test_another_groups_size_leaves_it_open() -> None:
    finding = judged(estimate("ORR", "35.3", events="6", n="53", population="a"), cohort("17", population="b"))
    assert finding.verdict == "uncheckable"
    assert "17 (b)" in finding.message


def test_percentages_of_exchanged_arms_leave_it_open() -> None:
    arms = [cohort("18", arm="a"), cohort("11", arm="b")]
    exchanged = [estimate("pCR", "18.2", arm="a"), estimate("pCR", "27.8", arm="b")]
    assert [finding.verdict for finding in findings(*arms, *exchanged)] == ["uncheckable", "uncheckable"]


def test_count_and_percentage_name_their_denominator() -> None:
    finding = judged(estimate("PR", "42.9", events="3"))
    assert (finding.verdict, finding.expected) == ("consistent", "3/7")


def test_count_and_percentage_against_the_group() -> None:
    finding = judged(estimate("PR", "42.9", events="3"), cohort("17"))
    assert (finding.verdict, finding.expected) == ("inconsistent", "3/7")
    assert "not the 17 printed" in finding.message
    assert judged(estimate("PR", "42.9", events="3"), cohort("7")).verdict == "consistent"


def test_count_and_percentage_that_no_denominator_gives() -> None:
    finding = judged(estimate("PR", "45.9", events="3"))
    assert (finding.verdict, finding.severity) == ("inconsistent", "error")


def test_a_cohort_with_its_share_finds_its_whole() -> None:
    parts = findings(cohort("96", percent="68.6", population="x"), cohort("140"))
    assert [part.verdict for part in parts] == ["consistent"]
    assert "140" in parts[0].message


def test_no_whole_number_of_the_group_but_of_fewer() -> None:
    finding = judged(estimate("ORR", "61.5"), cohort("40"))
    assert finding.verdict == "inconsistent"
    assert finding.expected.split(", ")[0] == "24/39"
    assert "40" in finding.message


def test_a_fit_far_below_is_more_than_a_note() -> None:
    assert judged(estimate("ORR", "61.5"), cohort("40")).severity == "note"
    assert judged(estimate("ORR", "66.7"), cohort("10")).severity == "note"  # 6/9
    assert judged(estimate("ORR", "28.6"), cohort("12")).severity == "warning"  # 2/7


def test_no_whole_number_of_any_fewer() -> None:
    finding = judged(estimate("ORR", "49.9", arm="a"), cohort("90"), estimate("OS", None, arm="b"))
    assert (finding.verdict, finding.severity) == ("inconsistent", "error")
    assert "up to 90" in finding.message


def test_the_whole_study_is_no_denominator_of_one_arm() -> None:
    assert findings(estimate("ORR", "61.5", arm="a"), cohort("40"), estimate("ORR", None, arm="b")) == []


def test_several_sizes_of_a_group_are_all_tried() -> None:
    assert judged(estimate("ORR", "61.5"), cohort("40"), cohort("39")).verdict == "consistent"


@pytest.mark.parametrize(
    "record",
    [
        estimate("PFS", "61.5", timepoint="12 months", n="40"),  # Kaplan-Meier
        estimate("overall mortality", "61.5", n="40"),
        estimate("ORR", "61.5", n="40", study_type="meta-analysis"),
        estimate("ORR", "61.5", n="40", study="this review"),
        estimate("HbA1c", "7.2", statistic="mean", n="40"),
        estimate("ORR", "61.5", n="4500"),  # every percentage fits
        estimate("AE", "61.5"),
        estimate("mutation found", "61.5"),
        cohort("6", percent="86", unit="studies"),
    ],
)
def test_what_is_no_count_over_patients_is_left_alone(record: Record) -> None:
    assert findings(record, cohort("40")) == []


def test_an_approximate_percentage_is_left_alone() -> None:
    text = "The ORR was about 61.5% in 40."
    assert findings(estimate("ORR", "61.5", n="40", start=text.index("61"), sentence_id="s0"), text=text) == []
    text = "The ORR was exactly 61.5% in 40."
    assert len(findings(estimate("ORR", "61.5", n="40", start=text.index("61"), sentence_id="s0"), text=text)) == 1
