"""The bytes of a PDF come in, the picture of one page or of a part of it goes out as a PNG."""

import ctypes
import io

import pypdfium2.raw as pdfium
from PIL import Image

from extractors.pdf.opening import opened
from extractors.pdf.pages import ONE_AT_A_TIME
from schemas.anchor import Box
from schemas.errors import UnreadableDocument

_MOST_PIXELS = 60_000_000  # a poster at a large scale would fill the memory


def picture(data: bytes, *, page: int, scale: float, box: Box | None = None) -> bytes:
    """A PNG of page `page` (counted from 1) of the PDF `data`, unrotated, at `scale` pixels a point.

    `box` cuts it to a rectangle in points from the top left of the unrotated page, what lies off the page left out;
    its own page number is not looked at. Raises UnreadableDocument as `read_pages` does, and with status damaged where
    the page cannot be drawn; ValueError where there is no such page or nothing of `box` lies on it.
    """
    with ONE_AT_A_TIME, opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if not 1 <= page <= count:
            raise ValueError(f"there is no page {page}: the document has {count}")
        loaded = pdfium.FPDF_LoadPage(document, page - 1)
        if not loaded:
            raise UnreadableDocument("damaged", f"Page {page} is damaged: save the PDF anew from a viewer.")
        try:
            pdfium.FPDFPage_SetRotation(loaded, 0)
            image = _draw(loaded, scale=scale, box=box)
        finally:
            pdfium.FPDF_ClosePage(loaded)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _draw(page: object, *, scale: float, box: Box | None) -> Image.Image:
    whole_width, whole_height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    x0, top, x1, bottom = (0.0, 0.0, whole_width, whole_height) if box is None else box[1:]
    x0, x1 = max(x0, 0.0), min(x1, whole_width)
    top, bottom = max(top, 0.0), min(bottom, whole_height)
    if x1 <= x0 or bottom <= top:
        raise ValueError("the box lies off the page")
    scale = min(scale, (_MOST_PIXELS / ((x1 - x0) * (bottom - top))) ** 0.5)
    width, height = max(round((x1 - x0) * scale), 1), max(round((bottom - top) * scale), 1)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    if not bitmap:
        raise UnreadableDocument("damaged", "A page is too large to be drawn.")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        # The whole page is drawn, shifted so that the box begins at the bitmap's corner.
        pdfium.FPDF_RenderPageBitmap(
            bitmap, page, round(-x0 * scale), round(-top * scale), round(whole_width * scale),
            round(whole_height * scale), 0, pdfium.FPDF_ANNOT,
        )  # fmt: skip
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        start = pdfium.FPDFBitmap_GetBuffer(bitmap)
        raw = ctypes.string_at(start, stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", (width, height), raw, "raw", "BGRX", stride, 1)
