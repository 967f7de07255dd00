"""A sentence's words for studies named before in, the studies meant out: "the former trial", "both trials pooled"."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractors.facts.sentence import Contents
from extractors.facts.studybook import KnownStudy, StudyBook
from schemas.anchor import Span
from schemas.mention import StudyMention

WORK = r"(?:trials?|stud(?:y|ies))"
ORDINAL = r"(?P<first>former|first)|(?P<second>latter|second)"
# "the former trial", "the second study".
CALLED = regex.compile(rf"\b[Tt]he\s+(?:{ORDINAL})\s+{WORK}\b(?!\s+(?:drug|group|arm|period|to)\b)")
# "... in the first and ... in the second": bare, where the sentence has both.
BARE = regex.compile(rf"\b[Ii]n\s+the\s+(?:{ORDINAL})\b(?=\s*(?:[,.;:()\[]|and\b|versus\b|vs\b|\d|$))")
OTHER = regex.compile(
    rf"\b(?:[Tt]he|[Ii]ts)\s+(?:sister|twin|companion|sibling|parallel|replicate|other)\s+{WORK}\b", regex.IGNORECASE
)
JOINT = regex.compile(
    r"\b(?:pooling|combining|(?:pooled|combined) (?:data|results?|analys[ei]s) (?:of|from|across)|taking)\s+"
    rf"(?:data\s+from\s+|results\s+of\s+)?(?:the\s+|both\s+|these\s+)+(?:two\s+)?{WORK}\b"
    rf"|\b(?:both|two)\s+{WORK}\s+(?:combined|together|pooled|taken together)\b",
    regex.IGNORECASE,
)


class Pointed(NamedTuple):
    """A place where a sentence speaks of a study without its name, and the study."""

    mention: StudyMention
    study: KnownStudy


def point(
    contents: Contents,
    pair: Sequence[KnownStudy],
    together: Sequence[KnownStudy],
    current: KnownStudy | None,
    book: StudyBook,
) -> list[Pointed]:
    """The studies a sentence points at, in order.

    `pair` are the last two that a section brought in, `together` those that one sentence last set side by side.
    """
    if len(pair) != 2:
        return []
    joint = JOINT.search(contents.text)
    if joint is not None:
        return [_pointed(contents, joint, book.joint(*pair))]
    found = [
        _pointed(contents, match, pair[0] if current is pair[1] else pair[1])
        for match in (OTHER.finditer(contents.text) if current in pair else ())
    ]
    if len(together) == 2:
        called = _ordinals(contents, CALLED, together)
        both = [*called, *_ordinals(contents, BARE, together)]
        found += both if len({p.study.key for p in both}) == 2 else called
    return sorted(found, key=lambda p: p.mention.span)


def _pointed(contents: Contents, match: "regex.Match[str]", study: KnownStudy) -> Pointed:
    span = Span(contents.span.start + match.start(), contents.span.start + match.end())
    return Pointed(StudyMention(span=span, name=match[0], kind="described", rule="study:pointed"), study)


def _ordinals(contents: Contents, shape: "regex.Pattern[str]", together: Sequence[KnownStudy]) -> list[Pointed]:
    """Where the first or the second of two studies is meant, but for places right before a name of its own."""
    return [
        _pointed(contents, match, together[0] if match["first"] else together[1])
        for match in shape.finditer(contents.text)
        if not any(0 <= m.span.start - contents.span.start - match.end() <= 2 for m in contents.studies)
    ]
