"""A store and a job's files in; the rows of those whose outcome is known already out, none of which is opened."""

from collections.abc import Mapping

from pipeline.sources import SourceFile
from pipeline.store import ReadingSummary, Store
from schemas.run import DocumentRun


def recall(
    store: Store, files: Mapping[str, SourceFile], *, lexicon_digest: str, code_version: str
) -> dict[str, DocumentRun]:
    """Fingerprint -> row, for bytes that this code has read with this vocabulary, or found unreadable for good."""
    known: dict[str, DocumentRun] = {}
    readings = store.summaries(lexicon_digest=lexicon_digest, code_version=code_version)
    refused = store.refused(lexicon_digest=lexicon_digest, code_version=code_version)
    for sha256, file in files.items():
        row = DocumentRun(file=file.file, document=file.stem, sha256=sha256, status="read")
        reading, refusal = readings.get(sha256), refused.get((sha256, file.format))
        if reading is not None:
            known[sha256] = row.model_copy(update={"reason": reading.notice, **_sizes(reading)})
        elif refusal is not None:
            known[sha256] = row.model_copy(update={"status": refusal.status, "reason": refusal.reason})
    return known


def _sizes(reading: ReadingSummary) -> dict[str, int]:
    names = ("pages", "records", "findings", "not_understood")
    return {name: getattr(reading, name) for name in names}
