"""The arms of all studies in, what the document as a whole sets against what out, for studies that do not say."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.facts.arms import Arm, ArmBook, same_arms
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from schemas.document import Sentence

# So many studies must set a treatment against another, and so large a share of those that set any.
FEWEST = 3
SHARE = 0.4


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


def lend_pairs(books: Mapping[str, ArmBook]) -> None:
    """Give the document's usual contrast to studies that name no other treatment and set nothing against another."""
    usual = _usual(list(books.values()))
    if usual is None:
        return
    first, second = usual
    for book in books.values():
        own = [a for a in book.arms.values() if a.role != "control"]
        controls = [a for a in book.arms.values() if a.role == "control"]
        alike = [a for a in own if _alike(a, first)]
        if book.pair is not None or book.sides or (own and not alike) or len(controls) > 1:
            continue
        tried = alike[0] if alike else first
        book.pair = (replace(tried, role="experimental"), controls[0] if controls else second)


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
        if book.pair is not None or book.sides or any(a.role != "control" for a in known) or not here:
            continue
        name, n = here.most_common(1)[0]
        if n < FEWEST or 2 * n < sum(here.values()):
            continue
        book.heading = book.heading or first[name]
        if len(known) == 1:
            tried = replace(book.heading, role="experimental", rules=(*book.heading.rules, "arm:of_section"))
            book.learn(tried)
            book.pair = (tried, known[0])


def _usual(books: Sequence[ArmBook]) -> tuple[Arm, Arm] | None:
    """The treatment that most studies try, under its commonest name, and what it is most often set against."""
    pairs = [book.pair for book in books if book.pair is not None]
    tried = Counter(_kind(first) for first, _ in pairs)
    kind, n = max(tried.items(), key=lambda item: item[1], default=("", 0))
    if n < FEWEST or n < SHARE * len(pairs):
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
