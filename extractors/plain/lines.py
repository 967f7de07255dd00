"""A text in, its lines with their place, and which of them are running heads or page numbers, out."""

import re
from collections import Counter
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n\x0c]+")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})", re.IGNORECASE)
# What a publisher prints at the foot of the first page: "How to cite this article" and the lines below it.
_ASKING = re.compile(r"(?:how to cite|(?:please )?cite this (?:article|paper|as))\b", re.IGNORECASE)
_OF_AN_ISSUE = re.compile(r"\b(?:19|20)\d\d\b|\bdoi\b|https?://|\bvol", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|\bdoi\b", re.IGNORECASE)
_LEAST_REPEATS = 3
_LONGEST_HEAD = 150
_FEW_LINES = 20
_WIDEST = 140  # characters; a text whose lines are longer has a paragraph on each


class Line(NamedTuple):
    """One line without the blanks around it; `gap` says that an empty line, or the start of the text, is above it."""

    start: int
    text: str
    gap: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Sheet(NamedTuple):
    """The lines that are text, the lines that are furniture, and the width the text is wrapped at (0: it is not)."""

    lines: tuple[Line, ...]
    furniture: tuple[Line, ...]
    width: int


def read_lines(text: str) -> Sheet:
    """The lines of `text` in order; empty ones are told by the `gap` of the next."""
    found: list[Line] = []
    at = 0
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            between = text[at : match.start()].replace("\r\n", "\n")
            found.append(Line(start, words, not found or len(between) - between.count("\x0c") > 1))
            at = match.end()
    repeated = _repeated(found)
    lines: list[Line] = []
    furniture: list[Line] = []
    gap = asking = False
    for line in found:
        gap = gap or line.gap
        asking = _ASKING.match(line.text) is not None or (asking and not line.gap)
        if asking or line.text in repeated:
            furniture.append(line)
        else:
            lines.append(line._replace(gap=gap))
            gap = False
    return Sheet(tuple(lines), tuple(furniture), _width(lines))


def _repeated(lines: list[Line]) -> frozenset[str]:
    """Lines that stand there again and again, but for their numbers, and pages counted ("3 of 11")."""
    shapes = Counter(_DIGITS.sub("#", line.text) for line in lines if len(line.text) <= _LONGEST_HEAD)
    heads = {
        shape
        for line in lines
        if shapes[shape := _DIGITS.sub("#", line.text)] >= _LEAST_REPEATS and _is_head(line.text)
    }
    # The first page prints its head in full, with the address: the words it begins with are the same.
    openings = tuple({" ".join(shape.split()[:3]) for shape in heads})
    return frozenset(
        line.text
        for line in lines
        if _PAGE_NUMBER.fullmatch(line.text)
        or (shape := _DIGITS.sub("#", line.text)) in heads
        or (openings and shape.startswith(openings) and _ADDRESS.search(shape))
    )


def _is_head(text: str) -> bool:
    """Whether a repeated line can be a running head: several words and a year, volume or address."""
    return len(text.split()) >= 4 and _OF_AN_ISSUE.search(text) is not None


def _width(lines: list[Line]) -> int:
    """The length that most lines of running text come near, where the text is wrapped by hand; else 0."""
    lengths = sorted(len(line.text) for line in lines)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    return usual if len(lengths) >= _FEW_LINES and usual <= _WIDEST else 0
