"""One result and where its row stands in; the row of a forest plot, drawn: names, mark and whiskers, numbers, place."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.exports.wording import say_group
from pipeline.plots.ink import BODY, GOOD, INK, MARK, PAPER, SEVERITIES, SMALL, SOFT
from pipeline.plots.lettering import height, width, wrapped
from pipeline.plots.results import Result, place_text, tooltip, value_text
from pipeline.plots.scale import Scale
from pipeline.plots.sheet import Sheet

WIDTH, MARGIN = 10.4, 0.3
NAMES = 0.38
"""Where names begin, in inches from the sheet's left."""
LEFT, RIGHT = 3.75, 7.05
"""Where the axis begins and ends."""
BADGE = 7.28
"""Where the number of a finding stands."""
TEXT = 7.48
FAR = WIDTH - MARGIN
PAD = 0.1
"""Inches between rows."""


class Line(NamedTuple):
    """A line of letters."""

    text: str
    colour: str
    size: float = SMALL
    bold: bool = False


class Lines(NamedTuple):
    """What stands left and right of the axis; `head` is the study's name above its first row."""

    head: list[Line]
    left: list[Line]
    right: list[Line]


def lines_of(result: Result, *, first: bool) -> Lines:
    """The words of a row."""
    record, room = result.record, LEFT - 0.2 - NAMES
    head = [Line(t, INK, BODY, True) for t in wrapped(result.study, size=BODY, room=room, bold=True)] if first else []
    said = ", ".join(str(record[key]) for key in ("site", "event", "timepoint") if record[key])
    about = "; ".join(text for text in (say_group(record), said) if text) or "all patients"
    left = [Line(text, SOFT) for text in wrapped(about, size=SMALL, room=room)]
    numbers = " ".join(part for part in (value_text(record), result.interval) if part)
    right = [Line(text, INK, BODY) for text in wrapped(numbers, size=BODY, room=FAR - TEXT - 0.2)]
    right += [Line(text, SOFT) for text in wrapped(_places(result), size=SMALL, room=FAR - TEXT)]
    return Lines(head, left, right)


def _places(result: Result) -> str:
    level = "level not printed" if result.record["ci"] is not None and result.level is None else ""
    where = place_text(result.record)
    others = len(result.records) - 1
    where += f" and {others} more" if others else ""
    return "; ".join(part for part in (result.p, level, where) if part)


def row_height(lines: Lines) -> float:
    """Inches."""
    return _tall(lines.head) + max(_tall(lines.left), _tall(lines.right)) + PAD


def _tall(lines: Sequence[Line]) -> float:
    return sum(height(1, size=line.size) for line in lines)


def draw_row(
    sheet: Sheet, result: Result, *, first: bool, top: float, tall: float, scale: Scale,
    numbers: Sequence[tuple[int, str]], link: str | None,
) -> None:  # fmt: skip
    """Draw a result between `top` and `top + tall`; `numbers` are its findings' with their severity."""
    record_id = result.record["record_id"]
    lines = lines_of(result, first=first)
    target = f"{link}{record_id}" if link is not None else None
    with sheet.group(f"record-{record_id}", tip=tooltip(result), link=target):
        sheet.box(MARGIN, top, FAR - MARGIN, tall, fill="none")  # what a pointer meets between the words
        below = top + PAD / 2 + _tall(lines.head)
        middle = (below + top + tall - PAD / 2) / 2
        _write(sheet, NAMES, top + PAD / 2, lines.head)
        _write(sheet, NAMES + 0.08, middle - _tall(lines.left) / 2, lines.left)
        _write(sheet, TEXT, middle - _tall(lines.right) / 2, lines.right)
        _draw_mark(sheet, result, y=middle, scale=scale)
        if result.reviewed:
            first_line = lines.right[0]
            at = TEXT + width(first_line.text, size=BODY) + 0.06
            sheet.write(at, middle - _tall(lines.right) / 2 + height(1, size=BODY) / 2, "✓", colour=GOOD, bold=True)
        _draw_badges(sheet, numbers, y=middle)


def _write(sheet: Sheet, x: float, top: float, lines: Sequence[Line]) -> None:
    for line in lines:
        tall = height(1, size=line.size)
        sheet.write(x, top + tall / 2, line.text, size=line.size, colour=line.colour, bold=line.bold)
        top += tall


def _draw_mark(sheet: Sheet, result: Result, *, y: float, scale: Scale) -> None:
    record, colour = result.record, SEVERITIES.get(result.severity or "", MARK)
    if record["ci"] is not None:
        _draw_whiskers(sheet, record["ci"], y=y, scale=scale, colour=colour)
    value = record["value"]
    if value is None:
        sheet.spot(scale.right - 0.06, y, shape=">", size=7, colour=colour, hollow=result.doubtful)
    elif scale.holds(value):
        sheet.spot(scale.place(value), y, colour=colour, hollow=result.doubtful)
    else:
        sheet.write(scale.place(value), y - 0.1, "off the axis", size=SMALL, colour=SOFT)


def _draw_whiskers(
    sheet: Sheet, interval: tuple[float | None, float | None], *, y: float, scale: Scale, colour: str
) -> None:
    """A line from bound to bound; an open bound, or one beyond the axis, ends in an arrow at the axis's end."""
    low, high = interval
    ends = (
        (scale.left if low is None else scale.place(low), low is None or not scale.holds(low), -1),
        (scale.right if high is None else scale.place(high), high is None or not scale.holds(high), 1),
    )
    sheet.line((ends[0][0], y), (ends[1][0], y), colour=colour, weight=1.3)
    for x, arrow, way in ends:
        if arrow:
            sheet.area([(x, y), (x - way * 0.07, y - 0.045), (x - way * 0.07, y + 0.045)], fill=colour)
        else:
            sheet.line((x, y - 0.035), (x, y + 0.035), colour=colour, weight=1.3)


def _draw_badges(sheet: Sheet, numbers: Sequence[tuple[int, str]], *, y: float) -> None:
    for i, (number, severity) in enumerate(numbers[:2]):
        at = y + (i - (min(len(numbers), 2) - 1) / 2) * 0.19
        sheet.spot(BADGE, at, shape="o", size=12, colour=SEVERITIES[severity], hollow=False)
        sheet.write(BADGE, at, str(number), size=6.5, colour=PAPER, bold=True, side="center")
