"""A reviewer's word in, a row of the log and the next record out."""

from datetime import UTC, datetime
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from pipeline.review.browsing import go_on
from pipeline.review.desk import Seen
from pipeline.review.entering import as_typed, changes, fields_of, read_fields
from pipeline.review.index import Entry
from pipeline.review.views import find_entry, make_sheet, may_judge
from pipeline.review.visits import Posted, Posting, Refused, Visit, Visiting
from pipeline.review.wording import state_name
from pipeline.rows import Row
from pipeline.store.log import Logged
from schemas.anchor import Quote, Span
from schemas.record import Decision

LONGEST_REASON = 1000
WRONG = 422

routes = APIRouter()


@routes.post("/records/{record_id}/decide")
def decide(posted: Posting, record_id: str) -> Response:
    """Accept or reject a record as it stands."""
    verdict = posted.form.get("verdict")
    if verdict not in ("accept", "reject"):
        raise Refused("Say accept or reject.", status=WRONG)
    entry = find_entry(posted.visit, record_id)
    correction = _judged_correction(posted, record_id) if verdict == "accept" else {}
    said: Any = "correct" if correction else verdict
    keep_decision(posted, entry, verdict=said, correction=correction)
    return go_on(posted.visit, record_id, news=f"{state_name(said).capitalize()}: {_short(entry)}.")


@routes.get("/records/{record_id}/correct")
def show_fields(visit: Visiting, record_id: str) -> HTMLResponse:
    """The record's fields, to be put right."""
    entry = find_entry(visit, record_id)
    _, shown = visit.desk.record(entry, visit.viewer)
    return _form(visit, entry, typed=as_typed(shown), errors={})


@routes.post("/records/{record_id}/correct")
def correct(posted: Posting, record_id: str) -> Response:
    """Keep fields as the reviewer wrote them, if the schema takes them; else say what is wrong with which."""
    visit, entry = posted.visit, find_entry(posted.visit, record_id)
    extracted, _ = visit.desk.record(entry, visit.viewer)
    entered = read_fields(posted.form, record=extracted)
    if entered.errors:
        return _form(visit, entry, typed=posted.form, errors=entered.errors, status=WRONG)
    changed = changes(entered.fields, record=extracted)
    if not changed:
        said = "Every field is as it was extracted: nothing to correct. Accept the record instead."
        return _form(visit, entry, typed=posted.form, errors={"": said}, status=WRONG)
    keep_decision(posted, entry, verdict="correct", correction=changed)
    return go_on(visit, record_id, news=f"Corrected ({', '.join(changed)}): {_short(entry)}.")


@routes.post("/records/{record_id}/undo")
def undo(posted: Posting, record_id: str) -> Response:
    """Take back this reviewer's latest decision about a record."""
    visit, entry = posted.visit, find_entry(posted.visit, record_id)
    _withdraw(visit, entry)
    return _stay(visit, entry, news=f"Taken back: {_short(entry)}.")


@routes.post("/undo")
def undo_last(posted: Posting) -> Response:
    """Take back this reviewer's latest decision, whatever it was about, and go back to it."""
    visit = posted.visit
    mine = [each for each in visit.desk.all_logged() if each.reviewer == visit.viewer]
    standing = [each for each in mine if _stands(visit, each)]
    if not standing:
        raise Refused("There is no decision of yours to undo.", status=409)
    entry = find_entry(visit, standing[-1].record_id)
    _withdraw(visit, entry)
    return _stay(visit, entry, news=f"Taken back: {_short(entry)}.")


