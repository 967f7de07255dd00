"""Ids of records: the same over re-runs, different for different places; and what a record refuses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.anchor import Provenance, Quote, Span
from schemas.evidence import Estimate, Group, Outcome, Study
from schemas.record import Record, record_id

PLACE = {"sha256": "ab" * 32, "source": "text", "kind": "estimate", "start": 10, "end": 14}


def record(**changes: object) -> Record:
    fact = Estimate(
        group=Group(study=Study(name="ALPHA")), outcome=Outcome(endpoint="ORR"), statistic="rate", value=None, unit="%"
    )
    provenance = Provenance(
        document="d",
        source="text",
        section="",
        page=1,
        sentence_id="s1",
        sentence="",
        quote=Quote(span=Span(0, 1), text="x"),
    )
    known: dict[str, object] = {"record_id": "r", "fact": fact, "provenance": provenance} | changes
    return Record.model_validate(known)


def test_an_id_never_changes_for_one_place() -> None:
    # written down once: a change here takes every reviewer's decision from its record
    assert record_id(**PLACE) == "1bbcb50577b605be"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [{"sha256": "ac" * 32}, {"source": "table 1"}, {"kind": "cohort"}, {"start": 11}, {"end": 15}, {"ordinal": 1}],
)
def test_another_place_has_another_id(change: dict[str, object]) -> None:
    assert record_id(**(PLACE | change)) != record_id(**PLACE)  # type: ignore[arg-type]


@given(
    places=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 30), st.integers(0, 3)), unique=True, max_size=50)
)
def test_ids_are_short_and_distinct(places: list[tuple[int, int, int]]) -> None:
    ids = [
        record_id(sha256="ab" * 32, source="text", kind="estimate", start=start, end=start + length, ordinal=ordinal)
        for start, length, ordinal in places
    ]
    assert len(set(ids)) == len(places)
    assert all(re.fullmatch(r"[0-9a-f]{16}", identity) for identity in ids)


def test_a_fact_comes_back_from_json_as_its_own_kind() -> None:
    again = Record.model_validate_json(record().model_dump_json())
    assert again == record()
    assert isinstance(again.fact, Estimate)


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ValidationError, match="confidence"):
        record(confidence=confidence)
