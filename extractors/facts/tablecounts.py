"""Table cells that count people in, drafts of cohorts out; a count beside its share becomes the part of that share."""

from decimal import Decimal

import regex

from extractors.facts.armbook import Arm
from extractors.facts.armcells import CONTROL, EXPERIMENTAL, Size
from extractors.facts.arms import find_arms
from extractors.facts.columns import Meaning
from extractors.facts.draft import Draft
from extractors.facts.rows import Row
from extractors.facts.sentence import Contents
from extractors.facts.sidelabels import side_labelled
from extractors.facts.wordedsizes import Sized, sizes_in_words, sizes_side_by_side
from schemas.anchor import Span
from schemas.number import Number

VERSUS = regex.compile(r"\d\s*(?:vs\.?|versus|against|/|:)\s*\d")


def draft_arm_size(size: Size, population: str = "") -> Draft:
    """The cohort of an arm whose people are printed with its name."""
    place = size.number.span
    assert place is not None
    draft = Draft("cohort", place, number=size.number, unit="patients", rules=["table:arm_size"])
    draft.population = population
    draft.take_arm(size.arm)
    return draft


def draft_sizes(contents: Contents, row: Row, column: Meaning, shared: bool) -> list[Draft]:
    """Cohorts of a column (or row) of patient numbers; "233 vs 267" are those of the row's two arms."""
    beside = sizes_side_by_side(contents, row.book.pair) if row.book.pair is not None else []
    if beside:
        return [_sized(size, row) for size in beside]
    told = sizes_in_words(contents)
    if told and (len(told) > 1 or told[0].arm is not None or is_wordy(contents.text)):
        return [_sized(size, row) for size in told]
    numbers: list[Number | None] = [c.number for c in contents.counts]
    if not is_wordy(contents.text):
        numbers += [v.number for v in contents.values if v.unit in (None, "")]
        numbers += [o.number for o in contents.others if o.reason is None]
    spaced = SPACED.match(contents.text)
    if spaced is not None:
        numbers = [_spaced_number(contents, spaced)]
    drafts = []
    for number in numbers:
        if number is None or number.span is None or number.decimals:
            continue
        behind = contents.words(number.span.end, number.span.end + 16)
        studies = "studies" in (column.role, row.meaning.role) or STUDIES.match(behind) is not None
        draft = Draft(
            "cohort", number.span, number=number, unit="studies" if studies else "patients", rules=["table:size"]
        )
        draft.population = row.population or row.group
        drafts.append(draft)
    pair = row.book.pair
    named = row.meaning.arms if pair is None or row.armed else []  # "A (STUDY-1)" in a row of A versus B: everyone's
    arms = column.arms or named or (row.arms if row.armed else [])
    if len(drafts) == 2 and pair is not None and VERSUS.search(contents.text):
        for draft, arm in zip(sorted(drafts, key=lambda d: d.place), pair, strict=True):
            draft.take_arm(arm)
    elif column.named:
        for draft in drafts:
            known = side_named(column.named, row)
            draft.take_arm(known or Arm(span=contents.span, drugs=(column.named,), rules=("arm:header",)))
    elif len(arms) == 1 and not shared:
        for draft in drafts:
            draft.take_arm(arms[0])
    else:
        for draft in drafts:
            draft.take_arm(_labelled(contents, draft.place, row))
            if draft.arm is None and len(drafts) > 1:
                _take_label(draft, contents)
    return drafts


def _sized(size: Sized, row: Row) -> Draft:
    """The cohort of a group that a cell sizes in words."""
    place = size.number.span
    assert place is not None
    draft = Draft("cohort", place, number=size.number, unit="patients", rules=["table:sized"])
    draft.population = size.population or row.population or row.group
    draft.take_arm(row.book.resolve(size.arm) if size.arm is not None and size.arm.drugs else size.arm)
    return draft


def is_wordy(text: str) -> bool:
    """Whether a cell of people tells more of them than how many there were."""
    return len(WORDS.findall(text)) >= FEWEST_WORDS


