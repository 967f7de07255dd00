"""Words from anywhere in, lines of a known width that a picture can hold out."""

import re
import unicodedata
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

FONT = "DejaVu Sans"
"""Ships with matplotlib, so that a picture is the same on every machine."""
POINTS = 72
LEADING = 1.28
"""Height of a line in sizes of its letters."""
SLACK = 1.03
"""Letters set on whole dots run a little wider than their outlines."""


def cleaned(text: str) -> str:
    """One line without characters that no picture and no XML can hold (control characters, lone surrogates)."""
    return " ".join("".join(" " if _unfit(character) else character for character in text).split())


def _unfit(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Cf", "Cn", "Co", "Zl", "Zp")


@lru_cache(maxsize=20_000)
def width(text: str, *, size: float, bold: bool = False) -> float:
    """How many inches a text takes in letters of `size` points."""
    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    held = "".join(letter if ord(letter) in _letters() else "W" for letter in text)
    found: float = text_to_path.get_text_width_height_descent(held, font, ismath=False)[0]
    return found / POINTS * SLACK


@cache
def _letters() -> frozenset[int]:
    """What the font has a shape for; other letters are taken to be as wide as its widest."""
    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap())


def height(lines: int, *, size: float) -> float:
    """How many inches so many lines take."""
    return lines * size * LEADING / POINTS


def wrapped(text: str, *, size: float, room: float, bold: bool = False, most: int = 6) -> list[str]:
    """Lines no wider than `room` inches; a word longer than that is cut, and what exceeds `most` lines ends in "…"."""
    lines: list[str] = []
    for word in _words(cleaned(text), size=size, room=room, bold=bold):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size=size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return lines


def _words(text: str, *, size: float, room: float, bold: bool) -> list[str]:
    """The words, those wider than `room` cut behind a hyphen or an underscore or where they must be."""
    found: list[str] = []
    for word in text.split():
        if width(word, size=size, bold=bold) <= room:
            found.append(word)
            continue
        piece = ""
        for part in re.findall(r".", word):
            if piece and width(piece + part, size=size, bold=bold) > room:
                found.append(piece)
                piece = ""
            piece += part
        found.append(piece)
    return found
