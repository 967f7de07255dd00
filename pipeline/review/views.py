"""A record in, all that its page shows out."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.review.desk import Desk, Seen
from pipeline.review.entering import fields_of
from pipeline.review.index import Entry, result_key
from pipeline.review.leaves import Leaf, Leaves, Missing, Rectangle
from pipeline.review.lookup import AROUND, Piece
from pipeline.review.visits import Refused, Visit
from pipeline.rows import Row
from pipeline.store.log import Logged

ELSEWHERE = 12


class Line(NamedTuple):
    """A field as the page lists it: as extracted and, where a reviewer changed it, as corrected."""

    name: str
    label: str
    extracted: Any
    shown: Any

    @property
    def changed(self) -> bool:
        """Whether a reviewer put something else in its place."""
        return bool(self.extracted != self.shown)

    @property
    def blank(self) -> bool:
        """Whether extraction left it blank."""
        return self.extracted is None or self.extracted == ""


class Other(NamedTuple):
    """The same result in another place, and what is decided of it."""

    entry: Entry
    seen: Seen


class Place(NamedTuple):
    """Where a record stands in the queue: counted from 1, how many there are, how many of them are decided."""

    number: int | None
    total: int
    done: int
    before: str | None
    after: str | None
    drawn: bool


class Sheet(NamedTuple):
    """All that a record's page shows."""

    entry: Entry
    record: Row
    lines: list[Line]
    findings: list[Row]
    passage: list[Piece]
    sentence: Row | None
    elsewhere: list[Other]
    seen: Seen
    own: Logged | None
    judging: bool
    log: list[Logged]
    place: Place


class Marked(NamedTuple):
    """A page and the rectangles drawn over it, as (x, y, width, height) in points."""

    leaf: Leaf | None
    missing: Missing | None
    sha256: str
    value: Sequence[Rectangle] = ()
    sentence: Sequence[Rectangle] = ()
    cell: Sequence[Rectangle] = ()


def find_entry(visit: Visit, record_id: str) -> Entry:
    """The record of this id; raises Refused where the dataset holds none."""
    entry = visit.desk.entry(record_id)
    if entry is None:
        raise Refused("There is no such record in this dataset (any more).", status=404)
    return entry


def make_sheet(visit: Visit, record_id: str) -> Sheet:
    """The page of a record; raises Refused where the dataset holds none of this id."""
    desk, entry = visit.desk, find_entry(visit, record_id)
    extracted, shown = desk.record(entry, visit.viewer)
    seen = desk.seen(record_id, visit.viewer)
    own = seen.visible.get(visit.viewer)
    sentence = desk.lookup.sentence(entry.reading_id, entry.start, entry.end)
    return Sheet(
        entry=entry,
        record=shown,
        lines=[Line(f.name, f.label, extracted[f.name], shown[f.name]) for f in fields_of(entry.kind)],
        findings=desk.lookup.findings(entry.reading_id, record_id),
        passage=make_passage(desk, entry),
        sentence=sentence,
        elsewhere=_elsewhere(desk, entry, visit.viewer),
        seen=seen,
        own=own,
        judging=may_judge(visit, seen),
        log=_visible_log(desk, entry, seen, visit.viewer),
        place=_place(visit, record_id),
    )


def may_judge(visit: Visit, seen: Seen) -> bool:
    """Whether this reviewer is the third who settles what two could not agree on."""
    return seen.state == "conflict" and visit.viewer not in seen.assigned


def make_passage(desk: Desk, entry: Entry, *, margin: int = AROUND) -> list[Piece]:
    """The text about a record, its sentence and its quote told apart."""
    around = (entry.start, entry.end)
    sentence = desk.lookup.sentence(entry.reading_id, entry.start, entry.end)
    if sentence is not None:
        around = (min(sentence["start"], entry.start), max(sentence["end"], entry.end))
    return desk.lookup.passage(entry.reading_id, around=around, value=(entry.start, entry.end), margin=margin)


def _elsewhere(desk: Desk, entry: Entry, viewer: str) -> list[Other]:
    ids = [each for each in desk.index.elsewhere.get(result_key(entry), ()) if each != entry.record_id]
    return [Other(desk.index.entries[each], desk.seen(each, viewer)) for each in ids[:ELSEWHERE]]


def _visible_log(desk: Desk, entry: Entry, seen: Seen, viewer: str) -> list[Logged]:
    return [each for each in desk.logged(entry.record_id) if not seen.blind or each.reviewer == viewer]


def _place(visit: Visit, record_id: str) -> Place:
    desk, wanted = visit.desk, visit.wanted
    ordered = desk.ordered(wanted)
    at = ordered.place.get(record_id)
    return Place(
        number=at + 1 if at is not None else None,
        total=len(ordered.ids),
        done=desk.count_decided(ordered),
        before=desk.after(record_id, wanted, visit.viewer, back=True),
        after=desk.after(record_id, wanted, visit.viewer),
        drawn=record_id in ordered.drawn,
    )


def mark_leaf(visit: Visit, leaves: Leaves, entry: Entry, *, number: int | None) -> Marked:
    """The page a record stands on, or a neighbour of it, with what belongs to the record marked."""
    held = visit.desk.index.held[entry.document]
    if held.format != "pdf":
        return Marked(None, None, entry.sha256)
    record, _ = visit.desk.record(entry, visit.viewer)
    boxes = record["boxes"]
    home = int(boxes[0][0]) if boxes else entry.page or 1
    leaf = leaves.leaf(entry.sha256, number if number is not None else home)
    if isinstance(leaf, Missing):
        return Marked(None, leaf, entry.sha256)
    sentence = visit.desk.lookup.sentence(entry.reading_id, entry.start, entry.end)
    around = sentence["boxes"] if sentence is not None else []
    return Marked(
        leaf,
        None,
        entry.sha256,
        value=leaves.place(entry.sha256, boxes, leaf.number),
        sentence=leaves.place(entry.sha256, around, leaf.number) if entry.source == "text" else (),
        cell=leaves.cell(entry.sha256, boxes, leaf.number) if entry.source != "text" else (),
    )
