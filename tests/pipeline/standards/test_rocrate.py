"""RO-Crate 1.1: what the specification says MUST be (https://w3id.org/ro/crate/1.1), and the provenance it is for."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.exports.conditions import parse_all
from pipeline.exports.formats import rocrate
from pipeline.exports.selection import Selected, Selection
from tests.pipeline.standards.given import written


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """Entities by id, after the demands on the structure were checked."""
    document = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert document["@context"] == "https://w3id.org/ro/crate/1.1/context"
    graph = document["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph), "an entity stands once (RO-Crate JSON-LD)"
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert (descriptor["@type"], descriptor["about"]) == ("CreativeWork", {"@id": "./"})
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert root["@type"] == "Dataset"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", root["datePublished"])
    assert {"name", "description", "license", "hasPart"} <= root.keys()
    for entity in graph:
        assert {"@id", "@type"} <= entity.keys()
        for value in (
            each for values in entity.values() for each in (values if isinstance(values, list) else [values])
        ):
            if isinstance(value, dict):
                assert value.keys() == {"@id"}, "entities are flat, they refer to each other"
                assert value["@id"] in entities or value["@id"] == "https://w3id.org/ro/crate/1.1"
    return entities


@pytest.fixture(scope="module")
def crate(samples: Selected, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples as a crate."""
    return written(rocrate, samples, tmp_path_factory.mktemp("crate"))


def test_every_file_is_listed_with_its_fingerprint(crate: Path) -> None:
    entities = read(crate)
    listed = {part["@id"] for part in entities["./"]["hasPart"]}
    assert listed == {path.name for path in crate.iterdir()} - {"ro-crate-metadata.json"}
    for name in listed:
        content = (crate / name).read_bytes()
        entity = entities[name]
        assert entity["@type"] == "File"
        assert entity["contentSize"] == str(len(content))
        assert entity["sha256"] == hashlib.sha256(content).hexdigest()
    described = json.loads((crate / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in described["resources"]} <= listed


def test_the_run_is_told(crate: Path, samples: Selected) -> None:
    entities = read(crate)
    (run,) = [entity for entity in entities.values() if entity["@type"] == "CreateAction"]
    assert (run["startTime"], run["endTime"]) == ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:01+00:00")
    assert entities["./"]["mentions"] == {"@id": run["@id"]}
    program = entities[run["instrument"]["@id"]]
    assert (program["@type"], program["name"], program["softwareVersion"]) == ("SoftwareApplication", "trialtrace", "1")
    used = [entities[each["@id"]] for each in run["object"]]
    assert {each["name"] for each in used if each["@type"] == "CreativeWork"} == {
        "hiv_prophylaxis.pdf", "ldl_pcsk9.pdf", "myeloma_relapse.pdf", "broken.pdf",
    }  # fmt: skip
    settings = {each["name"]: each["value"] for each in used if each["@type"] == "PropertyValue"}
    assert settings.keys() == {"lexicon_digest", "workers"}
    assert run["description"] == "3 files read. Not read: broken.pdf (not_a_pdf: not a PDF)"
    assert {each["@id"] for each in run["result"]} == {part["@id"] for part in entities["./"]["hasPart"]}
    lines = (crate / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(samples.records())


def test_a_selection_is_named(samples: Selected, tmp_path: Path) -> None:
    part = Selected(samples.store, Selection(parse_all(["study=APOLLO"]), rejected=False))
    root = read(written(rocrate, part, tmp_path))["./"]
    count = len((tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines())
    assert root["description"] == f"{count} records of 1 documents, read by trialtrace. Only study=APOLLO."
    assert "INTERVAL" in (tmp_path / "findings.jsonl").read_text(encoding="utf-8").upper()
