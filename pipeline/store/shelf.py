"""Runs in, the documents that make up the dataset now out, each under its name."""

import hashlib
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, defer

import schemas.run
from pipeline.labels import SHORT, Named, label
from pipeline.notices import notice_of
from pipeline.store.log import in_utc
from pipeline.store.models import Reading, Run, RunDocument
from schemas.run import DocumentRun


class Held(NamedTuple):
    """One document of the dataset; `reading_id` is null where its latest run could not read it.

    `files` are all the files that hold these bytes, as their latest runs named them. `reason` of one that was read says
    what its records alone would hide; `not_understood` counts numbers that look like results and are in no record.
    """

    document: str
    files: tuple[str, ...]
    sha256: str | None
    format: str
    status: str
    reason: str
    title: str
    pages: int
    numbers: int
    explained: int
    records: int
    findings: int
    code_version: str
    lexicon_digest: str
    reading_id: int | None
    not_understood: int = 0
    paths: tuple[str, ...] = ()


def held(session: Session, *, as_of: int | None = None) -> list[Held]:
    """For every file ever read, the latest run's row; files of the same bytes are one document.

    A file that changed, or could be read once and cannot be now, is what its latest run says it is. `as_of` gives the
    documents as the run of that number left them.
    """
    copies: dict[str, list[tuple[RunDocument, Run, Reading | None]]] = defaultdict(list)
    for row, run, reading in _latest(session, as_of=as_of):
        copies[row.sha256 or row.path].append((row, run, reading))
    chosen = {key: min(found, key=_preference) for key, found in copies.items()}
    labels = label(
        [
            (key, Named(row.stem, row.format, row.sha256 or _fingerprint(row.path), row.reading_id is not None))
            for key, (row, _, _) in chosen.items()
        ]
    )
    return sorted(
        Held(
            document=labels[key],
            files=tuple(sorted(copy.file for copy, _, _ in copies[key])),
            sha256=row.sha256,
            format=row.format,
            status=row.status,
            reason=row.reason if reading is None else _notice(row, reading),
            title=reading.title if reading is not None else "",
            pages=row.pages,
            numbers=reading.numbers if reading is not None else 0,
            explained=reading.explained if reading is not None else 0,
            records=row.records,
            findings=row.findings,
            code_version=run.code_version,
            lexicon_digest=run.lexicon_digest,
            reading_id=row.reading_id,
            not_understood=reading.not_understood if reading is not None else 0,
            paths=tuple(sorted(copy.path for copy, _, _ in copies[key])),
        )
        for key, (row, run, reading) in chosen.items()
    )


def readings(session: Session) -> set[int]:
    """The readings that make up the dataset."""
    return {one.reading_id for one in held(session) if one.reading_id is not None}


def _notice(row: RunDocument, reading: Reading) -> str:
    return notice_of(records=row.records, numbers=reading.numbers, not_understood=reading.not_understood)


def run_of(session: Session, row: Run) -> schemas.run.Run:
    """A run as it was kept, its documents under their stems."""
    found = session.scalars(select(RunDocument).where(RunDocument.run == row.id).order_by(RunDocument.position))
    same = DocumentRun.model_fields.keys() - {"document"}
    documents = tuple(DocumentRun(document=each.stem, **{name: getattr(each, name) for name in same}) for each in found)
    times = {"started": in_utc(row.started), "finished": in_utc(row.finished)}
    kept = {name: getattr(row, name) for name in ("run_id", "code_version", "lexicon_digest", "settings")}
    return schemas.run.Run(**kept, **times, documents=documents)


def _fingerprint(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()


def _latest(session: Session, *, as_of: int | None) -> list[tuple[RunDocument, Run, Reading | None]]:
    other = aliased(RunDocument)
    earlier = select(func.max(other.run)).where(other.path == RunDocument.path)
    newest = (earlier if as_of is None else earlier.where(other.run <= as_of)).scalar_subquery()
    found = session.execute(
        select(RunDocument, Run, Reading)
        .join(Run, Run.id == RunDocument.run)
        .outerjoin(Reading, Reading.id == RunDocument.reading_id)
        .where(RunDocument.run == newest)
        .options(defer(Reading.text))  # all texts at once would fill the memory
    )
    return [(row, run, reading) for row, run, reading in found]


def _preference(copy: tuple[RunDocument, Run, Reading | None]) -> tuple[bool, int, int, str, str]:
    """Of files with the same bytes, the one that names the document: read, latest, by format, by name."""
    row, run, _ = copy
    return (row.reading_id is None, -run.id, list(SHORT).index(row.format), row.stem, row.path)
