"""Pictures of what was read: a document and one of its pages come in, marks drawn over the page's picture go out."""

from pipeline.pictures.canvas import draw
from pipeline.pictures.marks import Kind, Mark, find_marks

__all__ = ["Kind", "Mark", "draw", "find_marks"]
