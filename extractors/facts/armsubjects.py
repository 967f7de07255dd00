"""A value behind a comparison of two treatments in, the arm that its clause is about out: "A beat B, and had 53%"."""

import regex

from extractors.facts.armbook import Arm
from extractors.facts.clause import Clause
from schemas.anchor import Span

# What an arm is only held against: "more effective than placebo", "compared with placebo".
HELD_AGAINST = regex.compile(
    r"\b(?:than|superior to|inferior to|compared (?:with|to)|over|versus|vs\.?|against|better than|similar to)"
    r"\s(?:the\s|an?\s)?(?:\w+\s)?$"
)
# From there to the value: a clause that goes on about the subject, and names no one else.
GOES_ON = regex.compile(
    r"^[^.;,:()\d]{0,60}(?:,\s(?:and|with|but)\b|;|\sand\s(?:had|showed|achieved|produced|led|resulted|gave|yielded)\b)"
    r"[^.;:()]{0,80}$"
)
OTHER_GROUP = regex.compile(r"\b(?:placebo|controls?|comparator|latter|former|other)\b", regex.IGNORECASE)


def subject_arm(clause: Clause, place: Span, arm: Arm | None) -> Arm | None:
    """The arm of a value that follows `arm` in its sentence: the subject's, where `arm` is only held against it."""
    if arm is None or arm.span.end > place.start or arm.span.start < clause.contents.span.start:
        return arm
    contents = clause.contents
    if HELD_AGAINST.search(contents.words(contents.span.start, arm.span.start)) is None:
        return arm
    gap = contents.words(arm.span.end, place.start)
    if GOES_ON.match(gap) is None or OTHER_GROUP.search(gap):
        return arm
    before = [a for a in clause.arms if contents.span.start <= a.span.start and a.span.end <= arm.span.start and a.name]
    names = {a.name for a in before if a.role != "control"}
    return before[-1] if len(names) == 1 and before[-1].name != arm.name else arm
