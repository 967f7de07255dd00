"""A dataset's results in, an evidence map out: studies down, endpoints across, fields filled by what is reported."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.plots.ink import BAND, BODY, INK, LINE, PAPER, SEVERITIES, SMALL, SOFT, TITLE
from pipeline.plots.lettering import height, width, wrapped
from pipeline.plots.results import Result, in_order, tooltip
from pipeline.plots.sheet import Sheet, plain_settings

MOST_ENDPOINTS = 26
MOST_STUDIES = 300
"""A longer map is read by nobody, and a picture has an end."""
OTHERS = "other endpoints"
MARGIN, NAMES, CELL, ROW = 0.3, 2.5, 0.36, 0.3
"""Inches: the sheet's margin, the column of names, a field's width and its least height."""
TURN = 55
LEVELS = (
    ("#ffffff", "not reported"),
    ("#d6e4f0", "said without a number (not reached, ...)"),
    ("#9dc0e0", "a value in a group"),
    ("#5b93c7", "a value in a group with its interval"),
    ("#2b6cab", "a comparison between groups"),
    ("#0b3c6f", "a comparison with its interval"),
)
"""Colour and meaning of a field, the more can be done with what is reported the darker."""


class Field(NamedTuple):
    """What one study reports on one endpoint."""

    study: str
    endpoint: str
    results: tuple[Result, ...]

    @property
    def level(self) -> int:
        """Index into LEVELS of the most that is reported."""
        return max((level_of(result) for result in self.results), default=0)

    @property
    def severity(self) -> str | None:
        """That of the gravest finding."""
        found = {result.severity for result in self.results}
        return next((severity for severity in SEVERITIES if severity in found), None)


def level_of(result: Result) -> int:
    """How much can be done with a result: index into LEVELS."""
    record = result.record
    if record["kind"] == "comparison" and record["value"] is not None:
        return 5 if record["ci"] is not None else 4
    if record["kind"] == "comparison" and record["p"] is not None:
        return 4
    if record["value"] is None:
        return 1
    return 3 if record["ci"] is not None else 2


def endpoint_name(result: Result) -> str:
    """The column of a result."""
    record = result.record
    return f"{record['endpoint']}, {record['site']}" if record["site"] else str(record["endpoint"])


@plain_settings()
def draw_map(results: Sequence[Result], *, title: str, subtitle: str) -> Sheet:
    """The map; as wide as its endpoints and as high as its studies need. A field's number counts its results."""
    columns, fields = _arrange(results)
    amount = Counter(result.study for result in results)
    most = sorted(amount, key=lambda study: (-amount[study], in_order(study)))[:MOST_STUDIES]
    studies = sorted(most, key=in_order)
    if len(studies) < len(amount):
        subtitle += f" Shown are the {len(studies)} studies with most results; narrow it down to see others."
    names = {study: wrapped(study, size=BODY, room=NAMES - 0.15, bold=True, most=3) for study in studies}
    tall = {study: max(ROW, height(len(lines), size=BODY) + 0.08) for study, lines in names.items()}
    labels = {column: wrapped(column, size=SMALL, room=1.7, most=2) for column in columns}
    lean = max((width(line, size=SMALL) for lines in labels.values() for line in lines), default=0.0)
    across = max(MARGIN + NAMES + CELL * len(columns) + lean * math.cos(math.radians(TURN)) + MARGIN, 7.2)
    said = wrapped(subtitle, size=BODY, room=across - 2 * MARGIN)
    top = MARGIN + height(1, size=TITLE) + height(len(said), size=BODY) + 0.2
    head = lean * math.sin(math.radians(TURN)) + 0.25
    bottom = top + head + sum(tall.values())
    sheet = Sheet(
        across, bottom + 0.35 + 0.2 * (len(LEVELS) + 2) + MARGIN, title=title,
        description=f"{subtitle} Evidence map of {len(studies)} studies and {len(columns)} endpoints.",
    )  # fmt: skip
    sheet.write(MARGIN, MARGIN + 0.06, title, size=TITLE, bold=True)
    for i, line in enumerate(said):
        sheet.write(MARGIN, MARGIN + height(1, size=TITLE) + height(i, size=BODY) + 0.1, line, colour=SOFT)
    _draw_labels(sheet, columns, labels, y=top + head)
    y = top + head
    for i, study in enumerate(studies):
        if i % 2:
            sheet.box(MARGIN, y, NAMES + CELL * len(columns), tall[study], fill=BAND)
        _draw_names(sheet, names[study], y=y, tall=tall[study])
        for j, column in enumerate(columns):
            field = fields.get((study, column))
            if field is not None:
                _draw_field(sheet, field, key=f"field-{i}-{j}", x=MARGIN + NAMES + j * CELL, y=y, tall=tall[study])
        y += tall[study]
    _draw_legend(sheet, y=y + 0.3)
    return sheet


