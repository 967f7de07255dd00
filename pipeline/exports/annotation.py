"""A record, its document and text in; a W3C Web Annotation (https://www.w3.org/TR/annotation-model/) out."""

import hashlib
import json
from collections.abc import Iterator, Sequence

from pipeline.exports.naming import name_bytes, name_urn
from pipeline.exports.wording import say_record, say_review
from pipeline.rows import Row
from pipeline.store import Held

TEXTS = "texts"
AROUND = 32
"""Characters of prefix and suffix that tell a quote from another like it."""
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"
"""What the model names for fragments of a PDF (section 4.2.1)."""


def annotate(record: Row, held: Held, text: str, *, file: str, disputes: Sequence[Row]) -> Row:
    """`text` is the document's, kept in `file`; `disputes` are the findings against the record."""
    annotation: Row = {
        "id": name_urn("record", record["record_id"]),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"id": name_urn("software", held.code_version), "type": "Software", "name": _software(held)},
        "body": list(_bodies(record, disputes)),
        "target": list(_targets(record, held, text, file=file)),
    }
    review = record["review"]
    if review is not None:
        annotation["creator"] = {
            "id": name_urn("person", review["reviewer"]),
            "type": "Person",
            "name": review["reviewer"],
        }
        annotation["modified"] = _moment(review["at"])
    return annotation


def _software(held: Held) -> str:
    return f"trialtrace {held.code_version}"


def _moment(at: str) -> str:
    """A time as xsd:dateTime with the zone that the model asks for (section 3.3.1)."""
    return at if at.endswith("Z") or "+" in at[10:] or "-" in at[10:] else f"{at}Z"


def _bodies(record: Row, disputes: Sequence[Row]) -> Iterator[Row]:
    """What it says, the same as data, the study and endpoint as tags, the review, the findings."""
    yield _body(say_record(record), "describing")
    yield _body(json.dumps(record, ensure_ascii=False), "describing", media="application/json")
    yield _body(record["study"], "tagging")
    if record["endpoint"]:
        yield _body(record["endpoint"], "tagging")
    flags = f" ({', '.join(record['flags'])})" if record["flags"] else ""
    yield _body(f"{say_review(record)}{flags}", "assessing")
    for finding in disputes:
        yield _body(f"{finding['check']}, {finding['severity']}: {finding['message']}", "questioning")


def _body(value: str, purpose: str, *, media: str = "text/plain") -> Row:
    body = {"type": "TextualBody", "value": value, "format": media, "purpose": purpose}
    return body if media != "text/plain" else body | {"language": "en"}


def _targets(record: Row, held: Held, text: str, *, file: str) -> Iterator[Row]:
    """The place in the document's text, then that on each page where the number stands."""
    start, end = record["quote_start"], record["quote_end"]
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(start - AROUND, 0) : start],
        "suffix": text[end : end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    source = {
        "id": name_bytes(hashlib.sha256(text.encode()).hexdigest()),
        "type": "Text",
        "format": "text/plain",
        "label": f"{TEXTS}/{file}",
    }
    yield {"type": "SpecificResource", "source": source, "selector": [quote, position]}
    if held.format == "pdf" and held.sha256 is not None:
        original = {"id": name_bytes(held.sha256), "type": "Text", "format": "application/pdf", "label": held.document}
        for fragment in _fragments(record):
            selector = {"type": "FragmentSelector", "conformsTo": PDF_FRAGMENTS, "value": fragment}
            yield {"type": "SpecificResource", "source": original, "selector": selector}


def _fragments(record: Row) -> list[str]:
    """A rectangle a page, around all boxes there; the page alone where no box is known."""
    pages: dict[int, list[list[float]]] = {}
    for page, *box in record["boxes"]:
        pages.setdefault(int(page), []).append(box)
    if not pages:
        return [f"page={record['page']}"] if record["page"] else []
    return [f"page={page}&viewrect={_around(boxes)}" for page, boxes in sorted(pages.items())]


def _around(boxes: Sequence[Sequence[float]]) -> str:
    """left,top,width,height in points (RFC 3778, section 3)."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    wide, tall = max(box[2] for box in boxes) - left, max(box[3] for box in boxes) - top
    return ",".join(f"{round(number, 2):g}" for number in (left, top, wide, tall))
