"""A store and how many runs shall stay comparable in; what only older ones need deleted, and how much it was, out."""

from typing import NamedTuple

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session, aliased

from pipeline.store import models
from pipeline.store.decisions import versions

CHILDREN: tuple[type[models.Table], ...] = (
    models.FindingRecord,
    models.Finding,
    models.Cohort,
    models.Estimate,
    models.Comparison,
    models.Record,
    models.Study,
    models.Sentence,
    models.Reference,
    models.Citation,
    models.Leftover,
)
"""Tables of what a reading gave, those first that point at others."""

AT_ONCE = 500
"""Readings deleted by one statement."""


class Pruned(NamedTuple):
    """What was deleted, and how many runs can no longer be compared."""

    readings: int
    documents: int
    runs: int


def prune(session: Session, *, keep: int, dry: bool) -> Pruned:
    """Delete readings that neither the dataset, nor the latest `keep` runs, nor a reviewer's decision needs.

    A file's history stays where a decision is about any version of it: that is how decisions find newer versions.
    """
    recent = session.scalars(select(models.Run.id).order_by(models.Run.id.desc()).limit(max(keep, 1))).all()
    if not recent:
        return Pruned(0, 0, 0)
    oldest = min(recent)
    rows = _superseded(session, oldest)
    doomed = _readings(session, without=rows)
    documents = _documents(session, without=doomed)
    older = select(models.Run.id).where(models.Run.id < oldest, models.Run.pruned.is_(False))
    runs = session.scalars(older).all() if rows else []
    if not dry:
        for run, position in rows:
            session.execute(
                delete(models.RunDocument).where(models.RunDocument.run == run, models.RunDocument.position == position)
            )
        session.execute(update(models.Run).where(models.Run.id.in_(runs)).values(pruned=True))
        _delete(session, doomed, documents)
    return Pruned(len(doomed), len(documents), len(runs))


def _superseded(session: Session, oldest: int) -> list[tuple[int, int]]:
    """(Run, position) of rows before the oldest run that stays, of files that a later run up to it saw again."""
    row, later = models.RunDocument, aliased(models.RunDocument)
    again = select(later.run).where(later.path == row.path, later.run > row.run, later.run <= oldest).exists()
    found = session.execute(select(row.run, row.position, row.path, row.sha256).where(row.run < oldest, again)).all()
    precious = _decided(session)
    newest: dict[tuple[str, str | None], int] = {}
    for run, _, path, sha256 in found:
        newest[path, sha256] = max(run, newest.get((path, sha256), 0))
    return [
        (run, position) for run, position, path, sha256 in found if sha256 not in precious or newest[path, sha256] > run
    ]


def _decided(session: Session) -> set[str | None]:
    """Bytes that a decision is about, or that are another version of such."""
    made_on = select(models.Document.sha256).join(models.Reading).join(models.Decision)
    return {version for sha256 in session.scalars(made_on.distinct()) for version in versions(session, sha256)}


def _readings(session: Session, *, without: list[tuple[int, int]]) -> list[int]:
    """Readings that no row points at once these are gone; later ones may belong to a run that has not ended yet."""
    row = models.RunDocument
    gone = set(without)
    pointing = session.execute(select(row.run, row.position, row.reading_id).where(row.reading_id.is_not(None))).all()
    needed = {reading for run, position, reading in pointing if (run, position) not in gone}
    needed |= set(session.scalars(select(models.Decision.reading_id)))
    last = max((reading for _, _, reading in pointing if reading is not None), default=0)
    every = session.scalars(select(models.Reading.id).where(models.Reading.id <= last))
    return [reading for reading in every if reading not in needed]


def _documents(session: Session, *, without: list[int]) -> list[int]:
    left: Select[tuple[int, int]] = select(models.Reading.document_id, models.Reading.id)
    doomed = set(without)
    kept = {document for document, reading in session.execute(left).tuples() if reading not in doomed}
    return [document for document in session.scalars(select(models.Document.id)) if document not in kept]


def _delete(session: Session, readings: list[int], documents: list[int]) -> None:
    for start in range(0, len(readings), AT_ONCE):
        some = readings[start : start + AT_ONCE]
        for table in CHILDREN:
            session.execute(delete(table).where(table.__table__.columns["reading_id"].in_(some)))
        session.execute(delete(models.Reading).where(models.Reading.id.in_(some)))
    for start in range(0, len(documents), AT_ONCE):
        session.execute(delete(models.Document).where(models.Document.id.in_(documents[start : start + AT_ONCE])))
