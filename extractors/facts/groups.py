"""Arms of a sentence and of its study in, the two that a contrast sets against each other out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extractors.facts.allocated import drawn_between
from extractors.facts.armbook import Arm, ArmBook, same_arms
from extractors.facts.armkinds import FAVOURED
from extractors.facts.arms import FRONTED, binds, deals_two
from extractors.facts.sentence import BRACKETED, CONNECTIVE, Contents, brackets_around, names_slashed
from schemas.anchor import Span

AGAINST = regex.compile(
    r"\b(?:vs\.?|versus|v\.|(?:as )?compared (?:with|to)|in comparison (?:with|to)|relative to|than|against"
    r"|over (?:the )?(?=placebo|control|\W*$)|\bor\s+(?:to\s+)?(?:receive\s+)?(?:the\s+|an?\s+|matching\s+)?$)(?![\w])"
)


# "compared A with B", "a comparison of A and B".
COMPARED = regex.compile(
    r"\b(?:compar(?:ed|ing|es?)|comparison (?:of|between)|randomi[sz]ed between)\s+(?:[\w-]+\s+){0,2}$"
)
WITH = regex.compile(
    r"^\s*(?:(?!with\b)[\w-]+\s+){0,3}(?:\([^()]*\)\s*)?(?:with|to|and|against)\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,2}$"
)
# "in the X and placebo arms": two arms of one study.
LISTED = regex.compile(r"^\s*(?:\([^()]*\)\s*)?and\s+(?:the\s+)?$")
GROUPS = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:treatment\s+)?(?:groups|arms)\b")
# What a study was designed to compare tells more than results set side by side.
DESIGN = regex.compile(r"\b(?:randomi[sz]|assign|allocat)\w*|\bcompar(?:ed|es|ing)\b(?!\s+(?:with|to)\b)")
DESIGN_WEIGHT = 2
# From one arm to the next of two that numbers are dealt out to: "418 to A and 403 to B", "82% with A and 15% with B".
DEALT = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:treatment\s+|alone\s+)?(?:[-–\s]?treated\s+)?"
    r"(?:group|arm|recipients|patients)?\s*,?\s*"
    r"(?:,\s*(?:and\s+)?(?=\d)|and|but|while|whereas|or|to|from|as against|as opposed to)\s+"
    r"(?:the\s+(?:remaining|other)\s+)?(?:in\s+|by\s+|only\s+|was\s+|were\s+){0,3}[\d.,]+\s?%?"
    r"(?:\s*[(\[][^()\[\]]*[)\]])?(?:\s+(?:of|out of)\s+[\d.,]+)?\s+(?:(?!and\b|or\b|\d)[\w-]+\s+){0,5}?"
    r"(?:to|of|in|with|on|by|for|among|given|receiving|received|taking|after|under)\s+"
    r"(?:the\s+|those\s+|an?\s+){0,2}(?:\w+-[\w-]+\s+)?"
    r"(?:(?:on|given|assigned to|receiving|treated with|with|taking|in the)\s+)?$"
)
# "from 4 months with A", " to 7 months with B".
FROM = regex.compile(
    r"\bfrom\s[\d.,]+\s?(?:%|\p{Ll}+)?\s(?:\([^()]*\)\s)?(?:with|in|for|on|under|among)\s(?:[\w-]+\s){0,3}$"
)
TO = regex.compile(r"^[^.;:\d]{0,30}\bto\s(?:an?\s\w+\sof\s)?[\d.,]+")
# "362 patients received A and 365 B".
EACH_RECEIVED = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?,?\s*(?:and|while|whereas|,)\s[\d,]+\s(?:(?:patients|participants)\s)?"
    r"(?:received\s|to\s|were\sgiven\s|got\s|on\s)?$"
)
RECEIVED = regex.compile(
    r"\d\s(?:[\w-]+\s){0,3}?(?:(?:received|were\s(?:given|assigned\sto|treated\swith|allocated\sto|randomi[sz]ed\sto))\s|on\s)$"
)
ITEM = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:,|and|or|,\s*(?:and|or))\s*(?:the\s+)?$")
JOINED = regex.compile(r"^[\s,%]*(?:(?:out )?of\s+[\d,]+\s+)?(?:patients\s+|months\s+)?(?:and|vs\.?|versus|/)[\s,]*$")
OVER = regex.compile(r"\b(?:over|than|against|versus|vs\.?|compared (?:with|to))\s+(?:the\s+)?$")
THAN = regex.compile(r"\b(?:than|compared (?:with|to)|versus|over)\b")
SPACE = 2  # characters from an arm to its brackets
# Further apart, two arms of a sentence are seldom each other's comparison.
LONGEST_CONTRAST = 160  # characters


def learn_pair(contents: Contents, arms: Sequence[Arm], book: ArmBook) -> None:
    """Remember in the study's book which two arms its text sets against each other, first the experimental one."""
    for arm in arms:
        if arm.drugs and not arm.grouped:
            book.learn(arm)
    named = [a for a in (_combined(a, book) for a in arms) if a.drugs]
    if len(named) == 1 and named[0].negated and book.pair is None:
        book.pair = (complement(named[0]), named[0])
        return
    for i, (a, b) in enumerate(pairwise(named)):
        between = contents.words(a.span.end, b.span.start)
        compared = WITH.match(between) and COMPARED.search(contents.words(a.span.start - 40, a.span.start))
        dealt = DEALT.match(between) is not None or (
            EACH_RECEIVED.match(between) is not None
            and RECEIVED.search(contents.words(contents.span.start, a.span.start)) is not None
        )
        against = AGAINST.search(between) or compared or dealt or _two_arms(contents, a, b) or "arm:added" in b.rules
        if len(between) < LONGEST_CONTRAST and against and not same_arms(a.drugs, b.drugs):
            first, second = book.resolve(a), book.resolve(b)
            before = book.resolve(named[i - 1]) if i else None
            if before is not None and first.role == "control" and before.role != "control":
                first, second = before, first  # "A, placebo or B": A is what the study tries
            elif second.role != "control" and (first.role == "control" or _rises(contents, a, b)):
                first, second = second, first
            second.assumed = second.assumed or (second.role is None and not second.alone)
            first.role, second.role = "experimental", "control"
            book.learn(first)
            book.learn(second)
            book.contrast(first, second, weight=DESIGN_WEIGHT if DESIGN.search(contents.text) else 1)
            return
    drawn = drawn_between(contents, named)
    if drawn is not None and book.pair is None:
        first, second = sorted(map(book.resolve, drawn), key=lambda a: a.role == "control")
        first.role, second.role = "experimental", "control"
        book.contrast(first, second, weight=DESIGN_WEIGHT)


