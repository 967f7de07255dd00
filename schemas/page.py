"""What a PDF says, uninterpreted: words with fonts and boxes, drawn rules, and the page they stand on."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from schemas.anchor import Box, Frozen

ASCENT, DESCENT = 0.78, 0.22  # of a word's size: how far its box reaches above and below its baseline


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

    @property
    def base(self) -> float:
        """Its baseline, in points from the top."""
        return self.bottom - DESCENT * self.size


class Rule(NamedTuple):
    """A drawn straight line or the edge of a filled box; horizontal where `top == bottom` but for its thickness."""

    x0: float
    top: float
    x1: float
    bottom: float


class Strip(NamedTuple):
    """Words side by side on one baseline without a wide gap between them: a printed line of a column, or a cell's.

    `size`, `font`, `bold` and `italic` are those of most of its characters, `indices` its words' places in the page,
    `text` is what a person reads (words joined by blanks, glued ones without), `length` its characters but for blanks.
    """

    words: tuple[Word, ...]
    indices: tuple[int, ...]
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str
    bold: bool
    italic: bool
    text: str
    length: int

    def __hash__(self) -> int:
        """Its place in its page: hashing every word would cost more than all else done with it."""
        return hash((self.page, self.indices[0], len(self.indices)))

    @classmethod
    def of(cls, words: Sequence[Word], *, indices: Sequence[int], page: int) -> "Strip":
        """The strip of `words`, which stand on one line in this order."""
        plain = [w for w in words if not (w.superscript or w.subscript)] or words
        first = plain[0]
        size, font, bold, italic = first.size, first.font, first.bold, first.italic
        for word in plain:
            if word.size != size or word.font != font:
                size, font, bold, italic = _usual_style(plain)
                first = next(w for w in plain if w.size == size and w.font == font)
                break
        texts = [w.text for w in words]
        length = sum(map(len, texts))
        if True in [w.glued for w in words]:
            text = "".join([w.text if w.glued or not i else f" {w.text}" for i, w in enumerate(words)])
        else:
            text = " ".join(texts)
        return cls(
            tuple(words), tuple(indices), page, words[0].x0, min([w.top for w in plain]), max([w.x1 for w in words]),
            max([w.bottom for w in plain]), first.base, size, font, bold, italic, text, length,
        )  # fmt: skip


def _usual_style(words: Sequence[Word]) -> tuple[float, str, bool, bool]:
    """Size and font of most characters, and whether most are bold or italic."""
    styles: Counter[tuple[float, str]] = Counter()
    total = bolds = italics = 0
    for word in words:
        n = len(word.text)
        styles[word.size, word.font] += n
        total += n
        bolds += n * word.bold
        italics += n * word.italic
    size, font = max(styles, key=lambda s: (styles[s], s))
    return size, font, bolds > 0.7 * total, italics > 0.7 * total


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
    `aside` is the same page turned so that text of another direction is upright (a table set sideways), and that alone.
    """

    number: int
    width: float
    height: float
    rotation: int = 0
    words: tuple[Word, ...] = ()
    strips: tuple[Strip, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Rule, ...] = ()
    image_share: float = 0.0
    grids: tuple[Grid, ...] = ()
    unread: Literal["no_text_layer", "garbled_text"] | None = None
    aside: "Page | None" = None

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A rectangle of the upright page in points from the top left of the unrotated page."""
        if not self.rotation:
            return Box(self.number, x0, top, x1, bottom)
        corners = (x0, top, x1, bottom)
        if self.rotation == 90:
            corners = (top, self.width - x1, bottom, self.width - x0)
        elif self.rotation == 180:
            corners = (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        elif self.rotation == 270:
            corners = (self.height - bottom, x0, self.height - top, x1)
        return Box(self.number, *(round(value, 2) for value in corners))

    def upright(self, box: Box) -> tuple[float, float, float, float]:
        """The same rectangle on the upright page: what `box` was given to make `box` of it, but for rounding."""
        _, x0, top, x1, bottom = box
        if self.rotation == 90:
            return (self.width - bottom, x0, self.width - top, x1)
        if self.rotation == 180:
            return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        if self.rotation == 270:
            return (top, self.height - x1, bottom, self.height - x0)
        return (x0, top, x1, bottom)
