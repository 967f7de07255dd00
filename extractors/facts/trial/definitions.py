"""The sentences of a trial's report in, the arms it defines out: by lot, by sizes, by its title, by their names."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex

from extractors.facts.sentence import Contents
from extractors.facts.trial.items import Item
from extractors.facts.trial.lists import find_allocation, find_contrast, find_counted, find_subject
from extractors.facts.trial.opposed import find_opposed, is_name
from extractors.facts.trial.pairs import find_pair
from extractors.facts.trial.receivers import find_received
from extractors.facts.trial.roles import INTERVENED, weigh
from extractors.facts.trial.roster import Key, Roster, TrialArm
from extractors.facts.trial.shapes import LABEL, Name, mark
from schemas.anchor import Span

MOST_ARMS = 6
# A list of treatments that no other sentence speaks of is no definition of arms.
LEAST_SUPPORT = 1.9
# A list drawn by lot, and one that nothing else speaks of.
DRAWN, UNHEARD = 2.5, 1.0
# One that results set against each other, and one that words alone do.
OPPOSED, WORDED = 2.2, 1.5
# Aims are stated in the first sentences.
AIMS = 5  # sentences
# "Group A (n = 20) received X", "group B: X", "group C consisted of".
RECEIVED = regex.compile(
    r"\s*(?:\([^()]*\)\s*)?"
    r"(?:[\w\s]{0,40}?\b(?:received|underwent|(?:was|were) given|consisted of|treated with|had|with)\s|[:=,(]\s?)"
    r"(?P<what>[^.;]{3,240}?)(?=\b(?:and|while|whereas|or)?\s*(?:in\s)?(?:[Gg]roup|[Aa]rm)\b|[.;]|$)"
)


ADDED = regex.compile(r"\s(?:plus|and|with)\s|\+")
SPLIT = regex.compile(r"[\s,;:()\[\]]+")
# Controls that a report may name without calling them a group.
CONTROL = regex.compile(r"\b(?:placebo|usual care|sham|wait(?:ing)?[- ]?list)\b", regex.IGNORECASE)
# A first sentence that reports is no title, and its subject no treatment.
REPORTED = regex.compile(r"\d\s(?:patients|women|men|adults|participants|people|children)|\benrolled\b")


# "1200 cases of X and 1300 healthy controls", "Cases were women with ...": who has it and who has not.
CASES = regex.compile(
    r"\d\)?\s(?:[\w-]+\s){0,4}cases\b[^.;]{0,80}?\band\s(?:\w+\s)?\d[\d, ]*\s(?:[\w-]+\s){0,4}controls\b"
    r"|^Controls were\b"
)
DISEASES = frozenset(("carcinoma", "cancer", "tumor", "tumour", "disease"))


GROUP = regex.compile(r"\b(?:groups?|arms?)$")
STUDY = regex.compile(r"\b(?:stud(?:y|ies)|trials?)$")
SHORT = regex.compile(r"[A-Z][A-Z0-9+/-]+$")


class Candidate(NamedTuple):
    """Arms that one list defines, the number of its sentence, and how much its form speaks for it."""

    arms: list[TrialArm]
    sentence: int
    weight: float


def define_arms(
    roster: Roster, sentences: Sequence[Contents], groups: Mapping[Span, Sequence[Name]], *, titled: bool
) -> None:
    """Start the roster's arms from the list that the rest of the report speaks of most; `groups` by sentence."""
    named = [(c, n) for c in sentences for n in groups[c.span]]
    signs = {n.text: n for _, n in named if n.text.startswith("#") and not n.strata}
    candidates = _candidates(roster, sentences, titled=titled)
    candidates.append(Candidate([_signed(roster, n, named) for n in signs.values()], -1, 0.5))
    fitting = [c for c in candidates if 2 <= len(c.arms) <= MOST_ARMS and not _of_diseases(c.arms)]
    scored = [(_score(roster, c, sentences, groups), c) for c in fitting]
    score, best = max(scored, key=lambda s: s[0], default=(0.0, Candidate([], 0, 0)))
    if best.sentence < 0:
        best = next((c for c in fitting if c is not best and _signs(c) == _signs(best)), best)
    best = next((c for c in fitting if c.sentence >= 0 and _holds(c, best)), best)
    roster.arms = best.arms if score > LEAST_SUPPORT else []
    if roster.arms and all(a.names[0].startswith("#") for a in roster.arms):
        known = {a.names[0] for a in roster.arms}
        roster.arms += [_signed(roster, n, named) for n in signs.values() if n.text not in known]
    if len(roster.arms) == 2:
        _merge(roster, [c.arms for c in candidates if len(c.arms) == 2 and c is not best])
    if not roster.arms:
        _take_groups(roster, named, sentences, titled=titled)


