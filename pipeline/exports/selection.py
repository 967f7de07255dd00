"""The store and a user's wishes in, the part of the dataset that an export is about out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.exports.conditions import Condition
from pipeline.exports.content import Content, content
from pipeline.rows import Row
from pipeline.store import Held, Store

KEPT = ("accept", "correct", "add")
"""Verdicts by which a reviewer stands for a record."""


class Selection(NamedTuple):
    """Which records are wanted; all of them unless something is said.

    `reviewed_only`: those a reviewer decided about. `unflagged_only`: those nothing speaks against, neither a flag
    nor an inconsistent finding, and those a reviewer accepted, corrected or added in spite of it. `rejected`: whether
    those a reviewer rejected are among them.
    """

    conditions: tuple[Condition, ...] = ()
    reviewed_only: bool = False
    unflagged_only: bool = False
    rejected: bool = True

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()

    def takes(self, record: Row, *, disputed: bool) -> bool:
        """Whether a flat record is wanted; `disputed` says that a finding calls its numbers inconsistent."""
        verdict = record["review"]["verdict"] if record["review"] is not None else None
        if verdict == "reject" and not self.rejected:
            return False
        if self.reviewed_only and verdict is None:
            return False
        if self.unflagged_only and verdict not in KEPT and (disputed or record["flags"] or record["needs_review"]):
            return False
        return all(condition.takes(record) for condition in self.conditions)


@dataclass(frozen=True)
class Selected:
    """The selected part of a dataset, read from the store a document at a time, so that size costs no memory.

    `tally` is what has been read of it so far: selected records of each document that has any.
    """

    store: Store
    selection: Selection
    tally: dict[str, int] = field(default_factory=dict)

    def documents(self) -> list[Held]:
        """Every document of the dataset, by name; also those that nothing is selected of."""
        return self.store.held()

    def contents(self) -> Iterator[Content]:
        """Document by document: its selected records, and findings, sentences, studies and references about them.

        Where everything is selected, also what no record is about: every sentence, every unread document.
        """
        for held in self.documents():
            whole = content(self.store, held)
            part = whole if self.selection.everything else _narrow(whole, self.selection)
            if part.records:
                self.tally[held.document] = len(part.records)
            if self.selection.everything or part.records:
                yield part

    def records(self) -> Iterator[Row]:
        """The selected records as `records.jsonl` has them, by document, in the order of its text."""
        for part in self.contents():
            yield from part.records

    def text(self, held: Held) -> str:
        """The text that a document's offsets count in; empty where it could not be read."""
        return self.store.text(held.reading_id) if held.reading_id is not None else ""


def disputed_records(findings: list[Row]) -> set[str]:
    """Ids of the records that an inconsistent finding is about."""
    return {each for row in findings if row["verdict"] == "inconsistent" for each in row["record_ids"]}


def _narrow(whole: Content, selection: Selection) -> Content:
    disputed = disputed_records(whole.findings)
    records = [row for row in whole.records if selection.takes(row, disputed=row["record_id"] in disputed)]
    ids = {row["record_id"] for row in records}
    studies = {row["study"] for row in records}
    sentences = {row["sentence_id"] for row in records}
    return whole._replace(
        records=records,
        findings=[row for row in whole.findings if not ids.isdisjoint(row["record_ids"])],
        sentences=[row for row in whole.sentences if row["sentence_id"] in sentences],
        studies=[row for row in whole.studies if row["study"] in studies],
        citations=[row for row in whole.citations if row["sentence_id"] in sentences],
        leftovers=[],
    )
