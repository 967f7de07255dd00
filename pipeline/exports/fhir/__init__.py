"""FHIR R5 resources: records and documents come in, Evidence, EvidenceVariable and Citation go out as plain JSON."""
