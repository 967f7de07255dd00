"""Where documents come from: files, folders and lists of them on this machine, watched folders, a feed."""

from pipeline.sources.files import ENDINGS, SourceFile, find, printable
from pipeline.sources.inbox import Seen, find_new
from pipeline.sources.weight import weigh

__all__ = ["ENDINGS", "Seen", "SourceFile", "find", "find_new", "printable", "weigh"]
