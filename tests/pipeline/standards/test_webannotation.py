"""Web Annotations: the recommendation's MUSTs hold, and the selectors lead back to the record's characters and page."""

import copy
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from pipeline.exports.formats import webannotation
from pipeline.exports.selection import Selected
from tests.pipeline.plots.making import flat, review
from tests.pipeline.standards.annotation_model import COLLECTION
from tests.pipeline.standards.given import Given, records_of, selections, written

VALIDATOR = Draft202012Validator(COLLECTION)


def read(folder: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Annotations with the record each holds, after the model's demands and every selector were checked."""
    collection = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(collection)] == []
    items = collection["first"]["items"]
    assert collection["total"] == len(items)
    assert (collection["last"], collection["first"]["partOf"]) == (collection["first"]["id"], collection["id"])
    assert len({item["id"] for item in items}) == len(items)
    return [(item, follow(item, folder)) for item in items]


def follow(item: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The record in the annotation's body; its selectors must select what it quotes."""
    (body,) = [body for body in item["body"] if body["format"] == "application/json"]
    record: dict[str, Any] = json.loads(body["value"])
    words, *pages = item["target"]
    with (folder / words["source"]["label"]).open(encoding="utf-8", newline="") as file:
        text = file.read()
    quote, position = words["selector"]
    start, end = position["start"], position["end"]
    assert (start, end) == (record["quote_start"], record["quote_end"])
    assert text[start:end] == quote["exact"] == record["quote"]
    assert text[:start].endswith(quote["prefix"])
    assert text[end:].startswith(quote["suffix"])
    for target in pages:
        inside(record, target["selector"]["value"])
    return record


def inside(record: dict[str, Any], fragment: str) -> None:
    """RFC 3778: page=N&viewrect=left,top,width,height, with every box of that page in the rectangle."""
    given = dict(part.split("=") for part in fragment.split("&"))
    if "viewrect" not in given:
        assert int(given["page"]) == record["page"]
        return
    left, top, width, height = (float(number) for number in given["viewrect"].split(","))
    boxes = [box for box in record["boxes"] if box[0] == int(given["page"])]
    assert boxes
    for _, x0, y0, x1, y1 in boxes:
        assert left - 0.01 <= x0 <= x1 <= left + width + 0.02
        assert top - 0.01 <= y0 <= y1 <= top + height + 0.02


def test_the_samples_are_read_back(samples: Selected, tmp_path: Path) -> None:
    found = read(written(webannotation, samples, tmp_path))
    assert [record for _, record in found] == list(samples.records())
    assert sum(len(item["target"]) > 1 for item, _ in found) == sum(bool(r["boxes"] or r["page"]) for _, r in found)


def test_review_and_findings_are_bodies(tmp_path: Path) -> None:
    record = flat(review=review("correct"), flags=["arm_carried"])
    ((item, _),) = read(written(webannotation, Given(("review", "HR 0.70, x", [record])), tmp_path))
    said = {body["purpose"]: body["value"] for body in item["body"] if body["format"] == "text/plain"}
    assert said["assessing"] == "corrected by ada (arm_carried)"
    assert said["questioning"] == "interval_vs_p, error: the interval implies another P"
    assert said["describing"] == "HORIZON (a + b vs b): PFS HR 0.7 (95% CI 0.5 to 0.95) p=0.02"
    assert (item["creator"]["name"], item["modified"]) == ("ada", "2026-01-02T00:00:00+00:00")
    assert [target["source"]["format"] for target in item["target"]] == ["text/plain", "application/pdf"]
    assert item["target"][1]["selector"]["value"] == "page=2"


@pytest.mark.parametrize(
    "harm",
    [
        lambda item: item.pop("id"),
        lambda item: item.update(type="Note"),
        lambda item: item.pop("target"),
        lambda item: item.update(bodyValue="x"),
        lambda item: item["target"][0]["source"].update(id="not an iri"),
        lambda item: item["target"][0]["selector"][1].update(start=-1),
        lambda item: item["target"][0]["selector"][0].pop("exact"),
        lambda item: item["target"][1]["selector"].pop("value"),
        lambda item: item["body"][0].pop("value"),
        lambda item: item.update(modified="2026-01-02T00:00:00"),
    ],
)
def test_what_the_model_forbids_is_noticed(tmp_path: Path, harm: Any) -> None:
    written(webannotation, Given(("review", "HR 0.70, x", [flat(review=review())])), tmp_path)
    collection = json.loads((tmp_path / "annotations.jsonld").read_text(encoding="utf-8"))
    harmed = copy.deepcopy(collection)
    harm(harmed["first"]["items"][0])
    assert VALIDATOR.is_valid(collection)
    assert not VALIDATOR.is_valid(harmed)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(selected=selections())
def test_any_records_are_read_back(selected: Given) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert [record for _, record in read(written(webannotation, selected, Path(folder)))] == records_of(selected)
