"""What the dataset holds of one document in; its points for a reviewer, each with the passages it is about, out."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.exports.content import Content
from pipeline.rows import Row

SEVERITIES = ("error", "warning", "note")
LEFT_OVER = "coverage"
MOST_PASSAGES = 3
"""A reader compares so many passages; a finding on more (a shift, a style) shows the first ones."""


class Passage(NamedTuple):
    """A sentence, table cell or reference entry; `text[start:end]` is the number it is about (empty for none).

    `boxes` are those of the number, `around` those of its sentence: [page, x0, top, x1, bottom] in points.
    """

    text: str
    where: str
    start: int = 0
    end: int = 0
    boxes: tuple[tuple[float, ...], ...] = ()
    around: tuple[tuple[float, ...], ...] = ()


class Point(NamedTuple):
    """One finding that numbers disagree, or that numbers were not understood."""

    finding_id: str
    severity: str
    check: str
    study: str
    message: str
    printed: str
    expected: str
    passages: tuple[Passage, ...]


class Examined(NamedTuple):
    """One document: its points, the worst first, and how many checks agreed or could not tell.

    `not_understood` counts the numbers that look like results and are in no record.

    `status` is "read", or says why there is nothing to examine (`reason`).
    """

    document: str
    title: str
    files: tuple[str, ...]
    status: str
    reason: str
    format: str
    sha256: str | None
    records: int
    points: tuple[Point, ...]
    consistent: int
    uncheckable: int
    not_understood: int

    def count(self, severity: str) -> int:
        """How many points are of a severity."""
        return sum(point.severity == severity for point in self.points)

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Sorts documents: most errors first, then most warnings, then most notes, then by name."""
        errors, warnings, notes = (self.count(severity) for severity in SEVERITIES)
        return (-errors, -warnings, -notes, self.document)


def examine(content: Content) -> Examined:
    """The points of one document."""
    held = content.held
    sources = _Sources(content)
    doubtful = [row for row in content.findings if row["verdict"] == "inconsistent" or row["check"] == LEFT_OVER]
    points = [_point(row, sources) for row in doubtful]
    points.sort(key=lambda point: SEVERITIES.index(point.severity))  # stable: within one severity as in the text
    return Examined(
        document=held.document,
        title=held.title,
        files=held.files,
        status=held.status,
        reason=held.reason,
        format=held.format,
        sha256=held.sha256,
        records=len(content.records),
        points=tuple(points),
        consistent=sum(row["verdict"] == "consistent" for row in content.findings),
        uncheckable=sum(row["verdict"] == "uncheckable" and row["check"] != LEFT_OVER for row in content.findings),
        not_understood=held.not_understood,
    )


class _Sources:
    """A document's rows by their keys."""

    def __init__(self, content: Content) -> None:
        self.records: Mapping[str, Row] = {row["record_id"]: row for row in content.records}
        self.sentences: Mapping[str, Row] = {row["sentence_id"]: row for row in content.sentences}
        self.references: Mapping[str, Row] = {row["marker"]: row for row in reversed(content.references)}
        self.citations = content.citations
        self.results = [row for row in content.leftovers if row["result"]]


def _point(finding: Row, sources: _Sources) -> Point:
    if finding["check"] == LEFT_OVER:
        found = _left_over(finding, sources)
    else:
        found = _cited(finding, sources) if finding["check"] == "citation" else _of_records(finding, sources)
    passages: dict[tuple[str, str, int], Passage] = {}
    for passage in found:
        passages.setdefault((passage.where, passage.text, passage.start), passage)
    return Point(
        finding_id=finding["finding_id"],
        severity=finding["severity"],
        check=finding["check"],
        study=finding["study"] or "",
        message=finding["message"],
        printed=finding["printed"],
        expected=finding["expected"],
        passages=tuple(passages.values())[:MOST_PASSAGES],
    )


def _of_records(finding: Row, sources: _Sources) -> Iterator[Passage]:
    """The sentence or cell of each record, its number marked."""
    for record_id in finding["record_ids"]:
        record = sources.records.get(record_id)
        if record is not None:
            sentence = sources.sentences.get(record["sentence_id"])
            start, end = _number(record)
            yield Passage(
                text=record["sentence"],
                where=_where(record["page"], record["source"] if record["source"] != "text" else record["section"]),
                start=start,
                end=end,
                boxes=_plain(record["boxes"]),
                around=_plain(sentence["boxes"]) if sentence is not None else (),
            )


def _number(record: Row) -> tuple[int, int]:
    """Where a record's number stands in its sentence; nowhere where the quote is spelled otherwise there."""
    quote, value = record["quote"], record["value_text"]
    at = record["sentence"].find(quote)
    if at < 0:
        start = record["sentence"].find(value) if value else -1
        return (start, start + len(value)) if start >= 0 else (0, 0)
    within = quote.find(value) if value else -1
    return (at + within, at + within + len(value)) if within >= 0 else (at, at + len(quote))


def _cited(finding: Row, sources: _Sources) -> Iterator[Passage]:
    """The sentence with the marker that is nearest to the study's records; its entry and the one that fits better."""
    marker = finding["printed"]
    near = [sources.records[i]["quote_start"] for i in finding["record_ids"] if i in sources.records]
    cited = [row for row in sources.citations if row["marker"] == marker and row["sentence_id"] in sources.sentences]
    named = [
        row for row in cited if finding["study"] and finding["study"] in sources.sentences[row["sentence_id"]]["text"]
    ]
    chosen = min(named or cited, key=lambda row: min((abs(row["start"] - at) for at in near), default=0), default=None)
    if chosen is not None:
        sentence = sources.sentences[chosen["sentence_id"]]
        boxes = _plain(sentence["boxes"])
        yield Passage(
            f"{sentence['text']} [{marker}]", _where(sentence["page"], sentence["heading"]), boxes=boxes, around=boxes
        )
    for entry in (marker, finding["expected"]):
        if entry in sources.references:
            yield Passage(sources.references[entry]["text"], f"entry {entry} of the reference list")


def _left_over(finding: Row, sources: _Sources) -> Iterator[Passage]:
    """The sentences of running text with the left-over numbers of the finding's section, each number marked."""
    for row in sources.results:
        sentence = sources.sentences.get(row["sentence_id"])
        if sentence is None or f'"{sentence["heading"]}"' != finding["printed"]:
            continue
        words = " ".join(row["text"].split())
        start = max(sentence["text"].find(words), 0)
        end = start + len(words) if sentence["text"].startswith(words, start) else start
        boxes = _plain(sentence["boxes"])
        yield Passage(
            sentence["text"], _where(row["page"], sentence["heading"]), start=start, end=end, boxes=boxes, around=boxes
        )


def _where(page: int | None, place: str) -> str:
    return ", ".join(part for part in (f"page {page}" if page else "", place) if part)


def _plain(boxes: list[list[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(box) for box in boxes)
