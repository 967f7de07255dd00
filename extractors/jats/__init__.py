"""JATS XML in, blocks in reading order out."""

from extractors.jats.article import read_blocks

__all__ = ["read_blocks"]
