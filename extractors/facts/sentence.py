"""A document's mentions cut up by sentence: what each sentence (or table cell) holds, in order."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

import regex

from schemas.anchor import Span
from schemas.document import Citation, Document, Sentence, Table
from schemas.mention import (
    CountMention,
    CueMention,
    DrugMention,
    EndpointMention,
    IntervalMention,
    MeasureMention,
    Mentions,
    OtherNumber,
    PopulationMention,
    PValueMention,
    StudyMention,
    TimepointMention,
    ValueMention,
)


class Spanned(Protocol):
    """Anything with a place in the text."""

    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=Spanned)


class Contents(NamedTuple):
    """The mentions inside one span, each kind in order of place."""

    span: Span
    text: str
    values: Sequence[ValueMention]
    intervals: Sequence[IntervalMention]
    p_values: Sequence[PValueMention]
    counts: Sequence[CountMention]
    measures: Sequence[MeasureMention]
    endpoints: Sequence[EndpointMention]
    timepoints: Sequence[TimepointMention]
    drugs: Sequence[DrugMention]
    studies: Sequence[StudyMention]
    populations: Sequence[PopulationMention]
    cues: Sequence[CueMention]
    others: Sequence[OtherNumber]
    citations: Sequence[Citation]

    def words(self, start: int, end: int) -> str:
        """The characters between two places of the document, read as this sentence's."""
        base = self.span.start
        first, last = start - base, end - base  # no `max`: this is asked twenty times a sentence
        return self.text[first if first > 0 else 0 : last if last > 0 else 0]


def narrow(contents: Contents, span: Span) -> Contents:
    """The part of a sentence inside `span`."""
    kinds = ([m for m in kind if span.holds(m.span)] for kind in contents[2:])
    return Contents(span, contents.words(span.start, span.end), *kinds)  # type: ignore[arg-type]


# What may stand between the items of a list, their brackets and units left out.
CONNECTIVE = regex.compile(
    r"^(?:\s|,|;|%|\band\b|\bor\b|\bvs\b\.?|\bversus\b|\bthe\b|\bin\b|\bfor\b|\bwith\b|\bgroups?\b|\barms?\b"
    r"|\bmonths?\b"
    r"|\bweeks?\b|\byears?\b|\bdays?\b|\brates?\b|\bmedian\b|\bpatients\b|\btreatment\b|\([^()]*\)|\[[^\]]*\])*$"
)


# "PFS/OS was 5.4/12.3 months".
NAMES_SLASHED = regex.compile(r"\p{L}/\p{L}[\p{L}\d-]*(?:\s\p{Ll}+)*\s?[\d(]?[^/]{0,12}$")


def names_slashed(contents: Contents, place: int) -> bool:
    """Whether a slash joins two names right before `place`: numbers joined likewise are one of each."""
    return NAMES_SLASHED.search(contents.words(place - 60, place)) is not None


def listed_by(contents: Contents) -> Callable[[Span, Span], bool] | None:
    """For a sentence that says "respectively": whether two spans of it are neighbours in a list; else null."""
    if not any(c.role == "respectively" for c in contents.cues):
        return None
    return lambda a, b: CONNECTIVE.match(contents.words(a.end, b.start)) is not None


# What may stand between a group's name and its brackets: "the X treatment group (4.2 months)".
GROUP_WORDS = regex.compile(
    r"^\s*(?:(?:treatment|combination|study|therapy|alone|only)\s+)*(?:(?:groups?|arms?|cohorts?|patients)\s*)?[(\[]"
)


def brackets_after(contents: Contents, end: int) -> Span | None:
    """The brackets that open right after a group's name, as the span of what they hold; null where none open."""
    text = contents.words(end, contents.span.end)
    match = GROUP_WORDS.match(text)
    if match is None:
        return None
    depth = 0
    for i in range(match.end() - 1, len(text)):
        depth += (text[i] in "([") - (text[i] in ")]")
        if depth == 0:
            return Span(end + match.end() - 1, end + i + 1)
    return None


def brackets_around(contents: Contents, span: Span) -> Span | None:
    """The innermost brackets that a mention stands in, where they close before the sentence ends; else null."""
    text = contents.text
    start, depth = span.start - contents.span.start, 0
    first = min((place for sign in "([" if (place := text.find(sign, 0, max(start, 0))) >= 0), default=start)
    for i in range(start - 1, first - 1, -1):
        depth += (text[i] in ")]") - (text[i] in "([")
        if depth < 0:
            close, level = i, 0
            while close < len(text):
                level += (text[close] in "([") - (text[close] in ")]")
                if level == 0:
                    return Span(contents.span.start + i, contents.span.start + close + 1)
                close += 1
            return None
    return None


class Ordered(NamedTuple):
    """Mentions of one kind in order of place, and where they start and end."""

    starts: list[int]
    ends: list[int]
    mentions: Sequence[Spanned]


class MentionIndex:
    """Mentions of a document, ready to be cut by span.

    `frames` holds what the words of each table said when they were read first, by its identity.
    """

    def __init__(self, document: Document, mentions: Mentions) -> None:
        self.document = document
        self.reading = document.reading
        self._kinds: list[Ordered] = []
        self._cut: dict[Span, Contents] = {}
        self.frames: dict[int, tuple[Table, Any]] = {}
        for kind in (*(getattr(mentions, name) for name in Contents._fields[2:-1]), document.citations):
            ordered = sorted(kind, key=lambda m: m.span)
            self._kinds.append(Ordered([m.span.start for m in ordered], [m.span.end for m in ordered], ordered))
        self._starts = sorted(start for kind in self._kinds for start in kind.starts)

    def cut(self, span: Span) -> Contents:
        """What stands inside `span`."""
        found = self._cut.get(span)
        if found is None:
            inside = [_inside(kind, span) for kind in self._kinds] if self._holds_any(span) else NOTHING
            found = self._cut[span] = Contents(span, span.of(self.reading), *inside)
        return found

    def _holds_any(self, span: Span) -> bool:
        """Whether a mention of any kind begins inside `span`: in most cells and sentences none does."""
        i = bisect_left(self._starts, span.start)
        return i < len(self._starts) and self._starts[i] < span.end


NOTHING: tuple[tuple[Spanned, ...], ...] = ((),) * len(Contents._fields[2:])


def _inside(kind: Ordered, span: Span) -> Sequence[Spanned]:
    first = bisect_left(kind.starts, span.start)
    if first == len(kind.starts) or kind.starts[first] >= span.end:
        return ()
    last = bisect_left(kind.starts, span.end, lo=first)
    return [kind.mentions[i] for i in range(first, last) if kind.ends[i] <= span.end]


def cut_sentences(document: Document, index: MentionIndex) -> list[tuple[Sentence, Contents]]:
    """Every sentence of title, abstract, body and captions with its contents, in reading order."""
    return [
        (s, index.cut(s.span))
        for s in document.sentences
        if s.role in ("title", "abstract", "body", "caption", "table")
    ]


BRACKETED = regex.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""Brackets that hold no others of their kind."""


def blank_brackets(text: str) -> str:
    """A text with what stands in brackets blanked out, so that only the list's own joints show."""
    out, depth = [], 0
    for character in text:
        depth += character in "(["
        out.append("\x00" if depth > 0 else character)
        if character in ")]" and depth > 0:
            depth -= 1
    return "".join(out)
