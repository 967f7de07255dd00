"""The store in, what the dataset holds of each document out: the one source of all its files."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pipeline.exports.flat import UNANCHORED, flatten_row, place_in_text, with_review
from pipeline.plain import PlainReading
from pipeline.rows import Row, plain_number
from pipeline.store import Held, Store, models
from pipeline.store.content import in_order


class Content(NamedTuple):
    """One document's share of the dataset, every list in the order of its text."""

    held: Held
    records: list[Row]
    findings: list[Row]
    sentences: list[Row]
    studies: list[Row]
    references: list[Row]
    citations: list[Row]
    leftovers: list[Row]


def contents(store: Store) -> Iterator[Content]:
    """Every document of the dataset, by name; lists are empty where it could not be read."""
    for held in store.held():
        yield content(store, held)


def content(store: Store, held: Held) -> Content:
    """What the dataset holds of one document."""
    if held.reading_id is None:
        return Content(held, [], [], [], [], [], [], [])
    reading = held.reading_id
    return _assembled(held, records_of(store, held), lambda table: store.rows(table, reading))


def as_read(plain: PlainReading, held: Held) -> Content:
    """The same of a document that was just kept, without asking the store: as it was before any review."""
    studies = {row["study_id"]: row for row in plain.studies}
    records = [flatten_row(studies[row["study_id"]] | row, document=held.document) for row in plain.records]
    tables: dict[type[models.Table], list[Row]] = {
        models.Finding: plain.findings,
        models.Sentence: plain.sentences,
        models.Study: plain.studies,
        models.Reference: plain.references,
        models.Citation: plain.citations,
        models.Leftover: plain.leftovers,
    }
    return _assembled(held, sorted(records, key=place_in_text), lambda table: in_order(table, tables[table]))


def _assembled(held: Held, records: list[Row], rows: Callable[[type[models.Table]], list[Row]]) -> Content:
    here: Row = {"document": held.document}
    place = {record["record_id"]: i for i, record in enumerate(records)}
    findings: list[Row] = [here | row | {"value": plain_number(row["value"])} for row in rows(models.Finding)]
    findings.sort(key=lambda row: (min((place[i] for i in row["record_ids"]), default=len(place)), row["check"]))
    return Content(
        held,
        records,
        [_in_order(row, FINDING) for row in findings],
        [_in_order(here | row, SENTENCE) for row in rows(models.Sentence)],
        [here | row for row in rows(models.Study)],
        [here | row for row in rows(models.Reference)],
        [here | row for row in rows(models.Citation)],
        rows(models.Leftover),
    )


def _in_order(row: Row, keys: Sequence[str]) -> Row:
    return {key: row[key] for key in keys}


def records_of(store: Store, held: Held, *, whole: bool = False) -> list[Row]:
    """The flat records of one document, in the order of its text; none where it could not be read.

    `whole` gives the records as they were before any review, those too that a reviewer added and took back.
    """
    if held.reading_id is None:
        return []
    flat = [
        flatten_row(row, document=held.document, review=None if whole else review)
        for row, review in store.records(held.reading_id)
    ]
    return sorted([*flat, *_added(store, held, whole=whole)], key=place_in_text)


def _added(store: Store, held: Held, *, whole: bool) -> Iterator[Row]:
    """What reviewers added to the document and nobody took back, at its place in this reading's text."""
    rows = store.added(held.sha256) if held.sha256 is not None else []
    standing = [(row, None if whole else review) for row, review in rows if whole or review is not None]
    if not standing or held.reading_id is None:
        return
    text = store.text(held.reading_id)
    for row, review in standing:
        yield with_review(anchored(row, text) | {"document": held.document}, review)


def anchored(row: Row, text: str) -> Row:
    """An added record at its place in a text that may be read otherwise by now.

    Where its quote stands no more it keeps the place it had, and the flag "unanchored" says so.
    """
    quote, start = row["quote"], row["quote_start"]
    if text[start : start + len(quote)] == quote:
        return row
    places = [found.start() for found in re.finditer(re.escape(quote), text)]
    if not places:
        return row | {"flags": [*row["flags"], UNANCHORED], "needs_review": True}
    moved = min(places, key=lambda place: abs(place - start)) - start
    shifted = {key: row[key] + moved if row[key] is not None else None for key in OFFSETS}
    return row | shifted


def coverage(content: Content) -> Row:
    """How many of a document's numbers are in a record, why the others are not, and which are not understood.

    `not_understood` counts the left-over numbers that look like results; `reasons` what is known of the rest.
    """
    keys = ("start", "end", "text", "sentence_id", "page", "reason", "result")
    reasons = Counter(row["reason"] for row in content.leftovers if row["reason"] is not None)
    return {
        "document": content.held.document,
        "numbers": content.held.numbers,
        "explained": content.held.explained,
        "leftover": len(content.leftovers),
        "not_understood": content.held.not_understood,
        "reasons": dict(sorted(reasons.items())),
        "notice": content.held.reason,
        "leftovers": [{key: row[key] for key in keys} for row in content.leftovers],
    }


OFFSETS = ("quote_start", "quote_end", "value_start", "events_start", "sd_start")
FINDING = (
    "finding_id",
    "document",
    "check",
    "verdict",
    "record_ids",
    "study",
    "value",
    "printed",
    "expected",
    "message",
    "severity",
)
SENTENCE = ("document", "sentence_id", "page", "section", "heading", "text", "start", "end", "boxes", "citations")
