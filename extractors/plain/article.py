"""Bytes of a plain text file in, its blocks (each with its place) and its text out."""

import re
from collections.abc import Generator, Iterator, Sequence

from extractors.plain.decoding import decode
from extractors.plain.front import tell_front
from extractors.plain.lines import Line, Sheet, read_lines
from extractors.plain.lists import tell_items
from extractors.plain.shapes import Shape, is_reference_start, is_table_caption, opens_labelled, recognise_shape
from extractors.plain.stretch import ends_sentence, stretch
from extractors.plain.tables import read_table_at
from schemas.block import Block

_LONG = 60  # characters; shorter pieces (debris of tables, labels) are not parts of a broken paragraph
_ENTRY_END = re.compile(r"[.\d]$|10\.\d{4,9}/\S+$|https?://\S+$")  # how an entry of a reference list ends
_DEBRIS = 4  # short lines in a row below a table's caption are its cells, torn apart


def read_blocks(data: bytes) -> tuple[tuple[Block, ...], str]:
    """The blocks of the text in `data`, and the text itself: each block stands at text[start:start + len(block.text)].

    A paragraph broken by an empty line or by running heads is one block, the break included; the running heads
    are blocks of kind "furniture" over the same characters. The words of a table whose lines and columns are lost
    are paragraphs of role "table".

    Raises:
        UnreadableDocument: "empty", "not_text" or "garbled_text".
    """
    text = decode(data)
    sheet = read_lines(text)
    blocks = tell_items(tell_front(list(_mended(_cut(text, sheet), text))))
    heads = [stretch("furniture", text, line.start, line.end) for line in sheet.furniture]
    return (*blocks, *heads), text


def _cut(text: str, sheet: Sheet) -> Iterator[Block]:
    """Blocks line by line: a new one begins at an empty line, at a heading, a list item, a caption or a reference."""
    lines, width = sheet.lines, sheet.width
    i = 0
    while i < len(lines):
        table = read_table_at(lines, i, text)
        if table is not None:
            block, i = table
            yield block
            continue
        shape = recognise_shape(lines, i, width)
        j = i + 1 if shape.kind == "heading" else _end_of_paragraph(lines, i, width, shape)
        debris = shape.kind == "paragraph" and width and _is_debris(lines[i:j], width)
        yield stretch(
            shape.kind, text, lines[i].start, lines[j - 1].end, level=shape.level, role="table" if debris else "body"
        )
        i = j
        if shape.references:
            i = yield from _references(text, sheet, i)
        elif width and shape.kind == "caption" and is_table_caption(lines[i - 1].text):
            j = _end_of_debris(lines, i, width)
            whole = i < len(lines) and read_table_at(lines, i, text) is not None
            if j - i >= _DEBRIS and not whole:
                yield stretch("paragraph", text, lines[i].start, lines[j - 1].end, role="table")
                i = j


def _end_of_paragraph(lines: Sequence[Line], i: int, width: int, shape: Shape) -> int:
    j = i + 1
    while j < len(lines) and not lines[j].gap and width:
        if recognise_shape(lines, j, width).kind != "paragraph" or opens_labelled(lines[j].text, certain=True):
            break
        above = lines[j - 1].text
        closed = ends_sentence(above) and lines[j].text[:1].isupper()
        if closed and (shape.kind == "caption" or len(above) < 0.8 * width):
            break
        j += 1
    return j


def _is_debris(lines: Sequence[Line], width: int) -> bool:
    return all(len(line.text) < 0.6 * width for line in lines) and not lines[-1].text.endswith((".", ":", "?"))


def _end_of_debris(lines: Sequence[Line], i: int, width: int) -> int:
    while i < len(lines) and len(lines[i].text) < 0.75 * width and recognise_shape(lines, i, width).kind != "heading":
        i += 1
    return i


def _references(text: str, sheet: Sheet, i: int) -> Generator[Block, None, int]:
    """The entries of the reference list from line `i` on; returns the number of the line behind it."""
    lines, width = sheet.lines, sheet.width
    numbered = marked = False
    while i < len(lines):
        line = lines[i]
        if recognise_shape(lines, i, width, in_references=True).kind != "paragraph":
            break
        if line.text.rstrip(".").isdigit():  # numbers printed in a column of their own
            i += 1
            continue
        entry = is_reference_start(line.text, numbered=numbered or marked)
        if (numbered or marked) and not entry:
            break  # what follows a numbered list without a number is no part of it
        numbered = numbered or line.text.lstrip("[(")[:1].isdigit()
        marked = marked or (entry and not line.text[0].isalnum())
        j = i + 1
        while width and j < len(lines) and not lines[j].gap:
            begins = is_reference_start(lines[j].text, numbered=numbered or marked)
            if begins and (numbered or marked or _ENTRY_END.search(lines[j - 1].text)):
                break
            j += 1
        yield stretch("reference", text, line.start, lines[j - 1].end)
        i = j
    return i


def _mended(blocks: Iterator[Block], text: str) -> Iterator[Block]:
    """Blocks with paragraphs that an empty line, or a turn of the page, broke inside a sentence made whole again."""
    last: Block | None = None
    for block in blocks:
        if last is not None and last.start is not None and block.start is not None and _goes_on(last, block):
            end = block.start + len(block.text)
            last = stretch(last.kind, text, last.start, end, level=last.level, role=last.role)
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _goes_on(first: Block, second: Block) -> bool:
    return (
        first.kind in ("paragraph", "list_item")
        and second.kind == "paragraph"
        and min(len(first.text), len(second.text)) >= _LONG
        and not ends_sentence(first.text)
        and second.text[:1].islower()
    )
