"""A record with its variables, citations and findings in; a FHIR Evidence out, nothing in it derived."""

from collections.abc import Sequence

from pipeline.exports.fhir.statistics import statistic_of
from pipeline.exports.fhir.variables import Variable
from pipeline.exports.naming import name_bytes, name_urn, name_uuid
from pipeline.exports.wording import say_place, say_record, say_review
from pipeline.rows import Row
from pipeline.store import Held

STATES = {"accept": "active", "correct": "active", "add": "active", "reject": "retired"}
MEDIA = {"pdf": "application/pdf", "jats": "application/xml", "text": "text/plain"}


def tell(
    record: Row, held: Held, variables: Sequence[Variable], *, cited: Sequence[str], disputes: Sequence[Row]
) -> Row:
    """`cited` are the full URLs of the cited works' Citations, `disputes` the findings against the record."""
    review = record["review"]
    evidence: Row = {
        "resourceType": "Evidence",
        "id": name_uuid("record", record["record_id"]),
        "identifier": [{"type": {"text": "trialtrace record"}, "value": record["record_id"]}],
        "title": say_record(record),
        "status": STATES.get(review["verdict"], "draft") if review is not None else "draft",
        "description": record["sentence"] or record["quote"],
        "note": [{"text": text} for text in _notes(record, disputes)],
        "relatedArtifact": _artifacts(record, held, cited),
        "variableDefinition": [variable.definition for variable in variables],
    }
    if review is not None:
        evidence["reviewer"] = [{"name": review["reviewer"]}]
        evidence["lastReviewDate"] = review["at"][:10]
    if record["study_type"]:
        evidence["studyDesign"] = [{"text": record["study_type"]}]
    statistic = statistic_of(record)
    if statistic:
        evidence["statistic"] = [statistic]
    return evidence


def _notes(record: Row, disputes: Sequence[Row]) -> list[str]:
    """Provenance, how sure the reading is, the review, the findings."""
    flags = f"; {', '.join(record['flags'])}" if record["flags"] else ""
    return [
        f"Place: {say_place(record)}: “{record['quote']}”",
        f"Extraction: confidence {record['confidence']}{flags}",
        f"Review: {say_review(record)}",
        *(f"Finding ({finding['check']}, {finding['severity']}): {finding['message']}" for finding in disputes),
    ]


def _artifacts(record: Row, held: Held, cited: Sequence[str]) -> list[Row]:
    """The review it was read from, with page and rectangle as a fragment of its bytes' name, and the works cited."""
    source: Row = {
        "type": "derived-from",
        "citation": say_place(record),
        "resourceReference": {"reference": name_urn("document", held.document), "type": "Citation"},
    }
    if held.sha256 is not None:
        source["document"] = {"contentType": MEDIA[held.format], "url": name_bytes(held.sha256) + _fragment(record)}
    works = dict.fromkeys(cited)
    return [source, *({"type": "cites", "resourceReference": {"reference": u, "type": "Citation"}} for u in works)]


def _fragment(record: Row) -> str:
    return f"#page={record['page']}" if record["page"] else ""
