"""Pages to look at: the queue, a record, the picture of its page, suggestions while someone types."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response

from pipeline.review.index import Entry
from pipeline.review.leaves import Missing
from pipeline.review.views import find_entry, make_passage, make_sheet, mark_leaf
from pipeline.review.visits import Refused, Visit, Visiting
from pipeline.review.vocabulary import find_studies
from pipeline.review.wanted import RATES, STATUSES

LISTED = 100
"""Records of the queue on one page."""

WIDE = 3000
"""Characters on either side of a passage that stands in place of a page's picture."""

routes = APIRouter()


class Choices(NamedTuple):
    """What the filters offer, each with how many records have it."""

    document: list[tuple[str, int]]
    endpoint: list[tuple[str, int]]
    kind: list[tuple[str, int]]
    flag: list[tuple[str, int]]
    check: list[tuple[str, int]]


def offer(entries: Iterable[Entry]) -> Choices:
    """The filters' choices over all records."""
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter(), Counter())
    for entry in entries:
        counts[0][entry.document] += 1
        counts[1][entry.endpoint] += 1
        counts[2][entry.kind] += 1
        counts[3].update(entry.flags)
        counts[4].update(entry.checks)
    return Choices(*(sorted((name, n) for name, n in count.items() if name) for count in counts))


@routes.get("/")
def show_queue(visit: Visiting, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> HTMLResponse:
    """The records asked for, in the order to look at them."""
    desk = visit.desk
    ordered = desk.ordered(visit.wanted)
    asked = [each for each in ordered.ids if desk.matches(each, visit.wanted, visit.viewer)]
    shown = list(islice(asked, (page - 1) * LISTED, page * LISTED))
    states = Counter(desk.seen(each, visit.viewer).state for each in ordered.ids)
    return visit.page(
        "queue.html",
        entries=[(desk.index.entries[each], desk.seen(each, visit.viewer), each in ordered.drawn) for each in shown],
        found=len(asked),
        total=len(ordered.ids),
        decided=desk.count_decided(ordered),
        states=states,
        page=page,
        pages=max(-(-len(asked) // LISTED), 1),
        first=asked[0] if asked else None,
        choices=offer(desk.index.entries.values()),
        reviewers=desk.reviewers(),
        rates=RATES,
        statuses=STATUSES,
    )


@routes.get("/records/{record_id}")
def show_record(visit: Visiting, record_id: str) -> HTMLResponse:
    """One record with its page, to decide it."""
    sheet = make_sheet(visit, record_id)
    return visit.page("_work.html" if visit.partial else "record.html", sheet=sheet, news=None)


@routes.get("/records/{record_id}/leaf")
def show_leaf(visit: Visiting, record_id: str, page: Annotated[int | None, Query(ge=1)] = None) -> HTMLResponse:
    """The picture of the page a record stands on, or of another, with its marks."""
    entry = find_entry(visit, record_id)
    marked = mark_leaf(visit, visit.room.leaves, entry, number=page)
    passage = make_passage(visit.desk, entry, margin=WIDE) if marked.leaf is None else ()
    return visit.page("_leaf.html", entry=entry, marked=marked, passage=passage)


@routes.get("/pages/{sha256}/{number}.png")
def draw_leaf(
    visit: Visiting, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")], number: Annotated[int, Path(ge=1)]
) -> Response:
    """A page as a picture; it never changes, for its address holds the document's fingerprint."""
    drawn = visit.room.leaves.picture(sha256, number)
    if isinstance(drawn, Missing):
        raise Refused(drawn.message, status=404)
    return Response(drawn, media_type="image/png", headers={"Cache-Control": "private, max-age=604800, immutable"})


@routes.get("/search/endpoints")
def suggest_endpoints(visit: Visiting, endpoint: str = "") -> HTMLResponse:
    """Endpoints for what is typed."""
    used = visit.desk.index.entries.values()
    return visit.page("_options.html", options=visit.room.vocabulary.endpoints(endpoint[:100], used=used))


@routes.get("/search/studies")
def suggest_studies(visit: Visiting, study: str = "", of: str = "") -> HTMLResponse:
    """Studies for what is typed, those of the document in work first."""
    found = find_studies(study[:100], entries=visit.desk.index.entries.values(), document=of)
    return visit.page("_options.html", options=found)


def go_on(visit: Visit, record_id: str, *, news: str, undo: bool = True) -> Response:
    """After a decision: the next record that is asked for, or the queue where there is none."""
    following = visit.desk.after(record_id, visit.wanted, visit.viewer)
    if following is None:
        return visit.go(f"/?{visit.wanted.query}" if visit.wanted.query else "/")
    address = visit.record_address(following)
    if not visit.partial:
        return visit.go(address)
    sheet = make_sheet(visit, following)
    return visit.page("_work.html", headers={"HX-Push-Url": address}, sheet=sheet, news=news, undo=undo)
