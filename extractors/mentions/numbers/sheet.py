"""The working sheet of one call: a piece of text, its numerals, and which of them have been understood so far."""

import re
from bisect import bisect_left

from extractors.mentions.numbers.numerals import Numeral, find_numerals
from extractors.mentions.numbers.triggers import find_triggers
from extractors.mentions.numbers.units import Unit, read_unit
from extractors.mentions.numbers.unitwords import UnitWords
from extractors.mentions.numbers.words import find_worded
from schemas.anchor import Span
from schemas.mention import CountMention, IntervalMention, OtherNumber, PValueMention, TimepointMention, ValueMention
from schemas.number import Number, Operator

# Blanked citations and printed lines leave runs of blanks that no rule should have to allow for.
_OTHER_BLANK = re.compile(r"[^\S ]")
_SOLID = re.compile(r"\S+")
# "OR = 0. 42, 95% CI 0. 30-0. 60": a text that sets blanks behind decimal points does so again and again.
_BROKEN = re.compile(r"(?:[=<>]|CI|[-–~])\s?[-–−]?\d{1,3}\.\s\d{1,3}(?!\d)")
_BLANK_IN_DECIMAL = re.compile(r"(?<=[\s=<>(~–−-]\d\.)\s(?=\d{1,3}(?!\d))|(?<=[\s=<>(~–−-]\d\d\.)\s(?=\d{1,3}(?!\d))")
_HABIT = 2


def squeeze(piece: str) -> tuple[str, list[int] | None]:
    """The text with every run of white space as one blank, and the place of each of its characters in `piece`.

    The places are null where nothing had to be squeezed.
    """
    broken = ". " in piece and len(_BROKEN.findall(piece)) >= _HABIT
    if "  " not in piece and _OTHER_BLANK.search(piece) is None and not broken:
        return piece, None
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for match in _SOLID.finditer(piece):
        if match.start() > end:
            parts.append(" ")
            places.append(end)
        parts.append(match[0])
        places.extend(range(match.start(), match.end()))
        end = match.end()
    text = "".join(parts)
    return _mended(text, places) if broken else (text, places)


def _mended(text: str, places: list[int]) -> tuple[str, list[int]]:
    """A text that sets a blank behind its decimal points, without them."""
    drop = {m.start() for m in _BLANK_IN_DECIMAL.finditer(text)}
    kept = [i for i in range(len(text)) if i not in drop]
    return "".join(text[i] for i in kept), [places[i] for i in kept]


