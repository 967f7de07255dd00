"""Where documents come from: files and folders on this machine."""

from pipeline.sources.files import ENDINGS, SourceFile, find, printable

__all__ = ["ENDINGS", "SourceFile", "find", "printable"]
