"""Files and folders in, a dataset out: the order of work, as a Prefect flow."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import flow
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipeline.context import CURRENT, Context, opened, prepare
from pipeline.exports.dataset import write_dataset
from pipeline.sources import SourceFile
from pipeline.tasks import TransientError, read_document
from schemas.run import DocumentRun, Run

ARTIFACT_SECONDS = 2.0
"""How often the progress artifact is brought up to date."""


def run(context: Context, *, inputs: Sequence[Path]) -> Run:
    """Run the flow on a job that is prepared and opened already; returns the run as `run.json` has it."""
    job = context.job
    token = CURRENT.set(context)
    try:
        runner = cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner(max_workers=job.workers))
        ordered = build_dataset.with_options(task_runner=runner)
        return ordered([path.as_posix() for path in inputs], out=job.out.as_posix(), workers=job.workers)
    finally:
        CURRENT.reset(token)


@flow(name="trialtrace", persist_result=False)
def build_dataset(inputs: list[str], out: str = "outputs", workers: int = 1, lexicon: str | None = None) -> Run:
    """Read every document under `inputs` and write the dataset in `out` anew.

    Raises UsageError where there is nothing to read or nowhere to write.
    """
    context = CURRENT.get(None)
    if context is not None:
        return _build(context)
    vocabulary = Path(lexicon) if lexicon is not None else None
    job = prepare([Path(given) for given in inputs], out=Path(out), workers=workers, vocabulary=vocabulary)
    with opened(job) as context:
        token = CURRENT.set(context)
        try:
            return _build(context)
        finally:
            CURRENT.reset(token)


def _build(context: Context) -> Run:
    job = context.job
    started = datetime.now(UTC)
    context.listener.stage("reading")
    documents = _read(context)
    context.listener.stage("writing the dataset")
    run = job.finished(documents, started=started, finished=datetime.now(UTC))
    context.store.keep_run(run, files=job.files)
    run = write_dataset(context.store, job.out, run=run)
    create_table_artifact(key="trialtrace-run", table=_table(run), description=f"Run {run.run_id}: every document")
    return run


def _read(context: Context) -> list[DocumentRun]:
    """A row for each file, in their order; files of the same bytes are read once."""
    job = context.job
    futures = {
        sha256: read_document.submit(
            file=file.file,
            sha256=sha256,
            lexicon_digest=job.lexicon.digest,
            code_version=job.code_version,
        )
        for sha256, file in job.distinct.items()
    }
    done = _wait(futures)
    rows = []
    for file in job.files:
        if file.sha256 is None:
            row = DocumentRun(
                file=file.file, document=file.stem, sha256=None, status="unreadable_file", reason=file.problem
            )
            context.listener.document(row)
        else:
            row = done[file.sha256]
            if job.distinct[file.sha256] is not file:
                row = _copy(row, file, job.distinct[file.sha256])
                context.listener.document(row)
        rows.append(row)
    return rows


def _wait(futures: dict[str, PrefectFuture[DocumentRun]]) -> dict[str, DocumentRun]:
    progress = create_progress_artifact(progress=0.0, key="trialtrace-progress", description="Documents read")
    assert isinstance(progress, UUID)  # a coroutine only where the flow is asynchronous
    done: dict[str, DocumentRun] = {}
    told = time.monotonic()
    for sha256, future in futures.items():
        answer = future.result(raise_on_failure=False)
        if isinstance(answer, TransientError):
            answer = answer.done
            CURRENT.get().listener.document(answer)
        if isinstance(answer, BaseException):
            raise answer
        done[sha256] = answer
        if time.monotonic() - told > ARTIFACT_SECONDS:
            update_progress_artifact(progress, progress=100.0 * len(done) / len(futures))
            told = time.monotonic()
    update_progress_artifact(progress, progress=100.0)
    return done


def _copy(row: DocumentRun, file: SourceFile, first: SourceFile) -> DocumentRun:
    """The row of a file whose bytes were read under another name."""
    same = f"same bytes as {first.file}, read once"
    reason = f"{same}: {row.reason}" if row.status != "read" else same
    return row.model_copy(update={"file": file.file, "document": file.stem, "reason": reason, "seconds": 0.0})


def _table(run: Run) -> list[dict[str, object]]:
    return [document.model_dump(mode="json", exclude={"sha256"}) for document in run.documents]
