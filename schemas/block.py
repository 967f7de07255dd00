"""What the three inputs have in common before it is one text: headings, paragraphs, list items, tables, references."""

# Plain tuples, not models: an article has a run for each of its words, and they live only until it is one text.

from typing import Literal, NamedTuple

from schemas.anchor import Box

BlockKind = Literal[
    "title", "front", "heading", "paragraph", "list_item", "caption", "footnote", "table", "reference", "furniture"
]
Role = Literal["front", "title", "abstract", "body", "caption", "table", "references", "back"]


class Run(NamedTuple):
    """Consecutive characters of a block; a run with `cites` is a citation marker whose targets the input itself names.

    `cites` holds reference keys (JATS `rid`s, or numbers as printed) and is empty for plain words.
    """

    text: str
    boxes: tuple[Box, ...] = ()
    superscript: bool = False
    cites: tuple[str, ...] = ()


class CellBlock(NamedTuple):
    """One cell of a table: zero-based row and column of its top left corner, and how far it reaches."""

    row: int
    column: int
    runs: tuple[Run, ...]
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class TableBlock(NamedTuple):
    """A table before its cells are spans: `label` as printed ("Table 1"), cells in reading order."""

    label: str
    cells: tuple[CellBlock, ...]
    page: int | None = None


class Block(NamedTuple):
    """One piece of an article in reading order; `key` is a reference's own key (its JATS id or printed number).

    `start` is set where the characters already stand in a given text (a plain text file) and says where.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    role: Role = "body"
    level: int = 0
    page: int | None = None
    key: str | None = None
    start: int | None = None
    table: TableBlock | None = None
    doi: str | None = None
    pmid: str | None = None
    year: int | None = None
    title: str | None = None

    @property
    def text(self) -> str:
        """The block's characters, run after run."""
        return "".join(run.text for run in self.runs)
