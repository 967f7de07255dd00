"""Bytes of a plain text file in, its blocks (each with its place) and its text out."""

import re
from collections.abc import Iterator, Sequence

from extractors.plain.decoding import decode
from extractors.plain.lines import Line, Sheet, read_lines
from extractors.plain.shapes import Shape, is_reference_start, recognise_shape
from extractors.plain.tables import read_table_at
from schemas.block import Block, BlockKind, Run

_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]*_]*(?:\s?[\[(]?[\d⁰¹²³⁴-⁹][\d⁰¹²³⁴-⁹,–\s-]*[\])]?)?$")
_LONG = 60  # characters; shorter pieces (debris of tables, labels) are not parts of a broken paragraph


def read_blocks(data: bytes) -> tuple[tuple[Block, ...], str]:
    """The blocks of the text in `data`, and the text itself: each block stands at text[start:start + len(block.text)].

    A paragraph broken by an empty line or by running heads is one block, the break included; the running heads
    are blocks of kind "furniture" over the same characters.

    Raises:
        UnreadableDocument: "empty", "not_text" or "garbled_text".
    """
    text = decode(data)
    sheet = read_lines(text)
    blocks = [*_mended(list(_cut(text, sheet)), text)]
    blocks += [_block("furniture", text, line.start, line.end) for line in sheet.furniture]
    return tuple(blocks), text


def _block(kind: BlockKind, text: str, start: int, end: int, *, level: int = 0, role: str = "body") -> Block:
    return Block(kind=kind, runs=(Run(text=text[start:end]),), start=start, level=level)


def _cut(text: str, sheet: Sheet) -> Iterator[Block]:
    """Blocks line by line: a new one begins at an empty line, at a heading, a list item, a caption or a reference."""
    lines = sheet.lines
    in_references = numbered = False
    i = 0
    while i < len(lines):
        table = read_table_at(lines, i, text)
        if table is not None:
            block, i = table
            yield block
            continue
        shape = recognise_shape(lines, i, sheet.width, in_references=in_references)
        j = i + 1
        if shape.kind == "heading":
            in_references, numbered = shape.references, False
        elif in_references:
            entry = is_reference_start(lines[i].text, numbered=numbered)
            if numbered and not entry:
                in_references = False  # what follows a numbered list without a number is no part of it
            elif shape.kind != "caption":
                numbered = numbered or is_reference_start(lines[i].text, numbered=True)
                j = _end_of_reference(lines, i, sheet.width, numbered=numbered)
                if lines[i].text.rstrip(".").isdigit() and j == i + 1:
                    i = j  # numbers printed in a column of their own
                    continue
                shape = Shape("reference")
        if shape.kind not in ("heading", "reference"):
            j = _end_of_paragraph(lines, i, sheet.width)
        yield _block(shape.kind, text, lines[i].start, lines[j - 1].end, level=shape.level)
        i = j


def _end_of_reference(lines: Sequence[Line], i: int, width: int, *, numbered: bool) -> int:
    j = i + 1
    while j < len(lines) and not lines[j].gap and width:
        if is_reference_start(lines[j].text, numbered=numbered) and (numbered or lines[j - 1].text[-1] in ".0123456789"):
            break
        j += 1
    return j


def _end_of_paragraph(lines: Sequence[Line], i: int, width: int) -> int:
    j = i + 1
    while j < len(lines) and not lines[j].gap:
        if not width or recognise_shape(lines, j, width, in_references=False).kind != "paragraph":
            break
        above = lines[j - 1].text
        if len(above) < 0.8 * width and _SENTENCE_END.search(above) and lines[j].text[:1].isupper():
            break
        j += 1
    return j


def _mended(blocks: list[Block], text: str) -> Iterator[Block]:
    """Blocks with paragraphs that an empty line, or a turn of the page, broke inside a sentence made whole again."""
    last: Block | None = None
    for block in blocks:
        if last is not None and last.start is not None and block.start is not None and _goes_on(last, block):
            last = _block(last.kind, text, last.start, block.start + len(block.text), level=last.level)
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
        and not _SENTENCE_END.search(first.text)
        and second.text[:1].islower()
    )
