"""A file in, how much work it may be beside others out: about as many as it has pages."""

import mmap
import re
from functools import lru_cache
from pathlib import Path

from pipeline.sources.files import SourceFile

_PAGE = re.compile(rb"/Type\s?/Page\b")
"""What opens the description of a page, where it is not packed away with others."""

_BYTES = {"pdf": 50_000, "jats": 8_000, "text": 5_000}
"""Bytes of a page where a file does not tell its pages; most bytes of a PDF are pictures, which are not read."""


@lru_cache(maxsize=10_000)
def weigh(file: SourceFile) -> float:
    """Its pages, as far as they can be told without reading it; none where it is gone, as whoever reads it will say."""
    try:
        size = file.path.stat().st_size
        pages = _told(file.path) if file.format == "pdf" and size else 0
    except (OSError, ValueError):  # the latter where it was emptied in between
        return 0.0
    return float(pages or size / _BYTES[file.format])


def _told(path: Path) -> int:
    with path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return sum(1 for _ in _PAGE.finditer(data))
