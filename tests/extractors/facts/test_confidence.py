"""How sure a record is: what is true of it, and what the fitted weights make of that."""

import math
import re
from pathlib import Path

import pytest

from extractors import facts
from extractors.facts.confidence import LOW, SUPPORT, TWICE, Model, model, traits_of
from extractors.facts.doubts import compare_places
from schemas.record import FLAGS
from tests.extractors.facts.reading import read

PLAIN = "In the HARBOR-1 trial, median PFS was 8.1 months with osimertinib."


def test_flags_only_take_and_agreement_only_adds() -> None:
    for trait, weight in model().weights.items():
        if trait in SUPPORT:
            assert weight > 0, trait
        elif ":" not in trait and trait != "table":
            assert weight < 0, trait


def test_confidence_is_the_logistic_of_the_summed_weights() -> None:
    made = Model(1.0, {"arm_ambiguous": -2.0, "precise": 0.5}, 0.6)
    assert made.confidence([]) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert made.confidence(["arm_ambiguous", "precise", "unheard_of"]) == pytest.approx(1 / (1 + math.exp(0.5)))


def test_one_more_flag_never_makes_a_record_surer() -> None:
    flags = [trait for trait in model().weights if ":" not in trait and trait not in SUPPORT and trait != "table"]
    assert flags
    for flag in flags:
        assert model().confidence(["kind:estimate", flag]) < model().confidence(["kind:estimate"])


def test_below_the_threshold_a_record_needs_review_and_says_why() -> None:
    for text in (PLAIN, "In the HARBOR-1 trial, 5.2 was seen. The ratio fell to 0.4.", f"{PLAIN} It was 12 points."):
        for record in read(text).records:
            assert record.needs_review is (record.confidence < model().threshold)
            assert record.flags or not record.needs_review


def test_the_traits_of_a_record() -> None:
    traits = traits_of(
        kind="comparison", statistic="HR", precise=True, in_table=True, flags=["arm_carried", LOW], rules=["x"]
    )
    assert traits == {"kind:comparison", "statistic:HR", "precise", "table", "arm_carried"}


def test_every_flag_is_documented() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(facts.__file__).parent.glob("*.py"))
    set_there = set(
        re.findall(r'flags\.add\(\s*"(\w+)"|"(\w+)": (?:draft|compared|number|len|bool|clause|since|not|own)', source)
    )
    told = {name for pair in set_there for name in pair if name} | {
        trait for trait in model().weights if is_flag(trait)
    }
    assert told - {"precise", TWICE} <= set(FLAGS)
    assert len(told & set(FLAGS)) > 15


def is_flag(trait: str) -> bool:
    return ":" not in trait and trait not in SUPPORT and trait != "table"


def test_a_number_told_twice_alike_agrees_and_told_otherwise_does_not() -> None:
    alike = read(f"{PLAIN}\n\n{PLAIN}").records
    assert set(compare_places(alike).values()) == {"told_twice"}
    assert all("places:told_twice" in record.rules for record in alike)
    other = read(f"{PLAIN}\n\nIn the HARBOR-1 trial, median OS was 8.1 months with osimertinib.").records
    assert set(compare_places(other).values()) == {"told_otherwise"}
    assert all("told_otherwise" in record.flags for record in other)
    assert compare_places(read(PLAIN).records) == {}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("In the HARBOR-1 trial, Forty patients had brain metastases.", "number_in_words"),
        ("In the HARBOR-1 trial, osimertinib was given. Median PFS was 8.1 months.", "arm_not_named"),
        ("The HARBOR-1 trial began. It went on. It went well. It ended. Median PFS was 8.1 months.", "study_long_ago"),
    ],
)
def test_what_had_to_be_chosen_is_flagged(text: str, flag: str) -> None:
    flags = {flag for record in read(text).records for flag in record.flags}
    assert flag in flags


def test_an_endpoint_far_from_its_number_is_flagged() -> None:
    far = "In the HARBOR-1 trial, PFS, as read by a panel that knew nothing of what anyone was given, was 8.1 months."
    assert any("endpoint_far" in record.flags for record in read(far).records)
    assert not any("endpoint_far" in record.flags for record in read(PLAIN).records)