def contrast_told(contents: Contents, arms: Sequence[Arm]) -> tuple[Arm, Arm] | None:
    """The two arms a sentence itself sets against each other, the experimental one first; null for none."""
    book = ArmBook()
    learn_pair(contents, [replace(a) for a in arms], book)
    return book.pair


def _combined(arm: Arm, book: ArmBook) -> Arm:
    """ "The combination" as the one its section is headed by; other arms as they are."""
    if (
        arm.cue != "combination_arm"
        or book.heading is None
        or (book.heading.active < 2 and "/" not in book.heading.name)
    ):
        return arm
    return replace(book.heading, span=arm.span)


def _two_arms(contents: Contents, first: Arm, second: Arm) -> bool:
    """Whether a treatment and a control are spoken of as the arms ("in the X and placebo arms")."""
    return (
        second.role == "control"
        and first.role != "control"
        and LISTED.match(contents.words(first.span.end, second.span.start)) is not None
        and GROUPS.match(contents.words(second.span.end, second.span.end + 40)) is not None
    )


def learn_control(arms: Sequence[Arm], book: ArmBook) -> None:
    """Pair a study's arm with its unnamed control group ("the X and control groups"), where nothing else is known."""
    named = {a.name: a for a in map(book.resolve, arms) if a.name}
    if book.pair is None and len(named) == 2:
        control = [a for a in named.values() if a.cue == "control_arm"]
        others = [a for a in named.values() if a.cue != "control_arm"]
        if len(control) == 1:
            others[0].role = "experimental"
            book.pair = (others[0], control[0])


