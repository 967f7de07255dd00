"""Pieces of the one text in, its sections out: stretches under one heading, each with a role."""

from collections.abc import Sequence
from typing import NamedTuple

from extractors.document.flow import Piece
from extractors.document.titles import Titles, is_abstract_part, plain_title
from schemas.anchor import Span
from schemas.block import Role
from schemas.document import Section

_LONGEST_ABSTRACT = 5000  # characters; the longest that journals print are of about 4,500


class Outline(NamedTuple):
    """The sections and, for each piece, the number of the section it stands in."""

    sections: tuple[Section, ...]
    of_piece: tuple[int, ...]


class _Open(NamedTuple):
    """A section being read: what its heading says, and its first piece."""

    heading: str
    role: Role
    level: int
    piece: int
    result_bearing: bool = True


def divide(pieces: Sequence[Piece], text: str, *, titles: Titles) -> Outline:
    """The sections that `pieces` fall into, in order; text before any heading is a section of level 0."""
    opened: list[_Open] = []
    of_piece: list[int] = []
    for i, (block, span, _) in enumerate(pieces):
        here = opened[-1] if opened else None
        if block.kind == "heading":
            heading = " ".join(span.of(text).split()).strip("#*_ ")
            in_abstract = _abstract_goes_on(heading, opened, length=span.start - _abstract_start(opened, pieces, span))
            role: Role = _role(heading, block.role, here, in_abstract, titles)
            level = max(block.level, 1)
            opened.append(_Open(heading, role, level, i, _bears_results(heading, role, level, opened, titles)))
        elif block.kind in ("title", "front"):
            role = "title" if block.kind == "title" else "front"
            if here is None or here.role != role:
                opened.append(_Open("", role, 0, i))
        elif block.kind == "reference":
            if here is None or here.role != "references":
                opened.append(_Open("", "references", 0, i))
        elif here is None or (here.role in ("title", "front") and not here.level):
            # What the front interrupted (a footnote of the first page, say) goes on; an abstract does not.
            last = next((o for o in reversed(opened) if o.level), None)
            if last is None or last.role == "abstract":
                last = _Open("", block.role if block.role in ("abstract", "back") else "body", 0, i)
            opened.append(last._replace(piece=i))
        of_piece.append(len(opened) - 1)
    ends = [*(o.piece for o in opened[1:]), len(pieces)][: len(opened)]
    sections = tuple(
        Section(
            section_id=f"sec{n:03d}",
            heading=o.heading,
            role=o.role,
            level=o.level,
            span=Span(pieces[o.piece].span.start, pieces[end - 1].span.end),
            result_bearing=o.result_bearing,
        )
        for n, (o, end) in enumerate(zip(opened, ends, strict=True), 1)
    )
    return Outline(sections, tuple(of_piece))


def _abstract_start(opened: Sequence[_Open], pieces: Sequence[Piece], span: Span) -> int:
    start = span.start
    for section in reversed(opened):
        if section.role != "abstract":
            break
        start = pieces[section.piece].span.start
    return start


def _abstract_goes_on(heading: str, opened: Sequence[_Open], *, length: int) -> bool:
    """Whether `heading` divides the abstract above it: "Methods" does, unless it, or an introduction, came before."""
    if not opened or opened[-1].role != "abstract" or not is_abstract_part(heading):
        return False
    seen = {plain_title(section.heading) for section in opened if section.role == "abstract"}
    return length < _LONGEST_ABSTRACT and plain_title(heading) not in seen | {"introduction"}


def _bears_results(heading: str, role: Role, level: int, opened: Sequence[_Open], titles: Titles) -> bool:
    """Whether results may stand under a heading: by its title, else as under the heading above it."""
    entry = titles.find(heading)
    if entry is not None:
        return entry.result_bearing
    above = next((o for o in reversed(opened) if o.level and (o.level < level or o.role != role)), None)
    return above is None or above.role != role or above.result_bearing


def _role(heading: str, given: Role, here: _Open | None, in_abstract: bool, titles: Titles) -> Role:
    """What the input says where it says more than "body"; else what the heading says; else as the text before."""
    if given in ("abstract", "references", "back", "front"):
        return given
    if in_abstract:
        return "abstract"
    found = titles.role(heading)
    if found is not None:
        return found
    return "back" if here is not None and here.role in ("back", "references") else "body"
