"""The selected records in; for brat a text and a standoff file a document, and the configuration, out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.exports.content import Content
from pipeline.exports.files import write_text
from pipeline.exports.formats import Written
from pipeline.exports.naming import name_files
from pipeline.exports.selection import Selected, disputed_records
from pipeline.rows import Row

KINDS = {"cohort": "Cohort", "estimate": "Estimate", "comparison": "Comparison"}
VERDICTS = ("accept", "correct", "add", "reject")
ONE_LINE = re.compile(r"[^\n\r\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""What a line of a standoff file can hold: everything but what ends a line or a field."""
NOTES = (
    "brat: put the folder into brat's data folder. Offsets count Unicode code points of the .txt files.",
    "The note of each annotation is the whole record as JSON.",
)
CONFIG = f"""[entities]
{chr(10).join(KINDS.values())}
[relations]
[events]
[attributes]
NeedsReview\tArg:<ENTITY>
Disputed\tArg:<ENTITY>
Review\tArg:<ENTITY>, Value:{"|".join(VERDICTS)}
"""
LOOKS = """[labels]
[drawing]
Cohort\tbgColor:#d6e4f0
Estimate\tbgColor:#cfe8d5
Comparison\tbgColor:#f2dcc0
NeedsReview\tglyph:?
Disputed\tglyph:!
"""


def write(selected: Selected, out: Path) -> Written:
    """NAME.txt and NAME.ann for every document with selected records, annotation.conf and visual.conf."""
    written = [out / "annotation.conf", out / "visual.conf"]
    write_text(written[0], [CONFIG])
    write_text(written[1], [LOOKS])
    names = name_files(held.document for held in selected.documents())
    for content in selected.contents():
        if content.records:
            text = selected.text(content.held)
            for ending, lines in ((".txt", [text]), (".ann", _lines(content, text))):
                path = out / (names[content.held.document] + ending)
                write_text(path, lines)
                written.append(path)
    return Written(written, NOTES)


def _lines(content: Content, text: str) -> Iterator[str]:
    """The standoff file, by https://brat.nlplab.org/standoff.html: T, A and # lines."""
    disputed = disputed_records(content.findings)
    attributes = 0
    shown = [record for record in content.records if ONE_LINE.search(text, record["quote_start"], record["quote_end"])]
    for number, record in enumerate(shown, start=1):
        yield f"T{number}\t{KINDS[record['kind']]} {_span(record, text)}\n"
        for said in _attributes(record, disputed=record["record_id"] in disputed):
            attributes += 1
            name, _, value = said.partition(" ")
            yield f"A{attributes}\t{name} T{number}{f' {value}' if value else ''}\n"
        # escaped to plain ASCII: no character of a record can end its line
        yield f"#{number}\tAnnotatorNotes T{number}\t{json.dumps(record)}\n"


def _span(record: Row, text: str) -> str:
    """Offsets and characters; a quote over several lines is a discontinuous span, a fragment a line."""
    start, end = record["quote_start"], record["quote_end"]
    parts = [match.span() for match in ONE_LINE.finditer(text, start, end)]
    places = ";".join(f"{first} {last}" for first, last in parts)
    return f"{places}\t{' '.join(text[first:last] for first, last in parts)}"


def _attributes(record: Row, *, disputed: bool) -> Iterator[str]:
    if record["needs_review"] and record["review"] is None:
        yield "NeedsReview"
    if disputed:
        yield "Disputed"
    if record["review"] is not None and record["review"]["verdict"] in VERDICTS:
        yield f"Review {record['review']['verdict']}"
