"""Blocks in, one text with its structure out."""

from extractors.document.assembly import assemble

__all__ = ["assemble"]
