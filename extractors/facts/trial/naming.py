"""A trial's arms and the groups its report names in, roles given and every further name put to its arm."""

from collections.abc import Mapping, Sequence

import regex

from extractors.facts.armbook import Arm
from extractors.facts.sentence import Contents
from extractors.facts.trial.definitions import describe
from extractors.facts.trial.lists import CONTRAST
from extractors.facts.trial.roles import pick_control
from extractors.facts.trial.roster import Roster, TrialArm
from extractors.facts.trial.shapes import Name
from schemas.anchor import Span

# Two groups named so close are set side by side.
BESIDE = 60  # characters
# A name of one word is looked for in running text where it is a short form, or long enough to be no chance word.
SHORT = regex.compile(r"(?:\d+-)?[a-z]{0,3}[A-Z][\w+/-]*[A-Z0-9+][\w+/-]*$|[A-Z]{2,}$")
SHORTEST = 6  # letters
# Words that many names of arms end in, and many other phrases.
VAGUE = frozenset(
    (
        "adjuvant neoadjuvant "
        "standard conventional weekly biweekly monthly intensive combined combination sequential concurrent concomitant"
        " preoperative postoperative primary initial continuous single double triple extended immediate delayed control"
        " regular normal traditional surgery surgical radiation chemotherapy hormonal endocrine systemic local regional"
        " further without complete partial median survival analysis medical clinical health support supportive active"
    ).split()
)
# Words of how often: "weekly" is no part of what "3-weekly X" gives.
SCHEDULES = frozenset(("weekly", "biweekly", "triweekly", "monthly", "standard", "conventional", "early", "delayed"))
WORD = regex.compile(r"\S+")
HEAD = regex.compile(r"\s(?:plus|with|and|combined|followed|at|in|for|of|on)\s|\s\d|,")
# "X plus Y" is "X/Y", "X + Y", "X and Y" elsewhere.
JOINED = regex.compile(r"\s(?:plus|and)\s|\s?\+\s?|/")
ADDED = regex.compile(r"(?:in )?combination with (?P<what>[\w-]{4,})$")
JOINTS = (" plus ", " and ", " + ", "+", "/")
LONGEST_PART = 2  # words
NOUNS = ("therapy", "treatment", "regimen", "schedule", "administration", "dosing")


def name_arms(
    roster: Roster, sentences: Sequence[Contents], groups: Mapping[Span, Sequence[Name]], *, titled: bool
) -> None:
    """Give each group's name to its arm, then roles, then what only its part or its neighbour tells."""
    left = []
    for contents in sentences:
        for name in groups[contents.span]:
            if name.strata and not any(name.text in a.names for a in roster.arms):
                continue  # "cohort 2" of both arms
            key = roster.key(contents, name)
            known = roster.resolve(key) or (roster.resolve(describe(roster, contents, name)) if name.label else None)
            if known is not None and key:
                known.learn(name.text, key)
            else:
                left.append((contents, name))
    _set_roles(roster, sentences[0], titled=titled)
    for contents, name in left:
        known = roster.by_part(name.text) or _beside(roster, contents, name, groups[contents.span])
        if known is not None:
            known.learn(name.text, roster.key(contents, name))


def _set_roles(roster: Roster, title: Contents, *, titled: bool) -> None:
    """One arm is the control, the others are experimental; without a title the list's own order tells which."""
    places = [_place_in(roster, arm, title) if titled else None for arm in roster.arms]
    longs = [[long for n in a.names if (long := roster.vocabulary.long_of(n))] for a in roster.arms]
    joint = CONTRAST.search(title.text)
    control = pick_control(
        [[*a.names, *long] for a, long in zip(roster.arms, longs, strict=True)],
        places,
        contrast=joint.start() if joint is not None else None,
        contained=[_contained(a, [b for b in roster.arms if b is not a]) for a in roster.arms],
        second=[_named_second(roster, a, title, joint.start()) if joint is not None else 0.0 for a in roster.arms],
    )
    for i, arm in enumerate(roster.arms):
        name = arm.names[0]
        arm.arm = Arm(
            span=title.span,
            drugs=(f"group {name[1:]}" if name.startswith("#") else name,),
            role="control" if i == control else "experimental",
            rules=("arm:defined",),
            active=int(i != control),
        )


