"""A batch of files in, what became of each out: the tasks of the flow, on this machine and on a cluster's."""

import contextlib
import errno
import pickle
import traceback
from typing import NamedTuple

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy.exc import OperationalError

from pipeline.cluster import extract_here
from pipeline.context import CURRENT, Context
from pipeline.sources import SourceFile
from pipeline.store import ReadingSummary
from pipeline.workers import Failure, Reply, bug_reason
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


class Tried(NamedTuple):
    """What became of a file; `passing` where the cause of its failure may be gone in a second."""

    row: DocumentRun
    passing: bool = False


@task(name="read documents", task_run_name="{title}", cache_policy=NO_CACHE, persist_result=False)
def read_documents(
    title: str,  # noqa: ARG001  (names the task run)
    fingerprints: list[str],
    lexicon_digest: str,  # noqa: ARG001  (what the result depends on, for whoever looks at the task run)
    code_version: str,  # noqa: ARG001
) -> list[Tried]:
    """Extract files of the current job, one after the other, and keep what each gave before the next is begun.

    The store is the cache: what these bytes, this vocabulary and this code gave is read once.
    """
    context = CURRENT.get()
    tried = []
    for sha256 in fingerprints:
        tried.append(_read(context, context.job.distinct[sha256]))
        if not tried[-1].passing:
            context.listener.document(tried[-1].row)
    return tried


@task(name="extract documents", task_run_name="{title}", cache_policy=NO_CACHE, persist_result=False)
def extract_documents(
    title: str,  # noqa: ARG001  (names the task run)
    paths: list[str],
    order: bytes,
    lexicon_digest: str,  # noqa: ARG001
    code_version: str,
) -> bytes:
    """What the core makes of files, on whichever machine of a cluster this runs; nothing is kept there.

    Returns a pickled list of replies: Prefect looks through every object of what a task returns, which takes longer
    for an extraction than to make it. Raises UsageError where that machine has another version of the code.
    """
    return pickle.dumps(extract_here(paths, order=order, code_version=code_version))


def _read(context: Context, source: SourceFile) -> Tried:
    job = context.job
    assert source.sha256 is not None
    known = context.store.find(source.sha256, lexicon_digest=job.lexicon.digest, code_version=job.code_version)
    if known is not None:
        return Tried(row_of(source, kept=known))
    return keep(context, source, context.workers.extract(source.path))


def keep(context: Context, source: SourceFile, reply: Reply) -> Tried:
    """Store what a file gave, one at a time whoever calls; what cannot be stored is a failure of that file alone."""
    if isinstance(reply, Failure):
        return _failed(context, source, reply)
    job = context.job
    if reply.reading.sha256 != source.sha256:
        changed = Failure("failed", "the file changed while it was read; run the command again", reply.seconds)
        return _failed(context, source, changed)
    try:
        kept = context.store.keep(reply.reading, lexicon_digest=job.lexicon.digest, code_version=job.code_version)
    except OperationalError as error:
        busy = f"the store cannot be written ({error.orig}); is the disk full, or another program using it?"
        return Tried(row_of(source, failure=Failure("failed", busy, reply.seconds)), passing=True)
    except Exception as error:  # whatever it is, it is about this document, and the others are to be read
        unkept = Failure("failed", bug_reason(error), reply.seconds, trace=traceback.format_exc())
        return _failed(context, source, unkept)
    context.drafts.make(reply.reading, reading_id=kept.reading_id, document=source.stem)
    return Tried(row_of(source, kept=kept, seconds=reply.seconds))


def _failed(context: Context, source: SourceFile, failure: Failure) -> Tried:
    if failure.trace:
        with contextlib.suppress(OSError):  # a full disk is told of where it matters
            (context.logs / f"{source.path.name}.log").write_text(failure.trace, encoding="utf-8")
    return Tried(row_of(source, failure=failure), passing=failure.errno in TRANSIENT)


def row_of(
    source: SourceFile,
    *,
    failure: Failure | None = None,
    kept: ReadingSummary | None = None,
    seconds: float = 0.0,
) -> DocumentRun:
    """A file's row of the run."""
    reason = failure.reason if failure is not None else kept.notice if kept is not None else ""
    return DocumentRun(
        file=source.file,
        document=source.stem,
        sha256=source.sha256,
        status=failure.status if failure is not None else "read",
        reason=reason,
        pages=kept.pages if kept is not None else 0,
        records=kept.records if kept is not None else 0,
        findings=kept.findings if kept is not None else 0,
        not_understood=kept.not_understood if kept is not None else 0,
        seconds=round(failure.seconds if failure is not None else seconds, 3),
    )
