"""What a PDF says, uninterpreted: words with fonts and boxes, drawn rules, and the page they stand on."""

from typing import Literal, NamedTuple

from schemas.anchor import Box, Frozen


class Word(NamedTuple):
    """Characters printed without a gap, in one font and size; points from the top left of the page as it is shown.

    `raw` is what the file holds, `text` the same with ligatures and look-alike characters repaired.
    `glued` says that no blank stands between this word and the one before it on its line.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    subscript: bool = False
    glued: bool = False
    raw: str = ""


class Rule(NamedTuple):
    """A drawn straight line or the edge of a filled box; horizontal where `top == bottom` but for its thickness."""

    x0: float
    top: float
    x1: float
    bottom: float


class Line(Frozen):
    """Words of one printed line of one column, left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The line as a person reads it: words joined by blanks, glued words without."""
        return "".join(w.text if w.glued or not i else f" {w.text}" for i, w in enumerate(self.words))


class GridCell(NamedTuple):
    """One cell of a table: zero-based place and reach; its words, in reading order, are indices into the page's."""

    row: int
    column: int
    words: tuple[int, ...]
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class Grid(NamedTuple):
    """The geometry of a table: where it stands, its cells, and the words of its caption and of the notes below it.

    `label` is as printed ("Table 1"), "" for a table that goes on from the page before or has none.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    cells: tuple[GridCell, ...]
    caption: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    label: str = ""


class Page(Frozen):
    """One page held upright, so that its text runs from left to right.

    `rotation` is how far the unrotated page was turned clockwise for that (degrees); `width` and `height` are those
    after the turn; `pictures` are the boxes of raster images. `unread` says why a page a person can read gave no words.
    """

    number: int
    width: float
    height: float
    rotation: int = 0
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Rule, ...] = ()
    image_share: float = 0.0
    grids: tuple[Grid, ...] = ()
    unread: Literal["no_text_layer", "garbled_text"] | None = None

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A rectangle of the upright page in points from the top left of the unrotated page."""
        corners = (x0, top, x1, bottom)
        if self.rotation == 90:
            corners = (top, self.width - x1, bottom, self.width - x0)
        elif self.rotation == 180:
            corners = (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        elif self.rotation == 270:
            corners = (self.height - bottom, x0, self.height - top, x1)
        return Box(self.number, *(round(value, 2) for value in corners))
