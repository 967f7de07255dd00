"""PDFium's own functions, the ones asked once a word or more, with plain integers for pointers.

The wrapped functions make an object of every pointer and set every argument up anew, which costs more than what PDFium
does itself; an address (`address_of`) is taken once a page and handed on as a number.
"""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_pointer, _int, _float = ctypes.c_void_p, ctypes.c_int, ctypes.c_float


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """`function` with these C types; the interpreter's lock is kept, since each call takes less than a microsecond."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, _pointer).value or 0)


def address_of(handle: Any) -> int:
    """The address of something PDFium holds."""
    return ctypes.cast(handle, _pointer).value or 0


# A text page and the index of a character on it.
text_object_at = _plain(pdfium.FPDFText_GetTextObject, _pointer, _pointer, _int)
origin_at = _plain(pdfium.FPDFText_GetCharOrigin, _int, _pointer, _int, _pointer, _pointer)
loose_box_at = _plain(pdfium.FPDFText_GetLooseCharBox, _int, _pointer, _int, _pointer)
font_size_at = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, _pointer, _int)
matrix_at = _plain(pdfium.FPDFText_GetMatrix, _int, _pointer, _int, _pointer)

# A page or form and the index of an object on it; an object.
object_of_page = _plain(pdfium.FPDFPage_GetObject, _pointer, _pointer, _int)
object_of_form = _plain(pdfium.FPDFFormObj_GetObject, _pointer, _pointer, ctypes.c_ulong)
kind_of = _plain(pdfium.FPDFPageObj_GetType, _int, _pointer)
bounds_of = _plain(pdfium.FPDFPageObj_GetBounds, _int, _pointer, _pointer, _pointer, _pointer, _pointer)
font_of = _plain(pdfium.FPDFTextObj_GetFont, _pointer, _pointer)
clip_of = _plain(pdfium.FPDFPageObj_GetClipPath, _pointer, _pointer)
paths_of_clip = _plain(pdfium.FPDFClipPath_CountPaths, _int, _pointer)

# A path and the index of a segment of it; a segment.
segment_of = _plain(pdfium.FPDFPath_GetPathSegment, _pointer, _pointer, _int)
point_of = _plain(pdfium.FPDFPathSegment_GetPoint, _int, _pointer, _pointer, _pointer)
kind_of_segment = _plain(pdfium.FPDFPathSegment_GetType, _int, _pointer)
closes = _plain(pdfium.FPDFPathSegment_GetClose, _int, _pointer)


class Numbers:
    """A few C numbers that PDFium fills: `at` gives the address of each, `read` all of their values."""

    def __init__(self, kind: Any, count: int) -> None:
        self._array = (kind * count)()
        start, step = ctypes.addressof(self._array), ctypes.sizeof(kind)
        self.at = tuple(start + step * i for i in range(count))
        self.read: Any = memoryview(self._array).cast("B").cast("d" if kind is ctypes.c_double else "f")


def doubles(count: int) -> Numbers:
    """As many double numbers."""
    return Numbers(ctypes.c_double, count)


def floats(count: int) -> Numbers:
    """As many single-precision numbers."""
    return Numbers(_float, count)
