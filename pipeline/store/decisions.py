"""Decisions of reviewers in; where each belongs in a reading, what stands of them, and which found no place, out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.rows import Row
from pipeline.store import content, models
from pipeline.store.anchoring import Anew, Match, differing
from pipeline.store.review_models import AddedRecord
from pipeline.store.standing import fold
from schemas.anchor import Quote, Span
from schemas.record import Decision

Origin = tuple[int | None, str]
"""The reading a decision was made on, and the id its record has there."""

TAKEN = "another decided record is more like the one that stands there now"
GONE = "no file of the dataset holds its document any more"
NOWHERE = "its record is in no reading of this store"
TORN = "its words stand there no more, or more than once"


class Placed(NamedTuple):
    """A decision as it was made, and what it is about in the reading asked for.

    `record_id` is null where it is about nothing there (`problem` says why). One about a record that a reviewer added
    keeps that id, and `quote` is where it stands. `changed` names what is read otherwise now than when the reviewer
    decided, unless the correction says it anyway.
    """

    number: int
    decision: Decision
    made_on: int | None
    record_id: str | None
    quote: Quote | None = None
    changed: tuple[str, ...] = ()
    problem: str = ""

    @property
    def verdict(self) -> str:
        """What was decided."""
        return self.decision.verdict

    @property
    def reviewer(self) -> str:
        """By whom."""
        return self.decision.reviewer

    @property
    def role(self) -> str:
        """As what."""
        return self.decision.role

    @property
    def correction(self) -> Mapping[str, Any]:
        """What is put in place of extracted fields."""
        return self.decision.correction


def placed(session: Session, reading_id: int) -> list[Placed]:
    """Every decision about this document, or an earlier or later version of the same file, in order of time.

    A decision keeps its place where its record's id is still there. Else the quote decides: the record of the same
    kind whose number stands where the quote stands now. Of decisions about several records that have become one,
    the one about the record most like it stays.
    """
    rows = _relevant(session, reading_id)
    if not rows:
        return []
    records = {record["record_id"]: record for record in content.wide_records(session, reading_id)}
    text = session.scalars(select(models.Reading.text).where(models.Reading.id == reading_id)).one()
    anew = Anew(text, list(records.values()))
    origins = _origins(session, rows)
    matches = _without_rivals({key: _match(key, seen, anew, records, reading_id) for key, seen in origins.items()})
    return [_place(row, matches[row.reading_id, row.record_id], origins, anew, records) for row in rows]


def reviewed(session: Session, reading_id: int) -> Iterator[tuple[Row, Row | None]]:
    """Each record of a reading as one wide row, with the decision that stands, in order of their ids."""
    standing = _standing(placed(session, reading_id))
    for record in content.wide_records(session, reading_id):
        one = standing.get(record["record_id"])
        yield record, _review(one) if one is not None else None


def inherited(session: Session, sha256: str) -> Iterator[tuple[Row, Row]]:
    """Records that reviewers added to another version of a document, at their place in its latest reading."""
    held = session.scalar(
        select(func.max(models.Reading.id)).join(models.Document).where(models.Document.sha256 == sha256)
    )
    for record_id, one in _standing(placed(session, held) if held is not None else ()).items():
        added = session.get(AddedRecord, record_id)
        if held is None or added is None or added.sha256 == sha256 or one.quote is None:
            continue
        row: Row = dict(added.row)
        moved = one.quote.span.start - row["quote_start"]
        row |= {key: row[key] + moved for key in ("value_start", "events_start", "sd_start") if row[key] is not None}
        row |= {"quote": one.quote.text, "quote_start": one.quote.span.start, "quote_end": one.quote.span.end}
        yield row | _sentence_at(session, held, one.quote.span.start), _review(one)


def lost(session: Session, readings: Collection[int]) -> list[Placed]:
    """Each reviewer's latest decision about each record that is about nothing in these readings, in order of time."""
    missing = {row.id: row for row in session.scalars(select(models.Decision).order_by(models.Decision.id))}
    problems: dict[int, str] = {}
    for reading_id in _decided(session, readings) if missing else ():
        for one in placed(session, reading_id):
            if one.record_id is not None:
                missing.pop(one.number, None)
            problems.setdefault(one.number, one.problem)
    counting = _counting(session, missing.values())
    return [
        Placed(number, _decision(row), row.reading_id, None, problem=problems.get(number, GONE))
        for number, row in missing.items()
        if number in counting
    ]


def versions(session: Session, sha256: str) -> set[str]:
    """All bytes that were ever found under a path that also held these, themselves included."""
    known: set[str] = set()
    new = {sha256}
    row = models.RunDocument
    while new:
        known |= new
        paths = select(row.path).where(row.sha256.in_(new)).distinct()
        there = session.scalars(select(row.sha256).where(row.path.in_(paths), row.sha256.is_not(None)).distinct())
        new = {found for found in there if found is not None} - known
    return known


def _by_record(decisions: Iterable[Placed]) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = defaultdict(list)
    for one in decisions:
        if one.record_id is not None:
            found[one.record_id].append(one)
    return found


def _standing(decisions: Iterable[Placed]) -> dict[str, Placed]:
    folded = {record_id: fold(found).decision for record_id, found in _by_record(decisions).items()}
    return {record_id: one for record_id, one in folded.items() if one is not None}


