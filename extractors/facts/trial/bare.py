"""A sentence of a trial's report and its arms in, the sentence with bare numbers beside an arm read as counts out."""

from collections.abc import Sequence

import regex

from extractors.facts.arms import Arm
from extractors.facts.sentence import Contents
from schemas.anchor import Span
from schemas.mention import CountMention, OtherNumber

# "(119 placebo, 123 drug)", "84 to drug", "31 had drug".
BEFORE_ARM = regex.compile(
    r",?\s(?:(?:in|on|to|for|of|with|from|received|receiving|given|had|taking|underwent|(?:assigned|allocated|randomi[sz]ed)"
    r"(?: to)?)\s)?(?:the\s|each\s)?"
)
# "(drug, 482; placebo, 238)", "drug 440, placebo 438".
BEHIND_ARM = regex.compile(r"\s?[,:=]?\s")
ENDS = regex.compile(r"\s?(?:[,;)\]]|and\b|vs\b|versus\b|\.$)")
LARGEST = 100_000


def count_beside(contents: Contents, arms: Sequence[Arm]) -> Contents:
    """The sentence with a count for each whole number that nothing explains and that stands right beside an arm."""
    bare = [o for o in contents.others if o.reason is None and _whole(o)] if arms else []
    found = [
        CountMention(span=o.span, number=o.number, rule="count:arm")
        for o in bare
        if o.number is not None and _beside(contents, o.span, arms)
    ]
    if not found:
        return contents
    return contents._replace(counts=sorted([*contents.counts, *found], key=lambda c: c.span))


def _whole(other: OtherNumber) -> bool:
    """Whether a number can count people: whole, not compared, not huge."""
    number = other.number
    if number is None or other.operator is not None:
        return False
    return number.value == number.value.to_integral_value() and 0 <= number.value < LARGEST


def _beside(contents: Contents, span: Span, arms: Sequence[Arm]) -> bool:
    after = next((a for a in arms if a.span.start >= span.end), None)
    if after is not None and BEFORE_ARM.fullmatch(contents.words(span.end, after.span.start)):
        return True
    before = next((a for a in reversed(arms) if a.span.end <= span.start), None)
    if before is None or not BEHIND_ARM.fullmatch(contents.words(before.span.end, span.start)):
        return False
    return ENDS.match(contents.words(span.end, contents.span.end)) is not None
