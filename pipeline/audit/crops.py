"""A PDF's bytes and the boxes of a number in; a picture of the passage around it, the number framed, out."""

import base64
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from extractors.pdf import picture
from pipeline.audit.examination import Examined, Passage
from schemas.anchor import Box
from schemas.errors import UnreadableDocument

SCALE = 2.0
"""Pixels a point: a page's ten-point print is read at ease on any screen."""
ABOVE, BESIDE, NARROWEST = 26.0, 10.0, 220.0
FRAME = (200, 30, 30)
COLOURS = 32
"""A picture of print needs no more: it makes the page a third as large."""


class Crop(NamedTuple):
    """A picture as a data: URI, its size in pixels, and the page it is of."""

    uri: str
    width: int
    height: int
    page: int


class Original:
    """The PDF a document was read from, if it still lies where a run found it with the same bytes."""

    def __init__(self, document: Examined, originals: Mapping[str, Sequence[Path]]) -> None:
        self._data = _bytes(document, originals) if document.format == "pdf" and document.sha256 else None

    def crop(self, passage: Passage) -> Crop | None:
        """The region of a passage's boxes; None where there are none, or the file or page is gone."""
        if self._data is None or not passage.boxes:
            return None
        page = int(passage.boxes[0][0])
        boxes = [Box(page, *box[1:]) for box in passage.boxes if int(box[0]) == page]
        region = _region(boxes, [Box(page, *box[1:]) for box in passage.around if int(box[0]) == page])
        try:
            drawn = picture(self._data, page=page, scale=SCALE, box=region)
        except (UnreadableDocument, ValueError):
            return None
        image = _framed(drawn, boxes, region)
        out = io.BytesIO()
        image.save(out, "PNG", optimize=True)
        encoded = base64.b64encode(out.getvalue()).decode("ascii")
        return Crop(f"data:image/png;base64,{encoded}", image.width, image.height, page)


def _bytes(document: Examined, originals: Mapping[str, Sequence[Path]]) -> bytes | None:
    for path in originals.get(document.sha256 or "", ()):
        try:
            data = path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == document.sha256:
            return data
    return None


def _region(boxes: Sequence[Box], around: Sequence[Box]) -> Box:
    """The lines above and below the boxes, as wide as their sentence is there; within the page's first quadrant."""
    top, bottom = min(box.top for box in boxes) - ABOVE, max(box.bottom for box in boxes) + ABOVE
    near = [*boxes, *(box for box in around if box.bottom > top and box.top < bottom)]
    x0, x1 = min(box.x0 for box in near) - BESIDE, max(box.x1 for box in near) + BESIDE
    lacking = max(NARROWEST - (x1 - x0), 0) / 2
    return Box(boxes[0].page, max(x0 - lacking, 0), max(top, 0), x1 + lacking, bottom)


def _framed(drawn: bytes, boxes: Sequence[Box], region: Box) -> Image.Image:
    image = Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    palette = (image.getpalette() or [])[: 3 * COLOURS]
    image.putpalette([*palette, *([0] * (3 * COLOURS - len(palette))), *FRAME])  # the frame keeps a colour of its own
    pen = ImageDraw.Draw(image)
    for box in boxes:
        place = (
            (box.x0 - region.x0 - 1.5) * SCALE,
            (box.top - region.top - 1.5) * SCALE,
            (box.x1 - region.x0 + 1.5) * SCALE,
            (box.bottom - region.top + 1.5) * SCALE,
        )
        pen.rectangle(place, outline=COLOURS, width=3)
    return image
