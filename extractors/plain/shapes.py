"""A line among lines in, what it begins (heading, list item, caption, paragraph) out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.plain.lines import Line
from schemas.block import BlockKind

_MARKDOWN = re.compile(r"(#{1,6})\s+\S")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[A-Z][^.]*$")
_ITEM = re.compile(r"(?:[-*•●▪◦–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_CAPTION = re.compile(r"(?:\*\*)?(?:(?:Supplementary|Online)\s)?(?:Table|TABLE|Figure|FIGURE|Fig\.)\s*[A-Z]?\d+[A-Za-z]?\s*[.:|–—]?\s")
_REFERENCES = re.compile(r"(?:#+\s*)?(?:\d+\.?\s+)?\**(?:references?(?: list)?|bibliography|literature cited)\**:?", re.IGNORECASE)
_NUMBER = re.compile(r"[\[(]?\d{1,4}[\]).]+(?:\s|$)")
_BULLET = re.compile(r"[-*•]\s")
_AUTHOR = re.compile(r"(?:[a-z]{1,3}\s){0,2}[A-Z][\w’'-]+(?:[\s-][A-Z][\w’'-]+)*,?\s(?:[A-Z]{1,3}\b|[A-Z]\.)")
_STOP = re.compile(r"[.,;:!?]$")
_LONGEST_HEADING = 14  # words


class Shape(NamedTuple):
    """What a line begins; `references` marks the heading of the reference list."""

    kind: BlockKind
    level: int = 0
    references: bool = False


def recognise_shape(lines: Sequence[Line], i: int, width: int, *, in_references: bool) -> Shape:
    """What begins at line `i`; `width` is what the text is wrapped at, 0 where a line is a paragraph."""
    text = lines[i].text
    references = _REFERENCES.fullmatch(text) is not None
    markdown = _MARKDOWN.match(text)
    if markdown or references:
        return Shape("heading", len(markdown[1]) if markdown else 1, references)
    if in_references:
        return Shape("paragraph")
    if _CAPTION.match(text):
        return Shape("caption")
    numbered = _NUMBERED.match(text)
    if numbered and _stands_out(lines, i, width):
        return Shape("heading", numbered[1].count(".") + 1)
    if _ITEM.match(text):
        return Shape("list_item", 1)
    if text[:1].isupper() and _stands_out(lines, i, width):
        return Shape("heading", 1)
    return Shape("paragraph")


def is_reference_start(text: str, *, numbered: bool) -> bool:
    """Whether an entry of the reference list begins with `text`."""
    if _NUMBER.match(text) or _BULLET.match(text):
        return True
    return not numbered and _AUTHOR.match(text) is not None


def _stands_out(lines: Sequence[Line], i: int, width: int) -> bool:
    """Short, without a full stop, behind the end of what stood above, and with running text (or a heading) below."""
    text = lines[i].text
    words = text.split()
    if _STOP.search(text) or len(words) > _LONGEST_HEADING or sum(c.isalpha() for c in text) < 0.6 * len(text):
        return False
    if i + 1 >= len(lines):
        return False
    below = lines[i + 1]
    if not width:
        return lines[i].gap and below.gap and below.text[:1].isupper() and len(below.text) > len(text)
    above_ends = i == 0 or lines[i].gap or lines[i - 1].text.endswith((".", ":", "]", "”")) or len(lines[i - 1].text) < 0.6 * width
    prose_below = len(below.text) > 0.75 * width or (
        i + 2 < len(lines) and len(below.text) < 0.75 * width and len(lines[i + 2].text) > 0.75 * width
    )
    return len(text) < 0.75 * width and above_ends and prose_below and below.text[:1].isupper()
