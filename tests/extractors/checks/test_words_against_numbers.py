"""Claims of significance and words of direction against the numbers of their sentence; cases in tests/cases/."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.checks.case import Case
from extractors.checks.claim_vs_p import check_claim_against_p
from extractors.checks.direction import check_direction
from schemas.record import Record
from tests.extractors.checks.making import comparison, document, estimate

CASES = Path(__file__).parents[2] / "cases"


def cases(name: str) -> list[Any]:
    listed = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["sentence"]) for case in listed]


def ratio(sentence: str, printed: dict[str, str], **known: Any) -> Record:
    statistic = "RR" if "RR" in sentence else "HR"
    return comparison(
        statistic,
        printed["value"],
        ci=printed.get("ci"),
        p=printed.get("p"),
        start=sentence.index(printed["value"]),
        sentence_id="s0",
        sentence=sentence,
        **known,
    )


@pytest.mark.parametrize("case", cases("claims"))
def test_claims(case: dict[str, Any]) -> None:
    records = [ratio(case["sentence"], printed) for printed in case["printed"]]
    found = {f.record_ids[0]: f.verdict for f in check_claim_against_p(Case(records, document(case["sentence"])))}
    assert [found.get(record.record_id, "") for record in records] == case["verdicts"]


@pytest.mark.parametrize("case", cases("directions"))
def test_directions(case: dict[str, Any]) -> None:
    sentence = case["sentence"]
    records, after = [], 0
    for value in case["medians"]:
        start = sentence.index(value, after)
        after = start + len(value)
        records.append(
            estimate("PFS", value, statistic="median", unit="months", start=start, sentence_id="s0", sentence=sentence)
        )
    if "ratio" in case:
        records.append(ratio(sentence, case["ratio"]))
    found = list(check_direction(Case(records, document(sentence))))
    assert [finding.verdict for finding in found] == ([case["verdict"]] if case["verdict"] else [])
    assert [finding.value for finding in found] == ([case["about"]] if case["verdict"] else [])


def test_clear_claims_are_errors_and_doubtful_ones_warnings() -> None:
    sentence = "Drug A significantly extended OS (HR 0.91, P = 0.131)."
    severities = []
    for p in ("=0.131", "=0.07"):
        record = ratio(sentence, {"value": "0.91", "p": p})
        severities += [finding.severity for finding in check_claim_against_p(Case([record], document(sentence)))]
    assert severities == ["error", "warning"]


def test_a_ratio_against_the_medians_of_its_arms() -> None:
    def judged(first: str, second: str, ci: str) -> list[str]:
        place = {"sentence_id": "s0", "statistic": "median", "unit": "months"}
        records = [
            estimate("PFS", first, arm="a", **place),
            estimate("PFS", second, arm="b", **place),
            comparison("HR", "0.74", ci=ci, arm="a", comparator="b", sentence_id="s0"),
        ]
        return [finding.verdict for finding in check_direction(Case(records, document()))]

    assert judged("8.4", "11.0", "95% CI 0.64-0.86") == ["inconsistent"]
    assert judged("11.0", "8.4", "95% CI 0.64-0.86") == []
    assert judged("8.4", "11.0", "95% CI 0.40-1.19") == []  # medians of crossing curves may
