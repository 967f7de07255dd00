"""A job's files in, a row for each out: batches handed to the task runner, what may pass handed to it again.

On this machine a batch's task keeps what it reads, document by document. On a cluster it returns what it extracted, and
is kept here, by this one process: the machines of a cluster need no access to the store.
"""

import contextlib
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.futures import PrefectFuture

from pipeline.batches import cut
from pipeline.cluster import Cluster
from pipeline.context import Context
from pipeline.server import WATCHED
from pipeline.sources import SourceFile, weigh
from pipeline.tasks import Tried, extract_documents, keep, read_documents, row_of
from pipeline.workers import Failure, Reply
from schemas.errors import TrialtraceError
from schemas.run import DocumentRun

ARTIFACT_SECONDS = 2.0
"""How often the progress artifact is brought up to date."""

TRIES = 3
PAUSE_SECONDS = 1.0
"""Before a file whose failure may pass is tried again."""

LOOK_SECONDS = 5.0
"""How often a cluster that does not answer is looked at."""

LOST_SECONDS = 60.0
"""How long a cluster may be without any worker before the run gives up."""


class ClusterError(TrialtraceError):
    """The cluster's workers are gone."""


def head_start(context: Context) -> None:
    """Have the processes of this machine begin with what they will be given first, while Prefect enters the run."""
    if context.cluster is None:
        context.workers.begin(file.path for file in _heaviest_first(context.unread)[: context.job.effort.workers])


def _heaviest_first(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Those of most pages first: what is begun last is over soon, and no slot stands idle while another reads on."""
    return sorted(files, key=weigh, reverse=True)


def read_all(context: Context, files: Sequence[SourceFile]) -> dict[str, DocumentRun]:
    """Fingerprint -> row, for these distinct files of the job."""
    done: dict[str, DocumentRun] = {}
    with _progress(len(files)) as tell:
        for attempt in range(1, TRIES + 1):
            passing = []
            for file, tried in _one_round(context, files, attempt=attempt):
                if tried.passing and attempt < TRIES:
                    passing.append(file)
                    continue
                if tried.passing:
                    context.listener.document(tried.row)
                done[_key(file)] = tried.row
                tell(len(done))
            if not passing:
                break
            files = passing
            time.sleep(PAUSE_SECONDS)
    return done


def _key(file: SourceFile) -> str:
    assert file.sha256 is not None  # files that cannot be opened are not among the distinct ones
    return file.sha256


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A progress artifact, brought up to date now and then while it is told how many are done."""
    if not WATCHED.get():
        yield lambda _done: None
        return
    artifact = create_progress_artifact(progress=0.0, key="trialtrace-progress", description="Documents read")
    assert isinstance(artifact, UUID)  # a coroutine only where the flow is asynchronous
    told = time.monotonic()

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > ARTIFACT_SECONDS:
            update_progress_artifact(artifact, progress=100.0 * done / total)
            told = time.monotonic()

    yield tell
    update_progress_artifact(artifact, progress=100.0)


def _one_round(context: Context, files: Sequence[SourceFile], *, attempt: int) -> Iterator[tuple[SourceFile, Tried]]:
    """Every file with what became of it, as batches are done; two batches a slot are under way at once, so that none
    waits and no more answers than those lie in memory.
    """
    slots = max(1, context.cluster.slots() if context.cluster is not None else context.job.effort.workers)
    submit = _submit_here(context) if context.cluster is None else _submit_there(context)
    collect = _collect_here if context.cluster is None else partial(_collect_there, context)
    batches = cut(_heaviest_first(files), slots=slots, weigh=weigh)
    under_way: dict[PrefectFuture[Any], list[SourceFile]] = {}
    done: SimpleQueue[PrefectFuture[Any]] = SimpleQueue()
    while True:
        while len(under_way) < 2 * slots and (batch := next(batches, None)) is not None:
            future = submit(_title(batch, attempt=attempt), batch)
            under_way[future] = batch
            future.add_done_callback(done.put)
        if not under_way:
            return
        future = done.get() if context.cluster is None else _wait(done, context.cluster)
        batch = under_way.pop(future)
        yield from zip(batch, collect(batch, future), strict=True)


def _title(batch: list[SourceFile], *, attempt: int) -> str:
    more = f" and {len(batch) - 1} more" if len(batch) > 1 else ""
    return f"{batch[0].file}{more}{', again' if attempt > 1 else ''}"


Submit = Callable[[str, list[SourceFile]], PrefectFuture[Any]]


def _submit_here(context: Context) -> Submit:
    job = context.job

    def submit(title: str, batch: list[SourceFile]) -> PrefectFuture[Any]:
        return read_documents.submit(
            title, [_key(file) for file in batch], lexicon_digest=job.lexicon.digest, code_version=job.code_version
        )

    return submit


def _submit_there(context: Context) -> Submit:
    job = context.job
    order = pickle.dumps(context.order)

    def submit(title: str, batch: list[SourceFile]) -> PrefectFuture[Any]:
        return extract_documents.submit(
            title,
            [str(file.path) for file in batch],
            order=order,
            lexicon_digest=job.lexicon.digest,
            code_version=job.code_version,
        )

    return submit


def _collect_here(_batch: list[SourceFile], future: PrefectFuture[list[Tried]]) -> list[Tried]:
    answer = future.result(raise_on_failure=False)
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _collect_there(context: Context, batch: list[SourceFile], future: PrefectFuture[bytes]) -> list[Tried]:
    """Keep what a machine of the cluster extracted; a batch that killed its machines is to be tried file by file."""
    from distributed import KilledWorker

    try:
        answer = future.result(raise_on_failure=False)
        if isinstance(answer, BaseException):
            raise answer
    except KilledWorker:
        reason = "the machines reading it died; start new Dask workers, or give them more memory"
        return [Tried(row_of(file, failure=Failure("failed", reason, 0.0)), passing=True) for file in batch]
    replies: list[Reply] = pickle.loads(answer)
    kept = [keep(context, file, reply) for file, reply in zip(batch, replies, strict=True)]
    for tried in kept:
        if not tried.passing:
            context.listener.document(tried.row)
    return kept


def _wait(done: "SimpleQueue[PrefectFuture[Any]]", cluster: Cluster) -> PrefectFuture[Any]:
    """The next that is done; raises ClusterError where the cluster has lost all its workers and gets none."""
    seen = time.monotonic()
    while True:
        try:
            return done.get(timeout=LOOK_SECONDS)
        except Empty:
            if cluster.slots() > 0:
                seen = time.monotonic()
            if time.monotonic() - seen > LOST_SECONDS:
                raise ClusterError(
                    f"{cluster.address}: the Dask cluster has no worker any more. What was read is kept; start workers"
                    " and run the same command again."
                ) from None
