"""A document's mentions and citations in, every number it prints out, each once, with its kind and its first reason."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import regex

from schemas.anchor import Span
from schemas.document import Document
from schemas.mention import CountMention, Mentions

Kind = Literal["value", "interval", "p", "count", "timepoint", "other", "citation"]
DIGIT = regex.compile(r"\d")


class Printed(NamedTuple):
    """One printed number: its place, what it was recognised as, and why it is no result where its own shape says so."""

    span: Span
    kind: Kind
    reason: str | None = None
    unit: str = ""


def printed_numbers(document: Document, mentions: Mentions) -> list[Printed]:
    """All numbers of title, abstract, body, captions and tables, and the citation markers there, in order of place.

    Words in the place of a value ("not reached", "NR") are none.
    """
    return sorted([*_read(mentions), *_citations(document)])


def _read(mentions: Mentions) -> Iterator[Printed]:
    yield from (Printed(v.span, "value", unit=v.unit or "") for v in mentions.values if v.number is not None)
    yield from (Printed(i.span, "interval") for i in mentions.intervals)
    for p in mentions.p_values:
        yield Printed(p.span, "p", "heterogeneity" if p.p.qualifier == "heterogeneity" else None)
    yield from (Printed(c.span, "count", _counted(c), c.unit) for c in mentions.counts)
    yield from (Printed(t.span, "timepoint", "timepoint") for t in mentions.timepoints)
    yield from (Printed(o.span, "other", o.reason) for o in mentions.others)


def _counted(count: CountMention) -> str | None:
    """Why a count is of nobody: it counts studies or papers."""
    return "studies" if count.unit in ("studies", "records") else None


def _citations(document: Document) -> Iterator[Printed]:
    """Citation markers with digits, where numbers are read at all; those of the back matter are no text."""
    read = [s.span for s in document.sentences if s.role not in ("front", "references", "back")]
    cells: Sequence[Span] = [cell.span for table in document.tables for cell in table.cells]
    places = sorted([*read, *cells])
    at = 0
    for citation in sorted(document.citations, key=lambda c: c.span):
        while at < len(places) and places[at].end <= citation.span.start:
            at += 1
        inside = at < len(places) and places[at].start <= citation.span.start
        if inside and DIGIT.search(citation.span.of(document.text)):
            yield Printed(citation.span, "citation", "citation")
