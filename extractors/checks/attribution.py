"""A document and its studies in; which citation marker is printed for which study out.

A marker belongs to the study named last before it: right at the name, in its sentence, in its paragraph, or in its row
of a table. Only the first marker after a name is taken for it; a second one may be for anything.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

from extractors.checks.names import spellings_of
from schemas.anchor import Span
from schemas.document import Citation, Document, Table
from schemas.evidence import Study

T = TypeVar("T")
AT_NAME = 30
"""So many characters between name and marker hold "phase 3 trial", not a statement about something else."""
PASSED = re.compile(r"[.;:(]\s")
AUTHORED = re.compile(
    r"(?P<author>[A-Z][\w’'-]+)(?:,?\s+et\s+al\b\.?|\s+and\s+colleagues\b)(?:['’]s)?,?\s*(?:\(?(?:19|20)\d\d\)?)?[\s,(\[]*$"
)


class Nearness(IntEnum):
    """How close a marker stands to the name it is taken for."""

    PARAGRAPH = 1
    SENTENCE = 2
    NAME = 3


@dataclass(frozen=True)
class Link:
    """A citation taken for a study; `lone` where the citation has one marker, `context` is the words up to it."""

    study: Study
    citation: Citation
    nearness: Nearness
    context: str


@dataclass(frozen=True)
class Authored:
    """A citation right after "Adams et al."."""

    author: str
    citation: Citation


def link_citations(document: Document, studies: Sequence[Study]) -> list[Link]:
    """Links of running text and of tables, in the order of the citations; a citation has one at most."""
    places = sorted(
        {
            (start, end, i)
            for i, study in enumerate(studies)
            for spelling in spellings_of(study)
            for start, end in spelling.find(document.reading)
        }
    )
    links = [link for link in (_in_text(document, studies, places, c) for c in document.citations) if link is not None]
    citations = sorted(document.citations, key=lambda c: c.span)
    for table in document.tables:
        links.extend(_in_table(document, studies, places, citations, table))
    return sorted(links, key=lambda link: link.citation.span)


def authored_citations(document: Document) -> Iterator[Authored]:
    """Citations whose authors the text names right before the marker."""
    for citation in document.citations:
        before = document.reading[max(citation.span.start - 60, 0) : citation.span.start]
        match = AUTHORED.search(before)
        if match is not None:
            yield Authored(match["author"].casefold(), citation)


def _in_text(
    document: Document, studies: Sequence[Study], places: list[tuple[int, int, int]], citation: Citation
) -> Link | None:
    sentence = document.sentence_at(max(citation.span.start - 1, 0))
    if sentence is None or sentence.role not in ("abstract", "body"):
        return None
    paragraph = document.paragraphs[sentence.paragraph].span
    i = bisect_right(places, (citation.span.start, -1, -1)) - 1
    if i < 0 or places[i][0] < paragraph.start or places[i][1] > citation.span.start:
        return None
    start, end, study = places[i]
    if any(end <= other.span.start < citation.span.start for other in document.citations):
        return None
    between = document.reading[end : citation.span.start]
    nearness = Nearness.PARAGRAPH
    if start >= sentence.span.start:
        near = len(between.strip()) <= AT_NAME and not PASSED.search(between)
        nearness = Nearness.NAME if near else Nearness.SENTENCE
    context = document.reading[sentence.span.start : citation.span.start]
    return Link(studies[study], citation, nearness, context)


def _in_table(
    document: Document,
    studies: Sequence[Study],
    named_at: list[tuple[int, int, int]],
    citations: Sequence[Citation],
    table: Table,
) -> Iterator[Link]:
    """The one citation of a row for the one study the row names."""
    rows: dict[int, list[Span]] = {}
    for cell in table.cells:
        if not cell.header or cell.column == 0:
            rows.setdefault(cell.row, []).append(cell.span)
    for spans in rows.values():
        cited = [c for span in spans for c in _within(citations, span, of=lambda c: c.span)]
        named = {i for span in spans for _, _, i in _within(named_at, span, of=lambda p: Span(p[0], p[1]))}
        if len(cited) == 1 and len(named) == 1:
            context = " ".join(span.of(document.reading) for span in spans)
            yield Link(studies[named.pop()], cited[0], Nearness.NAME, context)


def _within(ordered: Sequence[T], span: Span, *, of: Callable[[T], Span]) -> list[T]:
    """The items inside `span`, of items in order of their places."""
    first = bisect_left(ordered, span.start, key=lambda item: of(item).start)
    last = bisect_left(ordered, span.end, lo=first, key=lambda item: of(item).start)
    return [item for item in ordered[first:last] if of(item).end <= span.end]
