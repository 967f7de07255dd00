"""A p-value said of several groups and the values before it in, the pairs of groups that it tests out."""

from collections.abc import Sequence

import regex

from extractors.facts.draft import Draft
from extractors.facts.sentence import Contents
from schemas.mention import PValueMention

CONTRAST = regex.compile(r"\b(?:compared (?:with|to)|versus|vs\.?|than|against|as opposed to|whereas|while)\b")
BOTH = regex.compile(r"\bboth\b", regex.IGNORECASE)
AGAINST = regex.compile(
    r"^[^.;()]{0,70}?\b(?:vs\.?|versus|against|over|with|than|compared (?:with|to))\s(?P<whom>[^.;()]+)"
)
REACH = 110  # characters behind a p-value that may name what the groups were tested against


def tested_pairs(contents: Contents, p: PValueMention, values: Sequence[Draft]) -> list[tuple[Draft, Draft]]:
    """Each group with the one it is set against, of three or more with a value of the outcome told last before `p`.

    "43% with A 70 mg and 50% with A 140 mg, against 27% with placebo (p < 0.001 for both doses)": each dose against
    placebo; "53% with A, compared with 9% with placebo and 35% with B (both p < 0.001)": A against each.
    """
    before = sorted((d for d in values if d.place.end <= p.span.start), key=lambda d: d.place)
    if not before:
        return []
    last = before[-1]
    own = {
        d.arm: d
        for d in before
        if d.arm and (d.endpoint, d.timepoint, d.population) == (last.endpoint, last.timepoint, last.population)
    }
    told = sorted(own.values(), key=lambda d: d.place)
    if len(told) < 3:
        return []
    pairs = _against_named(contents, p, told) or _against_first(contents, told) or _against_control(contents, told)
    both = BOTH.search(contents.words(p.span.start - 12, p.span.start)) or BOTH.search(
        contents.words(p.span.end, p.span.end + 12)
    )
    return pairs if len(pairs) > 1 and (len(pairs) == 2 or not both) else []


def _against_named(contents: Contents, p: PValueMention, told: Sequence[Draft]) -> list[tuple[Draft, Draft]]:
    """The pairs of "(p < 0.001 for each dose versus placebo)"."""
    match = AGAINST.match(contents.words(p.span.end, p.span.end + REACH))
    whom = [d for d in told if match is not None and d.arm and d.arm.casefold() in match["whom"].casefold()]
    return [(d, whom[0]) for d in told if d is not whom[0]] if len(whom) == 1 else []


def _against_first(contents: Contents, told: Sequence[Draft]) -> list[tuple[Draft, Draft]]:
    """The pairs of "53% with A, compared with 9% with placebo and 35% with B"."""
    first, second, *rest = told
    apart = CONTRAST.search(contents.words(first.place.end, second.place.start)) is not None
    later = any(
        CONTRAST.search(contents.words(a.place.end, b.place.start)) for a, b in zip(told[1:], rest, strict=False)
    )
    if not apart or later or first.role == "control":
        return []
    return [(first, other) for other in (second, *rest)]


def _against_control(contents: Contents, told: Sequence[Draft]) -> list[tuple[Draft, Draft]]:
    """The pairs of several groups and the one control beside them."""
    controls = [d for d in told if d.role == "control"]
    if not controls and CONTRAST.search(contents.words(told[-2].place.end, told[-1].place.start)):
        controls = [told[-1]]
    return [(d, controls[0]) for d in told if d is not controls[0]] if len(controls) == 1 else []
