"""A dataset's store, or one file, in; the audit of all its documents out."""

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from extractors.extract import extract
from pipeline.audit.examination import Examined, examine
from pipeline.audit.reconciliation import Agreed, reconcile
from pipeline.exports.content import Content, contents
from pipeline.exports.flat import flatten, place_in_text
from pipeline.notices import notice_of
from pipeline.rows import citation_rows, finding_row, leftover_rows, reference_rows, sentence_rows
from pipeline.store import Held, StorePlace, open_engine, open_store
from pipeline.store.models import RunDocument
from pipeline.version import code_version
from schemas.errors import UnreadableDocument
from schemas.lexicon import Lexicon
from schemas.record import Extraction


class Audit(NamedTuple):
    """Documents, the worst first; results that several of them print; and where the files of the bytes lie."""

    documents: tuple[Examined, ...]
    agreed: tuple[Agreed, ...]
    originals: dict[str, tuple[Path, ...]]

    @property
    def unread(self) -> int:
        """How many documents could not be read."""
        return sum(document.status != "read" for document in self.documents)

    def worst(self) -> str | None:
        """The gravest severity there is; None without a point."""
        found = {point.severity for document in self.documents for point in document.points}
        return next((severity for severity in ("error", "warning", "note") if severity in found), None)


def audit_dataset(database: StorePlace) -> Audit:
    """The audit of a dataset; raises UsageError where there is none at `database`."""
    with open_store(database) as store:
        held = list(contents(store))
    documents = sorted((examine(content) for content in held), key=lambda document: document.rank)
    return Audit(tuple(documents), tuple(reconcile(held)), _originals(database))


def audit_document(file: Path, *, lexicon: Lexicon) -> Audit:
    """The audit of one file, which is read for it and kept nowhere."""
    try:
        extraction = extract(file, lexicon=lexicon)
    except UnreadableDocument as error:
        status = Examined(file.stem, "", (file.name,), error.status, error.reason, "", None, 0, (), 0, 0, 0)
        return Audit((status,), (), {})
    examined = examine(_content(extraction, lexicon_digest=lexicon.digest))
    return Audit((examined,), (), {extraction.document.source.sha256: (file,)})


def _content(extraction: Extraction, *, lexicon_digest: str) -> Content:
    """What the dataset would hold of a document."""
    document, source = extraction.document, extraction.document.source
    held = Held(
        document=source.stem,
        files=(source.name,),
        sha256=source.sha256,
        format=source.format,
        status="read",
        reason=notice_of(
            records=len(extraction.records),
            numbers=extraction.coverage.numbers,
            not_understood=len(extraction.coverage.results),
        ),
        title=document.title,
        pages=source.pages,
        numbers=extraction.coverage.numbers,
        explained=extraction.coverage.explained,
        records=len(extraction.records),
        findings=len(extraction.findings),
        code_version=code_version(),
        lexicon_digest=lexicon_digest,
        reading_id=None,
        not_understood=len(extraction.coverage.results),
    )
    records = [flatten(record, document=source.stem, sha256=source.sha256) for record in extraction.records]
    return Content(
        held,
        records=sorted(records, key=place_in_text),
        findings=[finding_row(finding) for finding in extraction.findings],
        sentences=list(sentence_rows(document)),
        studies=[],
        references=list(reference_rows(document)),
        citations=list(citation_rows(document)),
        leftovers=list(leftover_rows(extraction.coverage)),
    )


def _originals(database: StorePlace) -> dict[str, tuple[Path, ...]]:
    """Every file that a run found the bytes in, by their sha256."""
    engine = open_engine(database, create=False)
    try:
        with Session(engine) as session:
            rows = session.execute(select(RunDocument.sha256, RunDocument.path).distinct()).all()
    finally:
        engine.dispose()
    found: dict[str, set[str]] = {}
    for sha256, path in rows:
        if sha256 is not None:
            found.setdefault(sha256, set()).add(path)
    return {sha256: tuple(Path(path) for path in sorted(paths)) for sha256, paths in found.items()}
