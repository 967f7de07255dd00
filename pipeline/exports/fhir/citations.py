"""A document of the dataset, or a work it cites, in; a FHIR Citation out."""

from pipeline.exports.naming import name_bytes, name_uuid
from pipeline.rows import Row
from pipeline.store import Held

URI = "urn:ietf:rfc:3986"
"""FHIR's system of identifiers that are URIs."""
DOI, PMID = "https://doi.org", "https://pubmed.ncbi.nlm.nih.gov"


def cite_document(held: Held) -> Row:
    """The review that was read; its bytes are named by their fingerprint."""
    title = held.title or held.document
    artifact: Row = {"title": [{"text": title}]}
    if held.sha256 is not None:
        artifact["identifier"] = [{"system": URI, "value": name_bytes(held.sha256)}]
    return {
        "resourceType": "Citation",
        "id": name_uuid("document", held.document),
        "status": "active",
        "title": title,
        "description": f"The document {held.document} as trialtrace {held.code_version} read it.",
        "citedArtifact": artifact,
    }


def cite_work(held: Held, work: Row) -> Row:
    """A work in a document's reference list, as far as the entry tells."""
    title = work["title"] or f"Reference {work['marker']} of {held.document}"
    artifact: Row = {"title": [{"text": title}]}
    identifiers = [
        {"system": system, "value": str(work[key])} for key, system in (("doi", DOI), ("pmid", PMID)) if work[key]
    ]
    if identifiers:
        artifact["identifier"] = identifiers
    if work["year"]:
        artifact["publicationForm"] = [{"publicationDateText": str(work["year"])}]
    return {
        "resourceType": "Citation",
        "id": name_uuid("cited", held.document, work["marker"]),
        "status": "unknown",
        "title": title,
        "description": f"Reference {work['marker']} of {held.document}.",
        "citedArtifact": artifact,
    }