def keep_decision(
    posted: Posted,
    entry: Entry,
    *,
    verdict: Literal["accept", "reject", "correct", "add"],
    correction: Row,
    added: Row | None = None,
) -> Logged:
    """Add a decision to the log; raises Refused where this reviewer may not decide, or someone did meanwhile."""
    visit, form = posted.visit, posted.form
    seen = visit.desk.seen(entry.record_id, visit.viewer)
    role = role_of(visit, seen)
    given = form.get("last", "")
    if given and given != str(seen.last):
        raise Refused("Someone decided this record while you had it open. Look at it again.", status=409)
    reason = " ".join(form.get("reason", "").split())
    if len(reason) > LONGEST_REASON:
        raise Refused(f"A reason has {LONGEST_REASON} characters at most.", status=WRONG)
    text = visit.desk.lookup.text(entry.reading_id)
    span = Span(entry.start, entry.end)
    return visit.desk.keep(
        Decision(
            record_id=entry.record_id,
            verdict=verdict,
            reviewer=visit.viewer,
            at=datetime.now(UTC),
            correction=correction,
            reason=reason,
            quote=Quote(span=span, text=span.of(text)) if entry.end <= len(text) else None,
            role=role,
            sampled=form.get("drawn") == "yes" and entry.record_id in visit.desk.ordered(visit.wanted).drawn,
            document=entry.sha256,
        ),
        added=added,
    )


def role_of(visit: Visit, seen: Seen) -> Literal["single", "blind", "adjudicator"]:
    """As what this reviewer decides a record; raises Refused where it is for others to decide."""
    if len(seen.assigned) < 2:
        return "single"
    if visit.viewer in seen.assigned:
        if not seen.blind:
            raise Refused(
                "All reviewers of this record have decided; what they differ on, a third settles.", status=409
            )
        return "blind"
    if may_judge(visit, seen) or visit.viewer in {d.reviewer for d in seen.visible.values() if d.role == "adjudicator"}:
        return "adjudicator"
    raise Refused(f"This record is for {' and '.join(seen.assigned)} to decide.", status=403)


def _judged_correction(posted: Posted, record_id: str) -> Row:
    """The correction that an adjudicator takes over from one of the two; none where the record is accepted as it is."""
    name = posted.form.get("as", "")
    seen = posted.visit.desk.seen(record_id, posted.visit.viewer)
    taken = seen.visible.get(name) if may_judge(posted.visit, seen) else None
    return dict(taken.correction) if taken is not None else {}


def _stands(visit: Visit, decision: Logged) -> bool:
    own = visit.desk.standing(decision.record_id).own.get(visit.viewer)
    return own is not None and own.id == decision.id and visit.desk.entry(decision.record_id) is not None


def _withdraw(visit: Visit, entry: Entry) -> None:
    seen = visit.desk.seen(entry.record_id, visit.viewer)
    own = seen.visible.get(visit.viewer)
    if own is None:
        raise Refused("There is no decision of yours about this record to undo.", status=409)
    if own.role == "blind" and not seen.blind:
        raise Refused("All reviewers of this record have decided; what they differ on, a third settles.", status=409)
    visit.desk.keep(
        Decision(
            record_id=entry.record_id,
            verdict="withdraw",
            reviewer=visit.viewer,
            at=datetime.now(UTC),
            role=own.role,
            sampled=own.sampled,
            document=entry.sha256,
        )
    )


def _stay(visit: Visit, entry: Entry, *, news: str) -> Response:
    if not visit.partial:
        return visit.go(visit.record_address(entry.record_id))
    address = visit.record_address(entry.record_id)
    sheet = make_sheet(visit, entry.record_id)
    return visit.page("_work.html", headers={"HX-Push-Url": address}, sheet=sheet, news=news, undo=False)


def _form(visit: Visit, entry: Entry, *, typed: Any, errors: dict[str, str], status: int = 200) -> HTMLResponse:
    said = {"entry": entry, "typed": typed, "errors": errors, "fields": fields_of(entry.kind)}
    if visit.partial:
        place = {"HX-Retarget": "#fields", "HX-Reswap": "outerHTML"}
        seen = visit.desk.seen(entry.record_id, visit.viewer)
        return visit.page("_correct.html", status=status, headers=place, seen=seen, **said)
    sheet = make_sheet(visit, entry.record_id)
    return visit.page("correct.html", status=status, sheet=sheet, seen=sheet.seen, **said)


def _short(entry: Entry) -> str:
    return " ".join(part for part in (entry.study, entry.said, entry.value) if part)
