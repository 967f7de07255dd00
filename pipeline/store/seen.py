"""Runs in, what the latest of them made of each file out, by the file's path."""

from datetime import UTC

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from pipeline.sources import Seen
from pipeline.store.models import Run, RunDocument


def seen(session: Session) -> dict[str, Seen]:
    """Absolute path -> what became of it, and when the run began that was given it last."""
    other = aliased(RunDocument)
    newest = select(func.max(other.run)).where(other.path == RunDocument.path).scalar_subquery()
    found = session.execute(
        select(RunDocument.path, RunDocument.status, Run.started, Run.code_version, Run.lexicon_digest)
        .join(Run, Run.id == RunDocument.run)
        .where(RunDocument.run == newest)
    )
    return {
        row.path: Seen(row.status, row.started.replace(tzinfo=row.started.tzinfo or UTC), *row[3:]) for row in found
    }
