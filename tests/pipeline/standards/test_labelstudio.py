"""Label Studio: every region fits the labeling configuration that comes with it, and is read back."""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from lxml import etree

from pipeline.exports.formats import labelstudio
from pipeline.exports.selection import Selected
from tests.pipeline.plots.making import flat, review
from tests.pipeline.standards.given import Given, records_of, selections, written

# https://labelstud.io/guide/predictions: what a result's `type` is for a control tag, and which key its value has
CONTROLS = {"Labels": ("labels", "labels"), "Choices": ("choices", "choices"), "TextArea": ("textarea", "text")}


def read(folder: Path) -> list[dict[str, Any]]:
    """The records of all tasks, after every region was held against the configuration and the text."""
    config = etree.fromstring((folder / "config.xml").read_bytes())
    objects = {tag.get("name"): tag for tag in config.iter("Text")}
    controls = {tag.get("name"): tag for tag in config.iter(*CONTROLS)}
    allowed = {name: {each.get("value") for each in tag} for name, tag in controls.items() if tag.tag != "TextArea"}
    found = []
    for task in json.loads((folder / "tasks.json").read_text(encoding="utf-8")):
        assert {tag.get("value").removeprefix("$") for tag in config.iter("Text", "Header")} <= task["data"].keys()
        (prediction,) = task["predictions"]
        assert 0 <= prediction["score"] <= 1
        regions: dict[str, list[dict[str, Any]]] = {}
        for part in prediction["result"]:
            tag = controls[part["from_name"]]
            kind, key = CONTROLS[tag.tag]
            assert (part["to_name"], part["type"]) == (tag.get("toName"), kind)
            assert part["to_name"] in objects
            assert part["from_name"] == "kind" or tag.get("perRegion") == "true"
            assert isinstance(part["value"][key], list)
            assert tag.tag == "TextArea" or set(part["value"][key]) <= allowed[part["from_name"]]
            regions.setdefault(part["id"], []).append(part)
        for record_id, parts in regions.items():
            record = task["data"]["records"][record_id]
            assert {(part["value"]["start"], part["value"]["end"]) for part in parts} == {
                (record["quote_start"], record["quote_end"])
            }
            region = parts[0]["value"]
            assert task["data"]["text"][region["start"] : region["end"]] == region["text"] == record["quote"]
            assert region["labels"] == [record["kind"]]
            found.append(record)
        assert regions.keys() == task["data"]["records"].keys()
    return found


def test_the_samples_are_read_back(samples: Selected, tmp_path: Path) -> None:
    assert read(written(labelstudio, samples, tmp_path)) == list(samples.records())
    tasks = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert [task["data"]["document"] for task in tasks] == ["hiv_prophylaxis", "ldl_pcsk9", "myeloma_relapse"]
    assert all(task["data"]["findings"] for task in tasks)


def test_fields_and_review_stand_at_their_region(tmp_path: Path) -> None:
    record = flat(review=review("correct"), arm=None)
    written(labelstudio, Given(("review", "HR 0.70 🧬", [record])), tmp_path)
    ((task,),) = [json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))]
    said = {part["from_name"]: part["value"] for part in task["predictions"][0]["result"]}
    assert said["review"]["choices"] == ["corrected"]
    assert said["study"]["text"] == ["HORIZON"]
    assert "arm" not in said
    assert record["record_id"] in task["predictions"][0]["result"][0]["meta"]["text"][0]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(selected=selections())
def test_any_records_are_read_back(selected: Given) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert read(written(labelstudio, selected, Path(folder))) == records_of(selected)
