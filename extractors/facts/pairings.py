"""A comparison in its clause in, the two arms it is between out."""

import regex

from extractors.facts.armbook import Arm
from extractors.facts.arms import binds
from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from extractors.facts.exposures import LEVEL_RULES, STEP_RULES
from extractors.facts.groups import AGAINST, pair_for
from extractors.facts.sentence import brackets_after, brackets_around
from extractors.facts.studybook import REVIEW
from schemas.anchor import Span

# Right behind an effect or a p-value, whom it is against: "P = .03 vs X", "(p < 0.001 compared with X)".
SAID_AGAINST = regex.compile(
    r"^[\s,;)\]]*(?:vs\.?|versus|against|compared (?:with|to)|relative to|over|for (?:the )?comparison with)\s+"
    r"(?:the\s+)?$"
)
# "the placebo-adjusted difference was".
ADJUSTED = regex.compile(r"^[-–\s](?:adjusted|subtracted|corrected)\b")
REFERENCE = regex.compile(r"\b(?:compared (?:with|to)|against|versus|vs\.?|relative to)\s+(?:the\s+)?$")


def _dose_against_control(clause: Clause, span: Span) -> tuple[Arm, Arm] | None:
    """The dose that an effect is told of and the study's one control: "-3.7 with A monthly (difference -3.1)"."""
    contents = clause.contents
    doses = [a for a in clause.arms if a.dosed and a.role != "control"]
    named = {a.name: a for a in map(clause.book.resolve, clause.arms) if a.role == "control" and a.name}
    known = named or {a.name: a for a in clause.book.arms.values() if a.role == "control" and a.name}
    if not doses or len(known) != 1:
        return None
    bound = [a for a in doses if a.span.start >= span.end and binds(contents, span.end, a.span.start)]
    fenced = [a for a in doses if (w := brackets_after(contents, a.span.end)) is not None and w.holds(span)]
    own = (fenced or bound)[:1]
    between = contents.words(doses[0].span.end, doses[-1].span.start)
    if not own or (len(doses) == 2 and not named and AGAINST.search(between)):
        return None  # "A 10 mg versus 5 mg (HR 0.8)"
    return own[0], next(iter(known.values()))


def _against_one(clause: Clause, span: Span) -> tuple[Arm, Arm] | None:
    """The arm right after an effect and the one all are compared with ("against X, 0.53 for Y and 0.70 for Z")."""
    contents = clause.contents
    bound = [a for a in clause.arms if a.span.start >= span.end and binds(contents, span.end, a.span.start)]
    reference = [a for a in clause.arms if REFERENCE.search(contents.words(a.span.start - 30, a.span.start))]
    walls = [
        (a, w) for a in clause.arms if a not in reference and (w := brackets_after(contents, a.span.end)) is not None
    ]
    own = [a for a, wall in walls if wall.holds(span)]
    # "82% with A, 50% with B (difference 32%) and 5% with C (77%)"
    tried = clause.book.pair[0] if clause.book.pair is not None and own and not reference else None
    if tried is not None and clause.book.resolve(own[0]).name != tried.name:
        before = {clause.book.resolve(a).name for a in clause.arms if a.span.end <= own[0].span.start}
        if tried.name in before:
            return tried, clause.book.resolve(own[0])
    if own and len(walls) > 1:  # "compared with X: Y (OR 0.87), Z (OR 0.91)"
        first = clause.book.resolve(own[0])
        against = clause.book.resolve(reference[0]) if reference else clause.book.pair[1] if clause.book.pair else None
        return (first, against) if against is not None and against.name != first.name else None
    if bound and not reference and clause.book.pair is not None:
        first, control = clause.book.resolve(bound[0]), clause.book.pair[1]
        return (first, control) if first.name and first.name != control.name else None
    if not bound or not reference or bound[0] is reference[0]:
        return None
    first, second = clause.book.resolve(bound[0]), clause.book.resolve(reference[0])
    return (first, second) if first.name and second.name and first.name != second.name else None


def _said_against(clause: Clause, draft: Draft, span: Span) -> tuple[Arm, Arm] | None:
    """The pair of an effect or p-value that says itself whom it is against; the other is the arm told of before."""
    contents = clause.contents
    printed = (draft.interval, draft.p)
    end = max(span.end, *(m.span.end for m in printed if m is not None and m.span is not None), 0)
    against = [a for a in clause.arms if a.span.start >= end and SAID_AGAINST.match(contents.words(end, a.span.start))]
    if not against:
        adjusted = [
            a
            for a in clause.arms
            if a.span.end <= span.start and ADJUSTED.match(contents.words(a.span.end, span.start))
        ]
        against = adjusted[-1:]
    if not against:
        return None
    second = clause.book.resolve(against[0])
    before = [clause.book.resolve(a) for a in clause.arms if a.span.end <= span.start]
    usual = [clause.book.pair[0]] if clause.book.pair is not None else []
    first = next((a for a in (*usual, *before) if a.name and a.name != second.name and a.role != "control"), None)
    return (first, second) if first is not None and second.name else None


SPACE = 2  # characters from an arm to its brackets
FARTHEST = 60  # characters from one side of a contrast to the other


