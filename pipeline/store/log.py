"""The log of decisions: a decision in, its row out; rows in, what reviewing knows of them out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session

from pipeline.rows import Row
from pipeline.store import models
from pipeline.store.review_models import AddedRecord, Assignment
from schemas.errors import StoreError, UsageError
from schemas.record import Decision


class Logged(NamedTuple):
    """One row of the log."""

    id: int
    record_id: str
    verdict: str
    reviewer: str
    at: datetime
    correction: Mapping[str, Any]
    reason: str
    quote: str | None
    role: str
    sampled: bool
    document: str | None


def decision_row(decision: Decision) -> models.Decision:
    """The row of a decision, not yet kept."""
    quote = decision.quote
    values: dict[str, Any] = decision.model_dump(exclude={"quote"})
    values["quote"] = quote.text if quote is not None else None
    values["quote_start"] = quote.span.start if quote is not None else None
    values["quote_end"] = quote.span.end if quote is not None else None
    values["at"] = in_utc(decision.at)
    return models.Decision(**values)


def enter(session: Session, decision: Decision) -> models.Decision:
    """Add a decision to the log, made on the latest reading that has its record and, where it stands, its quote.

    Raises UsageError where no reading has the record, StoreError where none holds the quote in its place.
    """
    readings = list(session.execute(_readings_of(decision)))
    if not readings:
        raise UsageError(f"{decision.record_id}: no reading in this store has such a record.")
    fitting = [row.id for row in readings if decision.quote is None or row.found == decision.quote.text]
    if not fitting:
        raise StoreError(f"the decision quotes {decision.quote!r}, but the text holds {readings[0].found!r} there")
    row = decision_row(decision)
    row.reading_id = fitting[0]
    session.add(row)
    session.flush()
    return row


def _readings_of(decision: Decision) -> Select[tuple[int, str]]:
    """The readings that have the record, or on which one was added, and what they hold in the quote's place."""
    start, end = decision.quote.span if decision.quote is not None else (0, 0)
    extracted = select(models.Record.reading_id).where(models.Record.record_id == decision.record_id)
    decided = select(models.Decision.reading_id).where(models.Decision.record_id == decision.record_id)
    named = select(models.Reading.id).join(models.Document).where(models.Document.sha256 == decision.document)
    either = [models.Reading.id.in_(extracted), models.Reading.id.in_(decided)]
    if decision.verdict == "add":
        either.append(models.Reading.id.in_(named))
    found = func.substr(models.Reading.text, start + 1, end - start).label("found")
    return select(models.Reading.id, found).where(or_(*either)).order_by(models.Reading.id.desc())


def read_log(session: Session, *, after: int = 0) -> list[Logged]:
    """Every decision later than the row `after`, the oldest first."""
    columns = [models.Decision.__table__.columns[name] for name in Logged._fields]
    found = session.execute(select(*columns).where(columns[0] > after).order_by(columns[0]))
    return [_logged(row) for row in found.mappings()]


def _logged(row: Any) -> Logged:
    return Logged(**{**row, "at": in_utc(row["at"])})


def in_utc(at: datetime) -> datetime:
    """A time of the store with its zone, which SQLite does not keep: all are in UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def keep(session: Session, decision: Decision, *, added: Row | None = None) -> Logged:
    """Add a decision to the log and, for a record that extraction missed, the record's flat row."""
    if added is not None:
        session.add(AddedRecord(record_id=decision.record_id, sha256=decision.document, row=added))
    row = enter(session, decision)
    return _logged({name: getattr(row, name) for name in Logged._fields})


def count(session: Session) -> tuple[int, int]:
    """How many decisions and added records there are."""
    decisions, added = (session.scalar(select(func.count()).select_from(t)) for t in (models.Decision, AddedRecord))
    return decisions or 0, added or 0


def read_assignments(session: Session) -> dict[str, list[str]]:
    """Record id -> the reviewers who are to decide it, by name."""
    found: dict[str, list[str]] = {}
    for record_id, reviewer in session.execute(
        select(Assignment.record_id, Assignment.reviewer).order_by(Assignment.record_id, Assignment.reviewer)
    ):
        found.setdefault(record_id, []).append(reviewer)
    return found


def count_assignments(session: Session) -> int:
    """How many there are: changes when they do."""
    return session.scalar(select(func.count()).select_from(Assignment)) or 0


def assign(session: Session, record_ids: Iterable[str], *, reviewers: Sequence[str], at: datetime, by: str) -> None:
    """Hand records to reviewers; those who have one already keep it."""
    for record_id in record_ids:
        for reviewer in reviewers:
            session.merge(Assignment(record_id=record_id, reviewer=reviewer, at=at, assigned_by=by))


def release(session: Session, record_ids: Sequence[str]) -> None:
    """Take records back from whoever they were assigned to."""
    for record_id in record_ids:
        session.execute(delete(Assignment).where(Assignment.record_id == record_id))
