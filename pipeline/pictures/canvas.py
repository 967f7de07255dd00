"""The picture of a page and its marks come in, a PNG with the marks drawn over it and a legend beside it goes out."""

import io
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from pipeline.pictures.marks import KINDS, Kind, Mark

Colour = tuple[int, int, int]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Look(NamedTuple):
    """How a kind of mark is drawn: its colour, how much it covers (0 to 255), whether it has an edge."""

    colour: Colour
    fill: int
    edge: bool = True


LOOKS: Mapping[Kind, Look] = MappingProxyType(
    {
        "column": Look((110, 110, 110), 0),
        "title": Look((0, 60, 200), 70),
        "heading": Look((0, 110, 255), 60),
        "sentence": Look((30, 150, 60), 45, edge=False),
        "next sentence": Look((150, 170, 0), 55, edge=False),
        "caption": Look((240, 140, 0), 60),
        "front or back": Look((120, 120, 120), 45, edge=False),
        "reference": Look((140, 90, 40), 45, edge=False),
        "header cell": Look((120, 0, 180), 55),
        "cell": Look((120, 0, 180), 15),
        "citation": Look((230, 0, 140), 50),
        "left out": Look((220, 0, 0), 50),
    }
)
_TURNS = MappingProxyType(
    {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
)
_NOTE = ("numbers: lines in reading order", "in grey boxes: columns in order", "in cells: row.column, from 0")
_LEGEND_WIDTH = 150  # points


def draw(picture: bytes, marks: Sequence[Mark], *, scale: float, rotation: int = 0, title: str = "") -> bytes:
    """A PNG of `picture` (an unrotated page, `scale` pixels a point) turned upright by `rotation`, with `marks`."""
    sheet = Image.open(io.BytesIO(picture)).convert("RGB")
    if rotation in _TURNS:
        sheet = sheet.transpose(_TURNS[rotation])
    layer = Image.new("RGBA", sheet.size, (255, 255, 255, 0))
    pen = ImageDraw.Draw(layer)
    small = ImageFont.load_default(size=max(6 * scale, 8))
    for mark in marks:
        _draw_mark(pen, mark, scale, small)
    _draw_jumps(pen, [m for m in marks if m.kind == "column"], scale)
    marked = Image.alpha_composite(sheet.convert("RGBA"), layer)
    out = io.BytesIO()
    _with_legend(marked.convert("RGB"), marks, scale, title).save(out, "PNG")
    return out.getvalue()


def _draw_mark(
    pen: ImageDraw.ImageDraw, mark: Mark, scale: float, font: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> None:
    look = LOOKS[mark.kind]
    x0, top, x1, bottom = (value * scale for value in mark[1:5])
    if x1 <= x0 or bottom <= top:
        return
    edge = (*look.colour, 255) if look.edge else None
    pen.rectangle((x0, top, x1, bottom), fill=(*look.colour, look.fill) if look.fill else None, outline=edge)
    if mark.kind == "column":  # its number sits on the corner where its reading begins
        _write(pen, (x0, top), mark, font, anchor="ms")
    elif mark.kind in ("cell", "header cell"):
        _write(pen, (x1, top), mark, font, anchor="rm")
    else:
        _write(pen, (x0 - scale, (top + bottom) / 2), mark, font, anchor="rm")


def _write(pen: ImageDraw.ImageDraw, at: tuple[float, float], mark: Mark, font: Font, *, anchor: str) -> None:
    colour = tuple(c * 6 // 10 for c in LOOKS[mark.kind].colour)
    pen.text(at, mark.label, font=font, fill=(*colour, 255), anchor=anchor, stroke_width=1, stroke_fill=(255, 255, 255))


def _draw_jumps(pen: ImageDraw.ImageDraw, columns: Sequence[Mark], scale: float) -> None:
    """A line from the foot of each column to the head of the next."""
    for before, after in pairwise(columns):
        start = (before.x1 * scale, before.bottom * scale)
        end = (after.x0 * scale, after.top * scale)
        pen.line((*start, *end), fill=(*LOOKS["column"].colour, 120), width=max(round(0.6 * scale), 1))
        r = 2 * scale
        pen.ellipse((end[0] - r, end[1] - r, end[0] + r, end[1] + r), fill=(*LOOKS["column"].colour, 200))


def _with_legend(sheet: Image.Image, marks: Sequence[Mark], scale: float, title: str) -> Image.Image:
    whole = Image.new("RGB", (sheet.width + round(_LEGEND_WIDTH * scale), sheet.height), "white")
    whole.paste(sheet, (0, 0))
    pen = ImageDraw.Draw(whole)
    font = ImageFont.load_default(size=max(8 * scale, 9))
    x, y, step = sheet.width + 8 * scale, 12 * scale, 15 * scale
    counts = {kind: sum(m.kind == kind for m in marks) for kind in KINDS}
    pen.line((sheet.width, 0, sheet.width, sheet.height), fill="black")
    for line in _wrapped(title, 26):
        pen.text((x, y), line, font=font, fill="black", anchor="lm")
        y += step
    for kind in KINDS:
        colour = LOOKS[kind].colour
        pale = tuple(255 - (255 - c) * LOOKS[kind].fill // 255 for c in colour)
        pen.rectangle((x, y - 5 * scale, x + 14 * scale, y + 5 * scale), fill=pale, outline=colour)
        pen.text((x + 20 * scale, y), f"{kind} ({counts[kind]})", font=font, fill="black", anchor="lm")
        y += step
    for line in _NOTE:
        pen.text((x, y), line, font=font, fill="black", anchor="lm")
        y += step
    return whole


def _wrapped(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]
