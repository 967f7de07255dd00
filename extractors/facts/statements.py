"""A table cell that tells results in words in, its statements out: sentences, labelled values, numbered outcomes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractors.facts.sentence import Contents, narrow
from schemas.anchor import Span
from schemas.mention import EndpointMention

# Words of a sentence, those of measures and units left out.
WORD = regex.compile(
    r"\b(?!(?:months?|weeks?|days?|years?|patients?|median|mean|range|versus|vs|per|cent|groups?|arms?|cohorts?|grade)\b)"
    r"\p{Ll}{3,}\b"
)
FEWEST_WORDS = 7
# Headers under which cells tell what came out.
RESULTS = regex.compile(
    r"\b(?:results?|findings?|conclusions?|outcomes?|end ?points?|efficacy|safety|toxicit\w+|adverse"
    r"|comments?|remarks|summary)\b",
    regex.IGNORECASE,
)
# What makes a cell's number a result's: a share, a ratio, a test, two numbers set against each other, a label.
RESULTING = regex.compile(
    r"\d\s?%|\b(?:HR|OR|RR)\b\s?[=:,]?\s?\d|\b[pP]\s?[=<>]|\d\s+(?:vs\.?|versus|against)\s+[\d]|[\p{L}\d]:\s?[-−–]?\d"
    r"|\bmedian\b.*\d"
)
NAMED = regex.compile(r"\p{L}{2,}")
BARE = regex.compile(r"^[-−–\s]*\d[\d.,]*\s?%?\s*(?:\([^()\p{L}]*\))?$")
# Where a statement ends: a full stop, a semicolon, or no mark at all ("for placebo Diarrhoea was seen").
STOPS = regex.compile(
    r"(?<=[\p{L})\]%\d][.;])\s+(?=[\p{Lu}(])|(?<=[)\]%])\s+(?=\p{Lu}\p{Ll})"
    r"|(?<=\p{Ll})\s+(?=(?:\p{Lu}\p{Ll}+)(?:-\p{Ll}+)?\s\p{Ll})"
    r"|(?<=[%\d)]|months|weeks|years|kg)\s+(?=[\p{Lu}≥>][\p{L}\d/ -]{1,40}(?:\(n\s?=\s?[\d, ]+\))?:\s?[-−–\d<>≥≤])"
    r"|(?<=[%\d)]|kg|months|weeks)\s+(?=(?:Among|In|For)\s(?:all\s)?(?:subjects|patients|participants|individuals|those)\b[^:;.]{0,60}:)"
)
LABEL = regex.compile(r"^\W*(?P<label>[\p{L}≥>][\p{L}\d/ -]{1,40})(?:\(n\s?=\s?[\d, ]+\))?:\s?[-−–\d<>≥≤]")
LEANS = regex.compile(
    r"\b(?:of|in|for|to|and|the|with|by|vs|versus|or|an?|at|on|from|than|per|was|were|is|are|between|among|both|plus|grade"
    r"|phase|receiving|median|mean|any|serious)\s*$",
    regex.IGNORECASE,
)
ASIDE = regex.compile(
    r"^\W*(?:primary|secondary|other|main|key)\s+(?:outcomes?|end\s?points?|results?|findings?)\s*:\s*",
    regex.IGNORECASE,
)
# "I. OS II. PFS": outcomes by number, and what is told of each.
NUMBERED = regex.compile(r"(?:^|(?<=[\s;,.)]))(?P<number>I{1,3}|IV|[1-4])[.)]\s+(?=[\p{L}\d])")
NUMBERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
GRADED = regex.compile(
    r"(?:\b(?:[Aa]ny|[Gg]rades?|[Ss]erious|[Mm]edian|[Mm]ean|[Oo]verall|[≥>]?\s?\d(?:\s?[-–/]\s?\d)?)\s+)+$"
)


class Statement(NamedTuple):
    """One statement of a cell, and the number of the outcome it is about (0 where none is printed)."""

    contents: Contents
    number: int


def is_telling(text: str) -> bool:
    """Whether a text is a sentence with a digit in it, and no values alone."""
    return len(WORD.findall(text)) >= FEWEST_WORDS and regex.search(r"\d", text) is not None


def tells(header: str, cells: Sequence[str]) -> bool:
    """Whether the cells under a header say themselves what their numbers are of, most of them."""
    counted = [text for text in cells if regex.search(r"\d", text)]
    bare = sum(BARE.match(text) is not None for text in counted)  # goes on with the outcome of the cell above
    own = [
        is_telling(text)
        or (
            RESULTS.search(header) is not None and RESULTING.search(text) is not None and NAMED.search(text) is not None
        )
        for text in counted
    ]
    return sum(own) > 1 and 2 * sum(own) >= len(counted) - min(bare, sum(own))


def number_outcomes(contents: Contents) -> dict[int, EndpointMention]:
    """The outcomes that a cell lists by number: "I. OS II. PFS"."""
    found: dict[int, EndpointMention] = {}
    for piece, number in _numbered(contents):
        if number and piece.endpoints:
            found.setdefault(number, piece.endpoints[0])
    return found


def statements(contents: Contents) -> Iterator[Statement]:
    """The statements of a cell in order."""
    for part, number in _numbered(contents):
        start = part.span.start
        for end in [*_ends(part), part.span.end]:
            aside = ASIDE.match(part.words(start, end))
            begin = start + (aside.end() if aside is not None else 0)
            if begin < end:
                yield Statement(narrow(part, Span(begin, end)), number)
            start = end


def label_of(contents: Contents) -> Span | None:
    """Where a statement's label stands before its colon: "PSA decline: 32%"."""
    match = LABEL.match(contents.text)
    if match is None:
        return None
    return Span(contents.span.start + match.start("label"), contents.span.start + match.end("label"))


def _numbered(contents: Contents) -> list[Statement]:
    marks = list(NUMBERED.finditer(contents.text))
    base = contents.span.start
    if not marks or marks[0].start() != 0:
        return [Statement(contents, 0)]
    ends = [*(m.start() for m in marks[1:]), len(contents.text)]
    found = []
    for mark, end in zip(marks, ends, strict=True):
        number = NUMBERS.get(mark["number"]) or int(mark["number"])
        if mark.end() < end:
            found.append(Statement(narrow(contents, Span(base + mark.end(), base + end)), number))
    return found


def _ends(contents: Contents) -> list[int]:
    """Where statements end, outside brackets and names; also before an outcome that a colon makes a label of."""
    names: Sequence[Span] = [m.span for kind in (contents.drugs, contents.endpoints, contents.studies) for m in kind]
    base = contents.span.start
    ends = set()
    for match in STOPS.finditer(contents.text):
        before = contents.text[: match.start()]
        place = base + match.end()
        named = before[-1:].islower() and any(s.start < place <= s.end or s.start == place for s in names)
        if not _enclosed(before) and not named and LEANS.search(before) is None:
            ends.add(place)
    for endpoint in contents.endpoints:
        if contents.text[endpoint.span.end - base : endpoint.span.end - base + 1] == ":":
            before = contents.text[: endpoint.span.start - base]
            graded = GRADED.search(before)
            start = base + (graded.start() if graded is not None else len(before))
            if start > base and not _enclosed(before):
                ends.add(start)
    return sorted(ends)


def _enclosed(before: str) -> bool:
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")
