"""A record, or its row in the store, in; the flat mapping of `records.jsonl` out."""

from collections.abc import Mapping
from typing import Any

from pipeline.rows import Row, plain_number, record_row, study_rows
from schemas.record import Record

NUMBERS = ("value", "events", "n", "percent", "ci_level", "confidence")
CONFIDENCE_KINDS = ("confidence", "credible")
"""Kinds of interval that `ci` may hold: a range or quartiles say nothing about a value's uncertainty."""
CHANGED = "changed_since_review"
"""Flag of a record that is read otherwise now than when a reviewer decided on it."""
UNANCHORED = "unanchored"
"""Flag of a record that a reviewer added, where the document no longer holds its quote."""


def flatten(record: Record, *, document: str, sha256: str) -> Row:
    """One record as the dataset writes it, straight from the core (no review)."""
    study = study_rows((record,), sha256=sha256)[0]
    return flatten_row(study | record_row(record, sha256=sha256), document=document)


def flatten_row(row: Mapping[str, Any], *, document: str, review: Row | None = None) -> Row:
    """One record as the dataset writes it: every key in its place, a reviewer's corrections applied."""
    has_interval = row.get("interval_kind") in CONFIDENCE_KINDS
    flat: Row = {
        "record_id": row["record_id"],
        "document": document,
        "kind": row["kind"],
        "study": row["study"],
        "study_alt_names": row["study_alt_names"],
        "study_type": row["study_type"],
        "registry_ids": row["registry_ids"],
        "population": row["population"],
        "arm": row["arm"],
        "arm_role": row["arm_role"],
        "comparator": row.get("comparator"),
        "endpoint": row.get("endpoint"),
        "endpoint_text": row.get("endpoint_text"),
        "event": row.get("event"),
        "site": row.get("site"),
        "timepoint": row.get("timepoint"),
        "statistic": row.get("statistic"),
        "value": row.get("value"),
        "value_text": row["value_text"],
        "unit": row["unit"],
        "status": row.get("status") or "reported",
        "ci": [plain_number(row["interval_low"]), plain_number(row["interval_high"])] if has_interval else None,
        "ci_level": row.get("interval_level") if has_interval else None,
        "p": row.get("p"),
        "events": row.get("events"),
        "n": row.get("n"),
        "percent": row.get("percent"),
    }
    flat |= {key: row[key] for key in PLACE}
    flat |= {key: plain_number(flat[key]) for key in NUMBERS}
    return with_review(flat, review)


def with_review(flat: Row, review: Row | None) -> Row:
    """A flat record with what stands of a reviewer's decisions: corrections applied, the review beside them.

    Who decided has looked: `needs_review` stays true only where the record has changed since (`review["changed"]`) or
    has lost its place.
    """
    if review is None:
        return flat | {"review": None}
    corrected = {key: value for key, value in review["correction"].items() if key in flat}
    flags = [*flat["flags"], *([CHANGED] if review.get("changed") else [])]
    marks = {"flags": flags, "needs_review": bool({CHANGED, UNANCHORED} & set(flags))}
    return flat | corrected | marks | {"review": {key: review[key] for key in review if key != "changed"}}


def place_in_text(record: Row) -> tuple[int, int, int, str, str]:
    """Sorts a document's records as their quotes stand in its text; those of one quote by their numbers."""
    start = record["value_start"] if record["value_start"] is not None else -1
    return (record["quote_start"], record["quote_end"], start, record["kind"], record["record_id"])


PLACE = (
    "refs",
    "cited",
    "source",
    "section",
    "page",
    "sentence_id",
    "sentence",
    "quote",
    "quote_start",
    "quote_end",
    "value_start",
    "events_start",
    "sd_start",
    "boxes",
    "rules",
    "confidence",
    "needs_review",
    "flags",
)
"""Where a record stands and how sure it is: the same name in the row and in the dataset."""
