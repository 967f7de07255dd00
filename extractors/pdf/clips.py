"""A PDFium page object comes in, whether its clipping path cuts it away goes out."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_SLACK = 1.0  # points


def is_clipped_away(address: int | None) -> bool:
    """Whether nothing of the page object at `address` lies inside its clipping path.

    A figure taken over from another document often carries that document's whole page, cut to the figure: the rest of
    the text is in the file but on no one's screen.
    """
    page_object = ctypes.cast(address or 0, pdfium.FPDF_PAGEOBJECT)
    clip = pdfium.FPDFPageObj_GetClipPath(page_object)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else -1
    if count < 1:
        return False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(page_object, left, bottom, right, top):
        return False
    for path in range(count):
        window = _window(clip, path)
        if window is not None and (
            right.value < window[0] - _SLACK
            or left.value > window[2] + _SLACK
            or top.value < window[1] - _SLACK
            or bottom.value > window[3] + _SLACK
        ):
            return True
    return False


def _window(clip: Any, path: int) -> tuple[float, float, float, float] | None:
    """The rectangle over one path of a clip, in the object's own coordinates."""
    x, y = ctypes.c_float(), ctypes.c_float()
    xs: list[float] = []
    ys: list[float] = []
    for i in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), 200)):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, i), x, y)
        xs.append(x.value)
        ys.append(y.value)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None
