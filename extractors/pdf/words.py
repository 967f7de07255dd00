"""One PDFium page comes in, its words in the order of the file with boxes, sizes and fonts go out."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractors.pdf.characters import repair
from extractors.pdf.fonts import Style, Styles
from extractors.pdf.frame import Frame
from extractors.pdf.probes import address_of, doubles, floats, loose_box_at, origin_at, text_object_at
from extractors.pdf.unmapped import name_signs
from schemas.page import ASCENT, DESCENT, Word

# A word ends at a blank; PDFium marks a hyphen that ends a line with U+FFFE and joins the next line's word to it.
_TOKEN = re.compile(r"[^\s\x00\ufffe]+\ufffe?|\ufffe")
_MAY_BE_RAISED = re.compile(r"[\d*†‡§¶#+−-]")
_BLANK = 0.14  # of the size: white between two text objects that stands for a blank
_WIDE_WORD = 0.95  # of the size for each character: a word wider than this has white inside
_APART = 0.5  # of the size: white inside one text object that parts two columns
_OTHER_LINE = 0.8  # of the size: baselines further apart are those of two lines
_FEWEST_ASIDE = 200  # characters in a second direction: fewer are a stamp in the margin or the axis of a plot
_SAME_LINE = 0.05  # baselines closer than this share of the size are one


class Piece(NamedTuple):
    """Characters of one style on one baseline, from (x, y) to (end_x, end_y) in page space.

    `glued` says that it goes on the word before, `blank` that the file holds a blank before it.
    """

    raw: str
    glued: bool
    blank: bool
    style: Style
    x: float
    y: float
    end_x: float
    end_y: float


def characters_of(text_page: Any) -> str:
    """The page's characters, one for each of PDFium's character indices."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count < 1:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer) - 1
    if written == count:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    # Characters without a Unicode value are left out of the text in one call, so indices would be off.
    return "".join(chr(pdfium.FPDFText_GetUnicode(text_page, i) or 0) for i in range(count))


class Reader:
    """Pieces of one text page, probed where PDFium's text is cut into words."""

    def __init__(self, text_page: Any, *, page: Any) -> None:
        self.text = name_signs(characters_of(text_page), page=page, text_page=text_page)
        self._address = address_of(text_page)
        self.styles = Styles(self._address)
        self._at = doubles(2)
        self._loose = floats(4)  # left, top, right, bottom
        self._blank = False

    def pieces(self) -> list[Piece]:
        """The pieces in the order of the file; a word printed in two sizes or on two baselines is two pieces."""
        text, address, style_of = self.text, self._address, self.styles.of_object
        (at_x, at_y), (at_loose, *_) = self._at.at, self._loose.at
        point, loose = self._at.read, self._loose.read
        make = tuple.__new__  # a named tuple's own way in takes three times as long
        found: list[Piece] = []
        tokens = [token.span() for token in _TOKEN.finditer(text)]
        objects = [text_object_at(address, start) for start, _ in tokens]
        done = 0
        for (start, end), (first_object, next_object) in zip(tokens, pairwise((*objects, None)), strict=True):
            blank = self._blank = text.find(" ", done, start) >= 0
            done = end
            style = style_of.get(first_object) or self.styles.at(start, first_object)
            # An object's characters stand together: where the next word is of it too, so is the end of this one.
            single = end - start == 1 or (first_object is not None and first_object == next_object)
            last_object = first_object if single else text_object_at(address, end - 1)
            if first_object == last_object or (
                # Some producers make every character an object: look inside only where a raised figure may hide.
                style is (style_of.get(last_object) or self.styles.at(end - 1, last_object))
                and not _MAY_BE_RAISED.search(text, start, end)
                and self._on_one_line(start, end, style)
            ):
                # What `_piece` does, in place: this is the way of nearly every word.
                origin_at(address, start, at_x, at_y)
                x, y = point
                loose_box_at(address, end - 1, at_loose)
                left, top, right, bottom = loose
                size, _, _, _, turn, _ = style
                end_x, end_y = right if turn in (0, 3) else left, top if turn == 1 else bottom
                if end - start > 1 and abs(end_x - x) + abs(end_y - y) > _WIDE_WORD * size * (end - start):
                    found += self._spread(start, end, style)
                else:
                    found.append(make(Piece, (text[start:end], False, blank, style, x, y, end_x, end_y)))
            else:
                found += self._split(start, end)
        return found

    def _on_one_line(self, start: int, end: int, style: Style) -> bool:
        return abs(_across(style, self._origin(start), self._origin(end - 1))) < _SAME_LINE * style.size

    def _spread(self, start: int, end: int, style: Style) -> Iterator[Piece]:
        """Cut a word at wide white inside it: figures of two columns that one command of the file prints."""
        begin = start
        for i in range(start + 1, end):
            if self._gap(i, style) > _APART * style.size:
                yield self._piece(begin, i, glued=False, style=style)
                begin, self._blank = i, True
        yield self._piece(begin, end, glued=False, style=style)

    def _split(self, start: int, end: int) -> Iterator[Piece]:
        """Cut where size or baseline changes: "disease.1" with a raised figure is two pieces."""
        last_address = text_object_at(self._address, start)
        begin, style, base = start, self.styles.at(start, last_address), self._origin(start)
        for i in range(start + 1, end):
            address = text_object_at(self._address, i)
            if address == last_address:
                if self._gap(i, style) > _APART * style.size:
                    yield self._piece(begin, i, glued=begin > start, style=style)
                    begin, start, self._blank = i, i, True
                continue
            last_address = address
            here = self.styles.at(i, address)
            origin = self._origin(i)
            size = max(style.size, here.size)
            rise = abs(_across(style, base, origin))
            other_line = rise > _OTHER_LINE * size
            if not other_line and (rise > _SAME_LINE * size or abs(here.size - style.size) > _SAME_LINE * style.size):
                yield self._piece(begin, i, glued=begin > start, style=style)
                begin = i
            elif other_line or self._gap(i, here) > _BLANK * here.size:
                yield self._piece(begin, i, glued=begin > start, style=style)
                begin, start = i, i
                self._blank = True
            style, base = here, origin
        yield self._piece(begin, end, glued=begin > start, style=style)

    def _gap(self, index: int, style: Style) -> float:
        """The white between the character at `index` and the one before it."""
        end_x, end_y = self._end(index - 1, style)
        x, y = self._origin(index)
        return (x - end_x, y - end_y, end_x - x, end_y - y)[style.turn]

    def _end(self, index: int, style: Style) -> tuple[float, float]:
        """Where the character at `index` ends in the direction of its text."""
        loose_box_at(self._address, index, self._loose.at[0])
        left, top, right, bottom = self._loose.read
        return right if style.turn in (0, 3) else left, top if style.turn == 1 else bottom

    def _piece(self, start: int, end: int, *, glued: bool, style: Style) -> Piece:
        x, y = self._origin(start)
        end_x, end_y = self._end(end - 1, style)
        return Piece(self.text[start:end], glued, self._blank and not glued, style, x, y, end_x, end_y)

    def _origin(self, index: int) -> tuple[float, float]:
        at = self._at
        origin_at(self._address, index, *at.at)
        x, y = at.read
        return x, y


