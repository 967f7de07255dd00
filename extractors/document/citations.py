"""The one text and its references in, every citation marker with the references it names out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.document.author_year import find_author_years, name_by_author
from extractors.document.candidates import (
    Candidate,
    find_brackets,
    find_glued,
    find_parentheses,
    find_superscripts,
)
from extractors.document.flow import Flow, Piece
from extractors.document.references import ReferenceList
from schemas.anchor import Span
from schemas.document import Citation, Reference

_FEW = 3  # with fewer markers than this, a style without a reference list behind it is a coincidence
_LONGEST_LIST = 999
_MOST_CITED = 0.8


class Cited(NamedTuple):
    """The citations in order, and the references under the markers that the citations use."""

    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]


def cite(flow: Flow, references: ReferenceList) -> Cited:
    """Every citation of `flow`, in the one style the document cites in.

    Where the input names the targets itself, only what it names is a citation.
    """
    if flow.named:
        return Cited(_named(flow, references), references.references)
    pieces = [p for p in flow.pieces if p.block.kind not in ("title", "front", "reference")]
    numeric = _numeric(flow, pieces, references)
    if len(numeric) < _FEW:
        by_name = list(find_author_years(flow.text, pieces))
        if len(by_name) >= _FEW and len(by_name) > len(numeric):
            return _by_name(by_name, references)
    return Cited(tuple(Citation(span=c.span, markers=c.numbers) for c in numeric), references.references)


def _named(flow: Flow, references: ReferenceList) -> tuple[Citation, ...]:
    citations: list[Citation] = []
    for span, keys in flow.named:
        markers = tuple(dict.fromkeys(references.marker_of.get(key, key) for key in keys))
        citations.append(Citation(span=span, markers=markers))
    return tuple(citations)


def _numeric(flow: Flow, pieces: Sequence[Piece], references: ReferenceList) -> list[Candidate]:
    """The markers of the numeric style that the document uses most.

    Round brackets and superscripts whose rise was lost count only where there is no other style.
    """
    listed = [int(r.marker) for r in references.references if r.marker.isdigit()]

    def plausible(found: Iterable[Candidate]) -> list[Candidate]:
        found = [c for c in found if c.numbers]
        # A list may have lost entries on the page; but a number far beyond it is no citation.
        highest = max(max(listed) * 5 // 4 + 5, _highest_of_all(found)) if listed else _LONGEST_LIST
        return [c for c in found if all(0 < int(n) <= highest for n in c.numbers)]

    raised = plausible(find_superscripts(flow, pieces))
    bracketed = plausible(find_brackets(flow.text, pieces))
    best = max(raised, bracketed, key=_variety)
    enough = 1 if listed else _FEW
    if _variety(best) < _FEW:
        others = [plausible(find_parentheses(flow.text, pieces)), plausible(find_glued(flow.text, pieces))]
        rest = max(others, key=_variety)
        # A stray "(12)" is a count; a review cites most of its list.
        if listed and _variety(rest) >= max(_FEW, len(listed) // 3):
            best = rest
    if _variety(best) < enough:
        return []
    if listed and best is raised:  # a table names its studies in brackets where the text raises them
        tables = [piece.span for piece in pieces if piece.block.kind == "table"]
        best = best + [c for c in bracketed if any(span.holds(c.span) for span in tables)]
    return _apart(best)


def _highest_of_all(found: Iterable[Candidate]) -> int:
    """The number up to which most numbers are cited, as they are in an article that cites its whole list."""
    numbers = sorted({int(number) for candidate in found for number in candidate.numbers} - {0})
    return max((n for i, n in enumerate(numbers, 1) if i >= _MOST_CITED * n), default=0)


def _variety(found: Sequence[Candidate]) -> int:
    return len({number for candidate in found for number in candidate.numbers})


def _apart(found: Iterable[Candidate]) -> list[Candidate]:
    apart: list[Candidate] = []
    for candidate in sorted(found):
        if not apart or candidate.span.start >= apart[-1].span.end:
            apart.append(candidate)
    return apart


def _by_name(found: list[Citation], references: ReferenceList) -> Cited:
    named = name_by_author(references.references)
    known = {r.marker for r in named}
    citations: list[Citation] = []
    at = 0
    for citation in sorted(found, key=lambda c: c.span):
        if citation.span.start < at:
            continue
        at = citation.span.end
        # Of two works of one name and year a text that prints no letter may mean either: the first is taken.
        markers = (m if m in known or f"{m}a" not in known else f"{m}a" for m in citation.markers)
        citations.append(Citation(span=Span(*citation.span), markers=tuple(dict.fromkeys(markers))))
    return Cited(tuple(citations), named)
