"""The store in, how large the dataset was after each of its runs out."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from pipeline.exports.flat import flatten_row
from pipeline.exports.provenance import in_utc
from pipeline.exports.selection import Selection, disputed_records
from pipeline.plots.results import Result
from pipeline.rows import Row
from pipeline.store import Store, models


class Stage(NamedTuple):
    """The dataset after one run: documents read and not read, studies, records, and those reviewed by then."""

    run_id: str
    at: datetime
    code_version: str
    documents: int
    unread: int
    studies: int
    records: int
    reviewed: int


class _Part(NamedTuple):
    """What one reading adds: its records, each with the time of a reviewer's decision that stands."""

    records: dict[str, datetime | None]
    studies: frozenset[str]


def grow(store: Store, selection: Selection) -> list[Stage]:
    """A stage for each run, in their order: for every file the latest reading by then; equal bytes count once."""
    with store.looking() as session:
        runs = session.scalars(select(models.Run).order_by(models.Run.id)).all()
        rows = session.scalars(select(models.RunDocument).order_by(models.RunDocument.run, models.RunDocument.position))
        of_run: dict[int, list[models.RunDocument]] = {}
        for row in rows:
            of_run.setdefault(row.run, []).append(row)
    parts: dict[int, _Part] = {}
    now: dict[str, models.RunDocument] = {}
    stages = []
    for run in runs:
        now |= {row.path: row for row in of_run.get(run.id, [])}
        stages.append(_stage(store, run, now.values(), parts=parts, selection=selection))
    return stages


def _stage(
    store: Store,
    run: models.Run,
    rows: Iterable[models.RunDocument],
    *,
    parts: dict[int, _Part],
    selection: Selection,
) -> Stage:
    readings: set[int] = set()
    unread: set[str] = set()
    for row in rows:
        if row.reading_id is None:
            unread.add(row.sha256 or row.path)
        else:
            readings.add(row.reading_id)
            if row.reading_id not in parts:
                parts[row.reading_id] = _part(store, row, selection)
    records = {key: at for reading in readings for key, at in parts[reading].records.items()}
    studies = frozenset[str]().union(*(parts[reading].studies for reading in readings))
    at = in_utc(run.finished)
    reviewed = sum(decided is not None and decided <= at for decided in records.values())
    return Stage(run.run_id, at, run.code_version, len(readings), len(unread), len(studies), len(records), reviewed)


def _part(store: Store, row: models.RunDocument, selection: Selection) -> _Part:
    """The records of a reading that are wanted."""
    assert row.reading_id is not None
    flat = [flatten_row(each, document=row.stem, review=review) for each, review in store.records(row.reading_id)]
    if not selection.everything:
        disputed = disputed_records(store.rows(models.Finding, row.reading_id))
        flat = [each for each in flat if selection.takes(each, disputed=each["record_id"] in disputed)]
    times = {each["record_id"]: _decided(each) for each in flat}
    return _Part(times, frozenset(Result((each,)).study for each in flat))


def _decided(record: Row) -> datetime | None:
    return in_utc(datetime.fromisoformat(record["review"]["at"])) if record["review"] is not None else None
