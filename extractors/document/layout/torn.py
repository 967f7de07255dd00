"""The parts of an article come in, the same with tables whose columns are lost set apart from its body go out."""

import re
from collections.abc import Sequence

from extractors.document.layout.columns import Line
from extractors.document.layout.outline import Part

_CAPTION = re.compile(
    r"^(?:supplementary |online )?(?:table|tab\.|tabela|tabla|tableau|tabelle)\s*"
    r"(?:[A-Z]?\d{1,2}[A-Za-z]?|[IVX]{1,5})\s*(?:[.:|—–]\s|(?-i:\s[A-Z]))",
    re.IGNORECASE,
)
_NARROW = 0.72  # of a column's width: lines of text reach further
_FEWEST = 6  # narrow lines in a row below a caption are torn cells; fewer may be a list
_LONGEST_CAPTION = 400  # characters


def set_tables_apart(parts: Sequence[Part]) -> list[Part]:
    """`parts` with a caption in body print and the narrow lines below it marked as what they are.

    The lines of such a table are paragraphs of role "table", one part for each given: which cell a line belongs to can
    no longer be told, but a sentence of the body none of them is.
    """
    found = list(parts)
    i = 0
    while i < len(parts):
        part = parts[i]
        i += 1
        if part.role != "body" or part.kind not in ("paragraph", "heading") or not _is_caption(part):
            continue
        j = i
        while j < len(parts) and parts[j].role == "body" and _is_narrow(parts[j], part.passage.first):
            j += 1
        if sum(len(p.passage.lines) for p in parts[i:j]) >= _FEWEST:
            found[i - 1] = part._replace(kind="caption", role="caption", level=0)
            found[i:j] = [p._replace(kind="paragraph", role="table", level=0) for p in parts[i:j]]
            i = j
    return found


def _is_caption(part: Part) -> bool:
    text = part.passage.text
    return len(text) < _LONGEST_CAPTION and _CAPTION.match(text) is not None


def _is_narrow(part: Part, caption: Line) -> bool:
    """Whether all lines of `part` end well before the column of the caption does."""
    width = caption.right - caption.left
    return all(line.strip.x1 - min(line.left, caption.left) < _NARROW * width for line in part.passage.lines)
