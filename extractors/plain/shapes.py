"""A line among lines in, what it begins (heading, list item, caption, paragraph) out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.plain.lines import Line
from schemas.block import BlockKind

_MARKDOWN = re.compile(r"(#{1,6})\s+\S")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[A-Z][^.]*$")
_LEADING_NUMBER = re.compile(r"\d[\d.]*\s+")
_ITEM = re.compile(r"(?:[-*•●▪◦–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_LABEL = r"(?:(?:Supplementary|Online)\s)?(?:Table|TABLE|Figure|FIGURE|Fig\.)\s*[A-Z]?\d+[A-Za-z]?"
# "Table 1 shows" is a sentence; "Table 1." and "Table 1 Characteristics" are captions.
_CAPTION = re.compile(rf"(?:\*\*)?{_LABEL}\s*(?:[.:|–—]\s?(?!\d)|\*\*|\s(?=[A-Z]))")
_REFERENCES = re.compile(
    r"(?:#+\s*)?(?:\d+\.?\s+)?\**(?:references?(?: list)?|bibliography|literature cited)\**:?", re.IGNORECASE
)
_NUMBER = re.compile(r"[\[(]?\d{1,4}(?:[\])]\.?|\.)(?:\s|$)")
_BULLET = re.compile(r"[-*•]\s")
_AUTHOR = re.compile(
    r"(?:[a-z]{1,3}\s){0,2}[A-Z][\w’'-]+(?:[\s-][A-Z][\w’'-]+)*,?\s(?:[A-Z]{1,3}\b(?!\s[a-z])|[A-Z]\.)(?!\.?\s*(?:19|20)\d\d)"
)
# Labels that open a paragraph of a structured abstract: "METHODS: We ...", "**Results.** Of ..."
_LABELLED = re.compile(
    r"\**(?:(?P<certain>abstract|key\s?words?)|background|introduction|context|importance|aims?|objectives?|purpose|"
    r"methods?|(?:patients|materials) and methods|design|results|findings|main (?:content|results|text)|"
    r"conclusions?|interpretation|discussion)\**\s?[:.—–]\**\s",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.,;:!?]\**$")
_LONGEST_HEADING = 14  # words
_NAMES = re.compile(r"(?:[A-Z][\w.’'-]*\s?\d?\s){1,3}[A-Z][\w’'-]+\s?[\d*]*,\s(?:and\s)?[A-Z]")


class Shape(NamedTuple):
    """What a line begins; `references` marks the heading of the reference list."""

    kind: BlockKind
    level: int = 0
    references: bool = False


def recognise_shape(lines: Sequence[Line], i: int, width: int, *, in_references: bool = False) -> Shape:
    """What begins at line `i`; `width` is what the text is wrapped at, 0 where a line is a paragraph."""
    text = lines[i].text
    references = _REFERENCES.fullmatch(text) is not None
    markdown = _MARKDOWN.match(text)
    if markdown or references:
        return Shape("heading", len(markdown[1]) if markdown else 1, references)
    if _CAPTION.match(text):
        return Shape("caption")
    if in_references:
        return Shape("paragraph")
    numbered = _NUMBERED.match(text)
    # "3.3. Title" is no sentence's beginning even where the text around it does not show it.
    deep = numbered and "." in numbered[1] and len(text) < 0.9 * width and not _STOP.search(text)
    if numbered and (deep or _stands_out(lines, i, width)):
        return Shape("heading", numbered[1].count(".") + 1)
    if _ITEM.match(text):
        return Shape("list_item", 1)
    if text[:1].isupper() and not _NAMES.match(text) and _stands_out(lines, i, width):
        return Shape("heading", 1)
    return Shape("paragraph")


def is_reference_start(text: str, *, numbered: bool) -> bool:
    """Whether an entry of the reference list begins with `text`; in a numbered list only a number or bullet says so."""
    if _NUMBER.match(text) or _BULLET.match(text):
        return True
    return not numbered and _AUTHOR.match(text) is not None


def opens_labelled(text: str, *, certain: bool = False) -> bool:
    """Whether `text` begins with the label of a part of an abstract; "Abstract:" and "Keywords:" are `certain` ones."""
    label = _LABELLED.match(text)
    return label is not None and (not certain or label["certain"] is not None)


def is_table_caption(text: str) -> bool:
    """Whether `text` is the caption of a table, not of a figure."""
    return _CAPTION.match(text) is not None and "ab" in text[:24].lower()


def _stands_out(lines: Sequence[Line], i: int, width: int, *, depth: int = 0) -> bool:
    """Short, without a full stop, behind the end of what stood above, and with running text (or a heading) below."""
    text = lines[i].text
    words = _LEADING_NUMBER.sub("", text)
    if _STOP.search(text) or len(text.split()) > _LONGEST_HEADING or sum(c.isalpha() for c in words) < 0.6 * len(words):
        return False
    if i + 1 >= len(lines) or (": " in text and not _NUMBERED.match(text)):
        return False  # "Categories: Cardiology" is a label with its value
    below = lines[i + 1]
    if not (below.text[:1].isupper() or _NUMBERED.match(below.text)):
        return False
    if not width:
        heading_below = depth < 2 and _stands_out(lines, i + 1, width, depth=depth + 1)
        return lines[i].gap and below.gap and (len(below.text) > len(text) or heading_below)
    above = lines[i - 1].text if i else ""
    above_ends = lines[i].gap or above.endswith((".", ":", "]", "”")) or len(above) < 0.6 * width
    if not above_ends or len(text) >= 0.75 * width:
        return False
    return len(below.text) > 0.75 * width or (depth < 2 and _stands_out(lines, i + 1, width, depth=depth + 1))
