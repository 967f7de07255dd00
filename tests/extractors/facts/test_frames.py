"""Ordinary frames around two treatments give each its share, whatever the treatments and the outcome are called."""

import tomllib
from pathlib import Path

import pytest

from tests.extractors.facts.reading import read

GRID = tomllib.loads((Path(__file__).parents[2] / "cases" / "frames.toml").read_text(encoding="utf-8"))
SHARES = (12, 20)
MEANS = (3.4, 4.6)


def drugs(name: object) -> frozenset[str]:
    """The parts of a treatment, "+" and "plus" alike."""
    return frozenset(str(name).replace(" plus ", " + ").split(" + "))


def values_of(flat: list[dict[str, object]], values: tuple[float, float], pair: list[str], outcome: str) -> None:
    """Assert the two values of a frame, each with its treatment and of the outcome, and no others."""
    estimates = {r["value"]: r for r in flat if r["kind"] == "estimate"}
    assert set(estimates) == set(values)
    for value, treatment in zip(values, pair, strict=True):
        assert drugs(estimates[value]["arm"]) == drugs(treatment)
        assert outcome in (estimates[value]["endpoint"], estimates[value]["event"])


def effects_of(flat: list[dict[str, object]], value: float, pair: list[str]) -> list[dict[str, object]]:
    """The effects of a value, each asserted to be between the two treatments, in this order."""
    effects = [r for r in flat if r["kind"] == "comparison" and r["value"] == value]
    for effect in effects:
        assert drugs(effect["arm"]) == drugs(pair[0])
        assert drugs(effect["comparator"]) == drugs(pair[1])
    return effects


@pytest.mark.parametrize("frame", GRID["frames"])
@pytest.mark.parametrize("pair", GRID["pairs"], ids=lambda pair: pair[0])
def test_each_share_has_its_treatment_and_its_outcome(frame: str, pair: list[str]) -> None:
    for outcome in GRID["outcomes"]:
        flat = read(frame.format(A=pair[0], B=pair[1], E=outcome)).flat
        values_of(flat, SHARES, pair, outcome)
        assert len(effects_of(flat, 0.6, pair)) == ("0.60" in frame)


@pytest.mark.parametrize("frame", [*GRID["measured"], *GRID["compared"]])
@pytest.mark.parametrize("pair", GRID["pairs"], ids=lambda pair: pair[0])
def test_what_was_measured_has_its_treatments_and_its_outcome(frame: str, pair: list[str]) -> None:
    for outcome in GRID["measures"]:
        flat = read(frame.format(A=pair[0], B=pair[1], E=outcome)).flat
        if frame in GRID["measured"]:
            values_of(flat, MEANS, pair, outcome)
        effects = effects_of(flat, -1.2, pair)
        assert [e["endpoint"] for e in effects] == [outcome] * ("-1.2" in frame)
