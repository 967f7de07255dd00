"""A PDFium text object comes in, the size and the style its characters are printed in go out."""

import ctypes
import math
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractors.pdf.clips import is_clipped_away

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
    """Styles of one page's text objects, each asked for once."""

    def __init__(self, text_page: Any) -> None:
        self._text_page = text_page
        self._of_object: dict[int, Style] = {}
        self._known: dict[Style, Style] = {}
        self._of_font: dict[int, tuple[str, bool, bool]] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(256)

    def at(self, index: int, address: int | None) -> Style:
        """The style of the character at `index`, which belongs to the text object at `address`."""
        if address is None:  # a character PDFium made up
            return _NONE
        style = self._of_object.get(address)
        if style is None:
            style = self._of_object[address] = self._read(index, address)
        return style

    def _read(self, index: int, address: int) -> Style:
        size, turn = pdfium.FPDFText_GetFontSize(self._text_page, index), 0
        matrix = self._matrix
        if pdfium.FPDFText_GetMatrix(self._text_page, index, matrix):
            # The size a file names counts before its matrix, which often does all of the scaling.
            size *= (matrix.c**2 + matrix.d**2) ** 0.5
            turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        text_object = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
        font = pdfium.FPDFTextObj_GetFont(text_object)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._of_font:
            self._of_font[key] = self._name_of(font)
        style = Style(round(size, 2), *self._of_font[key], turn, is_clipped_away(text_object))
        return self._known.setdefault(style, style)  # one object a style, so that `is` compares

    def _name_of(self, font: Any) -> tuple[str, bool, bool]:
        length = pdfium.FPDFFont_GetBaseFontName(font, self._name, 256)
        name = self._name.raw[: max(min(length, 256) - 1, 0)].decode("utf-8", "replace")
        name = name.partition("+")[2] if re.match(r"[A-Z]{6}\+", name) else name
        bold = bool(_BOLD.search(name)) or pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
        return name, bold, bool(_ITALIC.search(name))
