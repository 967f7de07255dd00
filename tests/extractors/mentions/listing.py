"""A file of tests/cases in, its cases for pytest out."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "cases"


def listed(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    cases: list[dict[str, Any]] = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]
    return cases


def cases(found: list[dict[str, Any]]) -> list[Any]:
    """Cases as parameters; one with a known defect must fail, so that it is noticed when it no longer does."""
    return [
        pytest.param(
            case,
            id=case["what"],
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["known_defect"])]
            if "known_defect" in case
            else [],
        )
        for case in found
    ]
