"""Passages in reading order come in, the same with kind, role and level go out, from title to back matter."""

import re
from collections.abc import Sequence
from typing import NamedTuple, cast

from extractors.document.layout.headings import close_up, is_heading, role_of_heading
from extractors.document.layout.manner import Manner
from extractors.document.layout.passages import BULLET, Passage
from extractors.document.titles import is_abstract_part
from schemas.block import BlockKind, Role

_ABSTRACT = re.compile(r"^(?:structured )?(?:abstract|summary|resumo|resumen)\b\s*[:.—–-]?\s*", re.IGNORECASE)
_FIRST_PART = re.compile(
    r"^(?:aims?|backgrounds?|objectives?|purpose|context|importance|introduction)\b[^.]{0,25}:", re.IGNORECASE
)
# Headings that open an abstract without its name, and never a body.
_FIRST_HEADING = re.compile(r"^(?:aims?|objectives?|purpose|importance)$", re.IGNORECASE)
_OTHER_PRINT = 0.7  # points
_ALL_OTHER = 12  # passages in other print one after the other: the list is over
_KEYWORDS = re.compile(r"^(?:key\s?words?|palavras-chave|abbreviations?|categories|index terms)\b", re.IGNORECASE)
_BODY_BEGINS = re.compile(r"^(?:1\.?\s+\S|(?:\d\.?\s+)?(?:introduction|introdução|background)\b)", re.IGNORECASE)


class Part(NamedTuple):
    """A passage with what it is."""

    passage: Passage
    kind: BlockKind
    role: Role
    level: int = 0


Style = tuple[float, str, bool, bool]


def outline(passages: Sequence[Passage], *, manner: Manner) -> list[Part]:
    """What each passage is, from the title on the first page to the back matter."""
    title = find_title(passages, manner)
    levels = _levels([p for p in passages if is_heading(p, manner)])
    parts: list[Part] = []
    role: Role = "front"
    entry_size, others = 0.0, 0
    divided: set[str] = set()  # headings inside the abstract: one that comes again opens the body
    abstract_level = 0
    has_abstract = any(_opens_abstract(p, manner) for p in passages[:60])
    for i, passage in enumerate(passages):
        text = close_up(passage.text)
        if i in title:
            parts.append(Part(passage, "title", "title"))
            continue
        heading = is_heading(passage, manner) and (
            role != "references" or role_of_heading(text, manner.titles) is not None
        )
        if role == "references" and not heading:
            entry_size = entry_size or passage.first.strip.size
            if abs(passage.first.strip.size - entry_size) > _OTHER_PRINT:
                # What stands in other print among or behind the entries (an advertisement, a supplement) is none.
                others += 1
                role = "back" if others > _ALL_OTHER else role
                parts.append(Part(passage, "paragraph", "back"))
                continue
            others = 0
        level = _level(passage, levels) if heading else 0
        if role in ("front", "title"):
            closed = any(part.role == "abstract" for part in parts)
            if not closed and _opens_abstract(passage, manner):
                role = "abstract"
                abstract_level = level
            elif _body_begins(
                passage,
                manner,
                heading=heading,
                waits=has_abstract and not closed,
                after_title=bool(title) and i > max(title),
            ):
                role = "body"
        elif role == "abstract":
            if _KEYWORDS.match(text):
                role = "front"
            elif heading and (text.casefold() in divided or not _goes_on(text, level, abstract_level)):
                role = "body"
            elif heading:
                divided.add(text.casefold())
        if heading and role not in ("front", "abstract"):
            found = role_of_heading(text, manner.titles)
            if found in ("references", "back", "body", "abstract", "front"):
                role = cast(Role, found) if found not in ("abstract", "front") else role
            elif role in ("references",):
                role = "back"
        kind: BlockKind = "heading" if heading else "paragraph"
        if role == "front":
            kind = "front"
        elif not heading and BULLET.match(text):
            kind = "list_item"
        parts.append(Part(passage, kind, role, level))
    return _relevel(parts)


def _relevel(parts: Sequence[Part]) -> list[Part]:
    """Levels of the headings of the article alone: what stands above its body (authors, journal) is none."""
    levels = _levels([p.passage for p in parts if p.kind == "heading"])
    return [p._replace(level=_level(p.passage, levels)) if p.kind == "heading" else p for p in parts]


def _opens_abstract(passage: Passage, manner: Manner) -> bool:
    text = close_up(passage.text)
    if passage.first.strip.page > 3:
        return False
    found = _ABSTRACT.match(text)
    if found:
        return len(text) == found.end() or (
            text[found.end() - 1] in ":.—–- " and (len(text) > 80 or is_heading(passage, manner))
        )
    if _FIRST_HEADING.match(text):
        return passage.first.strip.page == 1 and is_heading(passage, manner)
    return bool(_FIRST_PART.match(text)) and len(text) > 60


def _body_begins(passage: Passage, manner: Manner, *, heading: bool, waits: bool, after_title: bool) -> bool:
    if heading and _BODY_BEGINS.match(passage.text):
        return True
    if waits:
        return False
    prose = manner.is_body(passage.first.strip) and len(passage.text) > 250
    named = (
        heading
        and passage.first.strip.size >= manner.size - 0.2
        and manner.titles.role(passage.text) not in ("front", "back")
    )
    return after_title and (prose or named)


def _goes_on(text: str, level: int, abstract_level: int) -> bool:
    """Whether a heading divides the abstract: "Methods", less prominent than "Abstract" itself."""
    return (is_abstract_part(text) and not _BODY_BEGINS.match(text)) or (
        level > abstract_level > 0 and is_abstract_part(text)
    )


def find_title(passages: Sequence[Passage], manner: Manner) -> set[int]:
    """Indices of the passages that are the title: the largest print of several words on the first pages' upper half."""
    first = min((p.first.strip.page for p in passages), default=1)
    near = [(i, p) for i, p in enumerate(passages[:40]) if p.first.strip.page <= first + 1]
    large = [(i, p) for i, p in near if p.first.strip.size > manner.size + 1.5 and len(p.text.split()) >= 4]
    if not large:
        return set()
    size = max(p.first.strip.size for _, p in large)
    best = [i for i, p in large if p.first.strip.size > size - 0.3]
    run = {best[0]}
    # Its last line may be a word or two, which alone would be no title.
    while (i := max(run) + 1) < len(passages) and _goes_on_as(passages[i], passages[best[0]]):
        run.add(i)
    return run


def _goes_on_as(passage: Passage, title: Passage) -> bool:
    a, b = passage.first.strip, title.first.strip
    return abs(a.size - b.size) < 0.3 and (a.page, a.font, a.bold) == (b.page, b.font, b.bold)


def _style(passage: Passage) -> Style:
    strip = passage.first.strip
    return (round(strip.size * 2) / 2, strip.font, strip.bold, strip.text.isupper())


def _levels(headings: Sequence[Passage]) -> dict[Style, int]:
    """Levels of heading styles: larger above smaller, capitals above bold above the rest."""
    ranked = sorted({_style(p) for p in headings}, key=lambda s: (-s[0], not s[3], not s[2], s[1]))
    return {style: min(rank, 6) for rank, style in enumerate(ranked, 1)}


def _level(passage: Passage, levels: dict[Style, int]) -> int:
    numbered = re.match(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s", passage.text)
    if numbered:
        return min(numbered[1].count(".") + 1, 6)
    return levels.get(_style(passage), 1)
