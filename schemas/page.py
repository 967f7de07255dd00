"""What a PDF says, uninterpreted: words with fonts and boxes, drawn rules, and the page they stand on."""

from typing import NamedTuple

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


class Page(Frozen):
    """One page as it is shown: `width` and `height` after the page's own rotation (degrees clockwise) is applied."""

    number: int
    width: float
    height: float
    rotation: int = 0
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    image_share: float = 0.0