class Sheet:
    """A piece of text on which one rule after the other takes its numerals; a taken one is never taken again.

    `owner[i]` says what took numeral `i` ("" is free); `spreads` which numeral is its standard deviation; `follow`
    where the brackets behind it with its interval end, so that a unit printed after them can be found; `pending` the
    announcements ("HR (95% CI)", "mean (SD)") that brackets to come will answer: end, kind, index of the level;
    `counted` the place in `counts` of the mention that holds a numeral;
    `covered` the stretches of intervals, p-values and counts in brackets. Places are places in `text`, the squeezed
    piece; `span` and `raw` lead back to the reading.
    """

    def __init__(
        self, reading: str, *, start: int, end: int | None, decimal_comma: bool, units: UnitWords | None = None
    ) -> None:
        self._unit_words = units
        self.text, self._places = squeeze(reading[start:end])
        self._reading = reading
        self._start = start
        piece = self.text
        self.triggers = find_triggers(piece)
        self.numerals: list[Numeral] = find_numerals(piece, decimal_comma=decimal_comma)
        if self.triggers["number"]:
            worded = find_worded(piece, self.triggers["number"])
            self.numerals = sorted([*self.numerals, *worded], key=lambda n: n.start)
        self.starts = [n.start for n in self.numerals]
        self._units: dict[int, Unit | None] = {}
        self.owner = [""] * len(self.numerals)
        self.spreads: dict[int, int] = {}
        self.follow: dict[int, int] = {}
        self.counted: dict[int, int] = {}
        self.covered: list[tuple[int, int, str]] = []
        self.pending: list[tuple[int, str, int | None]] = []
        self.values: list[ValueMention] = []
        self.intervals: list[IntervalMention] = []
        self.p_values: list[PValueMention] = []
        self.counts: list[CountMention] = []
        self.timepoints: list[TimepointMention] = []
        self.others: dict[int, OtherNumber] = {}
        self.wordless: list[OtherNumber] = []

    def is_empty(self) -> bool:
        """Whether no rule has found anything."""
        kinds = (self.values, self.intervals, self.p_values, self.counts, self.timepoints, self.others, self.wordless)
        return not any(kinds)

    def free(self) -> list[int]:
        """Indices of numerals that were free when asked, in order."""
        return [i for i, owner in enumerate(self.owner) if not owner]

    def is_free(self, i: int) -> bool:
        """Whether there is a numeral `i` and nobody has taken it."""
        return 0 <= i < len(self.owner) and not self.owner[i]

    def at(self, position: int) -> int | None:
        """Index of the numeral that begins at `position`, its sign included or left out."""
        i = bisect_left(self.starts, position)
        if i < len(self.numerals):
            numeral = self.numerals[i]
            if position in (numeral.start, numeral.signed):
                return i
        return None

    def first_from(self, position: int) -> int:
        """Index of the first numeral whose digits begin at or after `position` (one past the last if there is none)."""
        return bisect_left(self.starts, position)

    def take(self, i: int, owner: str) -> None:
        """Mark numeral `i` as understood by `owner`."""
        self.owner[i] = owner

    def take_unit(self, start: int, end: int) -> None:
        """Mark the digits within a unit as part of it: the 100 of "per 100 patient-years", the 2 of "m2"."""
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            self.owner[i] = "unit"
            self.others.pop(i, None)

    def unit(self, i: int) -> Unit | None:
        """The unit right behind numeral `i`, looked up once."""
        if i not in self._units:
            end = self.numerals[i].end
            unit = read_unit(self.text, end)
            if unit is None and self._unit_words is not None:
                unit = self._unit_words.read(self.text, end)
            self._units[i] = unit
        return self._units[i]

    def gap(self, i: int) -> str:
        """The characters between numeral `i` and the digits of the next ("" behind the last)."""
        return self.text[self.numerals[i].end : self.starts[i + 1]] if i + 1 < len(self.numerals) else ""

    def number(self, i: int, *, unsigned: bool = False) -> Number:
        """Numeral `i` as a schema number; `unsigned` drops a sign that turned out to be a dash."""
        numeral = self.numerals[i]
        if unsigned and numeral.signed < numeral.start:
            numeral = numeral._replace(signed=numeral.start, value=abs(numeral.value))
        span = self.span(numeral.signed, numeral.end)
        return Number.built(raw=span.of(self._reading), value=numeral.value, decimals=numeral.decimals, span=span)

    def span(self, start: int, end: int) -> Span:
        """[start, end) of the squeezed text, not empty, as a span of the whole reading."""
        if self._places is not None:
            start, end = self._places[start], self._places[end - 1] + 1
        return Span(start + self._start, end + self._start)

    def raw(self, start: int, end: int) -> str:
        """The characters of the reading that [start, end) of the squeezed text stands for."""
        return self.span(start, end).of(self._reading)

    def other(self, i: int, reason: str | None, *, rule: str, operator: Operator | None = None) -> None:
        """Record numeral `i` as no result and mark it as understood; a plain number word is nothing at all."""
        self.owner[i] = f"other:{reason}"
        numeral = self.numerals[i]
        if numeral.worded and reason is None:
            return
        span = self.span(numeral.signed, numeral.end)
        self.others[i] = OtherNumber.built(
            span=span,
            raw=span.of(self._reading),
            reason=reason,
            rule=f"other:{rule}",
            number=self.number(i),
            operator=operator,
        )
