"""Lines in reading order come in, passages go out: lines that make up one paragraph, heading or list item."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.document.layout.columns import Line
from extractors.document.layout.manner import Manner

BULLET = re.compile(r"^(?:[•●▪◦‣■□–—*·]|\((?:\d{1,2}|[a-z]|[ivx]+)\)|(?:\d{1,2}|[a-z])\))(?:\s|$)")
TERMINAL = re.compile(r"[.?!:][\"”’')\]]*$")
_ENDS_ITEM = re.compile(r"[.?!:;][\"”’')\]]*(?:\s(?:and|or))?$")
_OPENING = re.compile(r"^[\"“‘'(\[]*[A-Z0-9•]")


class Passage(NamedTuple):
    """Consecutive lines that belong together; all of the text of a paragraph that goes on over a page stands in one."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines as printed, joined by blanks."""
        return " ".join(line.strip.text for line in self.lines)

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1]


def group(lines: Iterable[Line], *, manner: Manner) -> list[Passage]:
    """Passages of the lines of one page in reading order; none goes over a column's end."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _same_passage(groups[-1], line, manner):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Passage(tuple(g)) for g in groups]


def _same_passage(passage: Sequence[Line], line: Line, manner: Manner) -> bool:
    before = passage[-1]
    if before.column != line.column or before.strip.page != line.strip.page:
        return False
    a, b = before.strip, line.strip
    step = b.base - a.base
    if abs(a.size - b.size) > 0.45 or step < 0.4 * b.size or step > 1.35 * manner.spacing(b.size) + 0.5:
        return False
    if _changes_style(passage, line) or _runs_in(before, line):
        return False
    # "(2)" at the start of a line may also stand in mid sentence.
    if BULLET.match(b.text) and (
        not b.text[:2].strip("(").isalnum() or _ENDS_ITEM.search(a.text) or _ends_early(before, line)
    ):
        return False
    if _ends_early(before, line) and (TERMINAL.search(a.text) or _is_short(before)) and _OPENING.match(b.text):
        return False
    return not _indents(passage, line)


def _runs_in(before: Line, line: Line) -> bool:
    """Whether `line` begins with a heading in bold that runs into its paragraph: "**Results:** In total"."""
    words = line.strip.words
    if not words[0].bold or line.strip.bold or before.strip.words[-1].bold or not TERMINAL.search(before.strip.text):
        return False
    label = next((w for w in words if not w.bold or w.text.endswith((":", "."))), words[0])
    return label.bold and label.text.endswith((":", "."))


def _changes_style(passage: Sequence[Line], line: Line) -> bool:
    """A heading in bold or italics ends where ordinary text begins, unless it runs into it in mid line."""
    whole_bold = all(x.strip.bold for x in passage)
    if line.strip.bold and not any(x.strip.bold for x in passage):
        return _ends_early(passage[-1], line) or line.strip.x1 < line.right - 0.15 * (line.right - line.left)
    begins = _OPENING.match(line.strip.text) is not None
    if whole_bold and not line.strip.bold:
        return begins or _ends_early(passage[-1], line)
    whole_italic = all(x.strip.italic for x in passage)
    if whole_italic and not line.strip.italic:
        return begins or _ends_early(passage[-1], line)
    if line.strip.italic and not any(x.strip.italic for x in passage):
        return _ends_early(passage[-1], line)
    return passage[-1].strip.font != line.strip.font and _ends_early(passage[-1], line)


def _indents(passage: Sequence[Line], line: Line) -> bool:
    """Whether `line` is set in as the first line of a paragraph is."""
    size = line.strip.size
    indent = line.strip.x0 - line.left
    if not 0.6 * size < indent < 4.5 * size:
        return False
    before = passage[-1].strip.x0 - passage[-1].left
    if before < indent - 0.5 * size:
        # Under a bullet the text stands further right than the bullet: no new paragraph.
        return not (len(passage) == 1 and BULLET.match(passage[0].strip.text)) and bool(_OPENING.match(line.strip.text))
    return _ends_early(passage[-1], line) and bool(TERMINAL.search(passage[-1].strip.text))


def _ends_early(line: Line, after: Line) -> bool:
    """Whether the first word of `after` would have found room on `line`."""
    word = after.strip.words[0]
    return line.strip.x1 + 0.3 * word.size + (word.x1 - word.x0) < line.right - 0.4 * word.size


def _is_short(line: Line) -> bool:
    return line.strip.x1 < line.right - 0.3 * (line.right - line.left)


def goes_on(passage: Passage, after: Passage, *, at_head: bool, manner: Manner) -> bool:
    """Whether `after` continues `passage`, the one before it in the flow.

    At the head of a column or page, or behind a float, it often does; elsewhere only a broken word or a sentence
    that breaks off says so (a page line may have stood between them).
    """
    a, b = passage.last, after.first
    if abs(a.strip.size - b.strip.size) > 0.45 or a.strip.bold != b.strip.bold:
        return False
    if BULLET.match(b.strip.text) and (not b.strip.text[:2].strip("(").isalnum() or _ENDS_ITEM.search(a.strip.text)):
        return False
    text = a.strip.text
    if text.endswith("-") and not text.endswith(" -"):
        return True
    finished = bool(TERMINAL.search(text))
    small_letter = b.strip.text[:1].islower()
    if not at_head:
        return small_letter and not finished and not _ends_early(a, b)
    if small_letter:
        return not finished or not _indented(b)
    if finished:
        return not _ends_early(a, b) and not _indented(b) and _uses_indents(manner)
    return not _is_short(a) or not _OPENING.match(b.strip.text)


def _indented(line: Line) -> bool:
    return line.strip.x0 - line.left > 0.6 * line.strip.size


def _uses_indents(manner: Manner) -> bool:
    return manner.indents
