"""How far the review is, its log and counts as files, and the dataset's files written anew."""

import csv
import io
import json
from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from pipeline.exports.rewriting import rewrite_dataset
from pipeline.review.counts import count
from pipeline.review.visits import Posting, Refused, Visit, Visiting
from pipeline.rows import Row
from pipeline.store.log import Logged
from schemas.errors import UsageError

COLUMNS = (
    *("id", "at", "reviewer", "role", "verdict", "record_id", "document", "study", "result", "value"),
    *("correction", "reason", "drawn_by_lot", "quote"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute; it gets an apostrophe."""

LATEST = 20

routes = APIRouter()


@routes.get("/progress")
def show_progress(visit: Visiting) -> HTMLResponse:
    """Counts, the precision of what nobody flagged, the last decisions, downloads."""
    return _page(visit, written=None)


@routes.post("/dataset")
def write_files(posted: Posting) -> HTMLResponse:
    """Write the dataset's files anew from the store, decisions and all."""
    visit = posted.visit
    try:
        written = rewrite_dataset(visit.desk.store, visit.room.folder)
    except UsageError as error:
        raise Refused(str(error), status=409) from error
    return _page(visit, written=written)


def _page(visit: Visit, *, written: int | None) -> HTMLResponse:
    return visit.page(
        "progress.html",
        counts=count(visit.desk),
        latest=visible_log(visit)[: -LATEST - 1 : -1],
        lost=[one for one in visit.desk.store.lost_decisions() if one.verdict != "withdraw"],
        written=written,
        files=visit.room.folder,
    )


@routes.get("/counts.json")
def download_counts(visit: Visiting) -> Response:
    """The counts for a flow diagram."""
    return _file(json.dumps(count(visit.desk).as_json(), ensure_ascii=False, indent=2) + "\n", "counts.json")


@routes.get("/counts.csv")
def download_counts_table(visit: Visiting) -> Response:
    """The same as a table: step, what is counted, how many."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("step", "counted", "number"))
    for step, counted in count(visit.desk).as_json().items():
        writer.writerows((step, _harmless(name), number) for name, number in counted.items())
    return _file(out.getvalue(), "counts.csv")


@routes.get("/log.json")
def download_log(visit: Visiting) -> Response:
    """The log of decisions, the oldest first."""
    return _file(json.dumps(list(_rows(visit)), ensure_ascii=False, indent=2) + "\n", "decisions.json")


@routes.get("/log.csv")
def download_table(visit: Visiting) -> Response:
    """The same for a spreadsheet."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in _rows(visit):
        correction = json.dumps(row["correction"], ensure_ascii=False) if row["correction"] else ""
        writer.writerow({name: _harmless(value) for name, value in {**row, "correction": correction}.items()})
    return _file(out.getvalue(), "decisions.csv")


def visible_log(visit: Visit) -> list[Logged]:
    """The decisions this reviewer may see, the oldest first: others' of records under blind review are left out."""
    logged = visit.desk.all_logged()
    blind = {each.record_id for each in logged if visit.desk.seen(each.record_id, visit.viewer).blind}
    return [each for each in logged if each.reviewer == visit.viewer or each.record_id not in blind]


def _rows(visit: Visit) -> Iterator[Row]:
    for each in visible_log(visit):
        entry = visit.desk.entry(each.record_id)
        yield {
            "id": each.id,
            "at": each.at.isoformat(),
            "reviewer": each.reviewer,
            "role": each.role,
            "verdict": each.verdict,
            "record_id": each.record_id,
            "document": entry.document if entry is not None else None,
            "study": entry.study if entry is not None else None,
            "result": entry.said if entry is not None else None,
            "value": entry.value if entry is not None else None,
            "correction": dict(each.correction),
            "reason": each.reason,
            "drawn_by_lot": each.sampled,
            "quote": each.quote,
        }


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _file(content: str, name: str) -> Response:
    kind = "text/csv" if name.endswith(".csv") else "application/json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=headers)
