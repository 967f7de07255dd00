"""Which records an export is about, and what comes with them."""

from datetime import UTC, datetime

import pytest

from pipeline.exports.conditions import parse_all
from pipeline.exports.selection import Selected, Selection
from schemas.record import Decision
from tests.pipeline.conftest import RATES, Shelf


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    """Two documents with records and one that cannot be read."""
    shelf.write(a_txt=RATES, b_txt="In 2021, 50% of 20 OTHER patients answered [3].", c_txt="ENCRYPTED")
    shelf.run()
    return shelf


def decide(shelf: Shelf, record_id: str, verdict: str) -> None:
    """A reviewer's decision."""
    shelf.store.decide(
        Decision.model_validate(
            {"record_id": record_id, "verdict": verdict, "reviewer": "ada", "at": datetime(2026, 1, 2, tzinfo=UTC)}
        )
    )


def ids(shelf: Shelf, selection: Selection) -> list[str]:
    """Selected records, by id."""
    return [record["record_id"] for record in Selected(shelf.store, selection).records()]


def test_everything_is_all_documents(filled: Shelf) -> None:
    parts = list(Selected(filled.store, Selection()).contents())
    assert [part.held.document for part in parts] == ["a", "b", "c"]
    assert [len(part.records) for part in parts] == [3, 2, 0]
    assert all(part.sentences for part in parts[:2])


def test_a_selection_brings_only_what_is_about_it(filled: Shelf) -> None:
    selected = Selected(filled.store, Selection(parse_all(["kind=comparison"])))
    (part,) = selected.contents()
    (record,) = part.records
    assert record["statistic"] == "HR"
    assert [row["record_ids"] for row in part.findings] == [[record["record_id"]]]
    assert [row["sentence_id"] for row in part.sentences] == [record["sentence_id"]]
    assert {row["study"] for row in part.studies} == {"TRIAL"}
    assert [row["marker"] for row in part.citations] == ["7"]
    assert len(part.references) == 2, "a document's reference list stays whole"
    assert selected.tally == {"a": 1}


def test_all_conditions_must_hold(filled: Shelf) -> None:
    assert len(ids(filled, Selection(parse_all(["study=OTHER"])))) == 2
    assert len(ids(filled, Selection(parse_all(["study=OTHER", "kind=cohort"])))) == 1
    assert ids(filled, Selection(parse_all(["study=OTHER", "kind=comparison"]))) == []


def test_review_states(filled: Shelf) -> None:
    first, second, third, *_ = ids(filled, Selection())
    decide(filled, first, "reject")
    decide(filled, second, "reject")
    decide(filled, second, "accept")
    assert ids(filled, Selection(reviewed_only=True)) == [first, second]
    assert ids(filled, Selection(reviewed_only=True, rejected=False)) == [second], "the latest decision counts"
    assert first not in ids(filled, Selection(rejected=False))
    assert third in ids(filled, Selection(rejected=False))


def test_what_nothing_speaks_against(filled: Shelf) -> None:
    (record,) = Selected(filled.store, Selection(parse_all(["kind=comparison"]))).records()
    careful = Selection(unflagged_only=True)
    flagged = record | {"flags": ["arm_carried"], "needs_review": True}
    assert careful.takes(record, disputed=False)
    assert not careful.takes(record, disputed=True)
    assert not careful.takes(flagged, disputed=False)
    for verdict, kept in (("accept", True), ("correct", True), ("add", True), ("reject", False)):
        decided = flagged | {"review": {"verdict": verdict}}
        assert careful.takes(decided, disputed=True) is kept
