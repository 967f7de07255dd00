"""A table's caption and notes in, what they say of all its cells out: the two arms set side by side, the landmark."""

from collections.abc import Iterable
from dataclasses import replace

import regex

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.arms import find_arms
from extractors.facts.sentence import Contents, MentionIndex
from schemas.anchor import Span
from schemas.document import Table
from schemas.evidence import Status

# "Values are A vs B", "data are presented as A versus B": which side of a cell's contrast is whose.
SIDES = regex.compile(
    r"(?P<first>[\p{L}\d][\p{L}\d+/ '’-]{1,60}?)\s+(?:vs\.?|versus)\s+"
    r"(?P<second>[\p{L}\d][\p{L}\d+/ '’-]{1,60}?)"
    r"(?=\s*(?:[.,;:()\[\]]|$))"
)
VALUES = regex.compile(
    r"\b(?:values?|data|results?|cells?|figures?|numbers?|percentages?|proportions?|rates?|outcomes?|columns?)\b"
    r"(?:(?!\.\s)[^;])*?\b(?:are|is|as|for|in)\b",
    regex.IGNORECASE,
)
# The words that lead to the first side: "Values are given as the".
LEADING = regex.compile(
    r"^.*\b(?:are|is|as|for|in|of|between|comparing|compared)\s+(?:the\s+|an?\s+)?(?=\S)", regex.IGNORECASE
)
EXPERIMENTAL = regex.compile(
    r"^(?:the )?(?:intervention|experimental|treatment|active|study drug|drug|treated)s?(?: (?:groups?|arms?))?$",
    regex.IGNORECASE,
)
CONTROL = regex.compile(r"^(?:the )?(?:controls?|comparators?)(?: (?:groups?|arms?))?$", regex.IGNORECASE)


def read_legend(index: MentionIndex, spans: Iterable[Span]) -> tuple[Arm, Arm] | None:
    """The two arms that a caption or note says the cells give in this order ("Values are A vs B"); else null."""
    for span in spans:
        contents = index.cut(span)
        for match in SIDES.finditer(contents.text):
            lead = contents.text[: match.start("first")] + match["first"]
            if VALUES.search(lead[-160:]) is None:
                continue
            skipped = LEADING.match(match["first"])
            start = match.start("first") + (skipped.end() if skipped is not None else 0)
            first = _arm(contents, start, match.end("first"))
            second = _arm(contents, match.start("second"), match.end("second"))
            first.role, second.role = "experimental", "control"
            return first, second
    return None


def _arm(contents: Contents, start: int, end: int) -> Arm:
    span = Span(contents.span.start + start, contents.span.start + end)
    words = contents.text[start:end].strip()
    drugs = tuple(d for arm in find_arms(contents) if span.holds(arm.span) for d in arm.drugs)
    drugs = drugs or tuple(d for m in contents.drugs if span.holds(m.span) for d in m.drugs)
    cue = "control_arm" if CONTROL.match(words) else "experimental_arm" if EXPERIMENTAL.match(words) else None
    if not drugs and cue is None:
        drugs = (words.casefold(),)
    return Arm(span=span, drugs=tuple(dict.fromkeys(drugs)), cue=cue, rules=("arm:legend",), active=len(drugs))


def against(book: ArmBook, sides: tuple[Arm, Arm]) -> ArmBook:
    """A study's arms with the legend's sides as its two; sides called "intervention" and "control" are its own."""
    generic = not any(side.drugs for side in sides)
    return book if generic and book.pair is not None else replace(book, pair=sides)


def read_landmark(index: MentionIndex, table: Table) -> str | None:
    """The one time that a caption says its results were measured at ("responses at week 24")."""
    if table.caption is None:
        return None
    points = {p.text for p in index.cut(table.caption).timepoints}
    return points.pop() if len(points) == 1 else None


# "NR, not reported", "NR = not reached".
UNREACHED = regex.compile(r"\bNR\b\s*[,:=–-]?\s*not (?P<what>reported|reached|available|stated)", regex.IGNORECASE)


def read_unreached(index: MentionIndex, spans: Iterable[Span]) -> Status | None:
    """What a table's notes say that NR means in it; null where they do not."""
    for span in spans:
        match = UNREACHED.search(span.of(index.reading))
        if match is not None:
            return "not reached" if match["what"].casefold() == "reached" else "not reported"
    return None


# "Control was placebo in all trials."
CONTROL_WAS = regex.compile(r"\b[Cc]ontrols?(?: groups?| arms?)? (?:was|were|is|are|received) (?P<what>[^.;]{3,90})")


def read_control(index: MentionIndex, spans: Iterable[Span]) -> Arm | None:
    """The treatment that a table's notes say all controls were given; null where they do not, or name several."""
    for span in spans:
        contents = index.cut(span)
        match = CONTROL_WAS.search(contents.text)
        if match is not None:
            arm = _arm(contents, match.start("what"), match.end("what"))
            known = [d for m in contents.drugs if arm.span.holds(m.span) for d in m.drugs]
            return replace(arm, drugs=tuple(known), role="control", cue=None) if len(known) == 1 else None
    return None
