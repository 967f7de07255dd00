"""The texts of tests/cases/facts*.toml give the records written there, and no others."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from schemas.flat import FlatRecord
from tests.extractors.facts.reading import read

FILES = sorted((Path(__file__).parents[2] / "cases").glob("facts*.toml"))
CASES: list[dict[str, Any]] = [
    case for file in FILES for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]
MOST_DEFECTS = 15
UNASKED = ["kind", "study", "value", "n", "quote"]  # what to show of a record too many


def marked(case: dict[str, Any]) -> Any:
    """The case for pytest; one with a known defect must fail, so that it is noticed when it no longer does."""
    why = case.get("known_defect")
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=why)] if why else []
    return pytest.param(case, id=case["what"], marks=marks)


def plain(value: Any) -> Any:
    """A value as TOML can write it, which has no null: "" for nothing known."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return "" if value is None else value


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_records_as_written(case: dict[str, Any]) -> None:
    found = [r for r in read(case["text"], title=case.get("title", "")).flat if case.get("about") in (None, r["kind"])]
    wanted = case["records"]
    # Each under the very keys the case asks for, so that a failure shows what was found in their place.
    keys = [*map(list, wanted), *[UNASKED] * len(found)]
    shown = [{key: plain(record[key]) for key in asked} for record, asked in zip(found, keys, strict=False)]
    assert shown == wanted


def test_cases_name_keys_of_the_dataset() -> None:
    keys = {key for case in CASES for record in case["records"] for key in record}
    assert keys - FlatRecord.model_fields.keys() == set()
    assert {key for case in CASES for key in case} <= {"what", "text", "title", "about", "records", "known_defect"}


def test_cases_have_names_of_their_own() -> None:
    counted = Counter(case["what"] for case in CASES)
    assert [name for name, times in counted.items() if times > 1] == []


def test_there_are_many_cases_with_refusals_and_few_defects() -> None:
    assert len(CASES) >= 80
    assert sum(not case["records"] for case in CASES) >= 12
    assert sum("known_defect" in case for case in CASES) <= MOST_DEFECTS
