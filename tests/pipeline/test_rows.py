"""A record's way into the store and out again leaves it as it was; numbers are written as people write them."""

import json
from decimal import Decimal

import pytest

from pipeline.exports.content import contents
from pipeline.exports.flat import flatten
from pipeline.rows import plain_number, study_rows
from schemas.anchor import Provenance, Quote, Span
from schemas.evidence import Cohort, Estimate, Group, Outcome, Study
from schemas.number import Interval, Number
from schemas.record import Record
from tests.pipeline.conftest import RATES, Shelf

KEYS = """record_id document kind study study_alt_names study_type registry_ids population arm arm_role comparator
endpoint endpoint_text event site timepoint statistic value value_text unit status ci ci_level p events n percent refs
cited source section page sentence_id sentence quote quote_start quote_end value_start events_start sd_start boxes rules
confidence needs_review flags review""".split()


def sealed(fact: Cohort | Estimate) -> Record:
    """A record around a fact."""
    place = Provenance(
        document="a",
        source="text",
        section="",
        page=None,
        sentence_id="s1",
        sentence="5",
        quote=Quote(span=Span(0, 1), text="5"),
    )
    return Record(record_id="r", fact=fact, provenance=place)


@pytest.mark.parametrize(
    ("printed", "written"),
    [("74.6", "74.6"), ("74.0", "74"), ("21669", "21669"), ("0.380", "0.38"), ("1E+3", "1000"), ("0.0049", "0.0049")],
)
def test_a_number_is_written_with_the_digits_it_needs(printed: str, written: str) -> None:
    assert json.dumps(plain_number(Decimal(printed))) == written
    assert json.dumps(plain_number(float(printed))) == written


def test_a_flat_record_has_the_keys_of_the_contract_in_their_order(put) -> None:
    extraction = put(RATES, "a.pdf")
    for record in extraction.records:
        assert list(flatten(record, document="a", sha256="0" * 64)) == KEYS


def test_a_record_comes_out_of_the_store_as_it_went_in(shelf: Shelf, put) -> None:
    shelf.write(a_pdf=RATES)
    shelf.run()
    extraction = put(RATES, "a.pdf")
    sha256 = extraction.document.source.sha256
    straight = {record.record_id: flatten(record, document="a", sha256=sha256) for record in extraction.records}
    (kept,) = contents(shelf.store)
    assert {record["record_id"]: record for record in kept.records} == straight
    assert len(straight) == 3


def test_an_interval_keeps_its_open_bound_and_a_range_is_no_confidence_interval() -> None:
    low = Number(raw="3", value=Decimal(3))
    fact = Estimate(
        group=Group(study=Study(name="S")),
        outcome=Outcome(endpoint="OS"),
        statistic="median",
        value=Number(raw="12.0", value=Decimal("12.0")),
        unit="months",
        interval=Interval(raw="(3-NR)", low=low, high=None, level=Decimal(95)),
    )
    flat = flatten(sealed(fact), document="a", sha256="0")
    assert (flat["ci"], flat["ci_level"], flat["value"], flat["value_text"]) == ([3, None], 95, 12, "12.0")
    ranged = fact.model_copy(update={"interval": Interval(raw="(3-20)", low=low, high=low, kind="range")})
    flat = flatten(sealed(ranged), document="a", sha256="0")
    assert (flat["ci"], flat["ci_level"]) == (None, None)


def test_a_cohort_known_by_its_share_has_no_count() -> None:
    fact = Cohort(group=Group(study=Study(name="S")), n=None, percent=Number(raw="21.8%", value=Decimal("21.8")))
    flat = flatten(sealed(fact), document="a", sha256="0")
    assert (flat["n"], flat["percent"], flat["value"], flat["value_text"]) == (None, 21.8, None, "21.8%")


def test_a_study_gathers_the_names_its_records_give_it() -> None:
    def of(study: Study) -> Record:
        return sealed(Cohort(group=Group(study=study), n=None))

    records = (of(Study(name="A", alt_names=("x",))), of(Study(name="B")), of(Study(name="A", alt_names=("y", "x"))))
    rows = study_rows(records, sha256="0")
    assert [(row["study"], row["study_alt_names"]) for row in rows] == [("A", ["x", "y"]), ("B", [])]
    assert rows[0]["study_id"] != study_rows(records, sha256="1")[0]["study_id"]


def test_boxes_of_a_pdf_reach_the_dataset(shelf: Shelf) -> None:
    shelf.write(a_pdf=RATES, b_txt=RATES + " ")
    shelf.run()
    paper, text = contents(shelf.store)
    assert paper.records[0]["boxes"][0][0] == 1
    assert paper.sentences[0]["boxes"] == [[1, 50.0, 20.0, 500.0, 30.0]]
    assert text.records[0]["boxes"] == []
