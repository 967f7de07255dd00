"""Each result once, arms with their counts, pairs with their control: on records written for it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from pipeline.exports.synthesis.arms import read_arms
from pipeline.exports.synthesis.evidence import Evidence, gather

Row = dict[str, Any]
BLANK: Row = {
    **dict.fromkeys(("arm", "arm_role", "comparator", "endpoint", "event", "site", "timepoint", "statistic", "value")),
    **dict.fromkeys(("ci", "ci_level", "p", "events", "n", "percent", "review", "study_type", "unit")),
    "document": "a",
    "study": "ALPHA",
    "study_alt_names": [],
    "registry_ids": [],
    "population": "",
    "value_text": "",
    "needs_review": False,
    "confidence": 0.9,
    "flags": [],
}


def comparison(number: int, **told: Any) -> Row:
    """A hazard ratio of two named arms."""
    ratio = {"kind": "comparison", "statistic": "HR", "endpoint": "PFS", "value": 0.5, "ci": [0.4, 0.6]}
    return BLANK | ratio | {"record_id": f"c{number}", "arm": "drug", "comparator": "placebo"} | told


def estimate(number: int, **told: Any) -> Row:
    """A response rate of one arm."""
    rate = {"kind": "estimate", "statistic": "rate", "endpoint": "ORR", "unit": "%", "arm": "drug"}
    return BLANK | rate | {"record_id": f"e{number}"} | told


class Part(NamedTuple):
    """What `gather` reads of a document."""

    records: list[Row]
    findings: list[Row]


class Given:
    """A selection of records."""

    def __init__(self, *records: Row, findings: tuple[Row, ...] = ()) -> None:
        self.part = Part(list(records), list(findings))

    def contents(self) -> Iterator[Part]:
        """One document."""
        yield self.part


def kept(found: Evidence) -> dict[str, list[str]]:
    """Records of the effects to use, each with those that repeat it."""
    ids = [record["record_id"] for record, _ in found.effects]
    return {ids[each.at]: [ids[at] for at in each.repeats] for each in found.kept_effects}


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"arm": "Drug", "document": "b"},
        {"arm": None, "comparator": None},
        {"study": "the Alpha trial", "study_alt_names": ["alpha"], "document": "b"},
        {"comparator": "best supportive care"},
        {"ci": None, "p": "<0.001"},
        {"value": 0.55, "ci": [0.4, 0.7]},
    ],
)
def test_a_result_told_twice_counts_once(told: Row) -> None:
    assert kept(gather(Given(comparison(1), comparison(2, **told)))) == {"c1": ["c2"]}


@pytest.mark.parametrize(
    "told",
    [
        {"study": "BETA"},
        {"study": "ALPHA-2", "study_alt_names": ["ALPHA"]},
        {"population": "elderly"},
        {"endpoint": "OS"},
        {"timepoint": "2 years"},
        {"site": "intracranial"},
        {"statistic": "OR"},
        {"comparator": "best supportive care", "value": 0.7, "ci": [0.6, 0.9]},
    ],
)
def test_another_result_is_no_repeat(told: Row) -> None:
    assert kept(gather(Given(comparison(1), comparison(2, **told)))) == {"c1": [], "c2": []}


def test_a_citation_number_means_another_study_in_another_document() -> None:
    rows = [comparison(1, study="ref 9"), comparison(2, study="ref 9", document="b"), comparison(3, study="ref 9")]
    assert kept(gather(Given(*rows))) == {"c1": ["c3"], "c2": []}


def test_the_most_telling_place_is_kept() -> None:
    bare = comparison(1, ci=None)
    assert kept(gather(Given(bare, comparison(2, ci=None, p="=0.01"), comparison(3)))) == {"c3": ["c1", "c2"]}
    disputed = ({"verdict": "inconsistent", "record_ids": ["c1"], "check": "interval_vs_p"},)
    found = gather(Given(comparison(1), comparison(2), findings=disputed))
    assert kept(found) == {"c2": ["c1"]}
    assert found.checks == {"c1": ["interval_vs_p"]}
    accepted = comparison(3, ci=None, review={"verdict": "accept"})
    assert kept(gather(Given(comparison(1), accepted))) == {"c3": ["c1"]}, "what a reviewer stands for comes first"


def test_other_numbers_are_said() -> None:
    found = gather(Given(comparison(1), comparison(2), comparison(3, value=0.6, ci=[0.5, 0.7])))
    (each,) = found.kept_effects
    assert found.conflicts(each)
    assert any("other numbers" in note for note in found.notes())
    (each,) = (same := gather(Given(comparison(1), comparison(2, ci=None)))).kept_effects
    assert not same.conflicts(each)


def test_comparisons_without_an_effect_are_counted() -> None:
    found = gather(Given(comparison(1), comparison(2, statistic="p", value=None, p="=0.01")))
    assert found.without_effect == 1
    assert any(note.startswith("1 comparisons print no effect") for note in found.notes())


@pytest.mark.parametrize(
    ("told", "events", "origin"),
    [
        ({"value": 42.5, "value_text": "42.5%", "n": 80}, 34, "percent"),
        ({"value": 43, "value_text": "43%", "n": 1000}, None, None),
        ({"value": 42.5, "value_text": "42.5%", "n": 80, "events": 33}, 33, "printed"),
        ({"value": 42.5, "value_text": "42.5%", "n": 80, "timepoint": "1 year"}, None, None),
        ({"value": 42.5, "value_text": "42.5%", "n": 80, "endpoint": "PFS"}, None, None),
        ({"value": 42.6, "value_text": "42.6%", "n": 80}, None, None),
        ({"value": 42.5, "value_text": "42.5%", "n": 80, "events": 90}, None, None),
        ({"statistic": "count", "unit": "patients", "value": 0, "n": 12}, 0, "printed"),
    ],
)
def test_counts_are_worked_out_only_where_one_number_fits(told: Row, events: int | None, origin: str | None) -> None:
    arms = read_arms([estimate(1, **told)])
    assert [(arm.events, arm.events_from) for arm in arms] == ([(events, origin)] if events is not None else [])


def test_the_size_of_an_arm_may_stand_elsewhere() -> None:
    size = BLANK | {"kind": "cohort", "record_id": "s1", "arm": "drug", "n": 80, "unit": "patients"}
    rate = estimate(1, value=42.5, value_text="42.5%")
    (arm,) = read_arms([size, rate])
    assert (arm.events, arm.n, arm.n_from) == (34, 80, "cohort")
    assert read_arms([size, size | {"record_id": "s2", "n": 78}, rate]) == [], "two sizes are none"
    assert read_arms([size | {"population": "elderly"}, rate]) == []


def test_a_mean_with_its_interval() -> None:
    (arm,) = read_arms([estimate(1, statistic="mean", unit="mm", value=10, ci=[8.04, 11.96], ci_level=95)])
    assert arm.se == pytest.approx(1, abs=1e-3)


def counted(number: int, arm: str, events: int, **told: Any) -> Row:
    """A count of 50 in an arm."""
    return estimate(number, arm=arm, events=events, n=50, **told)


def test_pairs_stand_with_their_control_last() -> None:
    rows = [counted(1, "placebo", 5), counted(2, "drug", 20), counted(3, "other drug", 30)]
    pairs = gather(Given(*rows)).pairs
    assert [(pair.arm.events, pair.control.events, pair.roles) for pair in pairs] == [(20, 5, True), (30, 5, True)]


def test_the_control_is_known_from_a_comparison() -> None:
    rows = [counted(1, "old drug", 5), counted(2, "drug", 20), comparison(3, comparator="old drug")]
    (pair,) = gather(Given(*rows)).pairs
    assert (pair.arm.events, pair.control.events, pair.roles) == (20, 5, True)


def test_arms_of_unknown_roles() -> None:
    two = [counted(1, "drug", 20), counted(2, "other drug", 30)]
    (pair,) = gather(Given(*two)).pairs
    assert (pair.arm.events, pair.control.events, pair.roles) == (20, 30, False)
    assert gather(Given(*two, counted(3, "third drug", 7))).pairs == []
    assert gather(Given(two[0], counted(2, "other drug", 30, population="elderly"))).pairs == []
