"""The bytes of a PDF come in, its pages as words with fonts and boxes, drawn rules and table grids go out."""

from extractors.pdf.grids import find_grids
from extractors.pdf.pages import read_pages
from extractors.pdf.pictures import picture

__all__ = ["find_grids", "picture", "read_pages"]
