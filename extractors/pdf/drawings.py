"""One PDFium page comes in, its drawn rules and the places of its pictures go out, upright."""

import ctypes
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractors.pdf.frame import Frame
from extractors.pdf.probes import (
    address_of,
    bounds_of,
    closes,
    floats,
    kind_of,
    kind_of_segment,
    object_of_form,
    object_of_page,
    point_of,
    segment_of,
)
from schemas.page import Rule

_THIN = 2.5  # points: a filled box thinner than this is a drawn line
_MOST_OBJECTS = 40_000  # a page of more is a map or a plot; its lines are no table's
_DEEPEST_FORM = 4
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_SIDES = floats(4)  # one place for all bounds: PDFium is asked by one thread at a time
_POINT = floats(2)
_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawings(NamedTuple):
    """Rules (lines and box edges) and the boxes of pictures, in points from the top left of the upright page."""

    rules: tuple[Rule, ...]
    pictures: tuple[Rule, ...]


def drawings_of(page: Any, *, frame: Frame) -> Drawings:
    """What is drawn on `page`: straight lines that run along the page's sides, and raster images."""
    rules: list[Rule] = []
    pictures: list[Rule] = []
    make = tuple.__new__  # a named tuple's own way in takes three times as long
    turned = frame.turn != 0
    left, top = frame.left, frame.top
    for kind, corners in _shapes(page):
        if turned:
            box = _upright(corners, frame)
        else:  # the same in place: nearly every page stands upright
            ax, ay, bx, by = corners[0] - left, top - corners[1], corners[2] - left, top - corners[3]
            ax, bx = (ax, bx) if ax <= bx else (bx, ax)
            ay, by = (ay, by) if ay <= by else (by, ay)
            box = make(Rule, (round(ax, 2), round(ay, 2), round(bx, 2), round(by, 2)))
        if box.x1 <= 0 or box.bottom <= 0 or box.x0 >= frame.width or box.top >= frame.height:
            continue
        if kind == _IMAGE:
            pictures.append(box)
        elif box.x1 - box.x0 >= 3 or box.bottom - box.top >= 3:
            rules.append(box)
    return Drawings(tuple(rules), tuple(pictures))


def _upright(corners: tuple[float, float, float, float], frame: Frame) -> Rule:
    ax, ay = frame.upright(corners[0], corners[1])
    bx, by = frame.upright(corners[2], corners[3])
    return Rule(round(min(ax, bx), 2), round(min(ay, by), 2), round(max(ax, bx), 2), round(max(ay, by), 2))


def _shapes(page: Any) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Kind and corners of images and of thin or straight paths, those inside forms too."""
    count = pdfium.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return
    budget = [_MOST_OBJECTS - count]
    address = address_of(page)
    for shape, kind in _objects(object_of_page, address, count):
        yield from _shapes_in(shape, kind, _PLAIN, 0, budget)


def _objects(ask: Callable[[int, int], int], address: int, count: int) -> list[tuple[int, int]]:
    """The objects of a page or form but for its text, each with its kind."""
    shapes = list(map(ask, repeat(address), range(count)))
    return [(shape, kind) for shape, kind in zip(shapes, map(kind_of, shapes), strict=True) if kind != _TEXT]


def _shapes_in(
    shape: int, kind: int, matrix: _Matrix, depth: int, budget: list[int]
) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    if kind == _PATH:
        for corners in _straight_parts(shape):
            yield kind, _moved(corners, matrix)
    elif kind == _IMAGE:
        corners_of_image = _bounds(shape)
        if corners_of_image is not None:
            yield kind, _moved(corners_of_image, matrix)
    elif kind == _FORM and depth < _DEEPEST_FORM:
        form = ctypes.cast(shape, pdfium.FPDF_PAGEOBJECT)
        own = pdfium.FS_MATRIX()
        inner = matrix
        if pdfium.FPDFPageObj_GetMatrix(form, own):
            inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        count = min(pdfium.FPDFFormObj_CountObjects(form), budget[0])
        budget[0] -= max(count, 0)
        for part, part_kind in _objects(object_of_form, shape, count):
            yield from _shapes_in(part, part_kind, inner, depth + 1, budget)


def _bounds(shape: int) -> tuple[float, float, float, float] | None:
    if not bounds_of(shape, *_SIDES.at):
        return None
    left, bottom, right, top = _SIDES.read
    return left, bottom, right, top


def _straight_parts(address: int) -> Iterator[tuple[float, float, float, float]]:
    """A thin path whole; of any other path of straight lines its edges along the page's sides."""
    bounds = _bounds(address)
    if bounds is None:
        return
    left, bottom, right, top = bounds
    if right - left < _THIN or top - bottom < _THIN:
        yield bounds
        return
    shape = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
    count = pdfium.FPDFPath_CountSegments(shape)
    if count > 200:  # a curve of a plot
        return
    own = pdfium.FS_MATRIX()
    matrix = _PLAIN
    if pdfium.FPDFPageObj_GetMatrix(shape, own):
        matrix = (own.a, own.b, own.c, own.d, own.e, own.f)
    start = last = None
    for i in range(count):
        segment = segment_of(address, i)
        point_of(segment, *_POINT.at)
        x, y = _POINT.read
        point = _moved_point(x, y, matrix)
        kind = kind_of_segment(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield from _along_a_side(last, point)
        if closes(segment) and start is not None:
            yield from _along_a_side(point, start)
        last = point


def _along_a_side(a: tuple[float, float], b: tuple[float, float]) -> Iterator[tuple[float, float, float, float]]:
    if abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5:
        yield a[0], a[1], b[0], b[1]


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _moved_point(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(corners: tuple[float, float, float, float], matrix: _Matrix) -> tuple[float, float, float, float]:
    if matrix is _PLAIN:
        return corners
    return (*_moved_point(corners[0], corners[1], matrix), *_moved_point(corners[2], corners[3], matrix))
