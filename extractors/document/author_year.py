"""The one text in, citations by author and year out ("(Smith et al., 2019)", "Smith et al. (2019)")."""

import re
from collections.abc import Iterator, Sequence

from extractors.document.flow import Piece
from schemas.anchor import Span
from schemas.document import Citation, Reference

_NAME = r"(?:(?:van|von|de|der|den|da|di|la|le|el|al|dos|du)\s){0,2}[A-Z][\w’'´-]*[^\W\d_]"
_AUTHORS = rf"({_NAME})(?:\s+et\s+al\.?|(?:,\s{_NAME})*,?\s+(?:and|&)\s+{_NAME}(?:\s+et\s+al\.?)?)?"
_YEARS = r"((?:19|20)\d\d[a-z]?)((?:\s*,\s*(?:(?:19|20)\d\d)?[a-z]?)*)"
_ITEM = re.compile(rf"(?:(?:see|e\.g\.|eg|cf\.|reviewed (?:in|by))[,\s]+(?:also\s+)?)?{_AUTHORS},?\s+\(?{_YEARS}\)?")
_GROUP = re.compile(r"\(([^()]*(?:19|20)\d\d[a-z]?[^()]*)\)")
_NARRATIVE = re.compile(rf"\b{_AUTHORS}(?:[’']s?)?\s+(\(\s*{_YEARS}\s*\))")


def find_author_years(text: str, pieces: Sequence[Piece]) -> Iterator[Citation]:
    """Citations by author and year; their markers are "Smith 2019", with the letter where one is printed."""
    for piece in pieces:
        for match in _NARRATIVE.finditer(text, piece.span.start, piece.span.end):
            yield Citation(span=Span(*match.span(2)), markers=_markers(match[1], match[3], match[4]))
        for group in _GROUP.finditer(text, piece.span.start, piece.span.end):
            yield from _in_parentheses(group)


def _in_parentheses(group: re.Match[str]) -> Iterator[Citation]:
    """One citation where the parentheses hold nothing else; otherwise one each item, the rest left standing."""
    whole, at = True, group.start(1)
    items: list[tuple[Span, tuple[str, ...]]] = []
    for part in group[1].split(";"):
        item = _ITEM.fullmatch(part.strip())
        if item is None:
            whole = False
        else:
            start = at + len(part) - len(part.lstrip())
            items.append((Span(start, start + len(part.strip())), _markers(item[1], item[2], item[3])))
        at += len(part) + 1
    if whole and items:
        markers = tuple(dict.fromkeys(m for _, found in items for m in found))
        yield Citation(span=Span(*group.span()), markers=markers)
    else:
        yield from (Citation(span=span, markers=markers) for span, markers in items)


def _markers(name: str, year: str, more: str) -> tuple[str, ...]:
    """The markers of "Chen, 2008, 2012a, b": a letter alone goes with the year before it."""
    markers = [f"{name} {year}"]
    for part in filter(None, (p.strip() for p in more.split(","))):
        year = part if part[0].isdigit() else year[:4] + part
        markers.append(f"{name} {year}")
    return tuple(markers)


def name_by_author(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references under markers such as "Smith 2019"; two of a name and year get the letters a, b ... in order."""
    keys = [_key(reference) for reference in references]
    named: list[Reference] = []
    for i, (reference, key) in enumerate(zip(references, keys, strict=True)):
        if key is None:
            named.append(reference)
            continue
        same = [j for j, other in enumerate(keys) if other == key]
        letter = chr(ord("a") + same.index(i)) if 1 < len(same) <= 26 else ""
        named.append(reference.model_copy(update={"marker": key + letter}))
    return tuple(named)


def _key(reference: Reference) -> str | None:
    if reference.authors is None or reference.year is None:
        return None
    first = re.match(rf"{_NAME}(?:[\s-]{_NAME})*?(?=,|\s+[A-Z](?:[A-Z.\s-]|\b))", reference.authors)
    return f"{first[0]} {reference.year}" if first else None
