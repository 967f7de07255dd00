"""The documents of the dataset: how far each is understood and reviewed, and its text with everything marked in it."""

from collections import Counter
from pathlib import PurePath
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from pipeline.review.index import Entry
from pipeline.review.reading import Mark, lay_out
from pipeline.review.visits import Refused, Visit, Visiting
from pipeline.store import Held, models

routes = APIRouter()


class Progress(NamedTuple):
    """One document: its records by state, and the numbers in it that nothing explains."""

    held: Held
    states: Counter[str]
    flagged: int
    disagree: int
    unknown: int

    @property
    def records(self) -> int:
        """All its records."""
        return sum(self.states.values())

    @property
    def decided(self) -> int:
        """Those with a decision that stands."""
        return sum(self.states[state] for state in ("accept", "reject", "correct", "add"))


@routes.get("/documents")
def list_documents(visit: Visiting) -> HTMLResponse:
    """Every document with its status, coverage and progress."""
    by_document: dict[str, list[Entry]] = {}
    for entry in visit.desk.index.entries.values():
        by_document.setdefault(entry.document, []).append(entry)
    unknown = visit.desk.lookup.unknown_numbers()
    found = [
        _progress(visit, held, by_document.get(name, []), unknown=unknown.get(held.reading_id or 0, 0))
        for name, held in visit.desk.index.held.items()
    ]
    return visit.page("documents.html", documents=found)


def _progress(visit: Visit, held: Held, entries: list[Entry], *, unknown: int) -> Progress:
    shown = [entry for entry in entries if not entry.added or visit.desk.standing(entry.record_id).own]
    states = Counter(visit.desk.seen(entry.record_id, visit.viewer).state for entry in shown)
    disagree = sum(entry.worst > 0 for entry in shown)
    return Progress(held, Counter(states), sum(entry.flagged for entry in shown), disagree, unknown)


def find_document(visit: Visit, name: str) -> tuple[Held, int]:
    """A document that was read, and its reading; raises Refused where there is none of that name."""
    held = visit.desk.index.held.get(name)
    if held is None:
        raise Refused("There is no such document in this dataset.", status=404)
    if held.reading_id is None:
        raise Refused(f"{name} could not be read ({held.status}): {held.reason}", status=404)
    return held, held.reading_id


@routes.get("/documents/{name}")
def show_document(visit: Visiting, name: str) -> HTMLResponse:
    """A document's text, with its records and the numbers that are in none."""
    held, reading_id = find_document(visit, name)
    desk = visit.desk
    entries = [
        entry
        for entry in desk.index.entries.values()
        if entry.document == name and (not entry.added or desk.standing(entry.record_id).own)
    ]
    left = desk.store.rows(models.Leftover, reading_id)
    marks = [Mark(*entry.mark, entry=entry) for entry in entries]
    marks += [Mark(row["start"], row["end"], reason=row["reason"], result=row["result"]) for row in left]
    units = lay_out(
        desk.lookup.text(reading_id),
        sentences=desk.store.rows(models.Sentence, reading_id),
        marks=marks,
        references=desk.store.rows(models.Reference, reading_id),
    )
    return visit.page(
        "document.html",
        held=held,
        files=sorted({PurePath(file).name for file in held.files}),
        units=units,
        records=len(entries),
        unknown=sum(row["reason"] is None for row in left),
        missed=sum(row["result"] for row in left),
        told=Counter(row["reason"] for row in left if row["reason"] is not None),
    )