def complement(arm: Arm) -> Arm:
    """The group that a negated one is set against: "no X" against "X"."""
    drugs = tuple(arm.drugs[0].removeprefix("no ").split(" + "))
    return Arm(span=arm.span, drugs=drugs, role="experimental", rules=arm.rules)


def pair_for(contents: Contents, arms: Sequence[Arm], book: ArmBook, *, at: Span) -> tuple[Arm, Arm] | None:
    """The two arms of a contrast at `at`, in printed order; null where the text names no two."""
    arms = _without_favoured(contents, arms)
    full = [book.resolve(a) for a in arms]
    pairs = [
        (i, j)
        for (i, _), (j, _) in pairwise(enumerate(full))
        if full[i].name and full[j].name and not same_arms(full[i].drugs, full[j].drugs)
    ]
    beyond = _exceeded(contents, arms, at)
    if pairs and beyond is not None:
        pairs = [beyond]
    if pairs:
        bound = [p for p in pairs if _set_against(contents, arms[p[0]], arms[p[1]])]
        if not bound and len({a.name for a in full if a.name}) == 2:
            bound = pairs[:1]  # "A was compared with B; survival was longer (15 vs 3 months) with A"
        i, j = min(bound or pairs, key=lambda p: (_distance(arms[p[0]].span, at), p))
        if _is_fronted(contents, arms, i) or _rises(contents, arms[i], arms[j]):
            i, j = j, i  # "Compared with A, B had more diarrhea (5% vs 2%)": B has 5%
        first, second = full[i], full[j]
        if second.role is None and first.role is None:
            second.role, first.role = "control", "experimental"
        elif first.role == "control" and second.role is None:
            second.role = "experimental"
        elif second.role == "control" and first.role is None:
            first.role = "experimental"
        return first, second
    if book.pair is not None:
        without = len(full) == 1 and full[0].negated and arms[0].span.end <= at.start
        if without and full[0].name == f"no {book.pair[0].name}":
            return book.pair[1], book.pair[0]  # "less common without A (33.7% vs 50.5%)"
        if len(full) == 1 and full[0].drugs and full[0].name not in (book.pair[0].name, book.pair[1].name):
            against = OVER.search(contents.words(arms[0].span.start - 30, arms[0].span.start))
            if against is not None and arms[0].span.end < at.start:
                return book.pair[0], full[0]  # "the advantage over C had widened (69% vs 38%)"
        added = [a for a in book.arms.values() if len(full) == 1 and frozenset(a.drugs) < frozenset(full[0].drugs)]
        if len(added) == 1 and full[0].name not in (book.pair[0].name, book.pair[1].name):
            return full[0], added[0]  # "patients assigned to A + B did better (7 vs 5 months)"
        if len(full) == 1 and same_arms(full[0].drugs, book.pair[1].drugs) and arms[0].span.end < at.start:
            return book.pair[1], book.pair[0]
        return book.pair
    return _sole_pair(full, book)


def _is_fronted(contents: Contents, arms: Sequence[Arm], i: int) -> bool:
    """Whether an arm is named first only for the next to be told of: "In the ALPHA trial, compared with A, B had"."""
    match = FRONTED.search(contents.words(contents.span.start, arms[i].span.start))
    if match is None or match["inside"] is None:
        return match is not None
    return i == 0 and "," in contents.words(arms[i].span.end, arms[i + 1].span.start)


