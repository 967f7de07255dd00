"""A model of confidence from judged records: its signs, its threshold, its figures on documents it has not seen."""

import random
import tomllib
from pathlib import Path

import pytest

from pipeline.calibration import Judged, calibrate, choose_threshold, fit, hold_out, reliability, unflagged
from pipeline.commands.confidence import as_markdown, write_model


def made(*, seed: int = 7, documents: int = 4, each: int = 150) -> list[Judged]:
    """Records that are right nine times in ten, four times in ten with the flag "doubt", whatever "noise" says."""
    chance = random.Random(seed)
    found = []
    for n in range(documents):
        for _ in range(each):
            traits = {"kind:estimate"} | {t for t in ("doubt", "noise", "precise") if chance.random() < 0.4}
            right = chance.random() < (0.4 if "doubt" in traits else 0.97)
            found.append(Judged(f"review {n}", frozenset(traits), right))
    return found


def test_what_goes_with_errors_gets_weight_and_the_rest_next_to_none() -> None:
    found = fit(made())
    assert found.weights["doubt"] < -2
    assert abs(found.weights.get("noise", 0.0)) < 0.6
    assert fit(made()) == found


def test_a_flag_that_goes_with_right_records_adds_nothing() -> None:
    judged = [r._replace(right=not r.right) for r in made()]
    assert "doubt" not in fit(judged).weights


def test_a_rare_trait_has_no_weight() -> None:
    judged = [*made(), Judged("review 0", frozenset({"kind:estimate", "seldom"}), right=False)]
    assert "seldom" not in fit(judged).weights


def test_the_threshold_leaves_as_many_as_the_target_allows() -> None:
    judged = made()
    confidences = hold_out(judged)
    threshold = choose_threshold(judged, confidences)
    calm = [r for r, c in zip(judged, confidences, strict=True) if c >= threshold]
    assert sum(r.right for r in calm) / len(calm) >= 0.95
    assert {"doubt" in r.traits for r in calm} == {False}
    assert len(calm) / len(judged) > 0.5


def test_where_the_target_is_out_of_reach_the_best_third_stays() -> None:
    judged = [r._replace(right=i % 2 == 0) for i, r in enumerate(made())]
    kept = unflagged(judged)[-1]
    assert kept.document == "all"
    assert kept.precision < 0.95
    assert kept.share > 0.1


def test_reliability_is_told_of_documents_not_seen() -> None:
    for found in reliability(made()):
        assert found.low <= found.confidence <= found.high
        assert found.right == pytest.approx(found.confidence, abs=0.1)


def test_layouts_of_one_document_count_once() -> None:
    judged = made()
    twice = [r._replace(weight=0.5) for r in judged for _ in range(2)]
    assert fit(twice).weights["doubt"] == pytest.approx(fit(judged).weights["doubt"], abs=0.01)
    assert unflagged(twice)[-1].records == len(judged)


def test_the_model_is_written_as_the_program_reads_it(tmp_path: Path) -> None:
    judged = made()
    found = calibrate(judged)
    write_model(found, judged, path=tmp_path / "confidence.toml")
    content = tomllib.loads((tmp_path / "confidence.toml").read_text(encoding="utf-8"))
    assert (content["intercept"], content["threshold"], content["weights"]) == (*found[::2], found.weights)
    table = as_markdown(reliability(judged), unflagged(judged))
    assert "| all | 600 |" in table
    assert table.endswith("is met.")
