"""The sample reviews, and their twins in other formats, give the very records and findings of the golden files."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.golden.reviews import REVIEWS, golden_files, read
from tests.golden.rewrite import FOLDER, raised, write

HOW = "\nIf the new ones are right: python -m tests.golden.rewrite, and look at the difference before committing it."
NAMES = {f"{review.name}.{kind}.jsonl" for review in REVIEWS for kind in ("records", "findings")}


def rows(content: str) -> dict[str, dict[str, Any]]:
    """The lines of a golden file by their id."""
    found = [json.loads(line) for line in content.splitlines()]
    return {row.get("record_id") or row["finding_id"]: row for row in found}


def changes(golden: str, content: str) -> list[str]:
    """What is gone (-), new (+) or of other fields (~) in a golden file's rows, a line each."""
    old, new = rows(golden), rows(content)
    lines = [f"- {brief(old[key])}" for key in old if key not in new]
    lines += [f"+ {brief(new[key])}" for key in new if key not in old]
    for key in (key for key in old if key in new):
        fields = sorted(name for name in old[key] | new[key] if old[key].get(name) != new[key].get(name))
        lines += [f"~ {brief(new[key])}: {name} was {old[key].get(name)!r}" for name in fields]
    return lines or ["the order of the lines"]


def brief(row: dict[str, Any]) -> str:
    keys = ("kind", "check", "verdict", "study", "arm", "comparator", "population", "endpoint", "statistic", "quote")
    return " | ".join(str(row[key]) for key in keys if key in row)


@pytest.mark.parametrize("review", REVIEWS, ids=[review.name for review in REVIEWS])
def test_a_review_gives_its_golden_files(review: Path) -> None:
    for name, content in golden_files(review):
        golden = (FOLDER / name).read_text(encoding="utf-8")
        if content != golden:
            found = changes(golden, content)
            pytest.fail("\n".join([f"{name}: {len(found)} changes", *found[:40], HOW]))


def test_a_change_is_shown_in_brief() -> None:
    first = '{"record_id": "a", "kind": "cohort", "n": 5}\n{"record_id": "b", "kind": "cohort"}\n'
    second = '{"record_id": "a", "kind": "cohort", "n": 6}\n{"record_id": "c", "kind": "estimate"}\n'
    assert changes(first, second) == ["- cohort", "+ estimate", "~ cohort: n was 5"]


def test_every_review_has_its_golden_files_and_no_others() -> None:
    assert len(REVIEWS) == 5
    assert {path.name for path in FOLDER.glob("*.jsonl")} == NAMES


def test_tests_write_no_golden_file(tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in FOLDER.glob("*.jsonl")}
    assert {path.name for path in write(tmp_path)} == NAMES
    assert {path.name for path in tmp_path.iterdir()} == NAMES
    assert {path: path.stat().st_mtime_ns for path in FOLDER.glob("*.jsonl")} == before


NUMBER = {"span": True}
# A line may break where a format has a blank, so that of an interval only its bounds are the same.
PLACE: dict[str, Any] = {
    **dict.fromkeys(("value", "n", "percent", "events", "spread"), NUMBER),
    "interval": {"span": True, "raw": True, "low": NUMBER, "high": NUMBER},
    "p": {"span": True, "raw": True, "number": NUMBER},
}


def said(review: Path) -> Counter[str]:
    """What a review's records say, their places left out; tables may stand elsewhere in another format."""
    return Counter(record.fact.model_dump_json(exclude=PLACE) for record in read(review).records)


@pytest.mark.parametrize("twin", [review for review in REVIEWS if review.suffix != ".pdf"], ids=lambda path: path.name)
def test_a_twin_says_the_same_as_its_pdf(twin: Path) -> None:
    pdf = next(review for review in REVIEWS if review.name == f"{twin.stem}.pdf")
    here, there = said(pdf), said(twin)
    assert (sorted(here - there), sorted(there - here)) == ([], [])
    assert here.total() > 100


def test_floors_only_rise() -> None:
    levels = ("value", "endpoint", "study", "group", "complete", "provenance")
    high, low = dict.fromkeys(levels, 0.9), dict.fromkeys(levels, 0.5)
    assert "value = 0.870" in raised({}, {"paper": high})
    assert "value = 0.900" in raised({"paper": high}, {"paper": low})
    assert "value = 0.870" in raised({"paper": low}, {"paper": high})
    assert "value = 0.500" in raised({"paper": low}, {})
