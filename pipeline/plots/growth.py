"""The store in, how large the dataset was after each of its runs out."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.exports.flat import flatten_row
from pipeline.exports.selection import Selection, disputed_records
from pipeline.store import Store, models


class Stage(NamedTuple):
    """The dataset after one run: documents read and not read, studies, results (records), and those reviewed by then."""

    run_id: str
    at: datetime
    code_version: str
    documents: int
    unread: int
    studies: int
    records: int
    reviewed: int


class _Part(NamedTuple):
    """What one reading adds."""

    records: frozenset[str]
    studies: frozenset[str]


def grow(store: Store, selection: Selection) -> list[Stage]:
    """A stage for each run, in their order: for every file the latest reading by then; equal bytes count once."""
    with store.session() as session:
        runs = session.scalars(select(models.Run).order_by(models.Run.id)).all()
        rows = session.scalars(select(models.RunDocument).order_by(models.RunDocument.run, models.RunDocument.position))
        of_run: dict[int, list[models.RunDocument]] = {}
        for row in rows:
            of_run.setdefault(row.run, []).append(row)
        decided = _decided(session)
    parts: dict[int, _Part] = {}
    now: dict[str, models.RunDocument] = {}
    stages = []
    for run in runs:
        now |= {row.path: row for row in of_run.get(run.id, [])}
        stages.append(_stage(store, run, now.values(), parts=parts, decided=decided, selection=selection))
    return stages


def _decided(session: Session) -> dict[str, datetime]:
    """Record -> when a reviewer first decided about it."""
    found: dict[str, datetime] = {}
    for decision in session.scalars(select(models.Decision).order_by(models.Decision.id)):
        found.setdefault(decision.record_id, _utc(decision.at))
    return found


def _stage(
    store: Store, run: models.Run, rows: Iterable[models.RunDocument], *, parts: dict[int, _Part],
    decided: dict[str, datetime], selection: Selection,
) -> Stage:  # fmt: skip
    readings: set[int] = set()
    unread: set[str] = set()
    for row in rows:
        if row.reading_id is None:
            unread.add(row.sha256 or row.path)
        else:
            readings.add(row.reading_id)
            if row.reading_id not in parts:
                parts[row.reading_id] = _part(store, row, selection)
    records = frozenset[str]().union(*(parts[reading].records for reading in readings))
    studies = frozenset[str]().union(*(parts[reading].studies for reading in readings))
    at = _utc(run.finished)
    reviewed = sum(record in decided and decided[record] <= at for record in records)
    return Stage(run.run_id, at, run.code_version, len(readings), len(unread), len(studies), len(records), reviewed)


def _part(store: Store, row: models.RunDocument, selection: Selection) -> _Part:
    """The records of a reading that are wanted."""
    assert row.reading_id is not None
    flat = [flatten_row(each, document=row.stem, review=review) for each, review in store.records(row.reading_id)]
    if not selection.everything:
        disputed = disputed_records(store.rows(models.Finding, row.reading_id))
        flat = [each for each in flat if selection.takes(each, disputed=each["record_id"] in disputed)]
    return _Part(frozenset(each["record_id"] for each in flat), frozenset(_study(each) for each in flat))


def _study(record: dict[str, str]) -> str:
    from pipeline.plots.results import Result

    return Result((record,)).study


def _utc(at: datetime) -> datetime:
    """SQLite keeps no zone; the store writes UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


