"""Decisions of reviewers: which counts, where each belongs when a document is read again or changes, what is lost."""

import re
from datetime import UTC, datetime

import pytest

from pipeline.exports.content import contents
from pipeline.store import Store
from pipeline.store.log import keep
from schemas.anchor import Quote, Span
from schemas.errors import StoreError, UsageError
from schemas.record import Decision, Extraction
from tests.pipeline.conftest import RATES, Shelf

AT = datetime(2026, 1, 2, tzinfo=UTC)
V1 = {"lexicon_digest": "words-1", "code_version": "1"}
V2 = {"lexicon_digest": "words-1", "code_version": "2"}
TWO = "First 5% of 100 ALPHA patients had a good answer. Later 7% of 300 BRAVO patients had a bad one."
LONGER = f"A line that the authors put before everything else. {TWO} And one more behind."
STORES = ("sqlite", "postgresql")


def decision(record_id: str, verdict: str = "accept", reviewer: str = "me", **correction: object) -> Decision:
    return Decision(record_id=record_id, verdict=verdict, reviewer=reviewer, at=AT, correction=correction)


def estimates(shelf: Shelf) -> list[dict[str, object]]:
    """The dataset's estimates in the order of the text."""
    return [r for found in contents(shelf.store) for r in found.records if r["kind"] == "estimate"]


def renamed(extraction: Extraction) -> Extraction:
    """The same extraction with other record ids, as a change of how records are told apart would leave it."""
    ids = {record.record_id: record.record_id[::-1] for record in extraction.records}
    records = tuple(r.model_copy(update={"record_id": ids[r.record_id]}) for r in extraction.records)
    return extraction.model_copy(update={"records": records, "findings": ()})