def _score(
    roster: Roster, candidate: Candidate, sentences: Sequence[Contents], groups: Mapping[Span, Sequence[Name]]
) -> float:
    """How much speaks for a list: its form, and the sentences that speak of its arms; an early one before a late one.

    A list that a sentence draws by lot goes before a contrast, unless it names no two treatments and nothing speaks of
    it again.
    """
    support = _support(roster, candidate, sentences, groups)
    telling = len(candidate.arms) in (2, 3) and not any(INTERVENED.search(a.names[0]) for a in candidate.arms)
    alone = not support and candidate.weight == DRAWN and not telling
    weight = UNHEARD if alone else candidate.weight
    return support + weight - 0.01 * candidate.sentence


def _signs(candidate: Candidate) -> list[str]:
    """The signs a list gives its arms beside their names, or as names: "the control group (group K)"."""
    signs = [n for a in candidate.arms for n in a.names if n.startswith("#")]
    return sorted(signs) if len(signs) == len(candidate.arms) else []


def _holds(longer: Candidate, shorter: Candidate) -> bool:
    """Whether a list names every arm of another, and more ("X versus Y and Z", "Y (n = 20) and Z (n = 19)")."""
    names = [{n.casefold() for n in a.names} for a in longer.arms]
    held = [any(name.casefold() in known for known in names for name in a.names) for a in shorter.arms]
    return len(longer.arms) > len(shorter.arms) and all(held)


def _of_diseases(arms: Sequence[TrialArm]) -> bool:
    """Whether two names of a list are those of diseases, short forms read as their long ones."""
    return sum(bool(arm.words & DISEASES) for arm in arms) > 1


def _candidates(roster: Roster, sentences: Sequence[Contents], *, titled: bool) -> list[Candidate]:
    found = []
    for i, contents in enumerate(sentences):
        drawn = [*find_allocation(contents), *(x for x in find_counted(contents) if not _of_others(contents, x))]
        for items in drawn:
            counted = sum(item.counted for item in items) > 1
            found.append(Candidate(_make_arms(roster, items, contents), i, 3.0 if counted else DRAWN))
        found += [Candidate(_make_arms(roster, items, contents), i, 3.0) for items in find_received(contents)]
        for items in find_contrast(contents) if i < AIMS else ():
            if not titled and not all(is_name(item.text) for item in items):
                continue
            counted = sum(item.counted for item in items) > 1
            found.append(Candidate(_make_arms(roster, items, contents), i, 2.0 if counted or not titled else 0.0))
        for items in find_opposed(contents) if not titled else ():
            result = contents.values or contents.intervals or contents.p_values or contents.counts
            found.append(Candidate(_make_arms(roster, items, contents), i, OPPOSED if result else WORDED))
    return found


def _of_others(contents: Contents, items: Sequence[Item]) -> bool:
    """Whether what sizes stand behind are studies or harms: "ALPHA-1 (N = 226) and its sister study (N = 230)"."""
    others = [m.span for m in contents.studies] + [e.span for e in contents.endpoints]
    named = (any(span.overlaps(i.span) for span in others) or STUDY.search(i.text) for i in items)
    return any(named)


def _make_arms(roster: Roster, items: Sequence[Item], contents: Contents) -> list[TrialArm]:
    """An arm of each item that can be told from those before it."""
    vocabulary, arms = roster.vocabulary, list[TrialArm]()
    for item in items:
        if (sign := LABEL.fullmatch(item.text)) is not None:
            arm = TrialArm([mark(sign["first"])], [frozenset((mark(sign["first"]),))])
            for name in (*item.aliases, *item.told):
                _learn_alias(roster, arm, name, frozenset())
            arms.append(arm)
            continue
        drugs = (n for d in contents.drugs if item.span.holds(d.span) for n in d.drugs)
        key = vocabulary.words(item.text).union(*(vocabulary.words(n) for n in drugs))
        part = weigh([item.text]) > 2 or INTERVENED.search(item.text) is not None
        if not (key or item.aliases or part) or (key and any(key in a.keys for a in arms)):
            continue
        arm = TrialArm()
        arm.learn(item.text, key)
        for alias in item.aliases:
            _learn_alias(roster, arm, alias, key)
        if GROUP.search(item.text) or SHORT.match(item.text):
            for told in item.told:
                arm.learn(told, vocabulary.words(told))
        arms.append(arm)
    return arms


