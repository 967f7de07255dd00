"""A cell under outcomes joined by slashes in, a cell of each outcome out: "62/10 vs 29/2" under "ORR/CR, %"."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractors.facts.columns import Meaning
from extractors.facts.rows import Row
from extractors.facts.sentence import Contents
from schemas.anchor import Span
from schemas.mention import ValueMention

TOKEN = r"[<>≤≥~]?\s?(?:\d[\d.,]*|NR|NE)\s?%?(?:\s?[(\[][^()\[\]]*[)\]])?"
GROUP = regex.compile(rf"(?<![\d/])(?P<token>{TOKEN})(?:\s?/\s?(?P<token>{TOKEN}))+(?!\s?/)")


def cells_apart(contents: Contents, column: Meaning, row: Row) -> list[tuple[Contents, Meaning, Row]]:
    """The cell once for each outcome that the header of its column or row joins by slashes, else the cell alone.

    Every number of it must stand in such a group, of as many as there are outcomes; a bare "12/60" under a header
    that says neither per cent nor a time is one of so many.
    """
    named = column.outcomes or row.meaning.outcomes
    groups = list(GROUP.finditer(contents.text)) if len(named) > 1 else []
    bare = column.unit is None and row.meaning.unit is None and not any(v.unit for v in contents.values)
    if not groups or bare or any(len(g.captures("token")) != len(named) for g in groups):
        return [(contents, column, row)]
    rest = GROUP.sub(" ", contents.text)
    if regex.search(r"\d", rest):
        return [(contents, column, row)]
    parted = []
    for i, outcome in enumerate(named):
        part = _only(contents, [Span(*g.spans("token")[i]) for g in groups])
        if column.outcomes:
            parted.append((part, replace(column, endpoint=outcome, outcomes=()), row))
        else:
            meaning = replace(row.meaning, endpoint=outcome, outcomes=())
            parted.append((part, column, replace(row, meaning=meaning)))
    return parted


def _only(contents: Contents, kept: Sequence[Span]) -> Contents:
    """A cell in which of every group but one number is left, words between the groups included."""
    start = contents.span.start
    text = list(contents.text)
    for group in GROUP.finditer(contents.text):
        own = next(span for span in kept if group.start() <= span.start < group.end())
        for i in range(*group.span()):
            if not own.start <= i < own.end:
                text[i] = " "
    places = [Span(start + span.start, start + span.end) for span in kept]
    inside = [any(p.start <= i < p.end for p in places) or text[i - start] != " " for i in range(*contents.span)]

    def stands(span: Span) -> bool:
        return all(inside[i - start] or contents.text[i - start] == " " for i in range(*span))

    loose = [n for c in contents.counts for n in (c.number, c.of) if n is not None and not stands(c.span)]
    bare = [
        ValueMention(span=n.span, number=n, unit=None, rule="table:bare_number")
        for n in loose
        if n.span is not None and stands(n.span)
    ]
    values = sorted([*(v for v in contents.values if stands(v.span)), *bare], key=lambda v: v.span)
    return contents._replace(
        text="".join(text),
        values=values,
        counts=[c for c in contents.counts if stands(c.span)],
        intervals=[m for m in contents.intervals if stands(m.span)],
        p_values=[m for m in contents.p_values if stands(m.span)],
        endpoints=[m for m in contents.endpoints if stands(m.span)],
        timepoints=[m for m in contents.timepoints if stands(m.span)],
        others=[m for m in contents.others if stands(m.span)],
        cues=[m for m in contents.cues if stands(m.span)],
    )
