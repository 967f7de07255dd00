"""The scores of documents with gold stay above their floors; needs the optional folder of evaluation data."""

import tomllib
from pathlib import Path

import pytest

from tests.golden.scores import FLOORS, LEVELS, graded, measure_one

FLOOR: dict[str, dict[str, float]] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
# What holds in any case, whatever the floors say.
PROMISED = {"brain_metastases_her2.dovepress", "brain_metastases_her2.twocolumn"}
PROMISE = {"value": 0.75, "provenance": 0.95}


@pytest.mark.parametrize("name", sorted(FLOOR))
def test_no_score_falls_below_its_floor(name: str, evaluation_data: Path) -> None:
    documents = graded(evaluation_data)
    if name not in documents:
        pytest.skip(f"the evaluation data holds no {name}")
    found = measure_one(evaluation_data, *documents[name])
    assert {level: score for level, score in found.items() if score < FLOOR[name][level]} == {}


def test_floors_keep_what_was_promised() -> None:
    assert FLOOR.keys() >= PROMISED
    assert all(FLOOR[name][level] >= least for name in PROMISED for level, least in PROMISE.items())
    assert all(set(floors) == set(LEVELS) for floors in FLOOR.values())


def test_every_document_with_gold_has_floors(evaluation_data: Path) -> None:
    assert graded(evaluation_data).keys() - FLOOR.keys() == set()
