"""The arms of sentences in, with the doses and schedules that a study tries of one treatment told apart, out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

import regex

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from schemas.anchor import Span
from schemas.document import Sentence

AMOUNT = r"\d[\d.,]*[\s-]?(?:mg|µg|μg|mcg|g|IU|MBq|GBq)(?:/(?:kg|m2|m²|d|day))?(?![\w/])"
SCHEDULE = (
    r"(?:once|twice|three times|thrice|four times)[\s-](?:daily|weekly|monthly|a day|a week|per day|per week)"
    r"|[Qq]\d{1,2}[Ww]\b|every[\s-]\d{1,2}[\s-]weeks?|\d{1,2}-weekly|every\s(?:\d{1,2}|two|three|four|six|eight|twelve|other)\s(?:weeks?|months?|days?)|b\.?i\.?d\.?|q\.?d\.?"
    r"|(?:bi-?)?weekly|fortnightly|(?:bi-?)?monthly|quarterly|(?:bi-?)?yearly|daily"
)
# A word of how often something is alone says nothing of a treatment ("monthly migraine days").
OFTEN = regex.compile(r"(?:bi-?)?(?:weekly|monthly|yearly)|fortnightly|quarterly|daily")
DOSE = regex.compile(
    rf"(?<![\w.,/])(?P<amount>{AMOUNT})(?:[\s,]+(?P<often>{SCHEDULE}))?|(?<![\w-])(?P<often>{SCHEDULE})"
)
# "5, 10 and 15 mg": the unit is said once.
NUMBER = regex.compile(r"\d[\d.]*")
SHARED_UNIT = regex.compile(
    r"(?<![\w.,])(?P<first>(?:\d[\d.]*(?:,\s|,?\s(?:and|or)\s|/))+)(?=\d[\d.]*\s?(?P<unit>mg|µg|μg|mcg|g|IU)(?![\w/]))"
)
# A dose stands for an arm behind these words, or before "group".
BEHIND = regex.compile(
    r"(?:\b(?:with|on|for|at|the|in|to|and|or|versus|vs\.?|against|than|receiv\w+|given|of|from|taking|continuing|both)|[(,:;/])\s*$",
    regex.IGNORECASE,
)
GROUP = regex.compile(
    r"^[\s-]*(?:dose\s+|dosing\s+)?(?:groups?|arms?|doses?|dosing|regimens?|schedules?|recipients|cohorts?)\b"
)
# "for the monthly and 3.1 for the quarterly regimen".
NEXT_OFTEN = regex.compile(r"the \p{Ll}+ly (?:and|or) ")
# "after three initial monthly doses".
LOADING = regex.compile(r"\b(?:\d+|two|three|four|five|six|initial|loading|additional)\s(?:(?:initial|loading)\s)?$")
SIZE = regex.compile(r"^\s*[(\[]\s*(?:n\s*=\s*)?\d")
ATTACHED = regex.compile(r"^\s*(?:regimens?|doses?)?[\s,(]*(?:at\s+|at a dose of\s+|\([^()]*\)\s*)?$")
CALLED = regex.compile(r"^[^.;,()]{0,15}\s\($")
OF_DRUG = regex.compile(r"^\s+(?:of\s+)?$")
LISTED = regex.compile(r"^\s*(?:,|and|or|,\s*(?:and|or)|versus|vs\.?|against|/)\s*$")
WEEKS = regex.compile(r"(?:every[\s-](?P<first>\d{1,2})[\s-]weeks?|(?P<second>\d{1,2})-weekly)")
QUICK = regex.compile(r"\b[Qq](?P<weeks>\d{1,2})[Ww]\b")
SPACES = regex.compile(r"[\s-]+")


class Dose(NamedTuple):
    """A dose in a sentence: its words, its place, and the arm it stands with (none for a bare one)."""

    text: str
    span: Span
    arm: Arm | None


class _Usual(NamedTuple):
    """What a bare dose may be of: the study's arms, those beside it in its section, the last named, the table's."""

    book: ArmBook | None
    beside: Mapping[str, Arm]
    last: Arm | None
    tabled: Mapping[str, Arm]


def tell_doses(
    sentences: Sequence[tuple[Sentence, Contents]],
    scopes: Sequence[Scope],
    arms: Sequence[list[Arm]],
    books: Mapping[str, ArmBook],
    *,
    tabled: Mapping[str, Mapping[str, Arm]],
) -> list[list[Arm]]:
    """The arms of each sentence; where a study tries two doses of one treatment, each dose is an arm of its own.

    `tabled` is the treatment that a table says a dose is of, by key of the study and dose.
    """
    short = {match["weeks"] for _, contents in sentences for match in QUICK.finditer(contents.text)}
    found = [
        _doses(contents, named, short) if scope.study is not None and sentence.role != "table" else []
        for (sentence, contents), scope, named in zip(sentences, scopes, arms, strict=True)
    ]
    tried: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    told: dict[tuple[str, str], dict[str, Arm]] = defaultdict(dict)
    for (sentence, _), scope, doses in zip(sentences, scopes, found, strict=True):
        for dose in doses:
            if dose.arm is not None:
                told[sentence.section_id, dose.text].setdefault(dose.arm.name, dose.arm)
            for study in (scope.study, *scope.also) if scope.study is not None else ():
                tried[study.key][dose.arm.name if dose.arm is not None else ""][dose.text] += 1
    result: list[list[Arm]] = []
    paragraph, last = -1, None
    for (sentence, _), scope, named, doses in zip(sentences, scopes, arms, found, strict=True):
        key = scope.study.key if scope.study is not None else ""
        last = next(
            (a for a in reversed(named) if a.drugs and a.role != "control" and not a.broad and not a.design),
            last if sentence.paragraph == paragraph else None,
        )
        paragraph = sentence.paragraph
        beside = {name: arm for dose in doses for name, arm in told.get((sentence.section_id, dose.text), {}).items()}
        usual = _Usual(books.get(key), beside, last, tabled.get(key, {}))
        result.append(_dosed(named, doses, tried[key], usual) if doses else list(named))
        for arm in result[-1] if scope.study is not None and not scope.also and key in books else ():
            if arm.dosed:
                books[key].learn(arm)
    return result


def _doses(contents: Contents, arms: Sequence[Arm], short: Set[str]) -> list[Dose]:
    """The doses of a sentence; `short` are the weeks of the schedules that the document writes as "Q4W" somewhere."""
    found: list[Dose] = []
    base = contents.span.start
    for match in SHARED_UNIT.finditer(contents.text):
        place = base + match.start()
        if BEHIND.search(contents.words(place - 16, place)):
            for number in NUMBER.finditer(match["first"]):
                span = Span(place + number.start(), place + number.end())
                found.append(Dose(f"{number[0]} {match['unit']}", span, None))
    for match in DOSE.finditer(contents.text):
        span = Span(base + match.start(), base + match.end())
        if OFTEN.fullmatch(match[0]) and LOADING.search(contents.words(span.start - 30, span.start)):
            continue
        if any(span.end < a.span.start and CALLED.match(contents.words(span.end, a.span.start)) for a in arms):
            continue  # "90 mg (X90, n = 45)": the arm has a name of its own
        holder = next(
            (a for a in arms if a.span.end <= span.start and ATTACHED.match(contents.words(a.span.end, span.start))),
            None,
        )
        holder = holder or next(
            (a for a in arms if span.end <= a.span.start and OF_DRUG.match(contents.words(span.end, a.span.start))),
            None,
        )
        shared = bool(found) and LISTED.match(contents.words(found[-1].span.end, span.start)) is not None
        if holder is None and shared:
            holder = found[-1].arm
        text = " ".join(_plain(part, short) for part in (match["amount"], match["often"]) if part)
        if holder is None:
            after = contents.words(span.end, span.end + 30)
            bound = (
                GROUP.match(after)
                or SIZE.match(after)
                or NEXT_OFTEN.match(contents.words(span.start - 4, span.end + 5))
            )
            if OFTEN.fullmatch(match[0]) is None:
                bound = bound or shared or BEHIND.search(contents.words(span.start - 16, span.start))
            if not bound:
                continue
        if holder is None or holder.role != "control":
            found.append(Dose(text, span, holder))
    return _of_one_drug(contents, sorted(found, key=lambda dose: dose.span))


# "80% with 30 mg", "11% in the 200 mg group": no measurement.
GIVEN = regex.compile(r"(?:\b(?:with|on|for|receiv\w+|given|taking|the)|,)\s*$")


def _of_one_drug(contents: Contents, doses: Sequence[Dose]) -> list[Dose]:
    """Doses in order, those behind "A 15 mg" and in its unit of the same treatment: "with A 15 mg, 80% with 30 mg"."""
    given = [d for d in doses if d.arm is not None]
    if len({d.arm.name for d in given if d.arm is not None}) != 1 or any(d.arm and len(d.arm.drugs) > 1 for d in given):
        return list(doses)
    first = given[0]
    unit = first.text.split()[1:]

    def alike(dose: Dose) -> bool:
        given = GIVEN.search(contents.words(dose.span.start - 12, dose.span.start)) is not None
        given = given or GROUP.match(contents.words(dose.span.end, dose.span.end + 20)) is not None
        return dose.arm is None and dose.span > first.span and dose.text.split()[1:] == unit and given

    return [d._replace(arm=first.arm) if alike(d) else d for d in doses]


def amount_in(text: str) -> str | None:
    """The first dose in a text as sentences spell it ("A 300-mg tablets" gives "300 mg"), null where there is none."""
    match = regex.search(AMOUNT, text)
    return _plain(match[0], frozenset()) if match is not None else None


def _plain(printed: str, short: Set[str]) -> str:
    """A dose or schedule in one spelling: "300-mg" is "300 mg", "4-weekly" and "every-4-week" are "every 4 weeks"."""
    weeks = WEEKS.fullmatch(printed)
    if weeks is not None:
        number = weeks["first"] or weeks["second"]
        return f"Q{number}W" if number in short else f"every {number} weeks"
    return str(SPACES.sub(" ", printed))


def _dosed(
    arms: Sequence[Arm],
    doses: Sequence[Dose],
    tried: Mapping[str, Counter[str]],
    usual: _Usual,
) -> list[Arm]:
    told = {name: known for name, known in tried.items() if name}
    bare = tried.get("", Counter[str]())
    several = {name for name, known in told.items() if len({*known, *bare}) > 1 and (len(known) > 1 or len(bare) > 1)}
    if not several and len(bare) < 2:
        return list(arms)
    treatment = _usual(several, usual.book, usual.beside, usual.last)
    kept = list(arms)
    for dose in doses:
        base = dose.arm or usual.tabled.get(dose.text) or treatment
        if base is None or (dose.arm is not None and dose.arm.name not in several):
            continue
        name = f"{base.name} {dose.text}"
        made = replace(base, span=dose.span, drugs=(name,), grouped=True, broad=False, rules=(*base.rules, "arm:dose"))
        if dose.arm is not None:
            whole = Span(min(dose.span.start, dose.arm.span.start), max(dose.span.end, dose.arm.span.end))
            made = replace(
                made,
                span=whole if not any(k.dosed and k.span.overlaps(whole) for k in kept) else dose.span,
            )
            kept = [k for k in kept if k is not dose.arm]
        kept.append(made)
    return sorted(kept, key=lambda a: a.span.start)


def _usual(several: set[str], book: ArmBook | None, beside: Mapping[str, Arm], last: Arm | None) -> Arm | None:
    """The treatment a bare dose is of: the one the study tells with doses, else the one its paragraph spoke of last
    where the study names none, else the section's (`beside`), else what the study tries."""
    if book is None:
        return None
    dosed = [a for a in book.arms.values() if a.name in several]
    if dosed:
        return dosed[0] if len(dosed) == 1 else None
    tried = [a for a in book.arms.values() if a.role != "control" and not a.dosed]
    if not tried and last is not None:
        return last
    known = [a for a in tried if a.name in beside] or list(beside.values())
    if known:
        return known[0] if len(known) == 1 else None
    if book.pair is not None and book.pair[0].drugs:
        return book.pair[0]
    return tried[0] if len(tried) == 1 else book.heading if not tried else None
