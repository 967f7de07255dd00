"""Flat records and findings to draw: a hazard ratio unless said otherwise."""

from itertools import count
from typing import Any

from schemas.flat import FlatRecord

NUMBERS = count(1)


def flat(**changes: Any) -> dict[str, Any]:
    """One record as the dataset holds it."""
    record = {
        "record_id": f"{next(NUMBERS):016x}", "document": "review", "kind": "comparison", "study": "HORIZON",
        "study_alt_names": [], "study_type": None, "registry_ids": [], "population": "", "arm": "a + b",
        "arm_role": "experimental", "comparator": "b", "endpoint": "PFS", "endpoint_text": "PFS", "event": None,
        "site": None, "timepoint": None, "statistic": "HR", "value": 0.7, "value_text": "0.70", "unit": "ratio",
        "status": "reported", "ci": [0.5, 0.95], "ci_level": 95, "p": "=0.02", "events": None, "n": None,
        "percent": None, "refs": [], "cited": [], "source": "text", "section": "Results", "page": 2,
        "sentence_id": "s1", "sentence": "HR 0.70 (95% CI 0.50-0.95; P = 0.02).", "quote": "HR 0.70",
        "quote_start": 0, "quote_end": 7, "value_start": 3, "events_start": None, "sd_start": None, "boxes": [],
        "rules": [], "confidence": 0.9, "needs_review": False, "flags": [], "review": None,
    }  # fmt: skip
    FlatRecord.model_validate(record | changes)
    return record | changes


def median(**changes: Any) -> dict[str, Any]:
    """A median in one arm, without an interval."""
    plain = {
        "kind": "estimate", "statistic": "median", "unit": "months", "value": 8.5, "value_text": "8.5", "ci": None,
        "ci_level": None, "p": None, "comparator": None,
    }  # fmt: skip
    return flat(**(plain | changes))


def finding(*record_ids: str, **changes: Any) -> dict[str, Any]:
    """A finding that the records' numbers disagree."""
    found = {
        "finding_id": f"f{next(NUMBERS)}", "document": "review", "check": "interval_vs_p", "verdict": "inconsistent",
        "record_ids": list(record_ids), "study": "HORIZON", "value": 0.7, "printed": "", "expected": "",
        "message": "the interval implies another P", "severity": "error",
    }  # fmt: skip
    return found | changes


def review(verdict: str = "accept") -> dict[str, Any]:
    """A reviewer's decision."""
    return {"verdict": verdict, "reviewer": "ada", "at": "2026-01-02T00:00:00+00:00", "correction": {}}