def _counting(session: Session, rows: Iterable[models.Decision]) -> set[int]:
    """Which of these decisions count, by the latest reading that a decision was made on and that has their records."""
    judged: dict[int, bool] = {row.id: True for row in rows if row.reading_id is None}
    for made_on in sorted({row.reading_id for row in rows if row.reading_id is not None}, reverse=True):
        there = placed(session, made_on)
        own = {one.number for found in _by_record(there).values() for one in fold(found).own.values()}
        for one in there:
            if one.record_id is not None:
                judged.setdefault(one.number, one.number in own)
    return {number for number, counts in judged.items() if counts}


def _relevant(session: Session, reading_id: int) -> list[models.Decision]:
    if session.scalar(select(models.Decision.id).limit(1)) is None:
        return []
    sha256 = session.scalars(
        select(models.Document.sha256).join(models.Reading).where(models.Reading.id == reading_id)
    ).one()
    found = (
        select(models.Decision)
        .join(models.Reading, models.Reading.id == models.Decision.reading_id)
        .join(models.Document, models.Document.id == models.Reading.document_id)
        .where(models.Document.sha256.in_(versions(session, sha256)))
    )
    return list(session.scalars(found.order_by(models.Decision.id)))


def _decided(session: Session, readings: Collection[int]) -> list[int]:
    """Those of the readings that may hold a decided record: of a decided document or another version of it."""
    decided = session.scalars(
        select(models.Document.sha256)
        .join(models.Reading, models.Reading.document_id == models.Document.id)
        .join(models.Decision, models.Decision.reading_id == models.Reading.id)
        .distinct()
    )
    family = {version for sha256 in decided for version in versions(session, sha256)}
    every = session.execute(select(models.Reading.id, models.Document.sha256).join(models.Document))
    return [number for number, sha256 in every if number in readings and sha256 in family]


def _origins(session: Session, rows: list[models.Decision]) -> dict[Origin, Row | None]:
    """What each decision is about: the record as its reading has it, or as a reviewer added it."""
    asked: dict[int, set[str]] = defaultdict(set)
    found: dict[Origin, Row | None] = {(row.reading_id, row.record_id): None for row in rows}
    for made_on, record_id in found:
        if made_on is not None:
            asked[made_on].add(record_id)
        added = session.get(AddedRecord, record_id)
        found[made_on, record_id] = added.row if added is not None else None
    for reading_id, ids in asked.items():
        for record in content.wide_records(session, reading_id, only=ids):
            found[reading_id, record["record_id"]] = record
    return found


def _match(key: Origin, seen: Row | None, anew: Anew, records: dict[str, Row], reading_id: int) -> Match:
    made_on, record_id = key
    if record_id in records:
        return Match(record_id, (2,))
    if seen is None:
        return Match(None, problem=NOWHERE)
    if "document" in seen:  # a flat row: one that a reviewer added
        return Match(record_id, (2,)) if anew.place(_quote_of(seen)) is not None else Match(None, problem=TORN)
    return anew.find(seen) if made_on != reading_id else Match(None, problem=NOWHERE)


def _without_rivals(matches: dict[Origin, Match]) -> dict[Origin, Match]:
    """Where several records of one reading have become one, that of the one most like it stays."""
    best: dict[tuple[int | None, str | None], tuple[tuple[int, ...], str]] = {}
    for (made_on, old), match in matches.items():
        best[made_on, match.record_id] = max(best.get((made_on, match.record_id), ((), "")), (match.likeness, old))
    return {
        key: match if match.record_id is None or best[key[0], match.record_id][1] == key[1] else Match(None, (), TAKEN)
        for key, match in matches.items()
    }


def _place(
    row: models.Decision, match: Match, origins: dict[Origin, Row | None], anew: Anew, records: dict[str, Row]
) -> Placed:
    one = Placed(row.id, _decision(row), row.reading_id, match.record_id, problem=match.problem)
    seen = origins[row.reading_id, row.record_id]
    if match.record_id is None:
        return one
    if match.record_id not in records:
        return one._replace(quote=anew.place(_quote_of(seen)) if seen is not None else None)
    record = records[match.record_id]
    otherwise = differing(seen, record) if seen is not None and "document" not in seen else []
    changed = tuple(name for name in otherwise if name not in one.correction)
    return one._replace(quote=_quote_of(record), changed=changed)


def _quote_of(row: Row) -> Quote:
    return Quote(span=Span(row["quote_start"], row["quote_end"]), text=row["quote"])


def _decision(row: models.Decision) -> Decision:
    fields = [name for name in Decision.model_fields if name != "quote"]
    quote = None
    if row.quote is not None and row.quote_start is not None and row.quote_end is not None:
        quote = Quote(span=Span(row.quote_start, row.quote_end), text=row.quote)
    return Decision.model_validate({name: getattr(row, name) for name in fields} | {"quote": quote})


def _sentence_at(session: Session, reading_id: int, place: int) -> Row:
    """Where a character stands: its sentence and page; the boxes of another version say nothing here."""
    found = session.scalars(
        select(models.Sentence).where(
            models.Sentence.reading_id == reading_id, models.Sentence.start <= place, models.Sentence.end > place
        )
    ).first()
    if found is None:
        return {"boxes": []}
    return {"sentence_id": found.sentence_id, "page": found.page, "section": found.heading, "boxes": []}


def _review(one: Placed) -> Row:
    return {
        "verdict": one.verdict,
        "reviewer": one.reviewer,
        "at": one.decision.at.isoformat(),
        "correction": one.decision.correction,
        "changed": list(one.changed),
    }
