"""The arms of all studies in, what the document as a whole sets against what out, for studies that do not say."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extractors.facts.armbook import Arm, ArmBook, same_arms
from extractors.facts.arms import find_arms
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from schemas.anchor import Span
from schemas.document import Sentence

# So many studies must set a treatment against another, and so large a share of those that set any.
FEWEST = 3
SHARE = 0.4
# Replicate trials are told apart by a small number; "-067" and "-03" are trials of their own.
NUMBER = regex.compile(r"(?:(?<!\d)[1-4]|(?<=[^iv])(?:iii|ii|iv|i))$")


def focal_kinds(named: Sequence[tuple[str, Contents]], books: Mapping[str, ArmBook]) -> frozenset[str]:
    """The classes of drugs and procedures (by rule) that the document is about: named with many of its studies, and
    tried there more often than something else is tried against them.

    `named` are sentences with the key of their study.
    """
    where: dict[str, set[str]] = defaultdict(set)
    for key, contents in named:
        for drug in contents.drugs:
            if drug.broad:
                where[drug.rule].add(key)
    studies = {key for key, _ in named}
    pairs = [book.pair for book in books.values() if book.pair is not None]
    tried = Counter(rule for first, _ in pairs if first.broad for rule in first.rules)
    against = Counter(rule for _, second in pairs if second.broad for rule in second.rules)
    return frozenset(
        rule
        for rule, keys in where.items()
        if len(keys) >= max(FEWEST, SHARE * len(studies)) and tried[rule] > max(against[rule], 1)
    )


# "X versus no X".
DENIED = regex.compile(r"\b(?:versus|vs\.?|or|and|compared (?:with|to))\s[Nn]o\s$")


def denied_kinds(named: Sequence[Contents]) -> frozenset[str]:
    """The classes of drugs and procedures (by rule) that some sentence sets against their own absence."""
    return frozenset(
        second.rule
        for contents in named
        for first, second in pairwise(contents.drugs)
        if first.rule == second.rule
        and second.broad
        and DENIED.search(contents.words(first.span.end, second.span.start))
    )


def take_pairs(books: Mapping[str, ArmBook], tabled: Mapping[str, tuple[Arm, Arm]]) -> None:
    """Give a study the two arms that a table sets against each other, where the text has none or a part of them."""
    for key, (first, second) in tabled.items():
        book = books.get(key)
        if book is None or book.sides or not first.drugs or not second.drugs:
            continue
        known = book.pair
        fuller = known is not None and all(
            frozenset(mine.drugs) <= frozenset(its.drugs) for mine, its in zip(known, (first, second), strict=True)
        )
        if known is None or fuller:
            rules = ("arm:of_table",)
            tried = replace(first, role="experimental", rules=(*first.rules, *rules))
            control = replace(second, role="control", rules=(*second.rules, *rules))
            book.learn(tried)
            book.learn(control)
            book.pair = (tried, control)


def lend_controls(
    places: Sequence[tuple[Span | None, Span]],
    scopes: Sequence[Scope],
    arms: Sequence[Sequence[Arm]],
    books: Mapping[str, ArmBook],
) -> None:
    """Give studies of one list that name a single treatment the control that all others of the list have.

    `places` gives each sentence's place behind that of the sentence that leads in its list.
    """
    lists: dict[Span, dict[str, ArmBook]] = defaultdict(dict)
    lead: dict[Span, Arm] = {}
    for (lead_in, place), scope, named in zip(places, scopes, arms, strict=True):
        for arm in named:
            if arm.design and arm.role == "control":
                lead[place] = arm
        if lead_in is not None and scope.study is not None and scope.study.key in books:
            lists[lead_in][scope.study.key] = books[scope.study.key]
    for place, listed in lists.items():
        known = {b.pair[1].name: b.pair[1] for b in listed.values() if b.pair is not None}
        if place in lead:
            known.setdefault(lead[place].name, lead[place])
        if len(known) != 1 or len(listed) < 2:
            continue
        (control,) = known.values()
        for book in listed.values():
            own = [a for a in book.arms.values() if not a.broad]
            if book.pair is None and len(own) == 1 and own[0].role != "control" and control.role == "control":
                second = replace(control, rules=(*control.rules, "arm:of_list"))
                book.pair = (replace(own[0], role="experimental"), second)


def lend_siblings(books: Mapping[str, ArmBook]) -> None:
    """Give a study without arms those of its sibling, which differs from it by a number alone ("HARBOR-1", "-2")."""
    for key, book in books.items():
        stem = NUMBER.sub("", key)
        if book.arms or book.pair is not None or book.sides or stem == key or len(stem) < 4:
            continue
        others = [b for k, b in books.items() if k != key and b.pair is not None and NUMBER.sub("", k) == stem]
        pairs = {(b.pair[0].name, b.pair[1].name): b for b in others if b.pair is not None}
        if len(pairs) != 1:
            continue
        (other,) = pairs.values()
        for arm in other.arms.values():
            book.learn(arm)
        book.pair = other.pair


def lend_pairs(books: Mapping[str, ArmBook], synthesis: tuple[Arm, Arm] | None = None) -> None:
    """Give the document's usual contrast to studies that name no other treatment and set nothing against another.

    `synthesis` is what a synthesis of studies says itself to compare; else it is what most studies do.
    """
    usual = synthesis or _usual(list(books.values()))
    if usual is None:
        return
    first, second = usual
    for book in books.values():
        own = [a for a in book.arms.values() if a.role != "control"]
        controls = [a for a in book.arms.values() if a.role == "control"]
        alike = [a for a in own if _alike(a, first)]
        if book.pair is not None or book.sides or (own and not alike) or len(controls) > 1:
            continue
        apart = [a for a in own if not a.broad and not any(_alike(a, b) for b in own if b is not a)]
        if len(apart) == len(own) == 2 and not controls and not frozenset(own[0].drugs) & frozenset(own[1].drugs):
            book.pair = (replace(own[0], role="experimental"), own[1])  # "given A or B": its own two
            continue
        tried = alike[0] if alike else first
        book.pair = (replace(tried, role="experimental"), controls[0] if controls else second)


# "Efficacy and safety of X in Y", "X for the prevention of Y".
WHAT = (
    r"(?P<what>[^:;.?]{4,90}?)\s+(?:for|in|on|among|versus|vs\.?|compared|as|treating|(?:treatment|therapy)\s+(?:of|for|in)"
    r"|to\s+(?:treat|prevent|reduce))\s"
)
EFFECT_OF = regex.compile(
    r"\b(?:effects?|efficacy|effectiveness|safety|impact|benefits?|role|outcomes?|tolerability)(?:\s+and\s+\w+)?\s+of"
    rf"(?:\s+(?:using|adding))?\s+{WHAT}",
    regex.IGNORECASE,
)
SUBJECT = regex.compile(rf"^\W*{WHAT}", regex.IGNORECASE)
NOT_TREATED = regex.compile(
    r"\b(?:associat\w+|prevalence|incidence|prognos\w+|expression|risk|predict\w+|determinant\w*|marker\w*|biomarker\w*"
    r"|accuracy|diagnos\w+|screening|quality|relation\w*|link|hypermethylation|polymorphism\w*|factors?|ratio|index"
    r"|evaluat\w+|explor\w+|review|analysis|study|is|are|does|do)\b",
    regex.IGNORECASE,
)
DETECTED = regex.compile(r"\s+(?:for|in)\s+(?:the\s+)?(?:screening|diagnos\w+|detect\w+|predict\w+)", regex.IGNORECASE)
# Words before a treatment that tell which kind of it is meant.
KIND = regex.compile(
    r"\p{L}[\p{L}-]+(?:al|ic|ive|ous|ed|ar|ary|ory|dose|dense|based|term|line|acting|intensity|frequency|early|oral)"
)
MOST_WORDS = 2
# A control must be named so often by one name.
LEAST = 2
COMBINED = regex.compile(r"\b(?:combin\w+|plus|with)\b", regex.IGNORECASE)
VERSUS = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:alone\s+|therapy\s+|treatment\s+|monotherapy\s+)?"
    r"(?:versus|vs\.?|compared (?:with|to)|over)\s+(?:the\s+)?$"
)
BOTH = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:and|versus|vs\.?|or|compared (?:with|to))\s+(?:the\s+)?$")


def _opposed(title: Contents) -> tuple[Arm, Arm] | None:
    """The two treatments a title sets against each other; one that is a part of the other is the control."""
    named = [a for a in find_arms(title, frozenset(d.rule for d in title.drugs if d.broad)) if a.drugs]
    for first, second in pairwise(named):
        between = title.words(first.span.end, second.span.start)
        if VERSUS.match(between) is None or same_arms(first.drugs, second.drugs):
            continue
        if set(first.drugs) < set(second.drugs) or (first.role == "control" and second.role != "control"):
            first, second = second, first
        rules = ("arm:of_review",)
        tried = replace(first, role="experimental", rules=(*first.rules, *rules))
        return tried, replace(second, role="control", rules=(*second.rules, *rules))
    return None


def _in_full(title: Contents, inside: Sequence[Arm], what: Span) -> Arm:
    """The first treatment of a title's subject, with the words that tell which kind of it: "intranasal insulin"."""
    first = inside[0]
    before = title.words(what.start, first.span.start).split()
    ended = len(inside) == 1 and not title.words(first.span.end, what.end).strip()
    if not ended or len(first.drugs) > 1 or not 1 <= len(before) <= MOST_WORDS or not all(map(KIND.fullmatch, before)):
        return first
    return replace(first, drugs=(f"{' '.join(before).casefold()} {first.drugs[0]}",))


