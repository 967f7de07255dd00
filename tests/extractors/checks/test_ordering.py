"""Results of one group that must not exceed one another."""

import pytest

from extractors.checks.case import Case
from extractors.checks.ordering import check_ordering, in_days
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import cohort, document, estimate


def verdicts(*records: Record) -> list[str]:
    return [finding.verdict for finding in findings(*records)]


def findings(*records: Record) -> list[Finding]:
    return list(check_ordering(Case(records, document())))


def median(endpoint: str, value: str, **known: str) -> Record:
    return estimate(endpoint, value, statistic="median", unit="months", **known)


@pytest.mark.parametrize(
    ("lesser", "greater"),
    [
        (("CR", "12"), ("ORR", "47")),
        (("ORR", "47"), ("DCR", "80")),
        (("ORR", "47"), ("CBR", "60")),
        (("PFS", "6.1"), ("OS", "14.2")),
    ],
)
def test_either_way(lesser: tuple[str, str], greater: tuple[str, str]) -> None:
    make = median if greater[0] == "OS" else estimate
    assert verdicts(make(*lesser, sentence_id="s1"), make(*greater, sentence_id="s1")) == ["consistent"]
    wrong = make(lesser[0], greater[1], sentence_id="s1"), make(greater[0], lesser[1], sentence_id="s1")
    (finding,) = findings(*wrong)
    assert (finding.verdict, finding.severity) == ("inconsistent", "error")


def test_equal_or_hidden_by_rounding_is_in_order() -> None:
    assert verdicts(estimate("CR", "47"), estimate("ORR", "47")) == ["consistent"]
    assert verdicts(estimate("CR", "47.4"), estimate("ORR", "47")) == ["consistent"]


def test_survival_falls_with_time() -> None:
    at = [estimate("OS", "74", timepoint="1 year"), estimate("OS", "81", timepoint="24 months")]
    (finding,) = findings(*at)
    assert finding.verdict == "inconsistent"
    assert finding.message.startswith("OS 81% at 24 months exceeds OS 74% at 1 year of the same group")


def test_progression_free_survival_is_no_higher_than_survival_at_the_same_time() -> None:
    free = estimate("PFS", "60", timepoint="1 year")
    assert verdicts(free, estimate("OS", "50", timepoint="12 months")) == ["inconsistent"]
    assert verdicts(free, estimate("OS", "70", timepoint="12 months")) == ["consistent"]
    assert verdicts(free, estimate("OS", "50", timepoint="2 years")) == []


@pytest.mark.parametrize(
    "other",
    [
        {"arm": "b"},
        {"population": "elderly"},
        {"site": "intracranial"},
        {"source": "table 1"},
        {"study": "BETA"},
    ],
)
def test_results_of_two_groups_or_places_are_not_compared(other: dict[str, str]) -> None:
    assert verdicts(median("PFS", "15.0"), median("OS", "12.0", **other)) == []


def test_a_group_with_two_values_is_not_compared() -> None:
    assert verdicts(median("PFS", "15.0"), median("PFS", "9.0"), median("OS", "12.0")) == []


def test_a_subgroup_larger_than_its_study() -> None:
    others = [cohort("20", population="men"), cohort("25", population="women"), cohort("9", population="young")]
    (finding,) = findings(cohort("45"), cohort("54", population="elderly"), *others)
    assert (finding.verdict, finding.value) == ("inconsistent", 54)
    assert findings(cohort("54"), cohort("45", population="elderly"), *others) == []
    assert findings(cohort("45"), cohort("540", population="screened"), *others) == []
    assert findings(cohort("8", unit="studies"), cohort("540", population="elderly"), *others) == []


def test_a_number_that_several_subgroups_exceed_is_not_the_whole() -> None:
    others = [cohort("20", population="men"), cohort("25", population="women")]
    assert findings(cohort("15"), cohort("54", population="elderly"), *others) == []
    assert findings(cohort("45"), cohort("54", population="elderly")) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [("12 months", 365.25), ("1-year", 365.25), ("6 weeks", 42.0), ("week 6 or so", None), (None, None)],
)
def test_landmarks(text: str | None, days: float | None) -> None:
    assert in_days(text) == days
