"""A PDF comes in; how much memory reading it takes goes out. Run in a process of its own."""

import resource
import sys
from pathlib import Path

from extractors.pdf.pages import each_page
from tests.benchmarks.reading import read

FROM = 20


def report(path: Path) -> tuple[int, float, float]:
    """Pages, peak in MB of reading them to a document, growth in MB from page 20 to the last when none is kept."""
    data = path.read_bytes()
    at_start = pages = 0
    for page in each_page(data):
        pages += 1
        if page.number == FROM:
            at_start = _resident()
    growth = (_resident() - at_start) / 1e6 if at_start else 0.0
    del data
    read(path)
    unit = 1 if sys.platform == "darwin" else 1024
    return pages, round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1), round(growth, 2)


def _resident() -> int:
    """Bytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
