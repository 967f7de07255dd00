"""A number of a sentence in the report of a trial in, the arm or arms that it is of out."""

from collections.abc import Mapping
from dataclasses import replace

import regex

from extractors.facts.armbook import Arm
from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from extractors.facts.trial.owners import NOBODY, Owner, own_numbers
from schemas.anchor import Span

# "was 61% in both groups".
IN_BOTH = regex.compile(
    r"^\s*%?\s*(?:[(\[][^()\[\]]{0,40}[)\]]\s*)?(?:of (?:the )?(?:patients|women|participants|cases) )?(?:in"
    r"|for|on) (?:both|each|either)(?: of the)?"
    r" (?:\w+ )?(?:groups?|arms?|cohorts?)\b"
)


# How a number is said of its arm where both stand side by side.
BESIDE = frozenset({"after", "tight", "other"})


def said_of_arm(clause: Clause, span: Span) -> Arm | None:
    """The arm right beside a number, or that its list is dealt out to."""
    arm, _ = owned(clause, span)
    return arm if (clause.owners or {}).get(span, NOBODY).way in ("after", "tight", "zip", "other") else None


def owned(clause: Clause, span: Span) -> tuple[Arm | None, set[str]]:
    """The arm of a number in the report of a trial whose arms the document defines, and its flags."""
    if clause.owners is None:
        clause.owners = own_numbers(clause.contents, clause.arms, clause.book.sides, order=clause.book.order)
        _remember_order(clause, clause.owners)
    owner = clause.owners.get(span, NOBODY)
    if owner.arm is not None:
        return owner.arm, set()
    return None, {"arm_ambiguous"}


def _remember_order(clause: Clause, owners: Mapping[Span, Owner]) -> None:
    """Keep the order in which a sentence sets values of both arms side by side, for one that names neither."""
    values = {v.span for v in clause.contents.values}
    named = bool(clause.arms)
    ways = {*BESIDE, "zip"} if named else BESIDE
    told = [o.arm for span, o in sorted(owners.items()) if span in values and o.arm is not None and o.way in ways]
    if len(clause.book.sides) == 2 and len({a.name for a in told}) == 2:
        first = told[0].name
        clause.book.order = tuple(sorted(clause.book.sides, key=lambda a: a.name != first))


# "Both doses lowered it by 6.6 days", "fell by 6.6 days with either dose".
EITHER_DOSE = regex.compile(
    r"^[^.;\d]{0,20}?\s(?:with|on|for|in|under)\s(?:both|either|each)\s(?:of\sthe\s)?(?:doses?|regimens?|dos(?:e|ing)\s(?:groups?|arms?))\b"
)
BOTH_DOSES = regex.compile(r"\b(?:[Bb]oth|[Ee]ither|[Ee]ach)\s(?:doses?|regimens?)\b[^.;\d]{0,60}$")


def _both_doses(clause: Clause, draft: Draft) -> list[Arm]:
    """The two doses that a study tries of one treatment, where a value is said to be that of both."""
    tried = [a for a in clause.book.arms.values() if a.dosed and a.role != "control"]
    if len(tried) != 2 or draft.role == "control" or draft.kind != "estimate":
        return []
    before = clause.contents.words(clause.contents.span.start, draft.place.start)
    after = clause.contents.words(draft.place.end, draft.place.end + 60)
    return tried if BOTH_DOSES.search(before) or EITHER_DOSE.match(after) else []


def of_both(clause: Clause, draft: Draft) -> list[Draft]:
    """A draft for each arm of a study of two where a value is said to be that of both ("61% in both groups")."""
    after = clause.contents.words(draft.place.end, draft.place.end + 90)
    doses = _both_doses(clause, draft)
    if doses:
        return [replace(draft, arm=a.name, rules=[*draft.rules, *a.rules]) for a in doses]
    pair = clause.book.sides or clause.book.pair or ()
    if (draft.arm is not None and clause.book.sides) or len(pair) != 2 or IN_BOTH.match(after) is None:
        return [draft]
    return [
        replace(draft, arm=a.name, role=a.role, rules=[*draft.rules, *a.rules], flags=draft.flags - {"arm_ambiguous"})
        for a in pair
    ]
