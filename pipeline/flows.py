"""Files and folders in, a dataset out: the order of work, as a Prefect flow."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, cast

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.futures import PrefectFuture
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from pipeline.account import settle
from pipeline.context import CURRENT, Context, Effort, opened, prepare
from pipeline.rounds import head_start, read_all
from pipeline.server import WATCHED
from pipeline.settings import Settings
from schemas.run import Run

AnyRunner = TaskRunner[PrefectFuture[Any]]


def run(context: Context, *, inputs: Sequence[Path]) -> Run:
    """Run the flow on a job that is prepared and opened already; returns the run as `run.json` has it."""
    job = context.job
    token = CURRENT.set(context)
    head_start(context)
    try:
        ordered = build_dataset.with_options(task_runner=_runner(job.effort))
        with _heard():
            return ordered([path.as_posix() for path in inputs], out=job.out.as_posix(), workers=job.effort.workers)
    finally:
        CURRENT.reset(token)


def _heard() -> AbstractContextManager[object]:
    """With heartbeats only where someone hears them: their thread looks but once a second whether the run has ended."""
    return nullcontext() if WATCHED.get() else temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})


def _runner(effort: Effort) -> AnyRunner:
    if effort.dask is None:
        # One more than there are processes: while what one of them read is stored, it reads on.
        return cast(AnyRunner, ThreadPoolTaskRunner(max_workers=effort.workers + 1))
    from prefect_dask.task_runners import DaskTaskRunner  # takes a second to import, and few runs need it

    return cast(AnyRunner, DaskTaskRunner(address=effort.dask))


@flow(name="trialtrace", persist_result=False)
def build_dataset(
    inputs: list[str],
    out: str = "outputs",
    workers: int | None = None,
    lexicon: str | None = None,
    dask: str | None = None,
    inboxes: list[str] | None = None,
) -> Run:
    """Read every document under `inputs`, and what is new under `inboxes`, and write the dataset in `out` anew.

    Raises UsageError where there is nothing to read or nowhere to write.
    """
    return _build_here(inputs, out, workers=workers, lexicon=lexicon, dask=dask, inboxes=inboxes or [])


def _build_here(
    inputs: list[str], out: str, *, workers: int | None, lexicon: str | None, dask: str | None, inboxes: list[str]
) -> Run:
    """What the flow does; a function of its own, since the flow's goes to the machines of a cluster, with its globals,
    and a ContextVar cannot."""
    context = CURRENT.get(None)
    if context is not None:
        return _build(context)
    effort = Effort.of(Settings(), workers=workers, dask=dask)
    vocabulary = Path(lexicon) if lexicon is not None else None
    job = prepare(
        [Path(given) for given in inputs],
        out=Path(out),
        effort=effort,
        vocabulary=vocabulary,
        inboxes=[Path(inbox) for inbox in inboxes],
        store=Settings().db,  # never a parameter, which Prefect shows to everyone: a URL may hold a password
    )
    with opened(job) as context:
        return run(context, inputs=[Path(given) for given in inputs])


def _build(context: Context) -> Run:
    context.listener.stage("reading")
    for row in context.known.values():
        context.listener.document(row)
    done = context.known | (read_all(context, context.unread) if context.unread else {})
    run = settle(context, done)
    if WATCHED.get():
        create_table_artifact(key="trialtrace-run", table=_table(run), description=f"Run {run.run_id}: every document")
    return run


def _table(run: Run) -> list[dict[str, object]]:
    return [document.model_dump(mode="json", exclude={"sha256"}) for document in run.documents]
