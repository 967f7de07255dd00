"""One file in, what became of it out: the tasks of the flow."""

import errno
import traceback

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from sqlalchemy.exc import OperationalError

from pipeline.context import CURRENT, Context
from pipeline.sources import SourceFile
from pipeline.workers import Failure, bug_reason
from schemas.errors import StoreError
from schemas.run import DocumentRun

TRANSIENT = {
    errno.EAGAIN,
    errno.EBUSY,
    errno.EINTR,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.ESTALE,
    errno.ETIMEDOUT,
}
"""System errors that may be gone a second later: a network drive, too many open files."""


class TransientError(Exception):
    """Worth another try; carries the row to be kept if that fails too."""

    def __init__(self, done: DocumentRun) -> None:
        super().__init__(done.reason)
        self.done = done


def worth_another_try(_task: object, _run: object, state: State[DocumentRun]) -> bool:
    """Whether a failed task should be tried again: for a transient error of the system, nothing else."""
    return isinstance(state.result(raise_on_failure=False), TransientError)


@task(
    name="read document",
    task_run_name="{file}",
    retries=2,
    retry_delay_seconds=1,
    retry_condition_fn=worth_another_try,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def read_document(
    file: str,  # noqa: ARG001  (names the task run)
    sha256: str,
    lexicon_digest: str,
    code_version: str,
) -> DocumentRun:
    """Extract one file of the current job and keep what it gave, unless the store holds that already.

    The store is the cache: what these bytes, this vocabulary and this code gave is read once. Raises TransientError
    where the system failed in a way that may pass; everything else is a status of the row.
    """
    context = CURRENT.get()
    source = context.job.distinct[sha256]
    known = context.store.find(sha256, lexicon_digest=lexicon_digest, code_version=code_version)
    if known is not None:
        done = _row(source, pages=known.pages, records=known.records, findings=known.findings)
    else:
        done = _read(context, source)
    context.listener.document(done)
    return done


def _read(context: Context, source: SourceFile) -> DocumentRun:
    reply = context.workers.extract(source.path)
    if isinstance(reply, Failure):
        return _failed(context, source, reply)
    job = context.job
    if reply.extraction.document.source.sha256 != source.sha256:
        changed = Failure("failed", "the file changed while it was read; run the command again", reply.seconds)
        return _failed(context, source, changed)
    try:
        kept = context.store.put(reply.extraction, lexicon_digest=job.lexicon.digest, code_version=job.code_version)
    except StoreError as error:
        untraceable = Failure("failed", f"{error}; this is a fault in trialtrace, please report it", reply.seconds)
        return _failed(context, source, untraceable)
    except OperationalError as error:
        busy = f"the store cannot be written ({error.orig}); is the disk full, or another program using it?"
        raise TransientError(_row(source, failure=Failure("failed", busy, reply.seconds))) from error
    except Exception as error:  # whatever it is, it is about this document, and the others are to be read
        unkept = Failure("failed", bug_reason(error), reply.seconds, trace=traceback.format_exc())
        return _failed(context, source, unkept)
    return _row(source, pages=kept.pages, records=kept.records, findings=kept.findings, seconds=reply.seconds)


def _failed(context: Context, source: SourceFile, failure: Failure) -> DocumentRun:
    done = _row(source, failure=failure)
    if failure.errno in TRANSIENT:
        raise TransientError(done)
    if failure.trace:
        (context.logs / f"{source.path.name}.log").write_text(failure.trace, encoding="utf-8")
    return done


def _row(
    source: SourceFile,
    *,
    failure: Failure | None = None,
    pages: int = 0,
    records: int = 0,
    findings: int = 0,
    seconds: float = 0.0,
) -> DocumentRun:
    return DocumentRun(
        file=source.file,
        document=source.stem,
        sha256=source.sha256,
        status=failure.status if failure is not None else "read",
        reason=failure.reason if failure is not None else "",
        pages=pages,
        records=records,
        findings=findings,
        seconds=round(failure.seconds if failure is not None else seconds, 3),
    )
