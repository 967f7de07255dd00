"""A PDF that a run read in; pictures of its pages and the rectangles to draw over them out, held upright."""

import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from PIL import Image

from extractors.pdf import find_grids, picture, read_pages
from pipeline.review.desk import Desk
from schemas.anchor import Box
from schemas.errors import UnreadableDocument
from schemas.page import Page

SCALE = 2.0
"""Pixels a point: print stays sharp at the zoom that fills a screen with a column."""
MOST_BYTES = 96_000_000
"""Pictures that are kept; a page takes some 200,000."""
DOCUMENTS = 4
"""Documents whose words are kept: the one in work, the next, and what neighbours have open."""
LARGEST = 500_000_000
"""A file beyond this is not opened for a picture."""
TURNS = MappingProxyType(
    {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
)

Rectangle = tuple[float, float, float, float]


class Leaf(NamedTuple):
    """A page held upright: its number, how many there are, its size in points."""

    number: int
    pages: int
    width: float
    height: float


class Missing(NamedTuple):
    """Why there is no picture: the file is gone, or another stands in its place."""

    reason: Literal["gone", "changed", "unreadable"]
    message: str


class Leaves:
    """The pages of the dataset's PDFs; PDFium takes one caller at a time, pictures are drawn once and kept."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._known: dict[Path, tuple[int, int, str]] = {}
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._documents: OrderedDict[str, tuple[Page, ...]] = OrderedDict()

    def leaf(self, sha256: str, number: int) -> Leaf | Missing:
        """A page of the document with these bytes; the nearest there is, where there is none of that number."""
        pages = self._pages(sha256)
        if isinstance(pages, Missing):
            return pages
        page = pages[min(max(number, 1), len(pages)) - 1]
        return Leaf(page.number, len(pages), page.width, page.height)

    def picture(self, sha256: str, number: int) -> bytes | Missing:
        """A PNG of the page held upright, SCALE pixels a point."""
        with self._lock:
            kept = self._pictures.get((sha256, number))
            if kept is not None:
                self._pictures.move_to_end((sha256, number))
                return kept
        pages, data = self._pages(sha256), self._data(sha256)
        if isinstance(pages, Missing):
            return pages
        if isinstance(data, Missing):
            return data
        try:
            drawn = picture(data, page=number, scale=SCALE)
        except (UnreadableDocument, ValueError) as error:
            return Missing("unreadable", f"Page {number} cannot be drawn: {error}")
        drawn = _upright(drawn, pages[number - 1].rotation)
        self._keep(sha256, number, drawn)
        return drawn

    def place(self, sha256: str, boxes: Sequence[Sequence[float]], number: int) -> list[Rectangle]:
        """Boxes of the unrotated pages as (x, y, width, height) on the page `number` held upright."""
        pages = self._pages(sha256)
        if isinstance(pages, Missing) or not 1 <= number <= len(pages):
            return []
        page = pages[number - 1]
        mine = [Box(number, *box[1:]) for box in boxes if int(box[0]) == number]
        return [(x0, top, x1 - x0, bottom - top) for x0, top, x1, bottom in map(page.upright, mine)]

    def cell(self, sha256: str, boxes: Sequence[Sequence[float]], number: int) -> list[Rectangle]:
        """The cells of a table in which boxes stand, and their neighbours' headers are left out."""
        pages = self._pages(sha256)
        if isinstance(pages, Missing) or not 1 <= number <= len(pages):
            return []
        page = pages[number - 1]
        found = dict.fromkeys(
            cell
            for x, y, width, height in self.place(sha256, boxes, number)
            for cell in _cells(page, x + width / 2, y + height / 2)
        )
        return list(found)

    def words_within(self, sha256: str, boxes: Sequence[Sequence[float]]) -> list[tuple[str, Box]]:
        """The words that stand in these boxes, each with its own box, in the order of the page."""
        pages = self._pages(sha256)
        if isinstance(pages, Missing):
            return []
        found = []
        for page in pages:
            mine = [page.upright(Box(page.number, *box[1:])) for box in boxes if int(box[0]) == page.number]
            for word in page.words if mine else ():
                x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
                if any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in mine):
                    found.append((word.text, page.box(word.x0, word.top, word.x1, word.bottom)))
        return found

    def _keep(self, sha256: str, number: int, drawn: bytes) -> None:
        with self._lock:
            self._pictures[(sha256, number)] = drawn
            while sum(map(len, self._pictures.values())) > MOST_BYTES and len(self._pictures) > 1:
                self._pictures.popitem(last=False)

    def _pages(self, sha256: str) -> tuple[Page, ...] | Missing:
        with self._lock:
            kept = self._documents.get(sha256)
            if kept is not None:
                self._documents.move_to_end(sha256)
                return kept
        data = self._data(sha256)
        if isinstance(data, Missing):
            return data
        try:
            pages = find_grids(read_pages(data))
        except UnreadableDocument as error:
            return Missing("unreadable", f"The PDF cannot be read any more: {error}")
        with self._lock:
            self._documents[sha256] = pages
            while len(self._documents) > DOCUMENTS:
                self._documents.popitem(last=False)
        return pages

    def _data(self, sha256: str) -> bytes | Missing:
        """The bytes themselves, from wherever a run found them; a file is looked through anew where it was written."""
        changed = None
        for path in self._desk.index.originals.get(sha256, ()):
            try:
                known = path.stat()
                if known.st_size > LARGEST:
                    continue
                data = path.read_bytes()
            except OSError:
                continue
            stamp = self._known.get(path)
            if stamp is None or stamp[:2] != (known.st_mtime_ns, known.st_size):
                stamp = (known.st_mtime_ns, known.st_size, hashlib.sha256(data).hexdigest())
                self._known[path] = stamp
            if stamp[2] == sha256:
                return data
            changed = path
        if changed is not None:
            return Missing("changed", f"{changed.name} was changed after it was read. Run trialtrace on it again.")
        names = sorted({path.name for path in self._desk.index.originals.get(sha256, ())})
        return Missing("gone", f"{' or '.join(names) or 'The file'} lies no longer where it was read.")


def _cells(page: Page, x: float, y: float) -> list[Rectangle]:
    """Rectangles around the words of the cells that reach over a point."""
    found = []
    for grid in page.grids:
        for cell in grid.cells if grid.x0 <= x <= grid.x1 and grid.top <= y <= grid.bottom else ():
            words = [page.words[i] for i in cell.words]
            if not words:
                continue
            x0, top = min(word.x0 for word in words) - 2, min(word.top for word in words) - 1
            x1, bottom = max(word.x1 for word in words) + 2, max(word.bottom for word in words) + 1
            if x0 <= x <= x1 and top <= y <= bottom:
                found.append((x0, top, x1 - x0, bottom - top))
    return found


def _upright(drawn: bytes, rotation: int) -> bytes:
    if rotation not in TURNS:
        return drawn
    out = io.BytesIO()
    Image.open(io.BytesIO(drawn)).transpose(TURNS[rotation]).save(out, "PNG")
    return out.getvalue()