def _rises(contents: Contents, first: Arm, second: Arm) -> bool:
    """Whether a value goes from that of the first to the second's: "rose from 4 with A to 7 with B" tells of B."""
    before = contents.words(max(first.span.start - 60, contents.span.start), first.span.start)
    return FROM.search(before) is not None and TO.match(contents.words(first.span.end, second.span.start)) is not None


def _exceeded(contents: Contents, arms: Sequence[Arm], at: Span) -> tuple[int, int] | None:
    """The two arms of "A did better than either B (8 vs 6) or C (8 vs 5)" at brackets: A and the one before them."""
    fence = brackets_around(contents, at)
    j = next((k for k, a in enumerate(arms) if fence is not None and 0 <= fence.start - a.span.end <= SPACE), None)
    if j is None:
        return None
    than = max((m.start() for m in THAN.finditer(contents.words(contents.span.start, arms[j].span.start))), default=-1)
    before = [k for k in range(j) if arms[k].span.end <= contents.span.start + than]
    others = [k for k in range(len(arms)) if arms[k].span.start > contents.span.start + than]
    if than < 0 or not before or len(others) < 2 or arms[before[-1]].name == arms[j].name:
        return None
    return before[-1], j


def _without_favoured(contents: Contents, arms: Sequence[Arm]) -> Sequence[Arm]:
    """The arms of a sentence but those it only says that a ratio favours, where two others are named."""
    kept = [a for a in arms if FAVOURED.search(contents.words(a.span.start - 24, a.span.start)) is None]
    return kept if len({a.name for a in kept if a.name}) > 1 else arms


def _set_against(contents: Contents, first: Arm, second: Arm) -> bool:
    """Whether words of contrast stand between two arms, not those between values in brackets ("X (4 vs 3) or Y")."""
    return AGAINST.search(BRACKETED.sub(" ", contents.words(first.span.end, second.span.start))) is not None


def pair_of_list(
    contents: Contents, first: Span, second: Span, arms: Sequence[Arm], book: ArmBook
) -> tuple[Arm, Arm] | None:
    """The two arms that "x and y" are of, in order, where the list itself names none: those named before it.

    "... with A and was 12 months with B, and survival was 84% and 73%": A has 84%. Where the sentence names no arm
    at all, they are the study's two, the experimental one first.
    """
    between = BRACKETED.sub(" ", contents.words(first.end, second.start))
    if JOINED.match(between) is None or ("/" in between and names_slashed(contents, first.start)):
        return None
    after = [a for a in arms if a.span.start >= second.end and a.drugs]
    if after and binds(contents, second.end, after[0].span.start):
        return None
    named = {a.name: a for a in map(book.resolve, arms) if a.name}
    told = {a.name: a for a in (book.resolve(a) for a in arms if a.span.end <= first.start) if a.name}
    if len(told) == 2:
        one, two = told.values()
        return one, two
    sides = {a.name for a in book.pair or ()}
    return book.pair if not set(named) - sides else None


def dealt_to_two(contents: Contents, arms: Sequence[Arm]) -> Callable[[Span, Span], bool] | None:
    """Whether two spans are neighbours in a list, where two values stand right before two arms; else null."""
    named = [(a, b) for a, b in pairwise(arms) if contents.words(a.span.end, b.span.start).split()[:1] == ["and"]]
    runs = [Span(start, b.span.end) for a, b in named if (start := deals_two(contents, a.span)) is not None]
    if not runs:
        return None
    return lambda a, b: (
        any(run.start <= a.start and b.end <= run.end for run in runs)
        and CONNECTIVE.match(contents.words(a.end, b.start)) is not None
    )


# "A, B or both".
BOTH = regex.compile(r"\bor\s(?:both|(?:the|their)\scombination)\b")
BOTH_AND_EACH = 3


