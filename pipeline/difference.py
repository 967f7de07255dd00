"""A store and two of its runs in; what is new, gone and changed between the datasets they left, out."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline.exports.flat import flatten_row, place_in_text
from pipeline.rows import Row
from pipeline.store import Held, Store
from pipeline.store.anchoring import Anew
from pipeline.store.runs import Told

FACTS = (
    "study",
    "population",
    "arm",
    "arm_role",
    "comparator",
    "endpoint",
    "event",
    "site",
    "timepoint",
    "statistic",
    "value",
    "value_text",
    "unit",
    "status",
    "ci",
    "ci_level",
    "p",
    "events",
    "n",
    "percent",
)
"""Fields of a record that say something; the others say where it stands and how it was read."""


class Changed(NamedTuple):
    """A record of both runs; `fields` are those that differ: name -> (then, now)."""

    then: Row
    now: Row
    fields: dict[str, tuple[Any, Any]]


class DocumentDifference(NamedTuple):
    """What became of one document; `how` is new, gone, changed (other bytes), reread or status.

    `same` counts records in which nothing differs, those among them that stand elsewhere by now in `moved`.
    """

    document: str
    how: str
    then: Held | None
    now: Held | None
    new: list[Row]
    gone: list[Row]
    changed: list[Changed]
    same: int
    moved: int


class Difference(NamedTuple):
    """Two runs and the documents between which they differ, by name; the others are counted."""

    then: Told
    now: Told
    documents: list[DocumentDifference]
    untouched: int


def compare(store: Store, then: Told, now: Told) -> Difference:
    """The dataset as it was after one run against the one after another; decisions of reviewers are left out."""
    with store.frozen() as frozen:
        before, after = frozen.held(as_of=then.number), frozen.held(as_of=now.number)
        pairs = list(_pair(before, after))
        told = [_document(frozen, one, other) for one, other in pairs if _differ(one, other)]
    return Difference(then, now, sorted(told, key=lambda each: each.document), len(pairs) - len(told))


def _pair(before: list[Held], after: list[Held]) -> Iterator[tuple[Held | None, Held | None]]:
    """The same bytes, else another version of the same file, then what is in one dataset only."""
    by_bytes = {held.sha256: held for held in after if held.sha256 is not None}
    by_path = {path: held for held in after for path in held.paths}
    taken: set[str] = set()
    rest: list[Held] = []
    for held in before:
        twin = by_bytes.get(held.sha256) if held.sha256 is not None else None
        if twin is not None:
            taken.add(twin.document)
            yield held, twin
        else:
            rest.append(held)
    for held in rest:
        heirs = [by_path[path] for path in held.paths if path in by_path and by_path[path].document not in taken]
        taken |= {heirs[0].document} if heirs else set()
        yield held, heirs[0] if heirs else None
    yield from ((None, held) for held in after if held.document not in taken)


def _differ(then: Held | None, now: Held | None) -> bool:
    if then is None or now is None:
        return True
    return (then.reading_id, then.status, then.sha256) != (now.reading_id, now.status, now.sha256)


def _how(then: Held | None, now: Held | None) -> str:
    if then is None or now is None:
        return "new" if then is None else "gone"
    if then.sha256 != now.sha256:
        return "changed"
    return "reread" if then.status == now.status else "status"


def _document(store: Store, then: Held | None, now: Held | None) -> DocumentDifference:
    old = _records(store, then)
    new = _records(store, now)
    matched = _match(store, then, now, old, new)
    changed = []
    for old_id, new_id in matched.items():
        fields = {key: (old[old_id][key], new[new_id][key]) for key in FACTS if old[old_id][key] != new[new_id][key]}
        if fields:
            changed.append(Changed(old[old_id], new[new_id], fields))
    found = set(matched.values())
    named = now if now is not None else then
    assert named is not None  # a pair has at least one side
    return DocumentDifference(
        document=named.document,
        how=_how(then, now),
        then=then,
        now=now,
        new=[record for record_id, record in new.items() if record_id not in found],
        gone=[record for record_id, record in old.items() if record_id not in matched],
        changed=changed,
        same=len(matched) - len(changed),
        moved=sum(old_id != new_id for old_id, new_id in matched.items()),
    )


def _records(store: Store, held: Held | None) -> dict[str, Row]:
    """The records of a document as they were read, in the order of its text."""
    if held is None or held.reading_id is None:
        return {}
    rows = [flatten_row(row, document=held.document) for row in store.extracted(held.reading_id)]
    return {row["record_id"]: row for row in sorted(rows, key=place_in_text)}


def _match(
    store: Store, then: Held | None, now: Held | None, old: dict[str, Row], new: dict[str, Row]
) -> dict[str, str]:
    """Old id -> new id: the same one, else the record that stands where the old one's words stand now."""
    matched = {record_id: record_id for record_id in old if record_id in new}
    if then is None or now is None or then.reading_id is None or now.reading_id is None or len(matched) == len(old):
        return matched
    anew = Anew(store.text(now.reading_id), [row for key, row in new.items() if key not in matched])
    best: dict[str, tuple[tuple[int, ...], str]] = {}
    for record_id, row in old.items():
        match = anew.find(row) if record_id not in matched else None
        if match is not None and match.record_id is not None:
            best[match.record_id] = max(best.get(match.record_id, ((), "")), (match.likeness, record_id))
    return matched | {old_id: new_id for new_id, (_, old_id) in best.items()}
