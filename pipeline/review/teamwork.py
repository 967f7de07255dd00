"""Double review: records handed to two people, how far they agree, and what a third has to settle."""

from collections import Counter
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from pipeline.review.access import read_name
from pipeline.review.agreement import Agreement, agree, outcome
from pipeline.review.deciding import WRONG
from pipeline.review.desk import Seen
from pipeline.review.index import Entry
from pipeline.review.visits import Posting, Refused, Visit, Visiting
from pipeline.review.wanted import Wanted

SCOPES = {"flagged": "flagged records, and some drawn by lot", "all": "all records"}

routes = APIRouter()


class Share(NamedTuple):
    """What one reviewer was handed, and has done of it."""

    reviewer: str
    assigned: int
    done: int


@routes.get("/team")
def show_team(visit: Visiting) -> HTMLResponse:
    """Who has what to do, agreement so far, conflicts."""
    return _team(visit)


@routes.post("/team/assign")
def assign(posted: Posting) -> Response:
    """Hand the undecided records asked for to two reviewers."""
    visit, form = posted.visit, posted.form
    if not visit.room.door.leads(visit.viewer):
        raise Refused("Records are handed out by a lead; the users file says who that is.", status=403)
    try:
        names = [read_name(form.get(field, "")) for field in ("first", "second")]
    except ValueError as error:
        return _team(visit, error=str(error), typed=form)
    if names[0].casefold() == names[1].casefold():
        return _team(visit, error="Double review wants two people.", typed=form)
    chosen = _choose(visit, document=form.get("document", ""), scope=form.get("scope", "flagged"))
    if not chosen:
        return _team(visit, error="There is no such record that is undecided and not handed out yet.", typed=form)
    visit.desk.assign(chosen, reviewers=names, by=visit.viewer)
    return visit.go("/team")


@routes.post("/team/release")
def release(posted: Posting) -> Response:
    """Take back the records that nobody has begun."""
    visit = posted.visit
    if not visit.room.door.leads(visit.viewer):
        raise Refused("Records are taken back by a lead; the users file says who that is.", status=403)
    desk = visit.desk
    desk.release([each for each in desk.assignments() if not desk.standing(each).own])
    return visit.go("/team")


def _choose(visit: Visit, *, document: str, scope: str) -> list[str]:
    """Undecided records that nobody has been handed."""
    desk = visit.desk
    ordered = desk.ordered(Wanted(document=document))
    wanted = set(ordered.drawn) | {each for each in ordered.ids if desk.index.entries[each].flagged}
    return [
        each
        for each in ordered.ids
        if (scope == "all" or each in wanted)
        and not desk.assigned(each)
        and desk.standing(each).state == "open"
        and not desk.index.entries[each].added
    ]


def _team(visit: Visit, *, error: str = "", typed: dict[str, str] | None = None) -> HTMLResponse:
    desk = visit.desk
    pairs = {each: desk.seen(each, visit.viewer) for each in desk.assignments() if desk.entry(each) is not None}
    return visit.page(
        "team.html",
        status=WRONG if error else 200,
        error=error,
        typed=typed or {},
        may_assign=visit.room.door.leads(visit.viewer),
        documents=sorted(name for name, held in desk.index.held.items() if held.reading_id is not None),
        scopes=SCOPES,
        reviewers=desk.reviewers(),
        shares=_shares(visit),
        agreements=_agreements(visit, pairs),
        conflicts=_conflicts(visit, pairs),
        waiting=sum(seen.blind for seen in pairs.values()),
        pairs=len(pairs),
    )


def _shares(visit: Visit) -> list[Share]:
    assigned: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for record_id, names in visit.desk.assignments().items():
        own = visit.desk.standing(record_id).own
        assigned.update(names)
        done.update(name for name in names if name in own)
    return [Share(name, assigned[name], done[name]) for name in sorted(assigned)]


def _agreements(visit: Visit, pairs: dict[str, Seen]) -> list[Agreement]:
    """Agreement of the first blind decisions of records that both decided, settled since or not."""
    rated = []
    for record_id, seen in pairs.items():
        own = visit.desk.standing(record_id).own
        both = [own[name] for name in seen.assigned if name in own and own[name].role == "blind"]
        if len(both) == 2 and not seen.blind:
            extracted, _ = visit.desk.record(visit.desk.index.entries[record_id], visit.viewer)
            made = [outcome(extracted, verdict=each.verdict, correction=dict(each.correction)) for each in both]
            rated.append((made[0], made[1]))
    return agree(rated) if rated else []


def _conflicts(visit: Visit, pairs: dict[str, Seen]) -> list[tuple[Entry, Seen]]:
    entries = visit.desk.index.entries
    return [(entries[each], seen) for each, seen in pairs.items() if seen.state == "conflict"]
