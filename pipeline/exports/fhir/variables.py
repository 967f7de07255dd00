"""A record in; who was studied, under what, and what was measured, as FHIR EvidenceVariables, out."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.audit.reconciliation import CITED_ONLY, POOLED
from pipeline.exports.naming import name_uuid
from pipeline.rows import Row

ROLES = "http://terminology.hl7.org/CodeSystem/variable-role"


class Variable(NamedTuple):
    """An EvidenceVariable and its role in one Evidence."""

    role: str
    resource: Row

    @property
    def definition(self) -> Row:
        """Evidence.variableDefinition."""
        return {
            "description": self.resource["description"],
            "variableRole": {"coding": [{"system": ROLES, "code": self.role}]},
            "observed": {"reference": f"urn:uuid:{self.resource['id']}", "type": "EvidenceVariable"},
        }


def variables_of(record: Row) -> list[Variable]:
    """Population, exposure, reference exposure and measured variable, those that the record has."""
    return list(_variables(record))


def _variables(record: Row) -> Iterator[Variable]:
    study = record["study"]
    own = study == POOLED or CITED_ONLY.search(study) is not None  # another document's "ref 12" is another study
    where = record["document"] if own else ""
    people = f"{study}: {record['population'] or 'all participants'}"
    key = ("population", study, where, record["population"])
    yield Variable("population", _resource(people, *key, registries=record["registry_ids"]))
    if record["arm"]:
        yield Variable("exposure", _resource(record["arm"], "treatment", record["arm"]))
    if record["comparator"]:
        yield Variable("referenceExposure", _resource(record["comparator"], "treatment", record["comparator"]))
    if record["endpoint"]:
        parts = [record[key] or "" for key in ("endpoint", "site", "event", "timepoint")]
        yield Variable("measuredVariable", _resource(", ".join(filter(None, parts)), "outcome", *parts))


def _resource(text: str, kind: str, *key: str, registries: list[str] | None = None) -> Row:
    resource: Row = {
        "resourceType": "EvidenceVariable",
        "id": name_uuid(kind, *key),
        "status": "active",
        "title": text,
        "description": text,
    }
    if registries:
        resource["identifier"] = [{"value": number} for number in registries]
    return resource