def contrast_of_synthesis(title: Contents, book: ArmBook, controls: Counter[str]) -> tuple[Arm, Arm] | None:
    """What a synthesis of trials compares: the two treatments of its title, or the one against its controls.

    `controls` says how often it speaks of its controls by which name; null where its title names no treatment.
    """
    opposed = _opposed(title)
    if opposed is not None:
        return opposed
    drugs = [Arm(span=d.span, drugs=d.drugs, rules=(d.rule,), broad=d.broad) for d in title.drugs if d.role is None]
    two = len(drugs) == 2 and BOTH.match(title.words(drugs[0].span.end, drugs[1].span.start)) is not None
    if two and not COMBINED.search(title.text):
        return replace(drugs[0], role="experimental"), replace(drugs[1], role="control")
    match = EFFECT_OF.search(title.text) or SUBJECT.search(title.text)
    what = match["what"].strip() if match is not None else ""
    if match is None or NOT_TREATED.search(what) or DETECTED.match(title.text, match.end("what")):
        return None
    inside = [a for a in find_arms(title, frozenset(a.rules[0] for a in drugs if a.broad)) if a.drugs]
    inside = [a for a in inside if a.role != "control" and a.span.start < title.span.start + match.end("what")]
    if inside:
        first = _in_full(
            title, inside, Span(title.span.start + match.start("what"), title.span.start + match.end("what"))
        )
    elif not any(e.text in what for e in title.endpoints):
        first = Arm(span=title.span, drugs=(what.casefold(),), rules=("arm:of_title",), active=1)
    else:
        return None
    known = book.pair[1] if book.pair is not None and same_arms(book.pair[0].drugs, first.drugs) else None
    if known is None or controls["control"] >= FEWEST:
        usual, n = max(controls.items(), key=lambda item: item[1], default=("control", 0))
        usual = usual if n >= max(LEAST, 2 * controls["control"]) else "control"
        known = Arm(span=first.span, drugs=(usual,), role="control", rules=("arm:of_review",))
    return replace(first, role="experimental", rules=(*first.rules, "arm:of_review")), known