def test_a_rejected_record_stays_and_says_so(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    shelf.store.decide(decision(estimates(shelf)[0]["record_id"], "reject"))
    rejected, other = estimates(shelf)
    assert (rejected["review"]["verdict"], rejected["value"]) == ("reject", 5)
    assert rejected["review"]["at"] == "2026-01-02T00:00:00+00:00"
    assert other["review"] is None


def test_the_latest_counts_and_can_be_taken_back(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    record_id = estimates(shelf)[0]["record_id"]
    verdicts = []
    for step in (
        decision(record_id, "accept", "ann"),
        decision(record_id, "reject", "ben"),
        decision(record_id, "withdraw", "ben"),
        decision(record_id, "withdraw", "ann"),
        decision(record_id, "withdraw", "ann"),
    ):
        shelf.store.decide(step)
        review = estimates(shelf)[0]["review"]
        verdicts.append(review["verdict"] if review else None)
    assert verdicts == ["accept", "reject", "accept", None, None]


def test_who_decided_has_looked(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    record_id = estimates(shelf)[0]["record_id"]
    shelf.store.decide(decision(record_id))
    assert (estimates(shelf)[0]["needs_review"], estimates(shelf)[0]["flags"]) == (False, [])


def test_a_record_that_changed_since_is_to_be_looked_at_again(shelf: Shelf, put) -> None:
    extraction = put(TWO)
    kept = shelf.store.put(extraction, **V1)
    first = next(r for r in extraction.records if r.fact.kind == "estimate")
    shelf.store.decide(decision(first.record_id))
    shelf.store.decide(decision(first.record_id, "correct", n=50))
    group = first.fact.group.model_copy(update={"arm": "another"})
    fact = first.fact.model_copy(update={"group": group, "n": None})
    changed = tuple(r.model_copy(update={"fact": fact}) if r is first else r for r in extraction.records)
    again = shelf.store.put(extraction.model_copy(update={"records": changed}), **V2)
    assert [one.changed for one in shelf.store.decisions(kept.reading_id)] == [(), ()]
    assert [one.changed for one in shelf.store.decisions(again.reading_id)] == [("arm", "n"), ("arm",)]


def test_a_changed_record_is_flagged_in_the_dataset(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    shelf.store.decide(decision(estimates(shelf)[0]["record_id"]))
    monkeypatch.setattr("tests.pipeline.fake_core.RATE", re.compile(r"(5)% of (100) (ALPH)A"))
    shelf.run(code="2")
    (found,) = estimates(shelf)
    assert (found["study"], found["review"]["verdict"]) == ("ALPH", "accept")
    assert (found["needs_review"], found["flags"]) == (True, ["changed_since_review"])


def placed(store: Store, reading_id: int) -> list[tuple[int, str | None]]:
    return [(one.number, one.record_id) for one in store.decisions(reading_id)]


def test_a_decision_follows_its_quote_where_ids_change(store: Store, put) -> None:
    extraction = put(TWO)
    store.put(extraction, **V1)
    for record in extraction.records:
        store.decide(decision(record.record_id))
    again = store.put(renamed(extraction), **V2)
    assert placed(store, again.reading_id) == [
        (n, record.record_id[::-1]) for n, record in enumerate(extraction.records, start=1)
    ]


def test_decisions_follow_a_file_into_its_newer_version_and_back(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    before = [record["record_id"] for record in estimates(shelf)]
    shelf.store.decide(decision(before[1], "correct", value=8.0))
    shelf.write(a_txt=LONGER)
    shelf.run()
    first, second = estimates(shelf)
    assert {first["record_id"], second["record_id"]}.isdisjoint(before)
    assert (first["review"], second["value"], second["review"]["verdict"]) == (None, 8.0, "correct")
    shelf.store.decide(decision(first["record_id"], "reject"))
    shelf.write(a_txt=TWO)
    shelf.run()
    assert [record["review"]["verdict"] for record in estimates(shelf)] == ["reject", "correct"]
    assert shelf.store.lost_decisions() == []


def test_a_decision_of_another_file_is_not_carried_over(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO, b_txt=LONGER)
    shelf.run()
    shelf.store.decide(decision(estimates(shelf)[0]["record_id"], "reject"))
    assert [bool(record["review"]) for record in estimates(shelf)] == [True, False, False, False]


@pytest.mark.parametrize(
    ("now", "problem"),
    [
        ("First 5% of 100 ALPHA patients had a good answer.", "its words no longer stand in the document"),
        (TWO.replace("7%", "6%"), "its words no longer stand in the document"),
        ("ENCRYPTED", "no file of the dataset holds its document any more"),
        (f"{TWO} {TWO[TWO.index('Later') :]}", "several records could be meant"),
    ],
)
def test_what_cannot_be_placed_is_listed(shelf: Shelf, now: str, problem: str) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    record_id = estimates(shelf)[1]["record_id"]
    shelf.store.decide(decision(record_id, reviewer="ann"))
    shelf.store.decide(decision(record_id, "reject", reviewer="ben"))
    shelf.write(a_txt=now)
    shelf.run()
    assert all(record["review"] is None for record in estimates(shelf))
    lost = [(one.reviewer, one.problem) for one in shelf.store.lost_decisions()]
    assert lost == [("ann", problem), ("ben", problem)]


def test_what_was_taken_back_is_not_lost(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    shelf.store.decide(decision(estimates(shelf)[1]["record_id"]))
    shelf.write(a_txt=LONGER)
    shelf.run()
    shelf.store.decide(decision(estimates(shelf)[1]["record_id"], "withdraw"))
    shelf.write(a_txt="Nothing of it.")
    shelf.run()
    assert shelf.store.lost_decisions() == []


def test_of_two_records_that_became_one_the_more_alike_keeps_its_decision(store: Store, put) -> None:
    extraction = put(TWO)
    one = next(r for r in extraction.records if r.fact.kind == "estimate")
    group = one.fact.group.model_copy(update={"arm": "another"})
    twin = one.model_copy(
        update={"record_id": "f" * 16, "fact": one.fact.model_copy(update={"group": group})}, deep=True
    )
    store.put(extraction.model_copy(update={"records": (*extraction.records, twin)}), **V1)
    store.decide(decision(one.record_id))
    store.decide(decision(twin.record_id, "reject"))
    again = store.put(renamed(extraction), **V2)
    kept, other = store.decisions(again.reading_id)
    assert (kept.record_id, other.record_id) == (one.record_id[::-1], None)
    assert other.problem == "another decided record is more like the one that stands there now"


def test_an_added_record_has_its_place_and_keeps_it_in_a_newer_version(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    (held,) = shelf.store.held()
    flat = estimates(shelf)[0] | {"record_id": "added-1", "study": "MISSED"}
    add = decision("added-1", "add").model_copy(update={"document": held.sha256})
    with shelf.store.writing() as session:
        keep(session, add, added=flat)
    assert [record["study"] for record in estimates(shelf)] == ["ALPHA", "MISSED", "BRAVO"]
    shelf.write(a_txt=LONGER)
    shelf.run()
    (found,) = (record for record in estimates(shelf) if record["study"] == "MISSED")
    assert LONGER[found["quote_start"] : found["quote_end"]] == found["quote"] == flat["quote"]
    assert LONGER[found["value_start"] :].startswith("5%")
    assert (found["sentence_id"], found["review"]["verdict"], found["needs_review"]) == ("s2", "add", False)
    shelf.store.decide(decision("added-1", "withdraw"))
    assert [record["study"] for record in estimates(shelf)] == ["ALPHA", "BRAVO"]


def test_a_decision_about_nothing_is_refused(store: Store, put) -> None:
    with pytest.raises(UsageError, match="no reading in this store has such a record"):
        store.decide(decision("0" * 16))
    extraction = put(RATES)
    store.put(extraction, **V1)
    quote = Quote(span=Span(0, 2), text="On")
    with pytest.raises(StoreError, match=r"text='On'.* but the text holds 'In' there"):
        store.decide(decision(extraction.records[0].record_id).model_copy(update={"quote": quote}))
