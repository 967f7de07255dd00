"""The characters of a text page come in, the same with signs the fonts do not name told by the shape of their box."""

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

# Control characters and U+FFFD stand for glyphs without a Unicode value: minus signs and middle dots above all.
_UNNAMED = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\ufffd]")
_BROKEN_WORD = re.compile(r"(?<=[a-z])\x02(?=[a-z])")
_HYPHEN_AT_END = "\ufffe"  # PDFium's own mark of it
_BEFORE_NUMBER = re.compile(r"\s*[\d.]")


def name_signs(text: str, text_page: Any) -> str:
    """`text` with minus signs, middle dots and plus-minus signs in place of unnamed characters, index for index."""
    if not _UNNAMED.search(text):
        return text
    text = _BROKEN_WORD.sub(_HYPHEN_AT_END, text)
    characters = list(text)
    for found in _UNNAMED.finditer(text):
        characters[found.start()] = _sign(text, found.start(), text_page) or found.group()
    return "".join(characters)


def _sign(text: str, index: int, text_page: Any) -> str | None:
    """The sign at `index` by its shape: a flat bar, a dot at half height, or what else stands between two numbers."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    if not pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
        return None
    pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(text_page, index)
    if pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5
    if size <= 0 or not _BEFORE_NUMBER.match(text, index + 1):
        return None
    width, height = (right.value - left.value) / size, (top.value - bottom.value) / size
    middle = ((top.value + bottom.value) / 2 - y.value) / size
    if height < 0.15 and width > 0.3 and 0.1 < middle < 0.5:
        return "−"
    if height < 0.3 and width < 0.3 and 0.15 < middle < 0.5:
        return "·"
    if re.search(r"\d\s*$", text[max(index - 4, 0) : index]) and 0.35 < width < 0.9 and 0.35 < height < 0.9:
        return "±"
    return None
