"""A page's box and the direction of its text come in, coordinates of the page held upright go out."""

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium


class Frame(NamedTuple):
    """Where a page's own coordinates stand once its text is upright; `turn` counts quarters against the clock.

    `left`, `top` are the page space coordinates of the corner, `w` and `h` the sizes of the unrotated page.
    """

    left: float
    top: float
    w: float
    h: float
    turn: int = 0

    @property
    def width(self) -> float:
        """Width of the upright page."""
        return self.h if self.turn % 2 else self.w

    @property
    def height(self) -> float:
        """Height of the upright page."""
        return self.w if self.turn % 2 else self.h

    def upright(self, x: float, y: float) -> tuple[float, float]:
        """A point of page space (origin bottom left) in points from the top left of the upright page."""
        u, v = x - self.left, self.top - y
        if self.turn == 0:
            return u, v
        if self.turn == 1:
            return self.h - v, u
        if self.turn == 2:
            return self.w - u, self.h - v
        return v, self.w - u


def frame_of(page: Any) -> Frame:
    """The frame of an unrotated PDFium page: its crop box, or the media box where it has none."""
    w, h = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    sides = [ctypes.c_float() for _ in range(4)]
    for ask in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if ask(page, *sides):
            left, bottom, right, top = (side.value for side in sides)
            if abs(abs(right - left) - w) < 1 and abs(abs(top - bottom) - h) < 1:
                return Frame(min(left, right), max(bottom, top), w, h)
    return Frame(0.0, h, w, h)
