"""A PDF's bytes come in, an open PDFium document goes out, or the reason why it cannot be opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from schemas.errors import UnreadableDocument

_HEADER_WITHIN = 1024  # readers accept junk before "%PDF-", but only this much
_PASSWORD_ERROR = 4


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The PDFium document of `data`, closed on leaving.

    Raises UnreadableDocument: empty, not_a_pdf, encrypted, damaged or no_pages.
    """
    if not data:
        raise UnreadableDocument("empty", "The file has 0 bytes: copy or download it again.")
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise UnreadableDocument(
            "not_a_pdf", "The file does not begin as a PDF does: open it to see what it is, or download the PDF again."
        )
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() == _PASSWORD_ERROR:
            raise UnreadableDocument("encrypted", "The PDF wants a password: save a copy without one and run again.")
        raise UnreadableDocument(
            "damaged", "The PDF is damaged or was cut off in download: download it again or save it anew from a viewer."
        )
    try:
        if pdfium.FPDF_GetPageCount(document) < 1:
            raise UnreadableDocument("no_pages", "The PDF holds no pages: download it again.")
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)
