"""The gold of the sample reviews: every quote is printed, every field is one of its kind, planted errors are errors."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from schemas.evidence import Site, Statistic, Status, StudyType
from schemas.finding import Check

Row = dict[str, Any]

SHARED = {"kind", "study", "study_type", "population", "arm", "refs", "source", "quote", "note", "optional"}
RESULT = {"endpoint", "event", "site", "statistic", "timepoint", "value", "unit", "status", "ci", "ci_level", "p"}
KEYS = {
    "cohort": SHARED | {"n", "percent", "unit", "registry_ids"},
    "estimate": SHARED | RESULT | {"events", "n", "sd"},
    "comparison": SHARED | RESULT | {"comparator"},
}
NEEDED = {
    "cohort": {"study", "population", "arm", "n", "percent", "source", "quote"},
    "estimate": {"study", "population", "arm", "endpoint", "statistic", "value", "unit", "status", "source", "quote"},
    "comparison": {"study", "population", "arm", "comparator", "endpoint", "statistic", "value", "source", "quote"},
}
CODES = set("ORR CR PR SD PD DCR CBR PFS OS DFS iDFS EFS RFS MFS pCR DOR TTP TTF TTR QoL AE DOT MACE".split())
UNITS = {
    *("months", "weeks", "days", "years", "%", "ratio", "patients", "studies", "couples", "transmissions"),
    *("mg/dL", "mmol/L", "mL/min", "µm", "percentage points"),
    *("per 100 person-years", "per 1000 person-years", "per 100 women-years"),
    None,
}
WORDS = {"none": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "forty": 40}


def numbers_in(quote: str) -> set[float]:
    """The numbers of a quote without their signs, number words included."""
    digits = re.findall(r"\d[\d,\u202f]*(?:\.\d+)?", quote)
    words = {WORDS[word] for word in re.findall(r"[a-z]+", quote.lower()) if word in WORDS}
    return {float(re.sub(r"[,\u202f]", "", number).rstrip(".")) for number in digits} | words


def of(gold: list[Row], study: str, value: float) -> list[Row]:
    """The records of a study that print a number as their value, size or share."""
    return [r for r in gold if r["study"] == study and value in (r.get("value"), r.get("n"), r.get("percent"))]


@pytest.fixture
def article(printed: Callable[[bytes], str], squeezed: Callable[[str], str], corpus: Path, stem: str) -> str:
    """The letters and digits of one review before its reference list."""
    text, _, references = printed((corpus / f"{stem}.pdf").read_bytes()).partition("\nReferences")
    assert references
    return squeezed(text)


def test_every_quote_is_printed(gold: list[Row], article: str, squeezed: Callable[[str], str]) -> None:
    assert [r["quote"] for r in gold if r["quote"] != "–" and squeezed(r["quote"]) not in article] == []


def test_every_quote_holds_its_number(gold: list[Row]) -> None:
    for record in gold:
        number = record.get("value") if record["kind"] != "cohort" else record["n"] or record["percent"]
        if number is not None:
            assert abs(number) in numbers_in(record["quote"]), record
        if record.get("statistic") == "p":
            assert float(record["p"].lstrip("<=>")) in numbers_in(record["quote"]), record


def test_quotes_are_short_pieces_of_one_sentence(gold: list[Row]) -> None:
    texts = [r["quote"] for r in gold if r["source"] == "text"]
    assert [quote for quote in texts if not 15 <= len(quote) <= 80] == []
    assert [quote for quote in texts if re.search(r"(?<!vs)\. [A-Z]|\[\d+\]|\.\d+ [A-Z]", quote)] == []


def test_fields_are_of_their_kind(gold: list[Row]) -> None:
    for record in gold:
        keys = {key.removesuffix("_alt") for key in record}
        assert keys <= KEYS[record["kind"]], record
        assert NEEDED[record["kind"]] <= record.keys(), record
        assert all(isinstance(record[key], list) and record[key] for key in record if key.endswith("_alt")), record
        assert record.get("study_type") in (None, *get_args(StudyType)), record
        assert re.fullmatch(r"text|table \d+", record["source"]), record
        assert record["study"], record
        assert record.get("optional") in (None, True), record


def test_results_have_codes_units_and_whole_intervals(gold: list[Row]) -> None:
    for record in (r for r in gold if r["kind"] != "cohort"):
        endpoint = record["endpoint"]
        assert endpoint in CODES or endpoint[:3] in ("LDL", "HIV") or endpoint[0].islower(), record
        assert (endpoint == "AE") <= bool(record.get("event")), record
        assert {record["statistic"], *record.get("statistic_alt", ())} <= set(get_args(Statistic)), record
        assert record["site"] in (None, *get_args(Site)), record
        assert record["unit"] in UNITS, record
        status = record.get("status", "reported")
        assert status in get_args(Status), record
        assert (record["value"] is None) == (status != "reported" or record["statistic"] == "p"), record
        assert record["p"] is None or re.fullmatch(r"[<>=]\d*\.?\d+", record["p"]), record
        if record["ci"] is None:
            assert record["ci_level"] is None, record
        else:
            low, high = record["ci"]
            assert low is None or high is None or low < high, record


def test_cohorts_have_a_size_or_a_share(gold: list[Row]) -> None:
    cohorts = [r for r in gold if r["kind"] == "cohort"]
    assert [r for r in cohorts if r["n"] is None and r["percent"] is None] == []
    assert {r.get("unit", "patients") for r in cohorts} <= {"patients", "studies", "couples"}


def test_references_cited_are_in_the_list(gold: list[Row], corpus: Path, stem: str) -> None:
    source = (corpus / "source" / f"{stem}.typ").read_text(encoding="utf-8")
    listed = source.partition("#references(")[2].count("\n  [")
    assert 12 <= listed <= 25
    cited = {int(ref) for r in gold for ref in r["refs"]}
    assert cited <= set(range(1, listed + 1))


def test_each_review_reports_enough_studies(gold: list[Row]) -> None:
    assert len({r["study"] for r in gold}) >= 15
    assert {r["kind"] for r in gold} == {"cohort", "estimate", "comparison"}
    assert any(r["source"] == "table 1" for r in gold)


def test_findings_due_name_a_check_and_a_printed_number(gold: list[Row], due: list[Row]) -> None:
    studies = {r["study"] for r in gold}
    for row in due:
        assert row["due"] in ("must", "may", "never"), row
        assert row["check"] in get_args(Check), row
        assert row["study"] in studies, row
        assert row["value"] is None or of(gold, row["study"], row["value"]), row
    assert len({(r["check"], r["study"], r["value"]) for r in due}) == len(due)


def test_every_planted_error_is_told_to_the_reader(due: list[Row], gold: list[Row], corpus: Path) -> None:
    readme = (corpus / "README.md").read_text(encoding="utf-8")
    planted = [row for row in due if row["why"].startswith("planted")]
    assert [row["due"] for row in planted] == ["must"] * len(planted)
    assert 4 <= len(planted) <= 6
    assert [row["study"] for row in planted if row["study"] not in readme] == []
    noted = {r["study"] for r in gold if r.get("note", "").startswith("planted")}
    assert noted == {row["study"] for row in planted}


def test_shares_agree_with_their_counts_but_for_the_planted_ones(gold: list[Row], due: list[Row]) -> None:
    wrong = {
        (r["study"], r["value"])
        for r in gold
        if r["kind"] == "estimate" and r["unit"] == "%" and r["events"] is not None and r["n"] is not None
        if abs(100 * r["events"] / r["n"] - r["value"]) > (0.5 if r["value"] == int(r["value"]) else 0.05) + 1e-9
    }
    owed = {(d["study"], d["value"]) for d in due if d["check"] == "percent_vs_count" and d["due"] == "must"}
    cohorts = {(r["study"], r["percent"]) for r in gold if r["kind"] == "cohort"}
    assert wrong == owed - cohorts


def test_values_lie_in_their_intervals_but_for_the_planted_ones(gold: list[Row], due: list[Row]) -> None:
    wrong = {
        (r["study"], r["value"])
        for r in gold
        if r.get("ci") and r["value"] is not None
        for low, high in [r["ci"]]
        if (low is not None and r["value"] < low) or (high is not None and r["value"] > high)
    }
    owed = {(d["study"], d["value"]) for d in due if d["check"] == "interval_contains_value" and d["due"] == "must"}
    assert len(owed) == 1
    assert wrong == owed
