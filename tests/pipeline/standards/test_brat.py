"""brat standoff: a reader of the published format finds the records at their characters."""

import json
import re
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings

from pipeline.exports.formats import brat
from pipeline.exports.selection import Selected
from tests.pipeline.plots.making import flat, review
from tests.pipeline.standards.given import Given, records_of, selections, written

# https://brat.nlplab.org/standoff.html: text-bound annotations, attributes, notes
BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
ATTRIBUTE = re.compile(r"A\d+\t(\S+) (T\d+)(?: (\S+))?")
NOTE = re.compile(r"#\d+\t(\S+) (T\d+)\t(.*)")


class Bound(NamedTuple):
    """One text-bound annotation with all that refers to it."""

    type: str
    spans: list[tuple[int, int]]
    text: str
    attributes: dict[str, str | None]
    notes: list[str]


def parse(standoff: str, text: str, types: set[str], attributes: dict[str, set[str]]) -> list[Bound]:
    """Read a standoff file as the format says; a line of no kind, a wrong offset or an unknown name fails."""
    found: dict[str, Bound] = {}
    for line in standoff.splitlines():  # breaks at every character that some reader takes for the end of a line
        if match := BOUND.fullmatch(line):
            key, kind, places, words = match.groups()
            spans = [(int(a), int(b)) for a, b in (place.split() for place in places.split(";"))]
            assert key not in found
            assert kind in types
            assert all(0 <= a < b <= len(text) for a, b in spans)
            assert " ".join(text[a:b] for a, b in spans) == words
            found[key] = Bound(kind, spans, words, {}, [])
        elif match := ATTRIBUTE.fullmatch(line):
            name, key, value = match.groups()
            assert (value in attributes[name]) if attributes[name] else value is None
            found[key].attributes[name] = value
        else:
            match = NOTE.fullmatch(line)
            assert match is not None, line
            assert match[1] == "AnnotatorNotes"
            found[match[2]].notes.append(match[3])
    return list(found.values())


def configured(folder: Path) -> tuple[set[str], dict[str, set[str]]]:
    """Types of annotation.conf, and attributes with the values each may have."""
    sections: dict[str, list[str]] = {}
    for line in (folder / "annotation.conf").read_text().splitlines():
        if line.startswith("["):
            sections[line] = current = []
        elif line:
            current.append(line)
    assert list(sections) == ["[entities]", "[relations]", "[events]", "[attributes]"]
    attributes = {}
    for line in sections["[attributes]"]:
        name, arguments = line.split("\t")
        values = re.search(r"Value:(\S+)", arguments)
        attributes[name] = set(values[1].split("|")) if values else set()
    return set(sections["[entities]"]), attributes


def read(folder: Path) -> list[tuple[dict[str, Any], Bound]]:
    """Every annotation with the record in its note, file by file in the order they were written."""
    known = configured(folder)
    found = []
    for path in sorted(folder.glob("*.ann"), key=lambda path: path.stat().st_mtime_ns):
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        for bound in parse(path.read_text(encoding="utf-8"), text, *known):
            (note,) = bound.notes
            found.append((json.loads(note), bound))
    return found


def test_the_samples_are_read_back(samples: Selected, tmp_path: Path) -> None:
    back = read(written(brat, samples, tmp_path))
    records = list(samples.records())
    assert [record for record, _ in back] == records
    assert sum("Disputed" in bound.attributes for _, bound in back) > 5
    assert sum("NeedsReview" in bound.attributes for _, bound in back) == sum(r["needs_review"] for r in records)


def test_a_review_is_an_attribute(tmp_path: Path) -> None:
    record = flat(needs_review=True, review=review("correct"))
    ((_, bound),) = read(written(brat, Given(("review", "HR 0.70, x", [record])), tmp_path))
    assert bound == Bound("Comparison", [(0, 7)], "HR 0.70", {"Disputed": None, "Review": "correct"}, bound.notes)


@pytest.mark.parametrize(
    ("text", "spans"), [("HR\n0.70", [(0, 2), (3, 7)]), ("\nHR 0.7", [(1, 7)]), ("H\r\n\t.70", [(0, 1), (4, 7)])]
)
def test_a_quote_over_lines_is_a_span_in_pieces(tmp_path: Path, text: str, spans: list[tuple[int, int]]) -> None:
    ((_, bound),) = read(written(brat, Given(("review", text, [flat(quote=text)])), tmp_path))
    assert bound.spans == spans


@settings(max_examples=100, deadline=None, derandomize=True)
@given(selected=selections())
def test_any_records_are_read_back(selected: Given) -> None:
    with tempfile.TemporaryDirectory() as folder:
        back = read(written(brat, selected, Path(folder)))
    assert [record for record, _ in back] == [
        record for record in records_of(selected) if brat.ONE_LINE.search(record["quote"])
    ]
