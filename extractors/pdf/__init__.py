"""The bytes of a PDF come in, its pages as words with fonts and boxes, drawn rules and table grids go out."""

from extractors.pdf.grids import find_grids
from extractors.pdf.pages import read_pages

__all__ = ["find_grids", "read_pages"]