def _before_brackets(clause: Clause, span: Span) -> tuple[Arm, Arm] | None:
    """The two sides of the contrast that brackets with an effect close: "A vs. B (OR 0.9), C vs. no C (OR 1.4)"."""
    fence = brackets_around(clause.contents, span)
    j = next((k for k, a in enumerate(clause.arms) if fence and 0 <= fence.start - a.span.end <= SPACE), 0)
    if not j:
        return None
    first, second = clause.arms[j - 1], clause.arms[j]
    between = clause.contents.words(first.span.end, second.span.start)
    if len(between) > FARTHEST or regex.search(r"[;,)]", between) or not AGAINST.search(between):
        return None
    one, two = clause.book.resolve(first), clause.book.resolve(second)
    return (one, two) if one.name and two.name and one.name != two.name else None


JOINED = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:,\s*and|,|and)\s+(?:the\s+)?$")


def _dealt_out(clause: Clause, span: Span) -> tuple[Arm, Arm] | None:
    """The arm an effect of a list is dealt to:
    "A and B were associated with bleeding (OR 2.8 and OR 5.1, respectively)"."""
    contents, control = clause.contents, clause.book.pair[1] if clause.book.pair is not None else None
    if not any(c.role == "respectively" for c in contents.cues):
        return None
    fence = brackets_around(contents, span)
    inside = [m for m in contents.values if m.unit in (None, "", "ratio") and fence is not None and fence.holds(m.span)]
    places = [v.span for v in inside if not any(i.span.holds(v.span) for i in contents.intervals)]
    reference = [a for a in clause.arms if REFERENCE.search(contents.words(a.span.start - 30, a.span.start))]
    run: list[Arm] = []
    for arm in (a for a in clause.arms if fence is not None and a.span.end <= fence.start and a not in reference):
        joined = run and JOINED.match(contents.words(run[-1].span.end, arm.span.start))
        run = [*run, arm] if joined else [arm]
    named = [clause.book.resolve(a) for a in run]
    if span not in places or len(places) != len(named) or len({a.name for a in named}) < 2:
        return None
    first = named[places.index(span)]
    second = clause.book.resolve(reference[0]) if reference else control
    if second is None or second.name in {a.name for a in named}:
        second = Arm(span=Span(0, 0), drugs=("control",), role="control", rules=("arm:unsaid",))
    return first, second


def _named_in_order(clause: Clause, pair: tuple[Arm, Arm]) -> bool:
    """Whether a sentence names both arms, the first before the second: neither is a control by nature."""
    places = [
        next((a.span.start for a in clause.arms if clause.book.resolve(a).name == side.name), None) for side in pair
    ]
    return places[0] is not None and places[1] is not None and places[0] < places[1]


# "A monotherapy was superior to A plus B": what is said of A is not turned round.
SUBJECT = regex.compile(
    r"^\s(?:(?:monotherapy|alone|group|arm)\s)?(?:was|were)\s(?:\w+ly\s)?(?:superior|inferior|non-?inferior|associated|better|worse|safer)\b"
)


def _is_subject(clause: Clause, arm: Arm) -> bool:
    named = next((a for a in clause.arms if clause.book.resolve(a).name == arm.name), None)
    return named is not None and SUBJECT.match(clause.contents.words(named.span.end, named.span.end + 60)) is not None


TREATED = regex.compile(
    r"\b(?:treatments?|therap(?:y|ies)|surgery|groups?|arms?|interventions?|procedures?)$", regex.IGNORECASE
)


def _is_another(clause: Clause, arm: Arm, pair: tuple[Arm, Arm]) -> bool:
    """Whether an exposure is none of what a synthesis compares: no treatment, no level, no word of theirs."""
    if arm.rules != LEVEL_RULES or pair[0].rules == LEVEL_RULES or TREATED.search(arm.name):
        return False
    words = set(arm.name.casefold().split())
    treated = any(d.span.overlaps(arm.span) for d in clause.contents.drugs)
    return not treated and not any(words & set(side.name.casefold().split()) for side in pair)


def pair_arms(clause: Clause, draft: Draft, span: Span) -> None:
    """Give a comparison at a place its two arms: those its words set against each other, else the study's."""
    steps = [a for a in clause.arms if a.rules == STEP_RULES]
    if steps and len(steps) == len({a.name for a in clause.arms if a.name}):
        draft.take_arm(min(steps, key=lambda a: abs(a.span.start - span.start)))
        return
    pair = (
        _said_against(clause, draft, span)
        or _before_brackets(clause, span)
        or _dealt_out(clause, span)
        or _dose_against_control(clause, span)
        or _against_one(clause, span)
        or pair_for(clause.contents, clause.arms, clause.book, at=span)
    )
    told = [a for a in clause.arms if a.name]
    pooled = clause.scope.study is not None and clause.scope.study.key == REVIEW
    if pooled and pair is not None and len(told) == 1 and _is_another(clause, told[0], pair):
        draft.take_arm(told[0])  # "obesity was associated with": not what the study else compares
        draft.flags.add("comparator_not_named")
        return
    if pair is None and clause.book.exposure is not None and not any(a.drugs for a in clause.arms):
        draft.take_arm(clause.book.exposure)
        draft.flags.add("arm_not_named")
        return
    if pair is None:
        draft.flags.add("arm_ambiguous")
        named = [clause.book.resolve(a) for a in clause.arms]
        tried = [a for a in named if a.role != "control"]
        if tried:
            draft.take_arm(tried[0])
        elif named:  # "compared with placebo": the other side is what is not named
            draft.comparator = named[0].name or None
        return
    first, second = pair
    if set(first.drugs) < set(second.drugs) and not _is_subject(clause, first):
        first, second = second, first  # "A or A plus B": B is what is tried
    elif first.role == "control" and second.role != "control" and not (first.assumed and _named_in_order(clause, pair)):
        first, second = second, first
    draft.take_arm(first)
    draft.comparator = second.name or None