def _named_second(roster: Roster, arm: TrialArm, title: Contents, joint: int) -> float:
    """How much more an arm's names are like what stands behind a title's "versus" than like what stands before it."""
    place = title.span.start + joint
    sides = (Span(title.span.start, place), Span(place, title.span.end))
    first, second = (roster.vocabulary.words_at(title, side) for side in sides)
    share = [(len(k & second) - len(k & first)) / len(k) for k in arm.keys if k & (first | second)]
    return max(share, default=0.0)


def _contained(arm: TrialArm, others: Sequence[TrialArm]) -> bool:
    """Whether an arm is given a part of what another is: "letrozole" of "palbociclib plus letrozole", CT of CTZ."""
    shorts = [n.removesuffix(" group").removesuffix(" arm") for n in arm.names]
    longer = [n.removesuffix(" group").removesuffix(" arm") for b in others for n in b.names]
    begun = any(SHORT.match(s) and long.startswith(s) and long != s for s in shorts for long in longer)
    own = arm.words - {"alone"}
    more = [b.words - own for b in others if own < b.words]
    return begun or (not own <= SCHEDULES and any(not _scheduled(words) for words in more))


def _scheduled(words: frozenset[str]) -> bool:
    """Whether words only tell how often or how much: "3-weekly X" holds no more than "weekly X"."""
    return all(word in SCHEDULES or not word.isalpha() for word in words)


def _place_in(roster: Roster, arm: TrialArm, title: Contents) -> int | None:
    """Where a title first has a word that only this arm has."""
    own = arm.words.difference(*(a.words for a in roster.arms if a is not arm))
    words = [(m.start(), roster.vocabulary.words(m[0])) for m in WORD.finditer(title.text)]
    words += [(d.span.start - title.span.start, roster.vocabulary.words_at(title, d.span)) for d in title.drugs]
    return min((place for place, key in words if key & own), default=None)


def _beside(roster: Roster, contents: Contents, name: Name, groups: Sequence[Name]) -> TrialArm | None:
    """The other arm of two, for a group under a name of its own that stands beside a known one."""
    if len(roster.arms) != 2 or name.label:
        return None
    near = [n for n in groups if n.text != name.text and abs(n.span.start - name.span.start) < BESIDE]
    known = [roster.resolve(roster.key(contents, n)) or roster.by_part(n.text) for n in near]
    found = {id(a): a for a in known if a is not None}
    return roster.other(next(iter(found.values()))) if len(found) == 1 else None


def literal_names(roster: Roster, arm: TrialArm) -> list[str]:
    """The names of an arm to look for in running text: those that say it and no other."""
    found = []
    for name in arm.names:
        shorts = [word for word in name.split() if SHORT.match(word) and roster.vocabulary.short_for(word)]
        for part in (*_parts(name), *shorts) if not name.startswith("#") else ():
            words = len(part.split())
            fit = (
                2 <= words <= 6
                or (words > 6 and part == name)
                or SHORT.match(part)
                or (words == 1 and (len(part) >= SHORTEST or part == "cases"))
            )
            if fit and part not in found and roster.resolve(roster.vocabulary.words(part)) is arm:
                found.append(part)
    return found


def _parts(name: str) -> list[str]:
    """A name, what stands before "plus" or its dose, its last word, and a lone word with the nouns behind it."""
    head = HEAD.split(name)[0]
    last = head.split()[-1] if head else ""
    parts = [name, head]
    if len(name.split()) <= 4 and last.isalpha() and last.casefold() not in VAGUE and not last.endswith("ed"):
        parts.append(last)
    first = name.split()[0] if len(name.split()) in (2, 3) else ""
    if first.isalpha() and first.islower() and first not in VAGUE:
        parts.append(first)
    if head == name and len(name.split()) == 3:
        middle = name.split()[1]
        parts += [middle] if middle.isalpha() and middle.islower() and middle not in VAGUE else []
    if (added := ADDED.match(name)) is not None:
        parts.append(added["what"])
    joined = JOINED.split(name)
    if len(joined) == 2 and all(len(part.split()) <= LONGEST_PART for part in joined):
        parts += [joint.join(joined) for joint in JOINTS]
    if len(name.split()) == 1 and name.islower():
        parts += [f"{name} {noun}" for noun in NOUNS]
    return parts
