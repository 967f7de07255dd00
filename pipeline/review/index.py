"""The store in, one short entry for each record of the dataset out: what the queue orders, filters and lists."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from pipeline.commands.listing import endpoint_of, group_of, precision_of, value_of
from pipeline.exports.content import records_of
from pipeline.rows import Row
from pipeline.store import Held, Store, models
from pipeline.store.review_models import AddedRecord

SEVERITY = {"error": 3, "warning": 2, "note": 1}


class Entry(NamedTuple):
    """One record in short; `checks` are those that disagree, `worst` the gravest of them (3 error to 0 none)."""

    record_id: str
    document: str
    sha256: str
    reading_id: int
    place: int
    kind: str
    study: str
    names: str
    endpoint: str
    group: str
    said: str
    value: str
    precision: str
    page: int | None
    source: str
    sentence_id: str
    start: int
    end: int
    mark: tuple[int, int]
    flags: tuple[str, ...]
    checks: tuple[str, ...]
    worst: int
    flagged: bool
    confidence: float
    added: bool
    lot: str

    @property
    def rank(self) -> tuple[int, float, str, int]:
        """Sorts flagged records, the worst first: by the gravest check that disagrees, then by how unsure it is."""
        return (-self.worst, self.confidence, self.document, self.place)


class Index(NamedTuple):
    """All entries by record id, in the order of documents and their texts; the documents; where their files lie."""

    entries: dict[str, Entry]
    held: dict[str, Held]
    elsewhere: dict[tuple[str, ...], tuple[str, ...]]
    originals: dict[str, tuple[Path, ...]]


def newest(store: Store) -> tuple[int, int]:
    """Changes when a run or a record has been added."""
    with store.looking() as session:
        run = session.scalar(select(func.max(models.Run.id))) or 0
        return run, session.scalar(select(func.count()).select_from(AddedRecord)) or 0


def build_index(store: Store) -> Index:
    """Look at every record of the dataset once."""
    held = store.held()
    entries = {entry.record_id: entry for each in held for entry in _entries(store, each)}
    return Index(entries, {each.document: each for each in held}, _elsewhere(entries.values()), _originals(store))


def _entries(store: Store, held: Held) -> Iterator[Entry]:
    if held.reading_id is None or held.sha256 is None:
        return
    checks: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for finding in store.rows(models.Finding, held.reading_id):
        if finding["verdict"] == "inconsistent":
            for record_id in finding["record_ids"]:
                checks[record_id].append((SEVERITY[finding["severity"]], finding["check"]))
    for place, record in enumerate(records_of(store, held, whole=True)):
        yield entry_of(record, held=held, place=place, findings=checks[record["record_id"]])


def entry_of(record: Row, *, held: Held, place: int, findings: Sequence[tuple[int, str]] = ()) -> Entry:
    """A flat record in short; `findings` are (severity, check) of what disagrees about it."""
    worst = max((severity for severity, _ in findings), default=0)
    return Entry(
        record_id=record["record_id"],
        document=held.document,
        sha256=held.sha256 or "",
        reading_id=held.reading_id or 0,
        place=place,
        kind=record["kind"],
        study=record["study"],
        names=" ".join([record["study"], *record["study_alt_names"], *record["registry_ids"]]).casefold(),
        endpoint=record["endpoint"] or "",
        group=group_of(record),
        said=endpoint_of(record),
        value=value_of(record),
        precision=precision_of(record),
        page=record["page"],
        source=record["source"],
        sentence_id=record["sentence_id"],
        start=record["quote_start"],
        end=record["quote_end"],
        mark=_mark(record),
        flags=tuple(record["flags"]),
        checks=tuple(sorted({check for _, check in findings})),
        worst=worst,
        flagged=worst > 0 or record["needs_review"],
        confidence=record["confidence"],
        added="added" in record["flags"],
        lot=hashlib.sha256(f"lot|{record['record_id']}".encode()).hexdigest(),
    )


def _mark(record: Row) -> tuple[int, int]:
    """The characters of the printed number, or the whole quote where it is not told apart in it."""
    start = record["value_start"]
    begins = start is not None and record["quote"].startswith(record["value_text"], start - record["quote_start"])
    if start is None or not record["value_text"] or not begins:
        return record["quote_start"], record["quote_end"]
    return start, start + len(record["value_text"])


def result_key(entry: Entry) -> tuple[str, ...]:
    """The same for the same result of the same study, wherever it is printed."""
    study = "".join(character for character in entry.study.casefold() if character.isalnum())
    return (study, entry.kind, entry.said.casefold(), entry.group.casefold())


def _elsewhere(entries: Iterable[Entry]) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in entries:
        found[result_key(entry)].append(entry.record_id)
    return {key: tuple(ids) for key, ids in found.items() if len(ids) > 1}


def _originals(store: Store) -> dict[str, tuple[Path, ...]]:
    """Every file that a run found the bytes in, by their sha256."""
    with store.looking() as session:
        rows = session.execute(select(models.RunDocument.sha256, models.RunDocument.path).distinct()).all()
    found: dict[str, set[str]] = defaultdict(set)
    for sha256, path in rows:
        if sha256 is not None:
            found[sha256].add(path)
    return {sha256: tuple(Path(path) for path in sorted(paths)) for sha256, paths in found.items()}
