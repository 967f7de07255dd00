"""Ordinary frames around two treatments give each its share, whatever the treatments and the outcome are called."""

import tomllib
from pathlib import Path

import pytest

from tests.extractors.facts.reading import read

GRID = tomllib.loads((Path(__file__).parents[2] / "cases" / "frames.toml").read_text(encoding="utf-8"))
SHARES = (12, 20)


def drugs(name: object) -> frozenset[str]:
    """The parts of a treatment, "+" and "plus" alike."""
    return frozenset(str(name).replace(" plus ", " + ").split(" + "))


@pytest.mark.parametrize("frame", GRID["frames"])
@pytest.mark.parametrize("pair", GRID["pairs"], ids=lambda pair: pair[0])
def test_each_share_has_its_treatment_and_its_outcome(frame: str, pair: list[str]) -> None:
    for outcome in GRID["outcomes"]:
        flat = read(frame.format(A=pair[0], B=pair[1], E=outcome)).flat
        estimates = {r["value"]: r for r in flat if r["kind"] == "estimate"}
        assert set(estimates) == set(SHARES)
        for value, treatment in zip(SHARES, pair, strict=True):
            assert drugs(estimates[value]["arm"]) == drugs(treatment)
            assert outcome in (estimates[value]["endpoint"], estimates[value]["event"])
        effects = [r for r in flat if r["kind"] == "comparison" and r["value"] == 0.6]
        assert len(effects) == ("0.60" in frame)
        for effect in effects:
            assert drugs(effect["arm"]) == drugs(pair[0])
            assert drugs(effect["comparator"]) == drugs(pair[1])


def effect_of(flat: list[dict[str, object]], pair: list[str], outcome: str) -> None:
    """Assert the one difference of a frame, between the two treatments and of what was measured."""
    (effect,) = (r for r in flat if r["kind"] == "comparison" and r["value"] == -1.2)
    assert drugs(effect["arm"]) == drugs(pair[0])
    assert drugs(effect["comparator"]) == drugs(pair[1])
    assert effect["endpoint"] == outcome


@pytest.mark.parametrize("frame", GRID["measured"])
@pytest.mark.parametrize("pair", GRID["pairs"], ids=lambda pair: pair[0])
def test_each_measurement_has_its_treatment_and_its_outcome(frame: str, pair: list[str]) -> None:
    for outcome in GRID["measures"]:
        flat = read(frame.format(A=pair[0], B=pair[1], E=outcome)).flat
        estimates = {r["value"]: r for r in flat if r["kind"] == "estimate"}
        assert set(estimates) == {3.4, 4.6}
        for value, treatment in zip((3.4, 4.6), pair, strict=True):
            assert drugs(estimates[value]["arm"]) == drugs(treatment)
            assert estimates[value]["endpoint"] == outcome
        if "-1.2" in frame:
            effect_of(flat, pair, outcome)


@pytest.mark.parametrize("frame", GRID["compared"])
@pytest.mark.parametrize("pair", GRID["pairs"], ids=lambda pair: pair[0])
def test_each_difference_has_its_treatments_and_its_outcome(frame: str, pair: list[str]) -> None:
    for outcome in GRID["measures"]:
        effect_of(read(frame.format(A=pair[0], B=pair[1], E=outcome)).flat, pair, outcome)
