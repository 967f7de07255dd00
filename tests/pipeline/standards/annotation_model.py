"""What https://www.w3.org/TR/annotation-model/ says MUST be, as JSON Schemas; section numbers as `$comment`.

The same demands as those of the recommendation's published tests: annotationMusts, bodyMusts, targetMusts,
specificResourceSelectors and annotationCollectionMusts.
"""

from typing import Any

IRI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"}
ONE_OR_MORE = {"oneOf": [{"type": "object"}, {"type": "array", "minItems": 1}]}
MOTIVATIONS = [
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
]  # fmt: skip
MOMENT = {
    "$comment": "3.3.1: xsd:dateTime, expressed in UTC or with an offset",
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
}
AGENT = {
    "$comment": "3.3.2: an agent",
    "type": "object",
    "required": ["id", "type", "name"],
    "properties": {"id": IRI, "type": {"enum": ["Person", "Organization", "Software"]}, "name": {"type": "string"}},
}
TEXTUAL_BODY = {
    "$comment": "3.2.4: a TextualBody has exactly one value; 3.2.1: format and language; 3.3.5: purpose",
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},
        "format": {"type": "string", "pattern": r"^\w+/[\w.+-]+$"},
        "language": {"type": "string", "pattern": r"^[a-z]{2,3}(-\w+)*$"},
        "purpose": {"enum": MOTIVATIONS},
    },
    "additionalProperties": False,
}
SELECTORS: dict[str, Any] = {
    "FragmentSelector": {
        "$comment": "4.2.1: exactly one value; conformsTo names the specification of the fragment",
        "required": ["type", "value"],
        "properties": {"type": True, "value": {"type": "string"}, "conformsTo": IRI},
        "additionalProperties": False,
    },
    "TextQuoteSelector": {
        "$comment": "4.2.4: exactly one exact; not more than one prefix and suffix",
        "required": ["type", "exact"],
        "properties": {k: {"type": "string"} for k in ("type", "exact", "prefix", "suffix")},
        "additionalProperties": False,
    },
    "TextPositionSelector": {
        "$comment": "4.2.5: exactly one start and end, non-negative integers",
        "required": ["type", "start", "end"],
        "properties": {"type": True, **{k: {"type": "integer", "minimum": 0} for k in ("start", "end")}},
        "additionalProperties": False,
    },
}
SELECTOR = {
    "$comment": "4.2: a selector the model knows",
    "type": "object",
    "required": ["type"],
    "oneOf": [{"properties": {"type": {"const": name}}, **schema} for name, schema in SELECTORS.items()],
}
TARGET = {
    "$comment": "4: a Specific Resource has exactly one source; 3.2.1: an External Web Resource has exactly one IRI",
    "type": "object",
    "required": ["source", "selector"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": IRI,
                "type": {"enum": ["Dataset", "Image", "Video", "Sound", "Text"]},
                "format": {"type": "string"},
                "label": {"type": "string"},
            },
            "additionalProperties": False,
        },
        "selector": {"oneOf": [SELECTOR, {"type": "array", "minItems": 1, "items": SELECTOR}]},
    },
    "additionalProperties": False,
}
ANNOTATION = {
    "$comment": "3.1: exactly one IRI, the class Annotation, one target or more; 3.2.5: not both body and bodyValue",
    "type": "object",
    "required": ["id", "type", "target"],
    "not": {"required": ["body", "bodyValue"]},
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": MOTIVATIONS},
        "body": ONE_OR_MORE | {"items": TEXTUAL_BODY},
        "target": ONE_OR_MORE | {"items": TARGET},
        "creator": AGENT,
        "generator": AGENT,
        "created": MOMENT,
        "modified": MOMENT,
        "generated": MOMENT,
    },
    "additionalProperties": False,
}
COLLECTION = {
    "$comment": "5.1: context, IRI, class, first page; total a non-negative integer. 5.2: a page's items and partOf",
    "type": "object",
    "required": ["@context", "id", "type", "first"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "last": IRI,
        "first": {
            "type": "object",
            "required": ["id", "type", "partOf", "items"],
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "partOf": IRI,
                "startIndex": {"type": "integer", "minimum": 0},
                "items": {"type": "array", "items": ANNOTATION},
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
