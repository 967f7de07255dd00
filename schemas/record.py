"""A fact with its place, its rules and what a reviewer decided; and everything one document gave (Extraction)."""

import hashlib
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from schemas.anchor import Frozen, Provenance, Quote, Span
from schemas.document import Document
from schemas.evidence import Cohort, Comparison, Estimate
from schemas.finding import Finding


def record_id(*, sha256: str, source: str, kind: str, start: int, end: int, ordinal: int = 0) -> str:
    """Sixteen hex digits that stay the same over re-runs of one document, however its arm or study is linked.

    `start` and `end` are the characters of the printed number, `ordinal` tells apart records of one kind that share
    them (a "both groups" value that stands for two arms).
    """
    key = f"{sha256}|{source}|{kind}|{start}|{end}|{ordinal}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


Corrected = str | int | float | None | tuple[int | float | None, int | float | None]
"""A field as a reviewer wrote it; a pair is an interval, null for an open bound."""


class Record(Frozen):
    """One extracted result; `confidence` is 0 to 1, `flags` say why a person should look."""

    record_id: str
    fact: Annotated[Cohort | Estimate | Comparison, Field(discriminator="kind")]
    provenance: Provenance
    rules: tuple[str, ...] = ()
    confidence: float = Field(default=0.5, ge=0, le=1)
    needs_review: bool = True
    flags: tuple[str, ...] = ()


class Leftover(Frozen):
    """A printed number no record explains; `reason` says what it is ("year", "dose", ...), null is not understood.

    `result` marks one not understood that looks like a result: it stands with an outcome, an effect or an interval.
    `sentence_id` is "table-N" for a cell of table N.
    """

    span: Span
    text: str
    sentence_id: str
    page: int | None = None
    reason: str | None = None
    result: bool = False


class Coverage(Frozen):
    """How many numbers a document prints, how many stand in a record, and the others with their reasons."""

    numbers: int
    explained: int
    leftovers: tuple[Leftover, ...] = ()

    @property
    def results(self) -> tuple[Leftover, ...]:
        """The numbers that look like results and are in no record."""
        return tuple(left for left in self.leftovers if left.result)


class Extraction(Frozen):
    """All that one document gave."""

    document: Document
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage


class Decision(Frozen):
    """What a reviewer decided about one record; re-anchored by `quote` when the record's id is gone.

    "withdraw" takes back the same reviewer's decision before it. `role` is blind for one of several who were assigned
    the record, adjudicator for who settles their conflict. `sampled` says that the record was drawn by lot from those
    nobody flagged; `document` is the sha256 of its document's bytes.
    """

    record_id: str
    verdict: Literal["accept", "reject", "correct", "add", "withdraw"]
    reviewer: str
    at: datetime
    correction: dict[str, Corrected] = Field(default_factory=dict)
    reason: str = ""
    quote: Quote | None = None
    role: Literal["single", "blind", "adjudicator"] = "single"
    sampled: bool = False
    document: str | None = None
