"""A query and folders in, new publications fetched and read into the dataset, and somebody told: a scheduled run."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from pipeline import screen
from pipeline.feed import fetch_into
from pipeline.flows import build_dataset
from pipeline.notice import notify
from pipeline.settings import Settings
from pipeline.summary import Brought, Place, Summary, as_line, as_markdown, summarise
from schemas.errors import TrialtraceError
from schemas.run import Run


@flow(name="trialtrace-nightly", persist_result=False)
def nightly(
    inputs: list[str] | None = None,
    inboxes: list[str] | None = None,
    query: str | None = None,
    out: str = "outputs",
    workers: int | None = None,
    lexicon: str | None = None,
    dask: str | None = None,
) -> dict[str, Any]:
    """Fetch what is new at Europe PMC into the first inbox, read what is new in all of them, and `inputs`.

    Returns the summary. Settings (TRIALTRACE_...) hold where nothing is given; without a query nothing is fetched. A
    feed that fails does not keep what is there from being read. Raises where there is no dataset in the end.
    """
    return _run_here(
        inputs or [], inboxes or [], query, {"out": out, "workers": workers, "lexicon": lexicon, "dask": dask}
    )


def _run_here(inputs: list[str], inboxes: list[str], query: str | None, more: dict[str, Any]) -> dict[str, Any]:
    settings = Settings()
    query = query if query is not None else settings.query
    if more["lexicon"] is None and settings.vocabulary is not None:
        more |= {"lexicon": settings.vocabulary.as_posix()}
    watched = inboxes or ([settings.inbox.as_posix()] if query is not None else [])
    place = Place(more["out"], settings.review_url.rstrip("/"))
    began = datetime.now(UTC)
    try:
        feed = _bring(query, Path(watched[0]), settings) if query is not None else None
        run: Run = build_dataset(inputs, inboxes=watched, **more)
    except Exception as error:
        said = str(error) if isinstance(error, TrialtraceError) else f"{type(error).__name__}: {error}"
        times = {"started": began, "finished": datetime.now(UTC)}
        _tell(Summary(status="failed", out=place.out, review=place.review, error=said, **times), settings)
        raise
    summary = summarise(run, feed=feed, place=place)
    create_markdown_artifact(key="trialtrace-summary", markdown=as_markdown(summary, run), description=as_line(summary))
    _tell(summary, settings)
    return summary.model_dump(mode="json")


def _bring(query: str, inbox: Path, settings: Settings) -> Brought:
    try:
        found = fetch_into(inbox, settings=settings, query=query, say=screen.say_error)
    except TrialtraceError as error:
        return Brought(query=query, error=str(error))
    counts = {"fetched": len(found.of("fetched")), "failed": len(found.of("failed"))}
    return Brought(query=query, matching=found.matching, **counts)


def _tell(summary: Summary, settings: Settings) -> None:
    now = summary.finished.astimezone().strftime("%Y-%m-%d %H:%M")
    screen.err().print(f"{now}  {as_line(summary)}", markup=False, soft_wrap=True)
    trouble = notify(settings.notify, summary) if settings.notify is not None else ""
    if trouble:
        screen.say_error(trouble)
