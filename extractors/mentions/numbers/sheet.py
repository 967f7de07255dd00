"""The working sheet of one call: a piece of text, its numerals, and which of them have been understood so far."""

from bisect import bisect_left

from extractors.mentions.numbers.numerals import Numeral, find_numerals, number_of
from extractors.mentions.numbers.words import find_worded
from schemas.anchor import Span
from schemas.mention import CountMention, IntervalMention, OtherNumber, PValueMention, TimepointMention, ValueMention
from schemas.number import Number, Operator


class Sheet:
    """A piece of text on which one kind of mention after the other takes its numerals; a taken one is never taken again.

    `spreads` says for a numeral's index which numeral is its standard deviation, `follow` where the brackets behind
    a number and its interval end, so that a unit printed after them can be found.
    """

    def __init__(self, piece: str, *, offset: int, decimal_comma: bool) -> None:
        self.text = piece
        self.offset = offset
        self.numerals: list[Numeral] = sorted(
            [*find_numerals(piece, decimal_comma=decimal_comma), *find_worded(piece)], key=lambda n: n.start
        )
        self.starts = [n.start for n in self.numerals]
        self.taken = [False] * len(self.numerals)
        self.spreads: dict[int, int] = {}
        self.follow: dict[int, int] = {}
        self.pending: list[tuple[int, str, int | None]] = []
        self.values: list[ValueMention] = []
        self.intervals: list[IntervalMention] = []
        self.p_values: list[PValueMention] = []
        self.counts: list[CountMention] = []
        self.timepoints: list[TimepointMention] = []
        self.others: list[OtherNumber] = []

    def free(self) -> list[int]:
        """Indices of numerals nobody has taken, in order."""
        return [i for i, taken in enumerate(self.taken) if not taken]

    def at(self, position: int) -> int | None:
        """Index of the numeral that begins at `position`, its sign included or left out."""
        i = bisect_left(self.starts, position)
        if i < len(self.numerals):
            numeral = self.numerals[i]
            if numeral.start == position or numeral.signed == position:
                return i
        return None

    def first_from(self, position: int) -> int:
        """Index of the first numeral whose digits begin at or after `position` (one past the last if there is none)."""
        return bisect_left(self.starts, position)

    def take(self, *indices: int) -> None:
        """Mark numerals as understood."""
        for i in indices:
            self.taken[i] = True

    def take_span(self, start: int, end: int) -> None:
        """Mark every numeral that begins in [start, end) as understood: the 100 of "per 100 patient-years"."""
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            self.taken[i] = True

    def before(self, position: int, width: int = 40) -> str:
        """Up to `width` characters before `position`."""
        return self.text[max(position - width, 0) : position]

    def gap(self, i: int) -> str:
        """The characters between numeral `i` and the digits of the next ("" behind the last)."""
        return self.text[self.numerals[i].end : self.starts[i + 1]] if i + 1 < len(self.numerals) else ""

    def number(self, i: int, *, unsigned: bool = False) -> Number:
        """Numeral `i` as a schema number; `unsigned` drops a sign that turned out to be a dash."""
        numeral = self.numerals[i]
        if unsigned and numeral.signed < numeral.start:
            numeral = numeral._replace(signed=numeral.start, value=abs(numeral.value))
        return number_of(numeral, self.text, self.offset)

    def span(self, start: int, end: int) -> Span:
        """[start, end) of this piece as a span of the whole text."""
        return Span(start + self.offset, end + self.offset)

    def other(self, i: int, reason: str | None, *, rule: str, operator: Operator | None = None) -> None:
        """Record numeral `i` as no result and mark it as understood."""
        self.take(i)
        numeral = self.numerals[i]
        if numeral.worded and reason is None:
            return
        span = self.span(numeral.signed, numeral.end)
        self.others.append(
            OtherNumber(
                span=span,
                raw=self.text[numeral.signed : numeral.end],
                reason=reason,
                rule=f"other:{rule}",
                number=self.number(i),
                operator=operator,
            )
        )
