"""Where documents come from: files and folders on this machine."""

from pipeline.sources.files import ENDINGS, SourceFile, find

__all__ = ["ENDINGS", "SourceFile", "find"]
