"""The piece of a sentence about one of several studies in, the arms that this study's item of the list names out."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.sentence import Contents

# "with A in the S trial", "A (S trial)".
IN_STUDY = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:in|from|within|\()\s*(?:the\s+)?(?:\w+\s+){0,2}$")
# "the S trial with A", "S, which tested A".
STUDY_OF = regex.compile(
    r"^\s*(?:trial|study)?\s*(?:\([^()]*\)\s*)?,?\s*"
    r"(?:with|of|for|testing|using|on|which (?:tested|studied))\s+(?:the\s+)?$"
)


def arm_of_item(contents: Contents, arms: Sequence[Arm]) -> Arm | None:
    """The treatment that stands right beside a piece's first study: "A in the S trial", "the S trial with A"."""
    if not contents.studies:
        return None
    study = contents.studies[0].span
    for arm in arms:
        if not arm.drugs or arm.role == "control":
            continue
        before = arm.span.end <= study.start and IN_STUDY.match(contents.words(arm.span.end, study.start))
        after = arm.span.start >= study.end and STUDY_OF.match(contents.words(study.end, arm.span.start))
        if before or after:
            return arm
    return None


def control_of_list(contents: Contents, arms: Sequence[Arm]) -> Arm | None:
    """The control that a sentence names before the first of its studies: it is that of all its items."""
    first = contents.studies[0].span.start if contents.studies else contents.span.start
    return next((a for a in arms if a.role == "control" and a.drugs and a.span.end <= first), None)


def of_item(contents: Contents, arms: Sequence[Arm], book: ArmBook, control: Arm | None) -> tuple[list[Arm], ArmBook]:
    """A piece's arms and its study's book; where its item names a treatment, what opens the list is not it."""
    item = arm_of_item(contents, arms)
    if item is None:
        return list(arms), book
    own = [a for a in arms if a is item or a.role == "control" or a.span.start > item.span.start]
    known = control or (book.pair[1] if book.pair is not None else None)
    if known is None or known.name == item.name or (book.pair is not None and book.pair[0].name == item.name):
        return own, book
    return own, replace(book, pair=(replace(book.resolve(item), role="experimental"), known))
