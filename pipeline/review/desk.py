"""The store in, the state of the review out: entries, the log folded, queues; kept in memory and up to date.

Another process may write to the same store (a run, a second page): the desk asks for what is new, which costs four
short queries, before it answers, but not more often than people can tell.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from pipeline.exports.content import anchored
from pipeline.exports.flat import flatten_row, with_review
from pipeline.review.index import Entry, Index, build_index, newest
from pipeline.review.lookup import Lookup
from pipeline.review.queue import Ordered, order
from pipeline.review.wanted import Wanted
from pipeline.rows import Row
from pipeline.store import Store, log
from pipeline.store.decisions import Placed
from pipeline.store.log import Logged
from pipeline.store.standing import Standing, State, fold
from schemas.record import Decision

NOTHING: Standing[Logged] = Standing("open", None, {})
MOMENT = 0.25
"""Seconds that what others wrote to the store may go unseen; what is decided here is seen at once."""
QUEUES = 64
"""Orders that are kept; one a set of filters in use."""


class Seen(NamedTuple):
    """What a reviewer may see of a record's review: the state to them, and the decisions they may see, by reviewer.

    `blind` says that others are to decide it too and have not all done so; `mine` that it waits for this reviewer.
    """

    state: State
    decision: Logged | None
    visible: dict[str, Logged]
    assigned: tuple[str, ...]
    blind: bool
    mine: bool

    @property
    def last(self) -> int:
        """The newest decision there is to see: tells whether someone decided since a page was made."""
        return max((decision.id for decision in self.visible.values()), default=0)


class Desk:
    """One dataset under review; safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.lookup = Lookup(store)
        self._decided: set[str] = set()
        self._lock = threading.RLock()
        self._newest = (-1, -1)
        self._looked = 0.0
        self.index = Index({}, {}, {}, {})
        self._last = 0
        self._logs: dict[str, list[Logged]] = defaultdict(list)
        self._standing: dict[str, Standing[Logged]] = {}
        self._now: dict[int, Placed] = {}
        self._assigned: dict[str, list[str]] = {}
        self._assignments = -1
        self._orders: dict[Wanted, Ordered] = {}
        self.refresh()

    def look_around(self) -> None:
        """Take in what is new in the store, unless that was done a moment ago."""
        if time.monotonic() - self._looked > MOMENT:
            self.refresh()

    def refresh(self) -> None:
        """Take in what is new in the store."""
        with self._lock:
            self._looked = time.monotonic()
            known = newest(self.store)
            if known != self._newest:
                self.index, self._newest, self._orders = build_index(self.store), known, {}
                self._file_anew()
            with self.store.looking() as session:
                self._take(log.read_log(session, after=self._last))
                count = log.count_assignments(session)
                if count != self._assignments:
                    self._assigned, self._assignments = log.read_assignments(session), count

    def _file_anew(self) -> None:
        """Decisions go with their records, whose ids may be others in the reading that makes up the dataset now."""
        readings = [held.reading_id for held in self.index.held.values() if held.reading_id is not None]
        self._now = {one.number: one for each in readings for one in self.store.decisions(each) if one.record_id}
        self._last, self._logs, self._standing, self._decided = 0, defaultdict(list), {}, set()

    def _take(self, logged: Sequence[Logged]) -> None:
        touched: set[str] = set()
        for decision in logged:
            if decision.id > self._last:
                now = self._now.get(decision.id)
                here = decision if now is None or now.record_id is None else decision._replace(record_id=now.record_id)
                self._logs[here.record_id].append(here)
                touched.add(here.record_id)
                self._last = decision.id
        for record_id in touched:
            standing = self._standing[record_id] = fold(self._logs[record_id])
            (self._decided.discard if standing.decision is None else self._decided.add)(record_id)

    def entry(self, record_id: str) -> Entry | None:
        """A record of the dataset in short; None where there is none of this id."""
        return self.index.entries.get(record_id)

    def standing(self, record_id: str) -> Standing[Logged]:
        """What stands of a record's decisions."""
        return self._standing.get(record_id, NOTHING)

    def changed(self, decision: Logged) -> tuple[str, ...]:
        """Which of a record's facts are read otherwise now than when it was decided."""
        now = self._now.get(decision.id)
        return now.changed if now is not None else ()

    def logged(self, record_id: str) -> list[Logged]:
        """All decisions about a record, the oldest first."""
        return self._logs.get(record_id, [])

    def all_logged(self) -> list[Logged]:
        """The whole log, the oldest first."""
        with self._lock:
            return sorted(decision for record in self._logs.values() for decision in record)

    def assigned(self, record_id: str) -> tuple[str, ...]:
        """Who is to decide a record; nobody in particular where it is empty."""
        return tuple(self._assigned.get(record_id, ()))

    def assignments(self) -> dict[str, list[str]]:
        """Record id -> who is to decide it."""
        return self._assigned

    def reviewers(self) -> list[str]:
        """Everyone who decided or is to decide something, by name."""
        names = {decision.reviewer for record in self._logs.values() for decision in record}
        return sorted(names | {name for each in self._assigned.values() for name in each})

    def seen(self, record_id: str, viewer: str) -> Seen:
        """A record's review as `viewer` may see it: blind reviewers see nothing of each other until all are done."""
        standing, assigned = self.standing(record_id), self.assigned(record_id)
        missing = [name for name in assigned if name not in standing.own]
        blind = len(assigned) > 1 and bool(missing) and standing.decision is None
        if not blind:
            mine = standing.state == "open"
            return Seen(standing.state, standing.decision, dict(standing.own), assigned, False, mine)
        own = standing.own.get(viewer)
        visible = {viewer: own} if own is not None else {}
        state: State = "waiting" if own is not None else "open"
        return Seen(state, None, visible, assigned, True, viewer in missing)

    def matches(self, record_id: str, wanted: Wanted, viewer: str) -> bool:
        """Whether a record has the status, and the reviewer, that are asked for."""
        seen, entry = self.seen(record_id, viewer), self.index.entries[record_id]
        if entry.added and not seen.visible:
            return False  # added and taken back
        if wanted.reviewer and wanted.reviewer not in seen.visible and wanted.reviewer not in seen.assigned:
            return False
        if wanted.status == "all":
            return True
        if wanted.status == "open":
            return seen.mine
        if wanted.status == "done":
            return seen.decision is not None
        return seen.state == wanted.status

    def ordered(self, wanted: Wanted) -> Ordered:
        """The records that the filters name, in the order of the queue."""
        key = wanted.place
        with self._lock:
            if key not in self._orders:
                if len(self._orders) >= QUEUES:
                    self._orders.pop(next(iter(self._orders)))
                self._orders[key] = order(self.index.entries.values(), key)
            return self._orders[key]

    def count_decided(self, ordered: Ordered) -> int:
        """How many of a queue's records have a decision that stands."""
        return len(self._decided & ordered.place.keys())

    def after(self, record_id: str, wanted: Wanted, viewer: str, *, back: bool = False) -> str | None:
        """The next record (or the one before) that is asked for; the search goes round once at the end."""
        ordered = self.ordered(wanted)
        at, count = ordered.place.get(record_id, -1), len(ordered.ids)
        others = range(at + 1, at + count) if at >= 0 else range(count)
        around = (ordered.ids[i % count] for i in (reversed(others) if back else others))
        return next((each for each in around if self.matches(each, wanted, viewer)), None)

    def record(self, entry: Entry, viewer: str) -> tuple[Row, Row]:
        """A record flat as it was extracted or added, and the same with what `viewer` sees decided."""
        row = self.lookup.record(entry.reading_id, entry.record_id) if not entry.added else None
        if row is not None:
            extracted = flatten_row(row, document=entry.document)
        else:
            text = self.lookup.text(entry.reading_id)
            rows = {flat["record_id"]: flat for flat, _ in self.store.added(entry.sha256)}
            extracted = anchored(rows[entry.record_id], text) | {"document": entry.document, "review": None}
        seen = self.seen(entry.record_id, viewer)
        shown = seen.decision or seen.visible.get(viewer)
        return extracted, with_review(extracted, {"correction": dict(shown.correction)} if shown is not None else None)

    def keep(self, decision: Decision, *, added: Row | None = None) -> Logged:
        """Add a decision to the log, and with it the record that a reviewer added."""
        with self.store.writing() as session:
            logged = log.keep(session, decision, added=added)
        self.refresh() if added is not None else self._caught_up(logged)
        return logged

    def _caught_up(self, logged: Logged) -> None:
        with self._lock:
            if logged.id == self._last + 1:
                self._take([logged])
            else:
                self.refresh()

    def assign(self, record_ids: Sequence[str], *, reviewers: Sequence[str], by: str) -> None:
        """Hand records to reviewers."""
        with self.store.writing() as session:
            log.assign(session, record_ids, reviewers=reviewers, at=datetime.now(UTC), by=by)
        self._assignments = -1
        self.refresh()

    def release(self, record_ids: Sequence[str]) -> None:
        """Take records back from whoever they were handed to."""
        with self.store.writing() as session:
            log.release(session, record_ids)
        self._assignments = -1
        self.refresh()
