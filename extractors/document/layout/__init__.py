"""Pages come in, blocks in reading order go out."""

from extractors.document.layout.arranging import arrange

__all__ = ["arrange"]
