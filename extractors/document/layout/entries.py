"""The lines of a reference list come in, its entries go out, each with its printed number."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.document.layout.columns import Line

_NUMBER = re.compile(r"^[\[(]?(\d{1,3})(?:[\]).]|(?=\s))")


class Entry(NamedTuple):
    """The lines of one entry and the number printed before it, if any."""

    lines: tuple[Line, ...]
    key: str | None


def split_entries(lines: Sequence[Line], *, after: int = 0) -> list[Entry]:
    """Entries of a list, by numbers that count up, else by lines that hang, else by lines that end early.

    `after` is the last number of a list that goes on here, 0 where one begins.
    """
    starts = _by_number(lines, after)
    if starts is None:
        starts = [(i, None) for i in _by_hanging(lines)]
    entries: list[Entry] = []
    if starts and starts[0][0] > 0:
        entries.append(Entry(tuple(lines[: starts[0][0]]), None))
    for (start, key), (end, _) in zip(starts, [*starts[1:], (len(lines), None)], strict=True):
        entries.append(Entry(tuple(lines[start:end]), key))
    return entries


def _by_number(lines: Sequence[Line], after: int) -> list[tuple[int, str | None]] | None:
    """Lines that begin with the next number of a row that starts near 1; None where the list is not numbered."""
    starts: list[tuple[int, str | None]] = []
    last = after
    for i, line in enumerate(lines):
        found = _NUMBER.match(line.strip.text)
        if not found:
            continue
        number = int(found[1])
        # A line that goes on with a page number or a year is not the next entry: the count says so.
        if last < number <= last + (3 if starts else 2):
            starts.append((i, str(number)))
            last = number
    return starts if len(starts) >= max(2, len(lines) // 12) else None


def _by_hanging(lines: Sequence[Line]) -> list[int]:
    hanging = [line.strip.x0 - line.left > 0.5 * line.strip.size for line in lines]
    if 0.25 < sum(hanging) / max(len(lines), 1) < 0.95:
        return [i for i, hangs in enumerate(hanging) if not hangs]
    return [
        i
        for i, line in enumerate(lines)
        if i == 0
        or lines[i - 1].strip.x1 < lines[i - 1].right - 3 * line.strip.size
        or line.column != lines[i - 1].column
    ]
