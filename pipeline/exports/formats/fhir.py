"""The selected records in, `fhir.json` out: a FHIR R5 Bundle of Evidence, EvidenceVariable and Citation."""

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.exports.content import Content
from pipeline.exports.fhir.citations import cite_document, cite_work
from pipeline.exports.fhir.evidence import tell
from pipeline.exports.fhir.variables import variables_of
from pipeline.exports.files import write_text
from pipeline.exports.formats import Written
from pipeline.exports.naming import name_urn
from pipeline.exports.selection import Selected
from pipeline.rows import Row

NOTES = ("FHIR R5 (5.0.0). Evidence.status: active is reviewed, draft is not; nothing is derived.",)


def write(selected: Selected, out: Path) -> Written:
    """One Bundle (a collection), each resource once, in the order of the dataset."""
    write_text(out, _pieces(selected))
    return Written([out], NOTES)


def _pieces(selected: Selected) -> Iterator[str]:
    yield '{"resourceType": "Bundle", "type": "collection"'
    begun = False
    for resource in _resources(selected):
        entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
        yield (",\n" if begun else ',\n"entry": [\n') + json.dumps(entry, ensure_ascii=False)
        begun = True
    yield "\n]}\n" if begun else "}\n"  # FHIR knows no empty lists


def _resources(selected: Selected) -> Iterator[Row]:
    seen: set[str] = set()
    for content in selected.contents():
        if content.records:
            for resource in _of_document(content):
                if resource["id"] not in seen:
                    seen.add(resource["id"])
                    yield resource


def _of_document(content: Content) -> Iterator[Row]:
    held = content.held
    yield cite_document(held)
    disputes: dict[str, list[Row]] = {}
    for finding in content.findings:
        if finding["verdict"] == "inconsistent":
            for record_id in finding["record_ids"]:
                disputes.setdefault(record_id, []).append(finding)
    for record in content.records:
        works = [cite_work(held, work) for work in record["cited"]]
        variables = variables_of(record)
        yield from works
        yield from (variable.resource for variable in variables)
        cited = [name_urn("cited", held.document, work["marker"]) for work in record["cited"]]
        yield tell(record, held, variables, cited=cited, disputes=disputes.get(record["record_id"], []))
