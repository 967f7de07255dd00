"""Pages made of words by hand, as PDF reading gives them."""

from collections.abc import Callable, Sequence

import pytest

from schemas.page import ASCENT, DESCENT, Page, Strip, Word

WIDTH = 0.5  # of the size: every character is as wide


def strip(
    text: str, x: float, base: float, *, size: float = 10.0, font: str = "Body", bold: bool = False
) -> list[Word]:
    """The words of one printed line; "word^1" prints the 1 raised and glued."""
    words: list[Word] = []
    for part in text.split():
        plain, _, raised = part.partition("^")
        for piece, small in ((plain, False), (raised, True)):
            if not piece:
                continue
            s, y = (0.6 * size, base - 0.35 * size) if small else (size, base)
            width = WIDTH * s * len(piece)
            words.append(
                Word(
                    piece,
                    x,
                    y - ASCENT * s,
                    x + width,
                    y + DESCENT * s,
                    s,
                    font,
                    bold,
                    superscript=small,
                    glued=small,
                    raw=piece,
                )
            )
            x += width
        x += WIDTH * size
    return words


def page_of(lines: Sequence[list[Word]], *, number: int = 1, width: float = 600.0, height: float = 800.0) -> Page:
    """A page of these lines."""
    words: list[Word] = []
    strips: list[Strip] = []
    for line in lines:
        indices = range(len(words), len(words) + len(line))
        words.extend(line)
        strips.append(Strip.of(line, indices=indices, page=number))
    return Page(number=number, width=width, height=height, words=tuple(words), strips=tuple(strips))


@pytest.fixture(scope="session")
def line() -> Callable[..., list[Word]]:
    """Words of one printed line."""
    return strip


@pytest.fixture(scope="session")
def make_page() -> Callable[..., Page]:
    """A page of printed lines."""
    return page_of