WORDS = regex.compile(r"\p{L}{3,}")
FEWEST_WORDS = 6


def _take_label(draft: Draft, contents: Contents) -> None:
    """Give one of several numbers in a cell the treatment or the kind of people it is labelled with."""
    start = draft.place.start - contents.span.start
    match = next((m for m in LABELLED.finditer(contents.text) if m.start("n") == start), None)
    if match is None or GENERAL_LABEL.match(match["label"]):
        return
    span = Span(contents.span.start + match.start("label"), contents.span.start + match.end("label"))
    arms = [a for a in find_arms(contents) if a.span.overlaps(span) and a.name]
    if arms:
        draft.take_arm(arms[-1])
    else:
        draft.population = match["label"]


# "14 810" alone in a cell of people is one number.
SPACED = regex.compile(r"^\W*(?P<n>\d{1,3}(?:[   ]\d{3})+)\W*$")


def _spaced_number(contents: Contents, match: "regex.Match[str]") -> Number:
    span = Span(contents.span.start + match.start("n"), contents.span.start + match.end("n"))
    return Number(raw=match["n"], value=Decimal(regex.sub(r"\s", "", match["n"])), decimals=0, span=span)


# "4512 (8 RCTs)": the studies that the people are from.
STUDIES = regex.compile(r"^\s*(?:stud(?:y|ies)|RCTs?|trials?|cohorts)\b", regex.IGNORECASE)
# "G1 (n = 53)", "Group B (n=49)", "Control (n = 40)": the label of the group that a number is of.
LABELLED = regex.compile(
    r"(?P<label>\p{L}[\p{L}\d]*(?:[ -][\p{L}\d]{1,14}){0,2})\s*[:(]?\s*\(?\s*[nN]\s*[=:]\s*(?=(?P<n>\d))"
)
GENERAL_LABEL = regex.compile(
    r"(?:.*\s)?(?:total|all|overall|patients|participants|subjects|sample|size|randomi[sz]ed|enrolled|analy[sz]ed|n)$",
    regex.IGNORECASE,
)


def _labelled(contents: Contents, place: Span, row: Row) -> Arm | None:
    """The row's arm that the label before a number stands for; null where there is no label or no pair of arms."""
    start = place.start - contents.span.start
    match = next((m for m in LABELLED.finditer(contents.text) if m.start("n") == start), None)
    pair = row.book.pair
    if match is None or pair is None:
        return None
    words = match["label"].split()
    side = side_labelled(words)
    return pair[side] if side is not None else side_named(words[-1], row)


def draft_parts(contents: Contents, row: Row, column: Meaning) -> list[Draft]:
    """Cohorts of a column that counts a part of the study's people: an arm, or those its header tells."""
    drafts = []
    numbers = [m.number for kind in (contents.counts, contents.values, contents.others) for m in kind]
    numbers += [c.of for c in contents.counts]  # "30/34" reads as 30 of 34
    found = [n for n in numbers if n is not None and n.span is not None]
    printed = sorted(found, key=lambda n: n.span or contents.span)
    whom = column.halves or (column.whom,)
    for number, population in zip(printed, whom, strict=False):
        if number.span is None or number.decimals:
            continue
        draft = Draft("cohort", number.span, number=number, unit="patients", rules=["table:part"])
        draft.population = population
        if column.arms:
            draft.take_arm(column.arms[0])
        elif column.named:
            arm = Arm(span=contents.span, drugs=(column.named,), rules=("arm:header",))
            draft.take_arm(side_named(column.named, row) or arm)
        drafts.append(draft)
    return drafts


def side_named(words: str, row: Row) -> Arm | None:
    """The row's arm that a header calls "Intervention" or "Control"; null where it knows none."""
    if row.book.pair is None:
        return None
    if CONTROL.search(words):
        return row.book.pair[1]
    return row.book.pair[0] if EXPERIMENTAL.search(words) else None
