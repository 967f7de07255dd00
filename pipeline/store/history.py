"""What earlier runs left in; what they made of a document, and the run that comes after them kept, out."""

from collections.abc import Sequence
from typing import NamedTuple, cast, get_args

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, defer

from pipeline.notices import notice_of
from pipeline.sources import SourceFile, printable
from pipeline.store import models
from schemas.run import DocumentRun, DocumentStatus, Run

LASTING = tuple(set(get_args(DocumentStatus)) - {"read", "failed", "unreadable_file"})
"""What the bytes themselves are the reason of: the same code says the same of them tomorrow."""

COPY_OF = "same bytes as "
"""How the reason begins of a file that was not looked at, since its bytes were read under another name."""

COMPARED = ("file", "path", "stem", "format", "sha256", "status", "reason", "reading_id")


class ReadingSummary(NamedTuple):
    """A reading and the size of what it gave; `notice` is what its records alone would hide."""

    reading_id: int
    pages: int
    records: int
    findings: int
    not_understood: int
    notice: str


class Refusal(NamedTuple):
    """Why bytes cannot be read."""

    status: DocumentStatus
    reason: str


def find(session: Session, sha256: str, *, lexicon_digest: str, code_version: str) -> ReadingSummary | None:
    """The reading of these bytes by this code with this vocabulary, if there is one."""
    reading = session.scalar(
        select(models.Reading)
        .join(models.Document)
        .where(
            models.Document.sha256 == sha256,
            models.Reading.lexicon_digest == lexicon_digest,
            models.Reading.code_version == code_version,
        )
    )
    return _counted(session, reading) if reading is not None else None


def summaries(session: Session, *, lexicon_digest: str, code_version: str) -> dict[str, ReadingSummary]:
    """Fingerprint -> reading; sizes as runs have them, counted only for what a run left that was cut short."""
    row = models.RunDocument
    counted = select(row.reading_id, func.max(row.records).label("records"), func.max(row.findings).label("findings"))
    sizes = counted.where(row.reading_id.is_not(None)).group_by(row.reading_id).subquery()
    found = session.execute(
        select(models.Document.sha256, models.Reading, sizes.c.records, sizes.c.findings)
        .join_from(models.Document, models.Reading)
        .outerjoin(sizes, sizes.c.reading_id == models.Reading.id)
        .where(models.Reading.lexicon_digest == lexicon_digest, models.Reading.code_version == code_version)
        .options(defer(models.Reading.text))
    )
    return {
        sha256: summary(reading, records=records, findings=findings)
        if records is not None
        else _counted(session, reading)
        for sha256, reading, records, findings in found.all()
    }


def refused(session: Session, *, lexicon_digest: str, code_version: str) -> dict[tuple[str, str], Refusal]:
    """(Fingerprint, format) -> why."""
    row = models.RunDocument
    found = session.execute(
        select(row.sha256, row.format, row.status, row.reason)
        .join(models.Run)
        .where(
            row.status.in_(LASTING),
            ~row.reason.startswith(COPY_OF),
            models.Run.lexicon_digest == lexicon_digest,
            models.Run.code_version == code_version,
        )
    )
    return {(sha256, form): Refusal(cast(DocumentStatus, status), reason) for sha256, form, status, reason in found}


def keep_run(session: Session, run: Run, *, files: Sequence[SourceFile]) -> None:
    """Keep a run as the latest; the same run once more, with nothing between, only moves its times.

    An earlier run of that id, with others between, stays under its id with a number behind ("3f2a90c1d4e5.1").
    """
    readings = summaries(session, lexicon_digest=run.lexicon_digest, code_version=run.code_version)
    rows = [
        _run_document(position, document, file, readings.get(document.sha256 or ""))
        for position, (document, file) in enumerate(zip(run.documents, files, strict=True))
    ]
    last = session.scalar(select(models.Run).order_by(models.Run.id.desc()).limit(1))
    if last is not None and last.run_id == run.run_id and _kept(session, last.id) == list(map(_facts, rows)):
        last.started, last.finished = run.started, run.finished
        return
    _make_way(session, run.run_id)
    row = models.Run(**run.model_dump(exclude={"documents"}))
    session.add(row)
    session.flush()
    for each in rows:
        each.run = row.id
    session.add_all(rows)


def _facts(row: models.RunDocument) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in COMPARED)


def _kept(session: Session, run: int) -> list[tuple[object, ...]]:
    row = models.RunDocument
    return [_facts(found) for found in session.scalars(select(row).where(row.run == run).order_by(row.position))]


def _make_way(session: Session, run_id: str) -> None:
    earlier = select(func.count()).select_from(models.Run).where(models.Run.run_id.startswith(f"{run_id}."))
    number = (session.scalar(earlier) or 0) + 1
    session.execute(update(models.Run).where(models.Run.run_id == run_id).values(run_id=f"{run_id}.{number}"))


def _run_document(
    position: int, document: DocumentRun, file: SourceFile, reading: ReadingSummary | None
) -> models.RunDocument:
    return models.RunDocument(
        position=position,
        path=printable(str(file.path)),
        stem=file.stem,
        format=file.format,
        reading_id=reading.reading_id if reading is not None and document.status == "read" else None,
        **document.model_dump(exclude={"document"}),
    )


def summary(reading: models.Reading, *, records: int, findings: int) -> ReadingSummary:
    """A reading whose records and findings are counted."""
    notice = notice_of(records=records, numbers=reading.numbers, not_understood=reading.not_understood)
    return ReadingSummary(reading.id, reading.pages, records, findings, reading.not_understood, notice)


def _counted(session: Session, reading: models.Reading) -> ReadingSummary:
    records, findings = (
        session.scalar(select(func.count()).select_from(table).where(table.reading_id == reading.id)) or 0
        for table in (models.Record, models.Finding)
    )
    return summary(reading, records=records, findings=findings)
