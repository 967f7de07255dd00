"""The flat record is what the dataset's exporter writes."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.exports.flat import flatten
from schemas.flat import FlatRecord
from schemas.record import Record
from tests.extractors.checks.making import SHA, cohort, comparison, estimate

RECORDS = [
    cohort("1,204", percent="68.6", population="x"),
    cohort(None, percent="23.5"),
    estimate("ORR", "61.5", ci="95% CI 44.6-76.6", events="24", n="39", arm="a"),
    estimate("OS", None, ci="CI 3.1-NR", statistic="median", unit="months"),
    comparison("HR", "0.74", ci="95.4% CI 0.64-0.86", p="=0.012", comparator="b"),
    comparison("p", None, p="<0.001"),
]


def line(record: Record) -> dict[str, Any]:
    """The record as it is after a line of records.jsonl is written and read."""
    written: dict[str, Any] = json.loads(json.dumps(flatten(record, document="review", sha256=SHA)))
    return written


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.fact.kind)
def test_what_is_written_is_what_is_described(record: Record) -> None:
    written = line(record)
    flat = FlatRecord.model_validate_json(json.dumps(written))
    assert json.loads(flat.model_dump_json()) == written
    assert list(written) == list(FlatRecord.model_fields)


def test_a_review_is_described_too() -> None:
    review = {"verdict": "correct", "reviewer": "r", "at": "2026-01-02T03:04:05+00:00", "correction": {"value": 0.7}}
    flat = FlatRecord.model_validate_json(json.dumps(line(RECORDS[4]) | {"review": review}))
    assert flat.review is not None
    assert flat.review.correction == {"value": 0.7}


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"kind": "other"},
        {"confidence": 2},
        {"p": "0.05"},
        {"ci": [1]},
        {"boxes": [[1, 2, 3]]},
        {"document": None},
    ],
)
def test_what_does_not_belong_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FlatRecord.model_validate_json(json.dumps(line(RECORDS[0]) | change))
