"""Mentions and records in, an account of every printed number out: in a record, explained otherwise, or left over."""

from collections.abc import Sequence

from schemas.anchor import Span
from schemas.document import Document
from schemas.mention import Mentions
from schemas.record import Coverage, Leftover, Record


def account(document: Document, mentions: Mentions, records: Sequence[Record]) -> Coverage:
    """Coverage of a document's title, abstract, body and tables."""
    used: set[Span] = set()
    for record in records:
        fact = record.fact
        numbers = [getattr(fact, name, None) for name in ("n", "value", "percent", "events", "spread", "interval", "p")]
        used |= {n.span for n in numbers if n is not None and n.span is not None}
        used.add(record.provenance.quote.span)
    spans = sorted(used)
    found: list[tuple[Span, str | None]] = []
    for kind in (mentions.values, mentions.intervals, mentions.p_values, mentions.counts):
        found += [(m.span, None) for m in kind]
    found += [(t.span, "timepoint") for t in mentions.timepoints]
    found += [(o.span, o.reason) for o in mentions.others]
    leftovers = []
    explained = 0
    for span, reason in sorted(found, key=lambda f: f[0]):
        if any(s.overlaps(span) for s in spans):
            explained += 1
            continue
        sentence = document.sentence_at(span.start)
        leftovers.append(
            Leftover(
                span=span,
                text=span.of(document.text),
                sentence_id=sentence.sentence_id if sentence is not None else "table",
                page=sentence.page if sentence is not None else None,
                reason=reason,
            )
        )
    return Coverage(numbers=len(found), explained=explained, leftovers=tuple(leftovers))
