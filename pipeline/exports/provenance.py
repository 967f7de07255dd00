"""The store in, every run that made the dataset and what became of its files out."""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select

from pipeline.rows import Row
from pipeline.store import Store, models


class RunFile(NamedTuple):
    """One file of a run; `sha256` is null where its bytes could not be had."""

    file: str
    sha256: str | None
    format: str
    status: str
    reason: str


class PastRun(NamedTuple):
    """A run with its files; times in UTC."""

    run_id: str
    code_version: str
    lexicon_digest: str
    settings: Row
    started: datetime
    finished: datetime
    files: tuple[RunFile, ...]


def runs_of(store: Store) -> list[PastRun]:
    """The runs, the earliest first."""
    with store.looking() as session:
        rows = session.scalars(select(models.RunDocument).order_by(models.RunDocument.run, models.RunDocument.position))
        files: dict[int, list[RunFile]] = {}
        for row in rows:
            files.setdefault(row.run, []).append(RunFile(row.file, row.sha256, row.format, row.status, row.reason))
        runs = session.scalars(select(models.Run).order_by(models.Run.id)).all()
        return [_past(run, files.get(run.id, [])) for run in runs]


def _past(run: models.Run, files: list[RunFile]) -> PastRun:
    return PastRun(
        run_id=run.run_id,
        code_version=run.code_version,
        lexicon_digest=run.lexicon_digest,
        settings=run.settings,
        started=in_utc(run.started),
        finished=in_utc(run.finished),
        files=tuple(files),
    )


def in_utc(at: datetime) -> datetime:
    """SQLite keeps no zone; the store writes UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
