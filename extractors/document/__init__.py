"""Pages of a PDF in, blocks out (`arrange`); blocks of any input in, one text with its structure out (`assemble`)."""

from extractors.document.assembly import assemble
from extractors.document.layout import arrange
from extractors.document.titles import titles_of

__all__ = ["arrange", "assemble", "titles_of"]
