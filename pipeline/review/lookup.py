"""A place in a document in, what the store holds there out: its text, its sentence, the findings about a record."""

from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from pipeline.rows import Row
from pipeline.store import Store, models

KEPT = 4096
"""Answers that are kept, a few kilobytes each."""
AROUND = 420
"""Characters of context on either side of a passage."""


class Piece(NamedTuple):
    """Characters of a passage and what they are: "" for context, "sentence" or "value"."""

    text: str
    kind: str


class Lookup:
    """Short questions to the store; a reading never changes, so that what was asked lately is answered from memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.text = lru_cache(maxsize=16)(store.text)
        self.record = lru_cache(maxsize=KEPT)(store.record)
        self.findings = lru_cache(maxsize=KEPT)(self._findings)
        self.sentence = lru_cache(maxsize=KEPT)(self._sentence)

    def _findings(self, reading_id: int, record_id: str) -> list[Row]:
        """What checks say about a record, the gravest first."""
        finding, linked, every = models.Finding, models.FindingRecord, aliased(models.FindingRecord)
        mine = (linked.reading_id == finding.reading_id) & (linked.finding_id == finding.finding_id)
        others = (every.reading_id == finding.reading_id) & (every.finding_id == finding.finding_id)
        asked = (
            select(*finding.__table__.columns, every.record_id)
            .join(linked, mine)
            .join(every, others)
            .where(linked.reading_id == reading_id, linked.record_id == record_id)
            .order_by(finding.finding_id, every.position)
        )
        found: dict[str, Row] = {}
        with self._store.looking() as session:
            for row in session.execute(asked).mappings():
                told = found.setdefault(row["finding_id"], {**row, "record_ids": []})
                told["record_ids"].append(row["record_id"])
        ranks = {
            row["finding_id"]: (VERDICTS.index(row["verdict"]), WEIGHT.index(row["severity"])) for row in found.values()
        }
        return sorted(found.values(), key=lambda row: (*ranks[row["finding_id"]], row["check"]))

    def _sentence(self, reading_id: int, start: int, end: int) -> Row | None:
        """The sentence that holds these characters, or at least the first of them."""
        sentence = models.Sentence
        asked = (
            select(*sentence.__table__.columns)
            .where(sentence.reading_id == reading_id, sentence.start <= start, sentence.end > start)
            .order_by(sentence.start.desc(), (sentence.end < end))
        )
        with self._store.looking() as session:
            row = session.execute(asked).mappings().first()
            return dict(row) if row is not None else None

    def unknown_numbers(self) -> dict[int, int]:
        """Reading -> how many of its numbers nothing explains."""
        left = models.Leftover
        with self._store.looking() as session:
            found = session.execute(
                select(left.reading_id, func.count()).where(left.reason.is_(None)).group_by(left.reading_id)
            )
            return {reading_id: count for reading_id, count in found}  # noqa: C416  (rows are no pairs to mypy)

    def passage(self, reading_id: int, *, around: tuple[int, int], value: tuple[int, int], margin: int) -> list[Piece]:
        """The text about a sentence and `margin` characters on either side of it.

        It is cut where the sentence (`around`) and the value in it begin and end.
        """
        text = self.text(reading_id)
        start, end = max(around[0] - margin, 0), min(around[1] + margin, len(text))
        low, high = max(value[0], around[0]), min(value[1], around[1])
        low, high = (low, high) if low < high else (around[1], around[1])
        cuts = [
            (start, around[0], ""),
            (around[0], low, "sentence"),
            (low, high, "value"),
            (high, around[1], "sentence"),
            (around[1], end, ""),
        ]
        return [Piece(text[a:b], kind) for a, b, kind in cuts if a < b]


VERDICTS = ("inconsistent", "uncheckable", "consistent")
WEIGHT = ("error", "warning", "note")
