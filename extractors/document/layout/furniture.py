"""The strips of all pages come in; which of them are running heads, feet, page numbers and stamps goes out."""

import re
from collections import defaultdict
from collections.abc import Sequence

from schemas.page import Page, Strip

_EDGE = 0.12  # of the page's height: heads and feet stand in these bands
_NEAR = 7.0  # points: the same place on another page
_PAGE_NUMBER = re.compile(
    r"^(?:page\s*)?[eES]?\d{1,5}(?:\s*(?:of|/|\|)\s*\d{1,4})?$|^[-–|]\s*\d{1,4}\s*[-–|]$", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_VERY_EDGE = 0.075


def find_furniture(strips: Sequence[Sequence[Strip]], pages: Sequence[Page]) -> set[Strip]:
    """Strips that repeat at one place from page to page (figures aside), and page numbers at a page's edge."""
    found: set[Strip] = set()
    places: dict[str, list[tuple[int, Strip]]] = defaultdict(list)
    for i, on_page in enumerate(strips):
        for strip in on_page:
            places[_DIGITS.sub("#", strip.text).casefold()].append((i, strip))
    many = max(3, round(0.4 * len(pages)))
    for alike in places.values():
        if len(alike) < 2:
            continue
        for i, strip in alike:
            page = pages[i]
            same = {j for j, other in alike if _same_place(strip, other)}
            wanted = 2 if _edge(strip, page, _EDGE) else many
            if len(same) >= wanted:
                found.add(strip)
    for i, on_page in enumerate(strips):
        for strip in on_page:
            if _PAGE_NUMBER.match(strip.text) and _edge(strip, pages[i], _VERY_EDGE):
                found.add(strip)
    return found


def _edge(strip: Strip, page: Page, share: float) -> bool:
    return strip.base < share * page.height or strip.top > (1 - share) * page.height


def _same_place(a: Strip, b: Strip) -> bool:
    """On facing pages heads swap sides, so that only the height counts for them."""
    return abs(a.base - b.base) < _NEAR and abs(a.size - b.size) < 0.6
