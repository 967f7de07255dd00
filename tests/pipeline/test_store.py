"""The store: a document is kept once and whole, nothing untraceable gets in, decisions stay."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from pipeline.exports.content import contents
from pipeline.store import Store, StorePlace, models, open_store
from pipeline.store.place import shown, url_of
from schemas.anchor import Quote, Span
from schemas.errors import StoreError, UsageError
from schemas.record import Decision
from tests.pipeline.conftest import RATES, Shelf

V1 = {"lexicon_digest": "words-1", "code_version": "1"}
STORES = ("sqlite", "postgresql")


def test_a_document_is_kept_once(store: Store, put) -> None:
    extraction = put(RATES)
    first = store.put(extraction, **V1)
    assert store.put(extraction, **V1) == first
    assert store.find(extraction.document.source.sha256, **V1) == first
    assert (first.records, first.findings) == (3, 1)


def test_other_code_or_vocabulary_makes_another_reading(store: Store, put) -> None:
    extraction = put(RATES)
    ids = {
        store.put(extraction, **V1).reading_id,
        store.put(extraction, lexicon_digest="words-2", code_version="1").reading_id,
        store.put(extraction, lexicon_digest="words-1", code_version="2").reading_id,
    }
    assert len(ids) == 3


def test_every_table_holds_its_share(store: Store, put) -> None:
    kept = store.put(put(RATES), **V1)
    sizes = {table.__tablename__: len(store.rows(table, kept.reading_id)) for table in (models.Study, models.Finding)}
    assert sizes == {"studies": 2, "findings": 1}
    assert [row["marker"] for row in store.rows(models.Citation, kept.reading_id)] == ["18", "7"]
    assert [row["text"] for row in store.rows(models.Leftover, kept.reading_id)] == ["2020"]
    sentences = store.rows(models.Sentence, kept.reading_id)
    assert [row["citations"] for row in sentences] == [["18"], ["7"]]
    whole = store.text(kept.reading_id)
    assert whole == RATES
    for row, _ in store.records(kept.reading_id):
        assert whole[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_a_quote_that_is_not_in_its_place_is_refused(store: Store, put) -> None:
    with pytest.raises(StoreError, match=r"quotes '5% of 100 SOME', but characters 10 to 24 of a\.txt are '% of"):
        store.put(put("MISQUOTE 5% of 100 SOME came."), **V1)
    assert store.find(put("MISQUOTE 5% of 100 SOME came.").document.source.sha256, **V1) is None


def test_a_character_no_database_keeps_is_replaced_in_its_place(store: Store, put) -> None:
    kept = store.put(put("A \0 stands here, and 5% of 100 \0BRAVO came after 6% of 200 DELTA."), **V1)
    whole = store.text(kept.reading_id)
    assert whole == "A \ufffd stands here, and 5% of 100 \ufffdBRAVO came after 6% of 200 DELTA."
    records = store.extracted(kept.reading_id)
    assert [whole[row["quote_start"] : row["quote_end"]] for row in records] == [row["quote"] for row in records]
    assert {row["quote"] for row in records} == {"6% of 200 DELTA"}


def test_a_number_outside_the_text_is_refused(store: Store, put) -> None:
    extraction = put(RATES)
    first = extraction.records[0]
    place = first.provenance.model_copy(update={"value_start": 5000})
    wrong = extraction.model_copy(update={"records": (first.model_copy(update={"provenance": place}),)})
    with pytest.raises(StoreError, match="character 5000, outside the text"):
        store.put(wrong, **V1)


def test_a_document_is_kept_whole_or_not_at_all(store: Store, put) -> None:
    extraction = put(RATES)
    twice = extraction.model_copy(update={"records": (*extraction.records, extraction.records[0])})
    with pytest.raises(IntegrityError):
        store.put(twice, **V1)
    assert store.find(extraction.document.source.sha256, **V1) is None
    assert store.put(extraction, **V1).records == 3


def decision(record_id: str, verdict: str = "correct", **correction: object) -> Decision:
    """A reviewer's word."""
    at = datetime(2026, 1, 2, tzinfo=UTC)
    quote = Quote(span=Span(0, 2), text="In")
    return Decision(record_id=record_id, verdict=verdict, reviewer="me", at=at, correction=correction, quote=quote)


