"""A passage comes in, whether it is a heading goes out."""

import re

from extractors.document.layout.manner import Manner
from extractors.document.layout.passages import Passage
from extractors.document.titles import Titles
from schemas.page import Strip

_NUMBERED = re.compile(r"^((?:\d{1,2}\.)+\d{0,2}|\d{1,2}|[IVX]+\.)\s+(?=[A-Z])")
_REFERENCES = re.compile(
    r"^(?:referências|referencias|références|bibliografia|bibliographie|literatur)$", re.IGNORECASE
)
_SPACED_OUT = re.compile(r"^(?:\w ){4,}\w$")
_SENTENCES = re.compile(r"[a-z)]{3}[.;] [A-Z]")
_LONGEST_HEADING = 180
_LONGEST_IN_OTHER_FONT = 60


def is_heading(passage: Passage, manner: Manner) -> bool:
    """Whether a passage is a heading: short, begins like one and is set off by its print or its number."""
    text = close_up(passage.text.strip())
    strip = passage.first.strip
    if len(passage.lines) > 4 or len(text) > _LONGEST_HEADING or len(text) < 3 or not any(c.isalpha() for c in text):
        return False
    known = manner.titles.role(text) is not None
    numbered = _NUMBERED.match(text) is not None
    if known and strip.font != manner.font and len(passage.lines) == 1:  # also "abstract" in small capitals
        return True
    if not (text[0].isupper() or (text[0].isdigit() and strip.bold) or numbered or text[0] in "■●▪#"):
        return False
    if text.endswith((".", ",", ";")) and not (numbered and len(text) < 90) and not known:
        return False
    if strip.size < manner.size - 1.2 and not (known and len(passage.lines) == 1):
        return False
    if any(_differs(strip, line.strip) for line in passage.lines[1:]):
        return False
    if _SENTENCES.search(text) and not (numbered and strip.bold):
        return False
    plain = manner.is_body(strip) and strip.bold == manner.bold and not strip.italic
    if not plain:
        other = strip.font != manner.font and len(passage.lines) == 1 and len(text) < _LONGEST_IN_OTHER_FONT
        prominent = strip.bold or strip.size > manner.size + 0.5 or strip.italic or text.isupper() or other
        return prominent and (strip.bold or known or numbered or strip.size >= manner.size - 0.6)
    return (known or numbered) and len(passage.lines) == 1 and len(text.split()) <= 12


def close_up(text: str) -> str:
    """Letters spaced out for show made a word again: "A B S T R A C T"."""
    return text.replace(" ", "") if _SPACED_OUT.match(text) else text


def _differs(first: Strip, other: Strip) -> bool:
    return (first.bold, first.italic, first.font) != (other.bold, other.italic, other.font)


def is_numbered(passage: Passage) -> bool:
    """Whether a passage begins with the number of a section: "2.3 Study selection"."""
    return _NUMBERED.match(passage.text) is not None


def role_of_heading(text: str, titles: Titles) -> str | None:
    """The role a heading gives to what stands under it, reference lists of other languages included."""
    return titles.role(text) or ("references" if _REFERENCES.match(text) else None)