def with_both(contents: Contents, arms: Sequence[Arm]) -> list[Arm]:
    """Arms in order, of two with "or both" behind them the two together as well."""
    both = len(arms) == BOTH_AND_EACH - 1 and BOTH.search(contents.text) is not None
    if not both or not all(a.drugs and a.role != "control" for a in arms):
        return list(arms)
    first, second = arms
    drugs = tuple(dict.fromkeys((*first.drugs, *second.drugs)))
    active = first.active + second.active
    return [*arms, replace(second, drugs=drugs, rules=(*second.rules, "arm:both"), active=active, role=None)]


def arms_of_run(
    contents: Contents, values: Sequence[Span], arms: Sequence[Arm], book: ArmBook, *, bound: bool
) -> list[Arm]:
    """The arms that three or more values in a row are of, in order: the list of as many behind or before them, else the
    study's own in the order of its first telling; empty where the numbers do not fit.

    `bound` says that the last value stands right before an arm: only a list that begins with that arm will do.
    """
    n = len(values)
    named = with_both(contents, _distinct([book.resolve(a) for a in arms if a.span.end <= values[0].start]))
    if n == len(named) == BOTH_AND_EACH and BOTH.search(contents.words(contents.span.start, values[0].start)):
        return named
    behind = [book.resolve(a) for a in _listed(contents, [a for a in arms if a.span.start >= values[-1].end])]
    if len(_distinct(behind)) == n or bound:
        return _distinct(behind) if len(_distinct(behind)) == n else []
    before = _distinct([book.resolve(a) for a in arms if a.span.end <= values[0].start])
    if len(before) == n:
        return before
    known = sorted((a for a in book.arms.values() if not a.broad), key=lambda a: a.span)
    known = [a for a in known if not any(k.name.startswith(f"{a.name} ") and "arm:dose" in k.rules for k in known)]
    told = sorted((book.told[frozenset(a.drugs)] for a in known), reverse=True)
    if len(known) > n and told[n - 1] > told[n]:  # what is named less may be another study's
        known = [a for a in known if book.told[frozenset(a.drugs)] >= told[n - 1]]
    return known if len(known) == n else []


def arms_behind(contents: Contents, arms: Sequence[Arm], book: ArmBook, place: int) -> int:
    """How many arms the list right behind a place names."""
    return len(_distinct([book.resolve(a) for a in _listed(contents, [a for a in arms if a.span.start >= place])]))


def _listed(contents: Contents, arms: Sequence[Arm]) -> list[Arm]:
    """The arms up to the first that more than a comma or "and" parts from the one before."""
    kept = list(arms[:1])
    for a, b in pairwise(arms):
        if not ITEM.match(contents.words(a.span.end, b.span.start)):
            break
        kept.append(b)
    return kept


def _distinct(arms: Sequence[Arm]) -> list[Arm]:
    return list({a.name: a for a in arms if a.name}.values())


def _sole_pair(arms: Sequence[Arm], book: ArmBook) -> tuple[Arm, Arm] | None:
    """A study's one control and its one other arm, where the text names both and sets them nowhere together."""
    controls = [a for a in book.arms.values() if a.role == "control"]
    others = [a for a in book.arms.values() if a.role != "control" and not a.broad]
    named = [a for a in arms if a.drugs and a.role != "control"]
    first = named if len(named) == 1 else _most_told(others, book)
    controls = _most_told(controls, book)
    if len(controls) == 1 and len(first) == 1 and not same_arms(controls[0].drugs, first[0].drugs):
        return first[0], controls[0]
    return None


def _most_told(arms: Sequence[Arm], book: ArmBook) -> list[Arm]:
    """The arm that the text names clearly more often than any other; all of them where none is."""
    ranked = sorted(arms, key=lambda a: -book.told[frozenset(a.drugs)])
    if len(ranked) > 1 and book.told[frozenset(ranked[0].drugs)] > book.told[frozenset(ranked[1].drugs)]:
        return ranked[:1]
    return ranked


def _distance(span: Span, at: Span) -> int:
    return at.start - span.end if span.end <= at.start else span.start - at.end + 20
