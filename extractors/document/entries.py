"""Pieces of a reference list in, its entries with the numbers they are printed under out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.document.flow import Piece
from schemas.anchor import Span
from schemas.block import Block

_FORMS = {
    "bracket": re.compile(r"\s*[\[(](\d{1,4})[\])]\.?\s*"),
    "stop": re.compile(r"\s*(\d{1,4})\.(?!\d)\s*"),
    "bare": re.compile(r"\s*(\d{1,4})\s+(?=[^\W\d_])"),
}
# The same numbers amid the text, where two entries were printed, or read, as one.
_INSIDE = {
    "bracket": r"(?<=[.\d)\]])\s+[\[(]({})[\])]\.?\s+(?=[^\W\d_])",
    "stop": r"(?<=[.\d)\]])\s+({})\.\s+(?=[^\W\d_])",
    "bare": r"(?<=[.\d)\]])\s+({})\s+(?=[A-Z])",
}
# Where the number between two entries was lost, the next begins with names behind the pages of the one before.
_NAMES_INSIDE = re.compile(r"(?<=\d\.)\s+(?=(?:[^\W\d_][\w’'-]+\s[A-Z]{1,3}(?:,\s|\.\s)){1,12})")
_BULLET = re.compile(r"\s*[-*•–]\s+")
_MOST = 0.6  # of the entries, for a list to be a numbered one
_LONGEST_GAP = 3


class Entry(NamedTuple):
    """One reference as printed: its number (None where none is printed), where it stands and its words."""

    number: str | None
    block: Block
    span: Span
    words: Span


def read_entries(pieces: Sequence[Piece], text: str) -> list[Entry]:
    """The entries in order; in a numbered list a piece without a number goes on with the entry before it."""
    listed = [piece for piece in pieces if piece.block.kind == "reference"]
    printed = [_form(piece.span.of(text)) for piece in listed]
    counts = {form: sum(name == form for name, _ in printed) for form in _FORMS}
    form = max(counts, key=lambda name: counts[name])
    if not listed or counts[form] < _MOST * len(listed):
        return [_entry(piece, match, text) for piece, (_, match) in zip(listed, printed, strict=True)]
    return _split(_joined(listed, [match if name == form else None for name, match in printed], text), form, text)


def _form(words: str) -> tuple[str, re.Match[str] | None]:
    for name, shape in _FORMS.items():
        match = shape.match(words)
        if match:
            return name, match
    return "", None


def _entry(piece: Piece, match: re.Match[str] | None, text: str) -> Entry:
    bullet = None if match else _BULLET.match(piece.span.of(text))
    start = piece.span.start + (match.end() if match else bullet.end() if bullet else 0)
    number = str(int(match[1])) if match else None
    return Entry(number, piece.block, piece.span, Span(start, piece.span.end))


def _joined(listed: Sequence[Piece], numbers: Sequence[re.Match[str] | None], text: str) -> list[Entry]:
    """Pieces without a number joined to the entry before them, unless the number after them shows that one is lost."""
    entries: list[Entry] = []
    for i, (piece, match) in enumerate(zip(listed, numbers, strict=True)):
        last = entries[-1] if entries else None
        if match is None and last is not None and last.number is not None and last.span.end <= piece.span.start:
            following = next((int(m[1]) for m in numbers[i + 1 :] if m), None)
            opens = text[piece.span.start].isupper()
            if not opens or following is None or following <= int(last.number) + 1:
                end = piece.span.end
                entries[-1] = last._replace(span=Span(last.span.start, end), words=Span(last.words.start, end))
                continue
        entries.append(_entry(piece, match, text))
    return entries


def _split(entries: Sequence[Entry], form: str, text: str) -> list[Entry]:
    """Entries with those that hold the number missing behind them cut at it."""
    parts: list[Entry] = []
    for i, entry in enumerate(entries):
        after = entries[i + 1].number if i + 1 < len(entries) else None
        parts.append(entry)
        if entry.number is None or after is None or not 1 < int(after) - int(entry.number) <= _LONGEST_GAP + 1:
            continue
        for missing in range(int(entry.number) + 1, int(after)):
            last = parts[-1]
            found = re.compile(_INSIDE[form].format(missing)).search(text, last.words.start, last.words.end)
            if found is None and int(after) - int(entry.number) == 2:
                found = _NAMES_INSIDE.search(text, last.words.start, last.words.end)
            if found is None:
                break
            parts[-1] = last._replace(
                span=Span(last.span.start, found.start()), words=Span(last.words.start, found.start())
            )
            span = Span(found.end() - len(found[0].lstrip()), last.span.end)
            block = Block(kind="reference", role="references")  # the first entry's fields are not its own
            parts.append(Entry(str(missing), block, span, Span(found.end(), last.words.end)))
    return parts