def test_the_latest_decision_is_applied_and_the_extracted_stays(shelf: Shelf) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    (before,) = contents(shelf.store)
    record = before.records[0]
    shelf.store.decide(decision(record["record_id"], value=1.0))
    shelf.store.decide(decision(record["record_id"], value=75.6, arm="c"))
    (after,) = contents(shelf.store)
    corrected = after.records[0]
    assert (corrected["value"], corrected["arm"], corrected["n"]) == (75.6, "c", record["n"])
    assert corrected["review"]["correction"] == {"value": 75.6, "arm": "c"}
    assert (corrected["review"]["verdict"], corrected["review"]["reviewer"]) == ("correct", "me")
    held = shelf.store.held()[0]
    assert next(row for row, _ in shelf.store.records(held.reading_id))["value"] == 74.6


def test_a_decision_outlives_another_reading_of_the_document(shelf: Shelf) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    (before,) = contents(shelf.store)
    shelf.store.decide(decision(before.records[0]["record_id"], value=1.5))
    shelf.run(code="2")
    (after,) = contents(shelf.store)
    assert after.held.code_version == "2"
    assert after.records[0]["value"] == 1.5


@pytest.mark.parametrize("change", ["UPDATE decisions SET verdict = 'reject'", "DELETE FROM decisions"])
def test_decisions_are_only_ever_added(store: Store, place: StorePlace, put, change: str) -> None:
    extraction = put(RATES)
    store.put(extraction, **V1)
    store.decide(decision(extraction.records[0].record_id))
    engine = create_engine(url_of(place))
    with engine.connect() as connection, pytest.raises(IntegrityError, match="only ever added"):
        connection.execute(text(change))
    engine.dispose()


def test_a_store_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no dataset here yet"):
        open_store(tmp_path / "trialtrace.db")


def test_a_file_that_is_no_store_is_wrong_usage(tmp_path: Path) -> None:
    path = tmp_path / "trialtrace.db"
    path.write_text("these are words, and many more of them than a header has" * 20)
    with pytest.raises(UsageError, match="cannot be used as a store"):
        open_store(path)


def test_looks_that_must_fit_together_see_one_state(shelf: Shelf) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    with shelf.store.frozen() as frozen:
        before = frozen.held()
        shelf.write(b_txt="5% of 100 BRAVO came.")
        shelf.run()
        assert frozen.held() == before
    assert len(shelf.store.held()) == 2


def test_a_store_of_a_folder_that_cannot_be_written_to_can_be_read(shelf: Shelf, monkeypatch, tmp_path: Path) -> None:
    if shelf.store._engine.dialect.name != "sqlite":
        pytest.skip("a database on a server lies in no folder of ours")
    shelf.write(a_txt=RATES)
    shelf.run()
    shelf.store.close()
    monkeypatch.setattr("os.access", lambda *_: False)
    with open_store(tmp_path / "trialtrace.db") as readable:
        assert [held.document for held in readable.held()] == ["a"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("postgresql://me:secret@127.0.0.1:1/none", "the database cannot be used"),
        ("mysql://me:secret@host/none", "a store is a file (SQLite) or a PostgreSQL database"),
        ("postgresql://me:secret@host:port/none", "not the URL of a database"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(given: str, said: str) -> None:
    with pytest.raises(UsageError) as told:
        open_store(given)
    assert said in str(told.value)
    assert "secret" not in str(told.value)
    assert "secret" not in shown(given)


@pytest.mark.slow
def test_a_database_without_a_dataset_is_wrong_usage(postgresql_url: str) -> None:
    with pytest.raises(UsageError, match="no dataset here yet"):
        open_store(postgresql_url)
