"""A stretch of a plain text in, the block that stands there out."""

import re

from schemas.block import Block, BlockKind, Role, Run

_END = re.compile(r"[.!?:;][\"”’')\]*_]*(?:\s?[\[(]?\s?[\d⁰¹²³⁴-⁹][\d⁰¹²³⁴-⁹,–\s-]{0,24}[\])]?)?$")


def stretch(kind: BlockKind, text: str, start: int, end: int, *, level: int = 0, role: Role = "body") -> Block:
    """The block of `kind` that is text[start:end]."""
    if kind == "reference":
        role = "references"
    return Block(kind=kind, runs=(Run(text=text[start:end]),), start=start, level=level, role=role)


def ends_sentence(text: str) -> bool:
    """Whether `text` ends where a sentence (or a clause of a list) may: at a stop, perhaps a citation behind it."""
    return _END.search(text[-60:]) is not None
