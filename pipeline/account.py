"""What became of each distinct document in; the run kept, its files written, the run as `run.json` has it out."""

from collections.abc import Mapping
from datetime import UTC, datetime

from pipeline.context import Context
from pipeline.exports.dataset import write_dataset
from pipeline.sources import SourceFile
from pipeline.store.history import COPY_OF
from schemas.errors import UsageError
from schemas.run import DocumentRun, Run


def settle(context: Context, done: Mapping[str, DocumentRun]) -> Run:
    """Keep the run and bring the dataset's files up to date."""
    job = context.job
    documents = [_row(context, file, done) for file in job.files]
    context.listener.stage("writing the dataset")
    run = job.finished(documents, started=job.begun, finished=datetime.now(UTC))
    context.store.keep_run(run, files=job.files)
    try:
        return write_dataset(context.store, job.out, run=run, drafts=context.drafts)
    except OSError as error:
        raise UsageError(
            f"{job.out}: the dataset's files cannot be written ({error.strerror or error}). What was read is kept in"
            " the store, and no file was left half-written: make room, then run the same command again."
        ) from error


def _row(context: Context, file: SourceFile, done: Mapping[str, DocumentRun]) -> DocumentRun:
    """A row for each file; those of the same bytes were read once."""
    if file.sha256 is None:
        row = DocumentRun(
            file=file.file, document=file.stem, sha256=None, status="unreadable_file", reason=file.problem
        )
        context.listener.document(row)
        return row
    row = done[file.sha256]
    first = context.job.distinct[file.sha256]
    if first is file:
        return row
    same = f"{COPY_OF}{first.file}, read once"
    reason = f"{same}: {row.reason}" if row.reason else same
    row = row.model_copy(update={"file": file.file, "document": file.stem, "reason": reason, "seconds": 0.0})
    context.listener.document(row)
    return row
