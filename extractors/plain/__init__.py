"""A plain text file in, blocks with their place in it out."""

from extractors.plain.article import read_blocks

__all__ = ["read_blocks"]
