"""The strips of all pages come in; which of them are running heads, feet, page numbers and stamps goes out."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from schemas.page import Page, Strip

_EDGE = 0.12  # of the page's height: heads and feet stand in these bands
_NEAR = 7.0  # points: the same place on another page
_PAGE_NUMBER = re.compile(
    r"^(?:page\s*)?[eES]?\d{1,5}(?:\s*(?:of|/|\|)\s*\d{1,4})?$|^[-–|]\s*\d{1,4}\s*[-–|]$", re.IGNORECASE
)
_CONTINUED = re.compile(r"^\(?\s*continued(?: on (?:the )?next page)?[\s.…]*\)?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_VERY_EDGE = 0.075


def find_furniture(strips: Sequence[Sequence[Strip]], pages: Sequence[Page]) -> set[Strip]:
    """Strips that repeat at one place from page to page (figures aside), and page numbers at a page's edge."""
    found: set[Strip] = set()
    places: dict[str, list[tuple[int, Strip]]] = defaultdict(list)
    for i, on_page in enumerate(strips):
        for strip in on_page:
            places[_DIGITS.sub("#", strip.text).casefold()].append((i, strip))
    body = _usual_print(strips)
    many = max(3, round(0.4 * len(pages)))
    for alike in places.values():
        if len(alike) < 2:
            continue
        for i, strip in alike:
            page = pages[i]
            same = {j for j, other in alike if _same_place(strip, other)}
            # A short last line of a paragraph may stand at one height on two pages.
            prose = (strip.size, strip.font) == body and not _DIGITS.search(strip.text)
            wanted = 2 if _edge(strip, page, _EDGE) and not prose else many
            if len(same) >= wanted:
                found.add(strip)
    for i, on_page in enumerate(strips):
        for strip in on_page:
            if (_PAGE_NUMBER.match(strip.text) and _edge(strip, pages[i], _VERY_EDGE)) or _CONTINUED.match(strip.text):
                found.add(strip)
    found.update(_counting(places))
    return found


def _counting(places: Mapping[str, Sequence[tuple[int, Strip]]]) -> set[Strip]:
    """Strips alike but for a number that counts up by one: page lines, wherever on the page they stand."""
    found: set[Strip] = set()
    for alike in places.values():
        if len(alike) < 3:
            continue
        numbers = [_DIGITS.findall(strip.text) for _, strip in alike]
        if not numbers[0] or not any(c.isalpha() for c in alike[0][1].text):
            continue
        last = [int(n[-1]) for n in numbers]
        steps = sum(b - a == 1 for a, b in pairwise(last))
        if steps >= 0.8 * (len(last) - 1) and len({tuple(n[:-1]) for n in numbers}) == 1:
            found.update(strip for _, strip in alike)
    return found


def _usual_print(strips: Sequence[Sequence[Strip]]) -> tuple[float, str]:
    prints: Counter[tuple[float, str]] = Counter()
    for on_page in strips:
        for strip in on_page:
            prints[strip.size, strip.font] += strip.length
    return max(prints, key=lambda p: (prints[p], p), default=(0.0, ""))


def _edge(strip: Strip, page: Page, share: float) -> bool:
    return strip.base < share * page.height or strip.top > (1 - share) * page.height


def _same_place(a: Strip, b: Strip) -> bool:
    """On facing pages heads swap sides, so that only the height counts for them."""
    return abs(a.base - b.base) < _NEAR and abs(a.size - b.size) < 0.6
