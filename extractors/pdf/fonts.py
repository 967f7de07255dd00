"""A PDFium text object comes in, the size and the style its characters are printed in go out."""

import ctypes
import math
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractors.pdf.clips import is_clipped_away
from extractors.pdf.probes import clip_of, floats, font_of, font_size_at, matrix_at, paths_of_clip

_BOLD = re.compile(r"bold|black|heavy|demi|semib|medi$|-?medium|\.B(?:I|\+|$)|[-,]b(?:i|$)", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|slant|\.B?I(?:\+|$)|[-,]b?i$|-it$|ti(?:10|9|8|12)$", re.IGNORECASE)
_BOLD_WEIGHT = 600


class Style(NamedTuple):
    """How a stretch of text is printed: size in points as it appears, font name without its subset tag.

    `turn` is the direction it runs in, in quarter turns against the clock; `hidden` text is cut away when shown.
    """

    size: float
    font: str
    bold: bool
    italic: bool
    turn: int
    hidden: bool


_NONE = Style(0.0, "", bold=False, italic=False, turn=0, hidden=False)


class Styles:
    """Styles of the text objects of one page, by the address of its text, each asked for once."""

    def __init__(self, text_page: int) -> None:
        self._text_page = text_page
        self.of_object: dict[int | None, Style] = {None: _NONE}  # a character PDFium made up has no object
        self._known: dict[tuple[float, ...], Style] = {}
        self._of_font: dict[int, tuple[str, bool, bool]] = {}
        self._matrix = floats(6)
        self._name = ctypes.create_string_buffer(256)

    def at(self, index: int, address: int | None) -> Style:
        """The style of the character at `index`, which belongs to the text object at `address`."""
        style = self.of_object.get(address)
        if style is None:
            style = self.of_object[address] = self._read(index, address)
        return style

    def _read(self, index: int, address: int | None) -> Style:
        # Many producers write an object a word, or a character: all are of a few styles, told apart by these numbers.
        size, a, b, c, d = font_size_at(self._text_page, index), 1.0, 0.0, 0.0, 1.0
        if matrix_at(self._text_page, index, self._matrix.at[0]):
            a, b, c, d, _, _ = self._matrix.read
        font = font_of(address)
        clipped = paths_of_clip(clip_of(address)) > 0 and is_clipped_away(address)
        key = (size, a, b, c, d, font or 0, clipped)
        style = self._known.get(key)
        if style is None:
            style = self._known[key] = self._style(*key)
        return style

    def _style(self, size: float, a: float, b: float, c: float, d: float, font: int, hidden: bool) -> Style:
        # The size a file names counts before its matrix, which often does all of the scaling.
        size *= (c**2 + d**2) ** 0.5
        turn = round(math.atan2(b, a) / (math.pi / 2)) % 4
        if font not in self._of_font:
            self._of_font[font] = self._name_of(ctypes.cast(font, pdfium.FPDF_FONT))
        style = Style(round(size, 2), *self._of_font[font], turn, hidden)
        # One object a style, so that `is` compares.
        return next((known for known in self._known.values() if known == style), style)

    def _name_of(self, font: Any) -> tuple[str, bool, bool]:
        length = pdfium.FPDFFont_GetBaseFontName(font, self._name, 256)
        name = self._name.raw[: max(min(length, 256) - 1, 0)].decode("utf-8", "replace")
        name = name.partition("+")[2] if re.match(r"[A-Z]{6}\+", name) else name
        bold = bool(_BOLD.search(name)) or pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
        return name, bold, bool(_ITALIC.search(name))
