"""The strips of one page come in; the captions of its figures and the text inside the figures go out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.document.layout.manner import Manner
from schemas.page import Page, Strip

_STARTS = re.compile(
    r"^(?:supplementa(?:ry|l)\s)?(?:figure|fig\.?|figura|abbildung|scheme|box)\s*[SA]?\d+[A-Za-z]?\b\s*(?:[.:|—–-]|(?-i:\s[A-Z(“\"])|$)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^https?://\S+$")  # the figure's own, on a line below its caption
_FEWEST_LINES = 4  # in a figure: with fewer, what stands beside them is another thing
_WHOLE_LINE = 20  # characters: body text this long in a line is prose, less may be a label in a figure


class Figure(NamedTuple):
    """A caption's strips in order, the strips inside the figure, and the rectangle over all of it."""

    caption: tuple[Strip, ...]
    inside: tuple[Strip, ...]
    x0: float
    top: float
    x1: float
    bottom: float


def find_figures(strips: Sequence[Strip], *, page: Page, manner: Manner) -> list[Figure]:
    """Figures of the page by their captions, from the top; strips of running heads must be gone."""
    ordered = sorted(strips, key=lambda s: (s.base, s.x0))
    captions = []
    taken: set[Strip] = set()
    for i, strip in enumerate(ordered):
        if strip not in taken and _starts_caption(strip, ordered[:i], manner):
            caption = _caption(strip, ordered[i + 1 :], taken, manner)
            taken.update(caption)
            captions.append(caption)
    addresses = [s for s in ordered if _ADDRESS.match(s.text) and manner.is_small(s)]
    figures = []
    for caption in captions:
        inside = _inside(caption, ordered, taken, page, manner)
        taken.update(inside)
        inside += [s for s in addresses if 0 < s.base - caption[-1].base < 3 * s.size]
        figures.append(_figure(caption, inside, page))
    return figures


def _starts_caption(strip: Strip, above: Sequence[Strip], manner: Manner) -> bool:
    if not _STARTS.match(strip.text):
        return False
    if not manner.is_body(strip) or strip.bold or strip.words[0].bold:
        return True
    # In the body's own print "Figure 3. The" may be the end of a sentence: a caption stands off the line above.
    near = [s for s in above if s.x0 < strip.x1 and s.x1 > strip.x0 and manner.is_body(s)]
    return not near or strip.base - near[-1].base > 1.4 * manner.spacing(strip.size)


def _caption(start: Strip, below: Sequence[Strip], taken: set[Strip], manner: Manner) -> list[Strip]:
    """The strips from `start` on in one print and at one spacing."""
    caption = [start]
    x0, x1 = start.x0, start.x1
    for strip in below:
        step = strip.base - caption[-1].base
        if step > 2.2 * start.size:
            break
        beside = abs(step) < 0.3 * start.size and strip.x0 < x1 + 1.4 * start.size
        if strip in taken or not (beside or (strip.x0 < x1 - 2 and strip.x1 > x0 + 2)):
            continue
        # A legend in smaller print may follow the title of a figure.
        legend = start.size > strip.size and manner.is_small(strip) and abs(strip.x0 - x0) < 3
        if (abs(strip.size - start.size) > 0.35 and not legend) or _STARTS.match(strip.text):
            if step > 0.5 * start.size and strip.x0 < x1 and strip.x1 > x0:
                break
            continue
        if manner.is_body(strip) and step > 1.45 * manner.spacing(start.size):
            break
        caption.append(strip)
        x0, x1 = min(x0, strip.x0), max(x1, strip.x1)
    return [s for s in caption if not _ADDRESS.match(s.text)]


def _inside(
    caption: Sequence[Strip], strips: Sequence[Strip], taken: set[Strip], page: Page, manner: Manner
) -> list[Strip]:
    """Strips above the caption up to the next prose: labels, boxes and axes of the figure."""
    top = min(s.top for s in caption)
    x0, x1 = min(s.x0 for s in caption), max(s.x1 for s in caption)
    for picture in page.pictures:
        if picture.bottom < top + 5 and picture.bottom > top - 60 and picture.x0 < x1 and picture.x1 > x0:
            x0, x1 = min(x0, picture.x0), max(x1, picture.x1)
    x1 = max(x1, min(x0 + 200, page.width))
    inside: list[Strip] = []
    waiting: list[Strip] = []  # print of headings: of the article, or of the figure if more of it stands above
    for strip in reversed(strips):
        if strip.base > top or strip.x1 < x0 - 5 or strip.x0 > x1 + 5:
            continue
        if strip in taken or _is_prose(strip, manner) or _ends_prose(strip, strips, manner):
            break
        if strip.bold and strip.size > manner.size + 0.4:
            waiting.append(strip)
            continue
        inside.extend(waiting)
        inside.append(strip)
        waiting = []
    return inside + _beside(inside, strips, taken, manner)


def _beside(inside: Sequence[Strip], strips: Sequence[Strip], taken: set[Strip], manner: Manner) -> list[Strip]:
    """Strips on the lines of a figure wider than its caption, with nothing of the body above or below them there."""
    if len(inside) < _FEWEST_LINES:
        return []
    top, bottom = min(s.base for s in inside), max(s.base for s in inside)
    level = [s for s in strips if top - 1 <= s.base <= bottom + 1 and s not in taken and s not in inside]
    prose = [s for s in level if manner.is_body(s)]
    others = [s for s in level if not manner.is_body(s) and not any(s.x0 < p.x1 and s.x1 > p.x0 for p in prose)]
    rows = {round(s.base) for s in inside}
    return [s for s in others if rows & {round(s.base) - 1, round(s.base), round(s.base) + 1}]


def _is_prose(strip: Strip, manner: Manner) -> bool:
    return manner.is_body(strip) and strip.length >= _WHOLE_LINE


def _ends_prose(strip: Strip, strips: Sequence[Strip], manner: Manner) -> bool:
    """Whether a short strip in body print is the last line of a paragraph."""
    if not manner.is_body(strip):
        return False
    spacing = 1.3 * manner.spacing(strip.size)
    return any(
        0.5 * strip.size < strip.base - s.base < spacing
        and _is_prose(s, manner)
        and abs(s.x0 - strip.x0) < 2.5 * s.size
        for s in strips
    )


def _figure(caption: Sequence[Strip], inside: Sequence[Strip], page: Page) -> Figure:
    parts = [*caption, *inside]
    x0, x1 = min(s.x0 for s in parts), max(s.x1 for s in parts)
    top, bottom = min(s.top for s in parts), max(s.base for s in parts)
    for picture in page.pictures:
        if picture.x0 < x1 and picture.x1 > x0 and abs(picture.bottom - min(s.top for s in caption)) < 40:
            x0, x1, top = min(x0, picture.x0), max(x1, picture.x1), min(top, picture.top)
    return Figure(tuple(caption), tuple(inside), max(x0, 0.0), max(top, 0.0), min(x1, page.width), bottom)
