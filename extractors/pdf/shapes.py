"""A page and the box of one glyph on it come in, the sign whose shape the glyph has goes out."""

import ctypes
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_HEIGHT = 40  # pixels for one size of the font: enough to tell a bar from a slant
_LARGEST = 4.0  # sizes: what is larger is no character
_INK = 128
_FULL = 0.75  # of the width: a row with this much ink is part of a bar

Rows = list[list[bool]]


class Glyph(NamedTuple):
    """The tight box of a glyph in page space, its origin's height, and the size it is printed in."""

    left: float
    bottom: float
    right: float
    top: float
    base: float
    size: float

    @property
    def width(self) -> float:
        """Its width, in sizes."""
        return (self.right - self.left) / self.size

    @property
    def height(self) -> float:
        """Its height, in sizes."""
        return (self.top - self.bottom) / self.size

    @property
    def middle(self) -> float:
        """How high its middle stands above the baseline, in sizes."""
        return ((self.top + self.bottom) / 2 - self.base) / self.size


def tell_sign(page: Any, glyph: Glyph) -> str | None:
    """The sign with the shape of `glyph`: one of − = < > ≤ ≥ ± + × |, or none of them."""
    if glyph.height < 0.15:
        return "−" if glyph.width > 0.3 and 0.1 < glyph.middle < 0.5 else None
    if glyph.width < 0.15:
        return "|" if glyph.height > 0.6 else None
    if not (0.3 < glyph.width < _LARGEST and 0.2 < glyph.height < _LARGEST):
        return None
    return _named(_ink(page, glyph))


def _ink(page: Any, glyph: Glyph) -> Rows:
    """Where the glyph is dark, row by row from the top, without empty rows and columns at its sides."""
    scale = _HEIGHT / glyph.size
    width, height = max(round((glyph.right - glyph.left) * scale), 1), max(round((glyph.top - glyph.bottom) * scale), 1)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return []
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        x, y = _shown(page, glyph.left, glyph.top)
        matrix = pdfium.FS_MATRIX(scale, 0, 0, scale, -x * scale, -y * scale)
        clip = pdfium.FS_RECTF(0, 0, width, height)
        pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return _trimmed([[value < _INK for value in raw[i * stride : i * stride + width]] for i in range(height)])


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of page space in points from the top left of the page as it is shown."""
    thousand = 1000
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    a, b = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, round(width * thousand), round(height * thousand), 0, x, y, a, b)
    return a.value / thousand, b.value / thousand


def _trimmed(rows: Rows) -> Rows:
    used = [i for i, row in enumerate(rows) if any(row)]
    if not used:
        return []
    rows = rows[used[0] : used[-1] + 1]
    columns = [i for i in range(len(rows[0])) if any(row[i] for row in rows)]
    return [row[columns[0] : columns[-1] + 1] for row in rows]


def _named(rows: Rows) -> str | None:
    if len(rows) < 6 or len(rows[0]) < 6:
        return None
    bars = _bars(rows)
    height = len(rows)
    if len(bars) == 2 and not any(any(row) for row in rows[bars[0][1] : bars[1][0]]):
        return "=" if bars[0][0] == 0 and bars[1][1] == height else None
    if bars and bars[-1][1] == height and bars[-1][0] > 0.7 * height:
        upper = _trimmed(rows[: bars[-1][0]])
        name = _without_bar(upper)
        return {"<": "≤", ">": "≥", "+": "±"}.get(name or "")
    return _without_bar(rows)


def _bars(rows: Rows) -> list[tuple[int, int]]:
    """First row and end of each bar across the whole width."""
    full = [sum(row) >= _FULL * len(row) for row in rows]
    bars: list[tuple[int, int]] = []
    at = 0
    for is_full, run in groupby(full):
        end = at + len(list(run))
        if is_full:
            bars.append((at, end))
        at = end
    return bars


def _without_bar(rows: Rows) -> str | None:
    """Angle, cross or plus, by where the ink stands at the top, in the middle and at the foot."""
    if len(rows) < 6 or len(rows[0]) < 6:
        return None
    height, width = len(rows), len(rows[0])
    bars = _bars(rows)
    if len(bars) == 1:
        first, end = bars[0]
        stems = [_edges(row, width) for row in (*rows[:first], *rows[end:]) if any(row)]
        upright = all(a > 0.25 and b < 0.75 for a, b in stems)
        return "+" if upright and 0.3 * height < (first + end) / 2 < 0.7 * height else None
    if bars:
        return None
    top, middle, foot = (_edges(rows[i], width) for i in (1, height // 2, height - 2))
    if top[0] > 0.5 and middle[1] < 0.5 and foot[0] > 0.5:
        return "<"
    if top[1] < 0.5 and middle[0] > 0.5 and foot[1] < 0.5:
        return ">"
    wide = top[0] < 0.3 and top[1] > 0.7 and foot[0] < 0.3 and foot[1] > 0.7
    return "×" if wide and middle[0] > 0.3 and middle[1] < 0.7 else None


def _edges(row: list[bool], width: int) -> tuple[float, float]:
    """Where the first and the last ink of a row stand, as shares of the width; the middle where there is none."""
    dark = [i for i, ink in enumerate(row) if ink]
    return (dark[0] / width, (dark[-1] + 1) / width) if dark else (0.5, 0.5)