def _learn_alias(roster: Roster, arm: TrialArm, alias: str, key: Key) -> None:
    """Take a short name in brackets for the arm's, unless it is short for a part of what stands before."""
    if (sign := LABEL.fullmatch(alias)) is not None:
        arm.learn(mark(sign["first"]), frozenset((mark(sign["first"]),)))
        return
    long = roster.vocabulary.short_for(alias)
    if not long or 2 * len(long & key) >= len(key):
        arm.learn(alias, roster.vocabulary.words(alias) or frozenset((alias.casefold(),)))


def _support(
    roster: Roster, candidate: Candidate, sentences: Sequence[Contents], groups: Mapping[Span, Sequence[Name]]
) -> float:
    """Two for each arm, of two at most, that another sentence with a number speaks of."""
    roster.arms = candidate.arms
    seen: set[int] = set()
    for i, contents in enumerate(sentences):
        if i == candidate.sentence or not (contents.values or contents.counts):
            continue
        keys = [roster.key(contents, n) for n in groups[contents.span]]
        keys += [roster.vocabulary.words_at(contents, d.span) for d in contents.drugs]
        seen |= {id(known) for key in keys if (known := roster.resolve(key)) is not None}
        lower = contents.text.casefold()
        seen |= {id(a) for a in candidate.arms if any(len(n) > 3 and n.casefold() in lower for n in a.names)}
        tokens = set(SPLIT.split(contents.text))
        seen |= {id(a) for a in candidate.arms if any(len(n) < 6 and n.isupper() and n in tokens for n in a.names)}
        if len(seen) == len(candidate.arms):
            break
    return 2.0 * min(len(seen), 2) if len(candidate.arms) < 4 else len(seen)


def _signed(roster: Roster, name: Name, named: Sequence[tuple[Contents, Name]]) -> TrialArm:
    """The arm that a sign such as "group A" stands for, with what the text says it received."""
    arm = TrialArm([name.text], [frozenset((name.text,))])
    told = (describe(roster, contents, other) for contents, other in named if other.text == name.text)
    arm.keys += [key for key in told if key][:1]
    return arm


def describe(roster: Roster, contents: Contents, name: Name) -> Key:
    """The telling words of what a group known by a sign is said to have received."""
    told = RECEIVED.match(contents.words(name.span.end, contents.span.end))
    if told is None:
        return frozenset()
    return roster.vocabulary.words_at(
        contents, Span(name.span.end + told.start("what"), name.span.end + told.end("what"))
    )


def _merge(roster: Roster, others: Sequence[list[TrialArm]]) -> None:
    """Further names from other lists of two: where one of them is a known arm, the other is the other arm."""
    for pair in others:
        known = [roster.resolve(a.keys[0]) if a.keys else None for a in pair]
        mine = known[0] or known[1]
        if mine is None or (known[0] is not None and known[1] is not None):
            continue
        named, other = pair[0] if known[0] is None else pair[1], roster.other(mine)
        for name, key in zip(named.names, named.keys, strict=False):
            if not any(key & a.words for a in roster.arms):
                other.learn(name, key)


def _take_groups(
    roster: Roster, named: Sequence[tuple[Contents, Name]], sentences: Sequence[Contents], *, titled: bool
) -> None:
    """Where no list defines the arms: the groups the text names, or its control group against the title's subject."""
    for contents, name in named:
        if name.strata and not titled:
            continue  # "cohort 2" of a study of several kinds of people
        key = roster.key(contents, name)
        new = roster.resolve(key) is None or (ADDED.search(name.text) and not any(key in a.keys for a in roster.arms))
        if key and new and len(roster.arms) < MOST_ARMS and weigh([name.text]) < 3:
            roster.arms.append(TrialArm([name.text], [key]))
    if len(roster.arms) < 2 and (pair := find_pair(sentences)):
        roster.arms = [TrialArm([a.name], [roster.vocabulary.words(a.name)]) for a in pair]
        return
    controls = [n.text for _, n in named if weigh([n.text]) > 2]
    if len(roster.arms) < 2 and any(CASES.search(c.text) for c in sentences):
        roster.arms = [TrialArm([name], [frozenset((name[:-1],))]) for name in ("cases", "controls")]
        return
    if not controls:
        controls = [m[0].casefold() for c in sentences if (m := CONTROL.search(c.text)) is not None][:1]
    if controls and (len(roster.arms) == 1 or (titled and not roster.arms)):
        subject = find_subject(sentences[0])
        subject = "" if REPORTED.search(subject) else subject
        words = roster.vocabulary.words(subject)
        roster.arms = roster.arms or [TrialArm([subject or "intervention"], [words] if words else [])]
        roster.arms.append(TrialArm(controls[:1], [roster.vocabulary.words(controls[0]) or frozenset(("control",))]))
