"""Readings and the rows of their tables: which table holds what, and how it is read back."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from pipeline.plain import PlainReading
from pipeline.rows import Row
from pipeline.store import models
from pipeline.store.log import in_utc
from pipeline.store.review_models import AddedRecord
from pipeline.store.standing import fold

KINDS: dict[str, type[models.Table]] = {
    "cohort": models.Cohort,
    "estimate": models.Estimate,
    "comparison": models.Comparison,
}

ORDER: dict[type[models.Table], tuple[str, ...]] = {
    models.Study: ("study", "study_id"),
    models.Finding: ("finding_id",),
    models.FindingRecord: ("finding_id", "position"),
    models.Sentence: ("start", "end", "sentence_id"),
    models.Reference: ("position",),
    models.Citation: ("start", "position"),
    models.Leftover: ("position",),
}
"""The columns that put a reading's rows into the order of its text, or into a fixed one where it has none."""


def rows_of(reading: PlainReading) -> Iterator[tuple[type[models.Table], list[Row]]]:
    """Every table and its rows, in an order that keeps references between tables whole."""
    yield models.Study, reading.studies
    yield models.Record, [_only(models.Record, row) for row in reading.records]
    for kind, table in KINDS.items():
        yield table, [_only(table, row) for row in reading.records if row["kind"] == kind]
    yield models.Finding, [_only(models.Finding, row) for row in reading.findings]
    yield (
        models.FindingRecord,
        [
            {"finding_id": row["finding_id"], "position": position, "record_id": record_id}
            for row in reading.findings
            for position, record_id in enumerate(row["record_ids"])
        ],
    )
    yield models.Sentence, reading.sentences
    yield models.Reference, reading.references
    yield models.Citation, reading.citations
    yield models.Leftover, reading.leftovers


def in_order(table: type[models.Table], found: Iterable[Row]) -> list[Row]:
    """Rows of a table in the order of ORDER."""
    return sorted(found, key=lambda row: tuple(row[name] for name in ORDER[table]))


def rows(session: Session, table: type[models.Table], reading_id: int) -> list[Row]:
    """The rows of one reading in a table, in the order of ORDER; findings carry their `record_ids`."""
    # sorted here: databases put texts into the order of some language, each into its own
    plain = in_order(table, _plain(session, table, reading_id))
    if table is models.Finding:
        linked: dict[str, list[str]] = {}
        for row in rows(session, models.FindingRecord, reading_id):
            linked.setdefault(row["finding_id"], []).append(row["record_id"])
        return [row | {"record_ids": linked.get(row["finding_id"], [])} for row in plain]
    return plain


def wide_records(session: Session, reading_id: int, *, only: Collection[str] | None = None) -> list[Row]:
    """Each record (or `only` those) as one wide row, with its kind's and study's columns, in order of their ids."""
    studies = {row["study_id"]: row for row in _plain(session, models.Study, reading_id)}
    details = {
        row["record_id"]: row for table in KINDS.values() for row in _plain(session, table, reading_id, only=only)
    }
    found = sorted(_plain(session, models.Record, reading_id, only=only), key=itemgetter("record_id"))
    return [studies[row["study_id"]] | row | details[row["record_id"]] for row in found]


def _plain(
    session: Session, table: type[models.Table], reading_id: int, *, only: Collection[str] | None = None
) -> list[Row]:
    """The rows of one reading in a table, or of `only` those records, in no order."""
    names, wanted = _wanted(table)
    if only is not None:
        wanted = wanted.where(table.__table__.columns["record_id"].in_(only))
    found = session.execute(wanted, {"reading": reading_id}).all()
    return [dict(zip(names, row, strict=True)) for row in found]


@cache
def _wanted(table: type[models.Table]) -> tuple[list[str], Select[Any]]:
    """The columns of a table but for the reading's number, and the statement that asks for them by that."""
    columns = table.__table__.columns
    names = [name for name in columns.keys() if name != "reading_id"]  # noqa: SIM118  (the columns are no mapping)
    wanted = select(*(columns[name] for name in names)).where(columns["reading_id"] == bindparam("reading"))
    return names, wanted


def record(session: Session, reading_id: int, record_id: str) -> Row | None:
    """One record as a wide row, without its review; None where the reading has no such record."""
    return next(iter(wide_records(session, reading_id, only={record_id})), None)


def added(session: Session, sha256: str) -> list[tuple[Row, Row | None]]:
    """The flat records that reviewers added to the document of these bytes, each with its review; null is undone."""
    found = session.scalars(
        select(AddedRecord).where(AddedRecord.sha256 == sha256).order_by(AddedRecord.record_id)
    ).all()
    mine = select(AddedRecord.record_id).where(AddedRecord.sha256 == sha256)
    reviews = _reviews(session, mine)
    return [(each.row, reviews.get(each.record_id)) for each in found]


def _reviews(session: Session, ids: Select[tuple[str]]) -> dict[str, Row]:
    """What stands of the decisions about each of these records."""
    found = session.scalars(
        select(models.Decision).where(models.Decision.record_id.in_(ids)).order_by(models.Decision.id)
    )
    logs: dict[str, list[models.Decision]] = {}
    for decision in found:
        logs.setdefault(decision.record_id, []).append(decision)
    standing = {record_id: fold(log).decision for record_id, log in logs.items()}
    return {record_id: _review(decision) for record_id, decision in standing.items() if decision is not None}


def _review(decision: models.Decision) -> Row:
    return {
        "verdict": decision.verdict,
        "reviewer": decision.reviewer,
        "at": in_utc(decision.at).isoformat(),
        "correction": decision.correction,
    }


def _only(table: type[models.Table], row: Row) -> Row:
    return {name: row[name] for name in _wanted(table)[0]}