def lend_treatments(
    sentences: Sequence[tuple[Sentence, Contents]],
    scopes: Sequence[Scope],
    arms: Sequence[Sequence[Arm]],
    books: Mapping[str, ArmBook],
) -> None:
    """Give a study told of with controls alone the treatment that its section is mostly about."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Arm] = {}
    where: dict[str, str] = {}
    for (sentence, _), scope, named in zip(sentences, scopes, arms, strict=True):
        if scope.study is None or sentence.role == "table":
            continue
        where.setdefault(scope.study.key, sentence.section_id)
        for arm in named:
            if arm.drugs and arm.role != "control" and not arm.broad and not arm.design:
                told[sentence.section_id][arm.name] += 1
                first.setdefault(arm.name, arm)
    for key, book in books.items():
        known = list(book.arms.values())
        here = told[where.get(key, "")]
        if book.pair is not None or book.sides or any(a.role != "control" and not a.broad for a in known):
            continue
        if book.heading is None:
            name, n = here.most_common(1)[0] if here else ("", 0)
            if n < FEWEST or 2 * n < sum(here.values()):
                continue
            book.heading = first[name]
        known = [a for a in known if a.role == "control"]
        if len(known) == 1:
            tried = replace(book.heading, role="experimental", rules=(*book.heading.rules, "arm:of_section"))
            book.learn(tried)
            book.pair = (tried, known[0])


def _usual(books: Sequence[ArmBook]) -> tuple[Arm, Arm] | None:
    """The treatment that most studies try, under its commonest name, and what it is most often set against."""
    pairs = [book.pair for book in books if book.pair is not None]
    tried = Counter(_kind(first) for first, _ in pairs)
    kind, n = max(tried.items(), key=lambda item: item[1], default=("", 0))
    if n < FEWEST or 2 * n < len(pairs):
        return None
    mine = [(first, second) for first, second in pairs if _kind(first) == kind]
    first = _commonest([a for a, _ in mine])
    second = _commonest([b for _, b in mine])
    others = sum(1 for _, b in mine if not same_arms(b.drugs, second.drugs))
    if others > len(mine) / 2:
        second = Arm(span=second.span, drugs=("control",), role="control", rules=("arm:of_review",))
    mark = ("arm:of_review",)
    return replace(first, rules=first.rules + mark), replace(second, rules=second.rules + mark)


def _commonest(arms: Sequence[Arm]) -> Arm:
    names = Counter(a.name for a in arms)
    return max(arms, key=lambda a: names[a.name])


def _kind(arm: Arm) -> str:
    return arm.rules[0] if arm.broad and arm.rules else arm.name


def _alike(arm: Arm, usual: Arm) -> bool:
    return _kind(arm) == _kind(usual)
