"""A record a reviewer saw and a text read anew in; which of the records now found is the same printed result, out."""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipeline.rows import Row
from schemas.anchor import Quote, Span

ENOUGH = 16
"""Letters and digits that a quote must have to say by itself which place is meant."""

COMPARED = (
    "study",
    "population",
    "arm",
    "comparator",
    "endpoint",
    "event",
    "site",
    "timepoint",
    "statistic",
    "value",
    "unit",
    "status",
    "interval_low",
    "interval_high",
    "interval_level",
    "p",
    "events",
    "n",
    "percent",
)
"""What a reviewer agrees with or not; the rest of a record says where it stands and how it was read."""

SHOWN = {"interval_low": "ci", "interval_high": "ci", "interval_level": "ci_level"}
"""Names of columns in the dataset where they differ from the store's."""


class Match(NamedTuple):
    """The record now found (null: none) and how alike the two are, or why there is none."""

    record_id: str | None
    likeness: tuple[int, ...] = ()
    problem: str = ""


class Anew:
    """A text with its records, in which those of another reading are looked for."""

    def __init__(self, text: str, records: Sequence[Row]) -> None:
        self.text = text
        self.records = records

    @cached_property
    def _squeezed(self) -> tuple[str, list[int]]:
        return squeeze(self.text)

    def find(self, seen: Row) -> Match:
        """The record of the same kind that stands where the seen one's number stands now."""
        spots = list(self._spots(seen))
        alike = [record for record in self.records if record["kind"] == seen["kind"]]
        ranked = sorted(((self._likeness(record, seen, spots), record["record_id"]) for record in alike), reverse=True)
        ranked = [(likeness, found) for likeness, found in ranked if likeness]
        if not ranked:
            gone = f"no {seen['kind']} is read there any more" if spots else "its words no longer stand in the document"
            return Match(None, problem=gone)
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            return Match(None, problem="several records could be meant")
        return Match(ranked[0][1], ranked[0][0])

    def place(self, quote: Quote) -> Quote | None:
        """The quote where it stands in this text; None where it does not, or more than once."""
        if quote.span.of(self.text) == quote.text:
            return quote
        found = [Span(*self._span(start, len(letters(quote.text)))) for start in self._occurrences(quote.text)]
        return Quote(span=found[0], text=found[0].of(self.text)) if len(found) == 1 else None

    def _likeness(self, record: Row, seen: Row, spots: list[Span]) -> tuple[int, ...]:
        """How alike, the weightiest first; nothing where it cannot be the same result."""
        there = any(_number(record).overlaps(spot) for spot in spots)
        sentence = letters(record["sentence"]) == letters(seen["sentence"])
        telling = len(letters(seen["quote"])) >= ENOUGH
        if not ((there and (sentence or telling)) or (sentence and record["value_text"] == seen["value_text"])):
            return ()
        return (there, sentence, record["source"] == seen["source"], len(COMPARED) - len(differing(seen, record)))

    def _spots(self, seen: Row) -> Iterator[Span]:
        """Where the number the reviewer saw stands in this text, once for each place its quote is found."""
        number = _number(seen)
        quote, start = seen["quote"], seen["quote_start"]
        before = len(letters(quote[: max(number.start - start, 0)]))
        length = len(letters(quote[max(number.start - start, 0) : number.end - start]))
        for place in self._occurrences(quote):
            yield Span(*self._span(place + before, length))

    def _occurrences(self, quote: str) -> Iterator[int]:
        wanted = letters(quote)
        place = self._squeezed[0].find(wanted) if wanted else -1
        while place >= 0:
            yield place
            place = self._squeezed[0].find(wanted, place + 1)

    def _span(self, place: int, length: int) -> tuple[int, int]:
        places = self._squeezed[1]
        last = places[min(place + max(length, 1), len(places)) - 1]
        return places[min(place, len(places) - 1)], last + 1


@lru_cache(maxsize=10_000)
def letters(text: str) -> str:
    """Letters and digits alone, in small letters."""
    return "".join(filter(str.isalnum, text)).casefold()


def squeeze(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, in small letters, with the place of each.

    Line breaks, hyphens, spaces and kinds of dashes are what another reading of the same page changes first.
    """
    kept = [(letter, place) for place, letter in enumerate(text) if letter.isalnum()]
    folded = [(small, place) for letter, place in kept for small in letter.casefold()]
    return "".join(small for small, _ in folded), [place for _, place in folded]


def differing(one: Row, other: Row) -> list[str]:
    """The facts in which two records are not the same, by their names in the dataset."""
    return list(dict.fromkeys(SHOWN.get(key, key) for key in COMPARED if one.get(key) != other.get(key)))


def _number(record: Row) -> Span:
    """The characters of a record's number, of its quote where it has none."""
    start = record["value_start"]
    if start is None or not record["value_text"]:
        return Span(record["quote_start"], record["quote_end"])
    return Span(start, start + len(record["value_text"]))