def _arrange(results: Sequence[Result]) -> tuple[list[str], dict[tuple[str, str], Field]]:
    """Endpoints, the most widely reported first, and the fields by study and endpoint."""
    spread = Counter(name for _, name in sorted({(r.study, endpoint_name(r)) for r in results}))
    amount = Counter(endpoint_name(result) for result in results)
    ranked = sorted(spread, key=lambda name: (-spread[name], -amount[name], name))
    most = MOST_ENDPOINTS if len(ranked) <= MOST_ENDPOINTS else MOST_ENDPOINTS - 1
    shown = ranked[:most]
    gathered: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in results:
        name = endpoint_name(result)
        gathered[result.study, name if name in shown else OTHERS].append(result)
    columns = shown + ([OTHERS] if len(ranked) > most else [])
    return columns, {key: Field(*key, tuple(found)) for key, found in gathered.items()}


def _draw_labels(sheet: Sheet, columns: Sequence[str], labels: dict[str, list[str]], *, y: float) -> None:
    for j, column in enumerate(columns):
        x = MARGIN + NAMES + (j + 0.5) * CELL
        sheet.line((x, y), (x, y - 0.06), colour=LINE)
        step = height(1, size=SMALL) / math.sin(math.radians(TURN))
        lines = labels[column]
        for k, line in enumerate(lines):
            shift = (k - (len(lines) - 1) / 2) * step
            sheet.write(x + 0.03 + shift, y - 0.1, line, size=SMALL, turned=TURN)


def _draw_names(sheet: Sheet, lines: Sequence[str], *, y: float, tall: float) -> None:
    top = y + (tall - height(len(lines), size=BODY)) / 2
    for k, line in enumerate(lines):
        sheet.write(MARGIN + 0.05, top + height(k, size=BODY) + height(1, size=BODY) / 2, line, bold=True)


def _draw_field(sheet: Sheet, field: Field, *, key: str, x: float, y: float, tall: float) -> None:
    with sheet.group(key, tip="\n".join(_said(field))):
        colour = LEVELS[field.level][0]
        sheet.box(x + 0.02, y + 0.02, CELL - 0.04, tall - 0.04, fill=colour, edge=LINE)
        ink = PAPER if field.level >= 3 else INK
        sheet.write(
            x + CELL / 2, y + tall / 2, str(len(field.results)), size=SMALL, colour=ink, bold=True, side="center"
        )
        if field.severity is not None:
            corner = (x + CELL - 0.02, y + 0.02)
            edge = [corner, (corner[0] - 0.12, corner[1]), (corner[0], corner[1] + 0.12)]
            sheet.area(edge, fill=SEVERITIES[field.severity])


def _said(field: Field) -> Iterator[str]:
    yield f"{field.study}, {field.endpoint}: {LEVELS[field.level][1]}; {len(field.results)} results"
    for result in field.results[:MOST_SAID]:
        yield tooltip(result)
    if len(field.results) > MOST_SAID:
        yield f"and {len(field.results) - MOST_SAID} more"


MOST_SAID = 6
"""Results that a field's tooltip tells of."""


def _draw_legend(sheet: Sheet, *, y: float) -> None:
    for i, (colour, meaning) in enumerate(LEVELS):
        at = y + 0.2 * i
        sheet.box(MARGIN, at - 0.07, 0.22, 0.14, fill=colour, edge=LINE)
        sheet.write(MARGIN + 0.32, at, meaning, size=SMALL, colour=SOFT)
    at = y + 0.2 * len(LEVELS)
    corner = [(MARGIN + 0.22, at - 0.07), (MARGIN + 0.08, at - 0.07), (MARGIN + 0.22, at + 0.07)]
    sheet.area(corner, fill=SEVERITIES["error"])
    disputed = "a finding of the checks disputes a number (red: error, brown: warning)"
    sheet.write(MARGIN + 0.32, at, disputed, size=SMALL, colour=SOFT)
    counted = "The number in a field counts its results; the same result in several places is one."
    sheet.write(MARGIN, at + 0.2, counted, size=SMALL, colour=SOFT)
