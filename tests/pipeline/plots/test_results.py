"""Which records are one result, and what is said of it."""

import pytest

from pipeline.plots.results import in_order, results_of, tooltip, value_text
from tests.pipeline.plots.making import finding, flat, median, review


def test_one_result_printed_in_two_places_is_one() -> None:
    text, table = flat(), flat(source="table 1", p=None, ci_level=None, sentence="0.70 (0.50-0.95)")
    (result,) = results_of([table, text], [])
    assert result.record is text, "the record that says most stands for it"
    assert (result.p, result.level, len(result.records)) == ("p=0.02", 95, 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"arm": "c"}, {"comparator": "c"}, {"population": "older"}, {"site": "intracranial"}, {"study": "OTHER"},
        {"value": 0.71}, {"ci": [0.5, 0.96]}, {"p": "=0.03"}, {"timepoint": "12 months"}, {"statistic": "RR"},
        {"endpoint": "OS"},
    ],
)  # fmt: skip
def test_what_differs_is_another_result(changes: dict[str, object]) -> None:
    assert len(results_of([flat(), flat(**changes)], [])) == 2


def test_an_arm_left_open_is_taken_to_be_the_named_one() -> None:
    assert len(results_of([median(), median(arm=None)], [])) == 1
    assert len(results_of([median(), median(arm="c"), median(arm=None)], [])) == 2


def test_an_interval_left_out_is_taken_to_be_the_printed_one() -> None:
    bare, whole = flat(ci=None, ci_level=None), flat(arm=None, comparator=None, p=None)
    (result,) = results_of([bare, whole], [])
    assert result.record is whole, "the record with the interval stands for it"
    assert len(results_of([flat(), flat(ci=[0.4, 0.9]), bare], [])) == 2


def test_studies_known_by_citation_stay_with_their_document() -> None:
    results = results_of([flat(study="ref 9"), flat(study="ref 9", document="other")], [])
    assert [result.study for result in results] == ["ref 9 (review)", "ref 9 (other)"]


def test_cohorts_and_rejected_records_are_no_results() -> None:
    cohort = flat(kind="cohort", endpoint=None, statistic=None, n=10)
    assert results_of([cohort, flat(review=review("reject"))], []) == []


def test_only_disagreement_is_a_finding() -> None:
    record = flat()
    ids = record["record_id"]
    (result,) = results_of(
        [record], [finding(ids, verdict="consistent"), finding(ids, severity="note"), finding(ids, severity="warning")]
    )
    assert (len(result.findings), result.severity) == (1, "warning")
    (result,) = results_of([record], [finding(ids, severity="warning"), finding(ids)])
    assert result.severity == "error"


def test_who_should_look() -> None:
    unsure, seen = flat(needs_review=True), flat(needs_review=True, review=review(), value=0.8)
    assert [(r.doubtful, r.reviewed) for r in results_of([unsure, seen], [])] == [(True, False), (False, True)]


def test_numbers_as_printed() -> None:
    (result,) = results_of([flat(ci=[0.4, 0.85], ci_level=95.4)], [])
    assert (value_text(result.record), result.interval) == ("0.70", "[0.40 to 0.85; 95.4%]")
    (result,) = results_of([median(ci=[8, None], ci_level=95)], [])
    assert result.interval == "[8 to not reached]"
    (result,) = results_of([median(value=None, value_text="NR", status="not reached")], [])
    assert (value_text(result.record), result.interval) == ("not reached", "")


def test_a_tooltip_has_sentence_place_record_and_review() -> None:
    record = flat(review=review("correct"))
    (result,) = results_of([record], [finding(record["record_id"])])
    said = tooltip(result)
    for part in (record["sentence"], "review p. 2", record["record_id"], "corrected by ada", "implies another P"):
        assert part in said


def test_names_in_the_order_people_expect() -> None:
    assert sorted(["ref 12", "Zeta", "alpha", "ref 2"], key=in_order) == ["alpha", "ref 2", "ref 12", "Zeta"]
