"""How a dataset grew in, its timeline out: documents, studies, records and reviewed records after each run."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num, num2date
from matplotlib.ticker import MaxNLocator

from pipeline.plots.growth import Stage
from pipeline.plots.ink import BODY, ERROR, GOOD, HEADING, INK, LINE, MARK, SMALL, SOFT, TITLE
from pipeline.plots.lettering import height, width, wrapped
from pipeline.plots.scale import Scale
from pipeline.plots.sheet import Sheet, plain_settings

WIDTH, MARGIN = 9.6, 0.3
LEFT, RIGHT = 1.0, 8.5
PANEL, GAP = 1.15, 0.55
"""Inches: height of a panel, and between two."""


class Curve(NamedTuple):
    """One count over time."""

    name: str
    colour: str
    count: Callable[[Stage], int]


CURVES = (
    Curve("documents read", MARK, lambda stage: stage.documents),
    Curve("documents that could not be read", ERROR, lambda stage: stage.unread),
    Curve("studies", MARK, lambda stage: stage.studies),
    Curve("records", MARK, lambda stage: stage.records),
    Curve("records reviewed by a person", GOOD, lambda stage: stage.reviewed),
)


@plain_settings()
def draw_timeline(stages: Sequence[Stage], *, title: str, subtitle: str) -> Sheet:
    """A panel a count; counts that were never other than zero have none."""
    curves = [curve for curve in CURVES if any(curve.count(stage) for stage in stages)]
    said = wrapped(subtitle, size=BODY, room=WIDTH - 2 * MARGIN)
    top = MARGIN + height(1, size=TITLE) + height(len(said), size=BODY) + 0.2
    sheet = Sheet(
        WIDTH, top + len(curves) * (PANEL + GAP) + 0.5, title=title,
        description=f"{subtitle} Timeline of {len(stages)} run{'s' if len(stages) != 1 else ''}.",
    )  # fmt: skip
    sheet.write(MARGIN, MARGIN + 0.06, title, size=TITLE, bold=True)
    for i, line in enumerate(said):
        sheet.write(MARGIN, MARGIN + height(1, size=TITLE) + height(i, size=BODY) + 0.1, line, colour=SOFT)
    across = _across(stages)
    for curve in curves:
        _draw_curve(sheet, curve, stages, across=across, top=top + 0.3)
        top += PANEL + GAP
    _draw_times(sheet, across, y=top - GAP + 0.3)
    return sheet


def _across(stages: Sequence[Stage]) -> Scale:
    """The axis of time in days, an hour at least."""
    first, last = (date2num(at) for at in (min(s.at for s in stages), max(s.at for s in stages)))
    margin = max(0.03 * (last - first), timedelta(minutes=30) / timedelta(days=1))
    return Scale(first - margin, last + margin, False, LEFT, RIGHT)


def _draw_curve(sheet: Sheet, curve: Curve, stages: Sequence[Stage], *, across: Scale, top: float) -> None:
    counts = [curve.count(stage) for stage in stages]
    bottom = top + PANEL - 0.1
    up = Scale(0, max(counts) * 1.1, False, bottom, top)
    sheet.write(MARGIN, top - 0.14, curve.name, size=HEADING, bold=True)
    for tick in MaxNLocator(nbins=3, integer=True).tick_values(0, max(counts)):
        if up.holds(tick):
            y = up.place(tick)
            sheet.line((LEFT, y), (RIGHT, y), colour=LINE, weight=0.5)
            sheet.write(LEFT - 0.1, y, f"{tick:,.0f}", size=SMALL, colour=SOFT, side="right")
    sheet.line((LEFT, bottom), (RIGHT, bottom), colour=INK)
    spots = [(across.place(date2num(stage.at)), up.place(count)) for stage, count in zip(stages, counts, strict=True)]
    for (x0, y0), (x1, y1) in pairwise(spots):  # what a run left stays so until the next
        sheet.line((x0, y0), (x1, y0), (x1, y1), colour=curve.colour, weight=1.6)
    for number, ((x, y), stage, count) in enumerate(zip(spots, stages, counts, strict=True)):
        with sheet.group(f"run-{curve.name.replace(' ', '-')}-{number}", tip=_tip(stage)):
            sheet.spot(x, y, shape="o", size=5 if len(stages) < 60 else 3, colour=curve.colour, hollow=False)
        if number == len(stages) - 1:
            sheet.write(x + 0.12, y, f"{count:,}", bold=True, colour=curve.colour)


def _tip(stage: Stage) -> str:
    return (
        f"run {stage.run_id}, {stage.at:%Y-%m-%d %H:%M} UTC, code {stage.code_version}\n"
        f"{stage.documents} documents read, {stage.unread} not; {stage.studies} studies, {stage.records} records, "
        f"{stage.reviewed} reviewed"
    )


def _draw_times(sheet: Sheet, across: Scale, *, y: float) -> None:
    """Times under the lowest panel, no two of them overlapping."""
    locator = AutoDateLocator(minticks=3, maxticks=7)
    ticks = [t for t in locator.tick_values(num2date(across.low), num2date(across.high)) if across.holds(t)]
    formatter = ConciseDateFormatter(locator)
    free = 0.0
    for tick, text in zip(ticks, formatter.format_ticks(ticks), strict=True):
        x = across.place(tick)
        sheet.line((x, y - 0.1), (x, y - 0.05), colour=INK)
        half = width(text, size=SMALL) / 2
        if x - half > free:
            sheet.write(x, y + 0.05, text, size=SMALL, side="center")
            free = x + half + 0.1
    offset = formatter.get_offset()
    sheet.write(RIGHT, y + 0.25, f"{offset} (UTC)".strip(), size=SMALL, colour=SOFT, side="right")
