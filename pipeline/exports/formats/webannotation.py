"""The selected records in; `annotations.jsonld`, a W3C Web Annotation collection, and the texts it points into out."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline.exports.annotation import TEXTS, annotate
from pipeline.exports.files import write_text
from pipeline.exports.formats import Written
from pipeline.exports.naming import name_files, name_urn
from pipeline.exports.selection import Selected
from pipeline.rows import Row

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NOTES = (
    "Each annotation has the document's text as a target (quote and position), and for a PDF its page (rectangle).",
    "Positions count Unicode code points of the files in texts/; rectangles count points from a page's top left.",
)


def write(selected: Selected, out: Path) -> Written:
    """The collection with its one page, and a file of the text of every document that has annotations."""
    (out / TEXTS).mkdir(exist_ok=True)
    written = [out / "annotations.jsonld"]
    write_text(written[0], _pieces(selected, partial(_keep, out, written)))
    return Written(written, NOTES)


def _keep(out: Path, written: list[Path], name: str, text: str) -> None:
    path = out / TEXTS / name
    write_text(path, [text])
    written.append(path)


def _pieces(selected: Selected, keep: "partial[None]") -> Iterator[str]:
    """The collection's text; `total` follows the items, so that no more than one document is held at a time."""
    head = {"@context": CONTEXT, "id": name_urn("collection"), "type": "AnnotationCollection", "label": "trialtrace"}
    page = {"id": name_urn("page"), "type": "AnnotationPage", "partOf": name_urn("collection"), "startIndex": 0}
    yield f'{json.dumps(head)[:-1]},\n"first": {json.dumps(page)[:-1]},\n"items": ['
    total = 0
    for annotation in _annotations(selected, keep):
        yield (",\n" if total else "\n") + json.dumps(annotation, ensure_ascii=False)
        total += 1
    yield f'\n]}},\n"last": "{name_urn("page")}",\n"total": {total}}}\n'


def _annotations(selected: Selected, keep: "partial[None]") -> Iterator[Row]:
    names = name_files(held.document for held in selected.documents())
    for content in selected.contents():
        if not content.records:
            continue
        text = selected.text(content.held)
        name = f"{names[content.held.document]}.txt"
        keep(name, text)
        for record in content.records:
            disputes = [
                finding
                for finding in content.findings
                if finding["verdict"] == "inconsistent" and record["record_id"] in finding["record_ids"]
            ]
            yield annotate(record, content.held, text, file=name, disputes=disputes)
