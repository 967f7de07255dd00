"""FHIR R5: the models of fhir.resources take the bundle, every reference resolves, every printed number is there."""

import json
import tempfile
from pathlib import Path
from typing import Any

from fhir.resources.bundle import Bundle
from hypothesis import given, settings

from pipeline.exports.formats import fhir
from pipeline.exports.selection import Selected
from tests.pipeline.plots.making import flat, median, review
from tests.pipeline.standards.given import Given, records_of, selections, written


def read(selected: Any, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The bundle's resources by type, after the official models took it."""
    content = written(fhir, selected, folder, "fhir.json").read_text(encoding="utf-8")
    bundle = Bundle.model_validate_json(content)
    assert bundle.type == "collection"
    entries = json.loads(content).get("entry", [])
    urls = [entry["fullUrl"] for entry in entries]
    assert len(set(urls)) == len(urls), "bdl-7: a full URL stands once"
    assert all(entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}" for entry in entries)
    assert set(references(entries)) <= set(urls)
    found: dict[str, list[dict[str, Any]]] = {"Evidence": [], "EvidenceVariable": [], "Citation": []}
    for entry in entries:
        found[entry["resource"]["resourceType"]].append(entry["resource"])
    return found


def references(value: Any) -> list[str]:
    """Every reference below a value."""
    if isinstance(value, list):
        return [each for item in value for each in references(item)]
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return own + [each for item in value.values() for each in references(item)]
    return []


def test_the_samples_are_a_valid_bundle(samples: Selected, tmp_path: Path) -> None:
    found = read(samples, tmp_path)
    records = {record["record_id"]: record for record in samples.records()}
    evidence = {each["identifier"][0]["value"]: each for each in found["Evidence"]}
    assert evidence.keys() == records.keys()
    for record_id, record in records.items():
        text = json.dumps(evidence[record_id]["note"], ensure_ascii=False)
        assert f"page {record['page']}" in text or record["page"] is None
        assert evidence[record_id]["description"] == record["sentence"]
        assert evidence[record_id]["status"] == "draft", "nobody reviewed it"
    assert any("Finding (interval_vs_p, error)" in json.dumps(each["note"]) for each in found["Evidence"])
    titles = {citation["title"] for citation in found["Citation"]}
    assert {content.held.title for content in samples.contents() if content.records} <= titles


def test_a_comparison_is_told_whole(tmp_path: Path) -> None:
    record = flat(p="<0.001", n=148, ci=[0.5, 0.95], study_type="trial", registry_ids=["NCT01"], review=review())
    found = read(Given(("review", "HR 0.70 is a result", [record])), tmp_path)
    (evidence,) = found["Evidence"]
    (statistic,) = evidence["statistic"]
    assert statistic["statisticType"]["coding"][0]["display"] == "Hazard Ratio"
    assert statistic["quantity"]["value"] == 0.7
    assert statistic["sampleSize"] == {"knownDataCount": 148}
    interval, p = statistic["attributeEstimate"]
    assert (interval["level"], interval["range"]) == (0.95, {"low": {"value": 0.5}, "high": {"value": 0.95}})
    assert p["quantity"] == {"value": 0.001, "comparator": "<"}
    roles = [each["variableRole"]["coding"][0]["code"] for each in evidence["variableDefinition"]]
    assert roles == ["population", "exposure", "referenceExposure", "measuredVariable"]
    assert (evidence["status"], evidence["lastReviewDate"], evidence["reviewer"]) == (
        "active",
        "2026-01-02",
        [{"name": "ada"}],
    )
    assert evidence["relatedArtifact"][0]["document"]["url"].startswith("ni:///sha-256;")
    assert evidence["relatedArtifact"][0]["document"]["url"].endswith("#page=2")


def test_what_is_not_printed_is_not_there(tmp_path: Path) -> None:
    reached = median(value=None, value_text="", status="not reached", ci=[5, None], arm=None)
    (evidence,) = read(Given(("review", "not reached yet", [reached])), tmp_path)["Evidence"]
    (statistic,) = evidence["statistic"]
    assert statistic["description"] == "not reached"
    assert "quantity" not in statistic
    assert statistic["attributeEstimate"][0]["range"] == {"low": {"value": 5}}
    assert "level" not in statistic["attributeEstimate"][0]


def test_one_variable_serves_all_its_records(tmp_path: Path) -> None:
    found = read(Given(("review", "some words and more", [flat(), flat(value=0.8), flat(study="ref 9")])), tmp_path)
    assert len(found["Evidence"]) == 3
    assert sorted(each["title"] for each in found["EvidenceVariable"]) == [
        "HORIZON: all participants", "PFS", "a + b", "b", "ref 9: all participants",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True)
@given(selected=selections())
def test_any_records_are_valid_and_their_numbers_are_read_back(selected: Given) -> None:
    with tempfile.TemporaryDirectory() as folder:
        evidence = read(selected, Path(folder))["Evidence"]
    records = records_of(selected)
    assert [each["identifier"][0]["value"] for each in evidence] == [record["record_id"] for record in records]
    for each, record in zip(evidence, records, strict=True):
        (statistic,) = each["statistic"]
        printed = record["n"] if record["kind"] == "cohort" else record["value"]
        assert statistic.get("quantity", {}).get("value") == printed
        attributes = {a["type"]["coding"][0]["display"]: a for a in statistic.get("attributeEstimate", [])}
        assert ("P-value" in attributes) is (record["p"] is not None)
        if record["ci"] is not None:
            bounds = attributes["Confidence interval"].get("range", {})
            assert [bounds.get(side, {}).get("value") for side in ("low", "high")] == record["ci"]
