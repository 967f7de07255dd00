"""A table's lines come in, the rectangles they enclose go out as rows and columns, by pdfplumber's reckoning."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from schemas.page import Rule

_TOLERANCE = 4.0  # points lines may fall short of each other


class Slot(NamedTuple):
    """A rectangle of the table and how many rows and columns it reaches over."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    top: float
    x1: float
    bottom: float


def find_slots(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[list[Slot]]:
    """The tables that the lines draw, each as the slots of its cells in reading order."""
    if len(horizontal) < 2 or len(vertical) < 2:
        return []
    edges = [_edge(r, "h") for r in horizontal] + [_edge(r, "v") for r in vertical]
    edges = merge_edges(
        edges, snap_x_tolerance=3, snap_y_tolerance=3, join_x_tolerance=_TOLERANCE, join_y_tolerance=_TOLERANCE
    )
    crossings = edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    return [_slots(cells) for cells in cells_to_tables(intersections_to_cells(crossings))]


def _edge(rule: Rule, orientation: str) -> dict[str, Any]:
    middle_x, middle_y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    flat = orientation == "h"
    x0, x1 = (rule.x0, rule.x1) if flat else (middle_x, middle_x)
    top, bottom = (middle_y, middle_y) if flat else (rule.top, rule.bottom)
    return {
        "orientation": orientation,
        "object_type": "line",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _slots(cells: Sequence[tuple[float, float, float, float]]) -> list[Slot]:
    columns = _ladder([x for c in cells for x in (c[0], c[2])])
    rows = _ladder([y for c in cells for y in (c[1], c[3])])
    slots = []
    for x0, top, x1, bottom in cells:
        column, row = _step(columns, x0), _step(rows, top)
        slots.append(
            Slot(
                row, column, max(_step(rows, bottom) - row, 1), max(_step(columns, x1) - column, 1), x0, top, x1, bottom
            )
        )
    return sorted(slots)


def _ladder(values: Sequence[float]) -> list[float]:
    """Distinct values, those within two points taken as one."""
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > 2:
            steps.append(value)
    return steps


def _step(steps: Sequence[float], value: float) -> int:
    return min(range(len(steps)), key=lambda i: abs(steps[i] - value))