def _across(style: Style, a: tuple[float, float], b: tuple[float, float]) -> float:
    """How far `b` stands off the baseline of `a`."""
    return b[0] - a[0] if style.turn in (1, 3) else b[1] - a[1]


def reading_turns(pieces: Sequence[Piece]) -> list[int]:
    """The direction most characters run in, in quarter turns against the clock, and a second a table may run in."""
    told = {piece.style.turn for piece in pieces}
    if len(told) < 2:
        return list(told)
    turns: Counter[int] = Counter()
    for piece in pieces:
        turns[piece.style.turn] += len(piece.raw)
    ordered = sorted(turns, key=lambda turn: (-turns[turn], turn))
    return [turn for i, turn in enumerate(ordered) if not i or (i == 1 and turns[turn] >= _FEWEST_ASIDE)]


def words_of(pieces: list[Piece], *, frame: Frame) -> tuple[list[Word], list[bool]]:
    """Words upright in `frame` in the order of the file, and for each whether a blank stands before it.

    What runs in another direction or lies off the page is left out.
    """
    words: list[Word] = []
    blanks: list[bool] = []
    upright, turn, width, height = frame.upright, frame.turn, frame.width, frame.height
    left, top = frame.left, frame.top
    make = tuple.__new__  # a named tuple's own way in takes three times as long
    # Style, baseline and size of the word before: mostly those of this one too.
    last_style: Style | None = None
    last_base = last_size = 0.0
    high = low = 0.0
    for raw, glued, blank, style, x, y, end_x, end_y in pieces:
        if style is not last_style:
            size, font, bold, italic, its_turn, hidden = last_style = style
            left_out = its_turn != turn or size < 1 or hidden
        if left_out:
            continue
        if turn:
            x0, base = upright(x, y)
            x1, _ = upright(end_x, end_y)
        else:
            x0, base, x1 = x - left, top - y, end_x - left
        if x1 < 0 or x0 > width or base < 0 or base - size > height:
            continue
        text = raw if raw.isascii() else repair(raw)
        if not text:
            continue
        if base != last_base or size != last_size:
            last_base, last_size = base, size
            high, low = round(base - ASCENT * size, 2), round(base + DESCENT * size, 2)
        blanks.append(blank)
        words.append(
            make(
                Word,
                (text, round(x0, 2), high, round(x1, 2), low, size, font, bold, italic, False, False, glued, raw),
            )
        )
    return words, blanks
