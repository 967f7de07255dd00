"""Sheets of lines and floats come in; the article's flow goes out: passages joined over what interrupts them."""

from collections.abc import Sequence
from typing import NamedTuple

from extractors.document.layout.columns import Line, Region
from extractors.document.layout.headings import close_up, is_heading, is_numbered, role_of_heading
from extractors.document.layout.manner import Manner
from extractors.document.layout.passages import TERMINAL, Passage, goes_on, group
from schemas.page import Strip

_LABEL = 70  # characters: text this short, in other print and unfinished, belongs to a figure
_LOOK_BACK = 6  # passages between the halves of a sentence that a page's foot interrupts


class Flow(NamedTuple):
    """Passages in order; floats and notes by the index of the passage they stand behind (-1: before the first)."""

    passages: list[Passage]
    floats: dict[int, list[Region]]
    notes: dict[int, list[Passage]]


class _Sheet(NamedTuple):
    """One page's passages and floats in reading order, and what is needed to judge them."""

    items: list[tuple[Passage, bool] | Region]
    bodies: list[Strip]
    first: bool


def gather(sheets: Sequence[Sequence[Line | Region]], *, manner: Manner) -> Flow:
    """The flow of all sheets; labels of figures are left out, small print at the foot or the side is set aside."""
    flow = _Gatherer(manner)
    for number, sheet in enumerate(sheets):
        flow.add(_read(sheet, manner, first=number == 0))
    return Flow(flow.passages, flow.floats, flow.notes)


def _read(sheet: Sequence[Line | Region], manner: Manner, *, first: bool) -> _Sheet:
    items: list[tuple[Passage, bool] | Region] = []
    for stretch in _stretches(sheet):
        if isinstance(stretch, Region):
            items.append(stretch)
        else:
            items.extend((passage, k == 0) for k, passage in enumerate(group(stretch, manner=manner)))
    bodies = [x.strip for x in sheet if isinstance(x, Line) and manner.is_body(x.strip)]
    return _Sheet(items, bodies, first)


class _Gatherer:
    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.passages: list[Passage] = []
        self.floats: dict[int, list[Region]] = {}
        self.notes: dict[int, list[Passage]] = {}
        self.in_back = False

    def add(self, sheet: _Sheet) -> None:
        """Take the passages and floats of one more page."""
        for i, item in enumerate(sheet.items):
            behind = len(self.passages) - 1
            if isinstance(item, Region):
                self.floats.setdefault(behind, []).append(item)
                continue
            passage, at_head = item
            heading = is_heading(passage, self.manner)
            role = role_of_heading(close_up(passage.text), self.manner.titles) if heading else None
            if role is not None:
                self.in_back = role in ("back", "references")
            if not self.in_back and _is_note(passage, sheet, self.manner, heading=heading):
                self.notes.setdefault(behind, []).append(passage)
            elif not (self.in_back or sheet.first) and self._is_label(passage, sheet, i, heading=heading):
                continue
            elif heading or not self._joined(passage, at_head=at_head):
                self.passages.append(passage)

    def _joined(self, passage: Passage, *, at_head: bool) -> bool:
        """Whether `passage` was joined to the one it goes on."""
        last = len(self.passages) - 1
        if (
            last >= 0
            and not is_heading(self.passages[last], self.manner)
            and goes_on(self.passages[last], passage, at_head=at_head, manner=self.manner)
        ):
            self.passages[last] = Passage((*self.passages[last].lines, *passage.lines))
            return True
        # Print at the foot of a page may stand between the halves of a sentence.
        if at_head and self.manner.is_body(passage.first.strip) and passage.text[:1].islower():
            for i in range(last, max(last - _LOOK_BACK, -1), -1):
                earlier = self.passages[i]
                if self.manner.is_body(earlier.last.strip) and not is_heading(earlier, self.manner):
                    if TERMINAL.search(earlier.text) or not goes_on(earlier, passage, at_head=True, manner=self.manner):
                        return False
                    self.passages[i] = Passage((*earlier.lines, *passage.lines))
                    return True
        return False

    def _is_label(self, passage: Passage, sheet: _Sheet, i: int, *, heading: bool) -> bool:
        """Whether a passage is text of a figure: a few words in other print, or a "heading" over such."""
        if not heading:
            return _is_scrap(passage, self.manner)
        if is_numbered(passage) or self.manner.titles.role(close_up(passage.text)) is not None:
            return False
        for item in sheet.items[i + 1 : i + 4]:
            if isinstance(item, Region):
                return False
            if not is_heading(item[0], self.manner):
                return _is_scrap(item[0], self.manner)
        return False


def _is_scrap(passage: Passage, manner: Manner) -> bool:
    text = passage.text
    return (
        len(text) < _LABEL
        and not TERMINAL.search(text)
        and not any(manner.is_body(line.strip) for line in passage.lines)
    )


def _is_note(passage: Passage, sheet: _Sheet, manner: Manner, *, heading: bool) -> bool:
    """Small print at the foot of a column of body text or in a column of its own beside it."""
    if not all(manner.is_small(line.strip) for line in passage.lines):
        return False
    if heading and (not sheet.first or manner.titles.role(passage.text) is not None):
        return False
    x0, x1 = min(line.strip.x0 for line in passage.lines), max(line.strip.x1 for line in passage.lines)
    beside = [s for s in sheet.bodies if s.x0 < x1 and s.x1 > x0]
    top = passage.first.strip.base
    if beside:
        return all(s.base < top for s in beside)
    narrow = 0.7 * max((s.x1 - s.x0 for s in sheet.bodies), default=0.0)
    return len(sheet.bodies) >= 10 and x1 - x0 < narrow


def _stretches(sheet: Sequence[Line | Region]) -> list[list[Line] | Region]:
    """Lines of one column without a float between them, and the floats."""
    stretches: list[list[Line] | Region] = []
    for item in sheet:
        if isinstance(item, Region):
            stretches.append(item)
            continue
        last = stretches[-1] if stretches else None
        if isinstance(last, list) and last[-1].column == item.column:
            last.append(item)
        else:
            stretches.append([item])
    return stretches
