"""Drafts: to the letter what the store says in the end, taken only where they still fit."""

from datetime import UTC, datetime
from pathlib import Path

from pipeline.exports.content import content
from pipeline.exports.drafts import Drafts
from pipeline.exports.parts import parts_of, texts
from pipeline.exports.sheets import Written
from pipeline.plain import flatten
from pipeline.store import Held, Store
from schemas.record import Decision
from tests.golden.reviews import read
from tests.pipeline import fake_core
from tests.pipeline.conftest import LEXICON, RATES, Shelf
from tests.pipeline.exports.conftest import SAMPLES


def drafted(held: Held, file: Path, *, name: str | None = None) -> Drafts:
    """The draft of one document."""
    extraction = read(file) if file.suffix == ".pdf" else fake_core.extract(file, lexicon=LEXICON)
    drafts = Drafts()
    assert held.reading_id is not None
    drafts.make(flatten(extraction), reading_id=held.reading_id, document=name or held.document)
    return drafts


def test_a_draft_says_what_the_store_says(samples: Store) -> None:
    for held, made in zip(samples.held(), parts_in(samples), strict=True):
        (found,) = (p for p in drafted(held, SAMPLES / f"{held.document}.pdf").parts(samples) if is_of(p, held))
        assert found == made
        written = {name: rows.text for name, rows in found.items() if isinstance(rows, Written)}
        assert written == {name: texts()[name](made[name]) for name in written}
        assert len(written) == len(made) - len(("documents", "coverage"))


def parts_in(store: Store) -> list[dict[str, object]]:
    """What each file has of every document, straight from the store."""
    return [dict(parts_of(content(store, held))) for held in store.held()]


def is_of(parts: dict[str, object], held: Held) -> bool:
    """Whether these are the parts of a document."""
    (row,) = parts["documents"]
    return bool(row["document"] == held.document)


def test_a_draft_under_another_name_is_not_taken(shelf: Shelf) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    (held,) = shelf.store.held()
    (found,) = drafted(held, shelf.folder / "a.txt", name="b").parts(shelf.store)
    assert found == parts_in(shelf.store)[0]
    assert not any(isinstance(rows, Written) for rows in found.values())


def test_no_draft_is_taken_once_a_reviewer_has_decided(shelf: Shelf) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    (held,) = shelf.store.held()
    drafts = drafted(held, shelf.folder / "a.txt")
    (before,) = drafts.parts(shelf.store)
    assert isinstance(before["records.jsonl"], Written)
    record_id = before["records.jsonl"][0]["record_id"]
    at = datetime(2026, 1, 2, tzinfo=UTC)
    shelf.store.decide(Decision(record_id=record_id, verdict="reject", reviewer="me", at=at))
    (after,) = drafts.parts(shelf.store)
    assert after["records.jsonl"][0]["review"]["verdict"] == "reject"
