"""A run and what the feed brought in, what there is to say of them out: for a program, and for people."""

from datetime import datetime
from typing import Literal, NamedTuple
from urllib.parse import quote

from pydantic import BaseModel

from schemas.run import DocumentRun, Run

LISTED = 100
"""Documents and failures that are listed at most; run.json has them all."""


class Brought(BaseModel):
    """What the feed did: `error` says why it could not do more."""

    query: str
    matching: int = 0
    fetched: int = 0
    failed: int = 0
    error: str = ""


class Failed(BaseModel):
    """A document that could not be read."""

    file: str
    status: str
    reason: str


class Summary(BaseModel):
    """What a scheduled run did; `status` is failed where there is no new dataset, `error` then says why.

    `given` documents were looked at, of which `new` were read for the first time and `failed` could not be; records and
    findings are those of the new ones.
    """

    status: Literal["complete", "some_failed", "failed"]
    run_id: str = ""
    started: datetime
    finished: datetime
    out: str
    given: int = 0
    new: int = 0
    failed: int = 0
    records: int = 0
    findings: int = 0
    failures: list[Failed] = []
    feed: Brought | None = None
    review: str
    error: str = ""


class Place(NamedTuple):
    """Where the dataset lies and where it is reviewed."""

    out: str
    review: str


def is_new(row: DocumentRun) -> bool:
    """Whether a document was read by this run; one that was known took it no time."""
    return row.status == "read" and row.seconds > 0


def summarise(run: Run, *, feed: Brought | None, place: Place) -> Summary:
    """The summary of a run that left a dataset."""
    new = [row for row in run.documents if is_new(row)]
    failed = [row for row in run.documents if row.status != "read"]
    trouble = bool(failed) or (feed is not None and bool(feed.failed or feed.error))
    return Summary(
        status="some_failed" if trouble else "complete",
        run_id=run.run_id,
        started=run.started,
        finished=run.finished,
        out=place.out,
        given=len(run.documents),
        new=len(new),
        failed=len(failed),
        records=sum(row.records for row in new),
        findings=sum(row.findings for row in new),
        failures=[Failed(file=row.file, status=row.status, reason=row.reason) for row in failed[:LISTED]],
        feed=feed,
        review=place.review,
    )


def as_line(summary: Summary) -> str:
    """One line for a terminal or a log."""
    if summary.status == "failed":
        return f"no new dataset: {summary.error}"
    parts = [f"{summary.new} new of {summary.given} documents", f"{summary.records} records"]
    if summary.failed:
        parts.append(f"{summary.failed} not read")
    if summary.feed is not None:
        parts.append(summary.feed.error or f"{summary.feed.fetched} fetched, {summary.feed.failed} not to be had")
    return "; ".join(parts)


def as_markdown(summary: Summary, run: Run) -> str:
    """A page for Prefect's dashboard: what is new, with links to where it is reviewed, and what failed and why."""
    lines = [f"# {as_line(summary)}", "", f"Dataset: `{summary.out}`. Review: {summary.review}", ""]
    new = [row for row in run.documents if is_new(row)]
    if new:
        lines += ["## New", "", "| document | pages | records | findings | review |", "|---|---:|---:|---:|---|"]
        lines += [
            f"| {_cell(row.document)} | {row.pages} | {row.records} | {row.findings} |"
            f" [open]({summary.review}/documents/{_address(row.document)}) |"
            for row in new[:LISTED]
        ]
        lines.append("")
    if summary.failures:
        lines += ["## Not read", "", "| file | status | what to do |", "|---|---|---|"]
        lines += [f"| {_cell(each.file)} | {each.status} | {_cell(each.reason)} |" for each in summary.failures]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _address(text: str) -> str:
    return quote(text, safe="")
