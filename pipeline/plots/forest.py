"""The results of one endpoint in, a forest plot out: a row a result, a panel a statistic, findings numbered below."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.plots.ink import BAND, BODY, HEADING, INK, LINE, SEVERITIES, SMALL, SOFT, TITLE
from pipeline.plots.lettering import height, wrapped
from pipeline.plots.panels import Panel
from pipeline.plots.results import Result
from pipeline.plots.rows import FAR, LEFT, MARGIN, RIGHT, TEXT, WIDTH, Line, draw_row, lines_of, row_height
from pipeline.plots.scale import Scale
from pipeline.plots.sheet import Sheet, plain_settings
from pipeline.rows import Row

AXIS = 0.62
"""Inches under a panel's rows for its axis."""
HEAD = 0.42
"""Inches above a panel's rows for its heading."""
MOST_NOTES = 30


class Note(NamedTuple):
    """A finding of the checks as the picture tells it."""

    said: str
    severity: str


class Legend(NamedTuple):
    """What stands above and below the panels."""

    title: str
    subtitle: str
    link: str | None = None
    """What a record's id is appended to, to make a link of it."""


@plain_settings()
def draw_forest(panels: Sequence[Panel], *, legend: Legend) -> Sheet:
    """The plot; as high as its rows need."""
    notes = _number(panels)
    foot = _foot(notes)
    subtitle = wrapped(legend.subtitle, size=BODY, room=WIDTH - 2 * MARGIN)
    top = MARGIN + height(1, size=TITLE) + height(len(subtitle), size=BODY) + 0.15
    whole = top + sum(HEAD + _rows_height(panel) + AXIS for panel in panels)
    whole += height(len(foot), size=SMALL) + MARGIN
    shown = sum(len(panel.results) for panel in panels)
    sheet = Sheet(WIDTH, whole, title=legend.title, description=f"{legend.subtitle} Forest plot of {shown} results.")
    sheet.write(MARGIN, MARGIN + 0.06, legend.title, size=TITLE, bold=True)
    for i, line in enumerate(subtitle):
        sheet.write(MARGIN, MARGIN + height(1, size=TITLE) + height(i, size=BODY) + 0.1, line, colour=SOFT)
    for panel in panels:
        top = _draw_panel(sheet, panel, top=top, notes=notes, link=legend.link)
    for i, note in enumerate(foot):
        sheet.write(MARGIN, top + height(i, size=SMALL) + 0.06, note.text, size=SMALL, colour=note.colour)
    return sheet


def _number(panels: Sequence[Panel]) -> dict[Note, int]:
    """What checks say of the results -> its number in the picture; findings that say the same have one number."""
    found: dict[Note, int] = {}
    for panel in panels:
        for result in panel.results:
            for finding in result.findings:
                found.setdefault(_note(finding), len(found) + 1)
    return found


def _note(finding: Row) -> Note:
    about = f"{finding['study']}: " if finding["study"] else ""
    return Note(f"{about}{finding['message']}", finding["severity"])


def _foot(notes: Mapping[Note, int]) -> list[Line]:
    """The findings, then how to read the marks."""
    lines: list[Line] = []
    for note, number in list(notes.items())[:MOST_NOTES]:
        pieces = wrapped(f"{number}  {note.said}", size=SMALL, room=WIDTH - 2 * MARGIN)
        lines += [Line(piece, SEVERITIES[note.severity]) for piece in pieces]
    if len(notes) > MOST_NOTES:
        lines.append(Line(f"and {len(notes) - MOST_NOTES} more findings: trialtrace audit lists them", SOFT))
    explained = (
        "Filled: read with confidence, or reviewed by a person (✓). Hollow: a person should look. Whiskers are printed"
        " intervals, 95% unless said; a mark without whiskers has none printed. An arrow goes on beyond the axis, or to"
        " a bound that was not reached. A number in a circle is a finding of the checks. Nothing is pooled or derived."
    )
    return [*lines, Line("", SOFT), *(Line(piece, SOFT) for piece in wrapped(explained, size=SMALL, room=WIDTH - 0.6))]


def _rows_height(panel: Panel) -> float:
    return sum(row_height(lines_of(result, first=first)) for result, first in _in_order(panel))


def _in_order(panel: Panel) -> Iterator[tuple[Result, bool]]:
    """Results, and whether each is the first of its study."""
    for block in panel.blocks:
        for i, result in enumerate(block.results):
            yield result, i == 0


def _draw_panel(sheet: Sheet, panel: Panel, *, top: float, notes: Mapping[Note, int], link: str | None) -> float:
    """Draw a panel; returns where the next one begins."""
    name = f"{panel.title[:1].upper()}{panel.title[1:]}"
    sheet.write(MARGIN, top + 0.22, name, size=HEADING, bold=True)
    if panel.left_out:
        more = f"and {panel.left_out:,} more, for which there is no room: narrow it down"
        sheet.write(LEFT, top + 0.22, more, size=SMALL, colour=SOFT)
    sheet.write(TEXT, top + 0.22, "value [interval]", size=SMALL, colour=SOFT)
    sheet.line((MARGIN, top + HEAD - 0.04), (FAR, top + HEAD - 0.04), colour=INK)
    scale = _scale(panel)
    y = start = top + HEAD
    shade = False
    rows: list[tuple[Result, bool, float, float, bool]] = []
    for result, first in _in_order(panel):
        shade = not shade if first else shade
        tall = row_height(lines_of(result, first=first))
        rows.append((result, first, y, tall, shade))
        y += tall
    for _, _, at, tall, shaded in rows:
        if shaded:
            sheet.box(MARGIN, at, FAR - MARGIN, tall, fill=BAND)
    _draw_axis(sheet, panel, scale, top=start, bottom=y)
    for result, first, at, tall, _ in rows:
        numbers = sorted({(notes[_note(finding)], finding["severity"]) for finding in result.findings})
        draw_row(sheet, result, first=first, top=at, tall=tall, scale=scale, numbers=numbers, link=link)
    return y + AXIS


def _scale(panel: Panel) -> Scale:
    values = [result.record["value"] for result in panel.results if result.record["value"] is not None]
    bounds = [b for result in panel.results for b in result.record["ci"] or () if b is not None]
    return Scale.over(values, bounds, reference=panel.reference, log=panel.log, left=LEFT, right=RIGHT)


def _draw_axis(sheet: Sheet, panel: Panel, scale: Scale, *, top: float, bottom: float) -> None:
    sheet.line((LEFT, bottom), (RIGHT, bottom), colour=INK)
    for tick in scale.ticks():
        x = scale.place(tick)
        sheet.line((x, top), (x, bottom), colour=LINE, weight=0.5)
        sheet.line((x, bottom), (x, bottom + 0.05), colour=INK)
        sheet.write(x, bottom + 0.14, f"{tick:g}".replace("-", "−"), size=SMALL, side="center")
    if panel.reference is not None and scale.holds(panel.reference):
        x = scale.place(panel.reference)
        sheet.line((x, top), (x, bottom), colour=SOFT, weight=1.0, dashed=True)
    name = f"{panel.title} (log scale)" if panel.log else panel.title
    sheet.write((LEFT + RIGHT) / 2, bottom + 0.31, name, size=SMALL, colour=SOFT, side="center")
