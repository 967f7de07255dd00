"""The one text and its citations in, the marks of table footnotes out ("6.9ᵃ", "PFS*")."""

import re
from collections.abc import Sequence

from extractors.document.candidates import is_power
from extractors.document.flow import Flow
from extractors.document.markers import expand
from schemas.anchor import Span
from schemas.document import Citation

_MARK = re.compile(r"(?:[a-z]{1,2}(?:\s?,\s?[a-z])*|[*†‡§¶#‖]+|\d{1,2}(?:\s?,\s?\d{1,2})*)")
_ENDINGS = frozenset(("st", "nd", "rd", "th", "er", "re", "n"))  # 1st, 2nd, 10th; and the n-th power


def find_marks(flow: Flow, citations: Sequence[Citation]) -> list[Span]:
    """Raised letters, signs and numbers in table cells that are neither citations, powers nor the end of an ordinal.

    A cell of nothing but the mark is left alone: it is its content.
    """
    if not flow.superscripts:
        return []
    cells = [span for piece in flow.pieces for _, span in piece.cells]
    cited = {citation.span.start for citation in citations}
    starts = sorted(flow.superscripts)
    marks: list[Span] = []
    i = 0
    for cell in cells:
        while i < len(starts) and starts[i].start < cell.start:
            i += 1
        while i < len(starts) and starts[i].end <= cell.end:
            span = starts[i]
            words = span.of(flow.text).strip()
            alone = words == cell.of(flow.text).strip()
            if not alone and span.start not in cited and _MARK.fullmatch(words) and words not in _ENDINGS:
                numbers = expand(words)
                if not numbers or not is_power(flow.text, span, numbers):
                    marks.append(span)
            i += 1
    return marks
