"""Table cells that name treatments in, arms out: the row's own, the two it sets side by side, the people of each."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.arms import find_arms
from extractors.facts.columns import Meaning
from extractors.facts.groups import learn_pair
from extractors.facts.sentence import Contents, blank_brackets, narrow
from schemas.anchor import Span
from schemas.evidence import ArmRole
from schemas.number import Number

CONTROL = regex.compile(r"\b(?:control|comparator|placebo|standard|reference)\b", regex.IGNORECASE)
COMPARED = regex.compile(r"\b(?:vs\.?|versus|compared|relative to)(?!\w)", regex.IGNORECASE)
# "Drug, %" and "Control, %": a column of one side of the row's comparison.
EXPERIMENTAL = regex.compile(
    r"^\W*(?:drug|experimental|intervention|treatment|active|study drug|treated)\b", regex.IGNORECASE
)
SIDE = regex.compile(
    r"^\W*(?:drug|experimental|intervention|treatment|active|study drug|treated|controls?|comparator|placebo|standard"
    r"|reference)(?: (?:groups?|arms?|care|treatment|therapy|drug))?[\s,(\[]*(?:(?:n|no|%)(?!\p{L}).*)?$",
    regex.IGNORECASE,
)
# An arm that others are compared with, by its name.
OPPOSED = regex.compile(
    r"\b(?:controls?|placebo|sham|standard|usual|conventional|routine|medical|observation|comparator|reference"
    r"|untreated|no|best supportive care|BSC)\b",
    regex.IGNORECASE,
)
VERSUS = regex.compile(r"\s(?:versus|vs\.?|v\.?)\s", regex.IGNORECASE)
# "EG: A + B", "CG 1: B", "Group A: B": what a cell calls an arm before it says what it was.
LABEL = regex.compile(
    r"^\W*(?:[EIT]G|CG|[IC]|(?:[Gg]roup|[Aa]rm)|(?:[Ii]ntervention|[Cc]ontrol|[Ee]xperimental|[Tt]reatment)(?:\s(?:group|arm))?)"
    r"\s?(?:\d|[A-H])?\s?[:=]\s*(?=\p{L})"
)
OF_CONTROLS = regex.compile(r"^\W*C(?:G|ontrol)?\b")
# "See A", "As above": the arms are told elsewhere.
POINTER = regex.compile(r"^\W*(?:see|as (?:above|in|for)|same as|idem|ibid)\b", regex.IGNORECASE)
# "Placebo (118)", "Placebo (n = 118)": the people of the arm the cell names.
SIZED = regex.compile(r"\(\s*(?:[nN]\s*[=:]\s*)?(?P<n>\d[\d,  ]*)\s*(?:patients|participants|subjects)?\s*\)\s*$")
BRACKETS = regex.compile(r"\([^)]*\)|\[[^\]]*\]")
SIZED_INSIDE = regex.compile(SIZED.pattern.removesuffix(r"\s*$"))
# What of a cell's words is no part of an arm's name: brackets and doses.
ASIDE = regex.compile(r"\([^)]*\)|\d+\s*(?:mg|µg|g|mL)\S*|\bn\s*=\s*\d+")
THREE_LETTERS = regex.compile(r"\p{L}{3}")


class Size(NamedTuple):
    """The number of an arm's people printed with its name; without an arm, those of the row's population."""

    arm: Arm | None
    number: Number


def read_sides(
    cells: Sequence[tuple[Meaning, Contents]], book: ArmBook, named: Sequence[Arm], headers: Sequence[Meaning]
) -> tuple[list[Arm], tuple[Arm, Arm] | None]:
    """The arms that a row's cells of treatments name, and its two sides where they are told apart.

    `named` are the arms the row is known to have; two columns of arms are the two sides of a comparison, and so is one
    arm in a table with a column of control groups.
    """
    arms: list[Arm] = []
    sides: list[Arm] = []
    for meaning, whole in cells:
        label = LABEL.match(whole.text)
        piece = narrow(whole, Span(whole.span.start + label.end(), whole.span.end)) if label is not None else whole
        found = find_arms(piece)
        if not _bracketed_control(piece, found, book):
            learn_pair(piece, found, book)
        against = [a for a in meaning.arms if a.role == "control"]
        if POINTER.match(piece.text):
            continue
        sides_told = _two_sides(piece) if book.pair is None else None
        if sides_told is not None:
            found, book.pair = list(sides_told), sides_told
        if book.pair is None and _opposes(piece, found):
            first = next(a for a in found if a.role != "control")
            book.pair = (first, next(a for a in found if a.role == "control"))
        if book.pair is None:
            control = meaning.side == "control" or CONTROL.search(meaning.text) is not None
            found = [one_arm(piece, found, control or (label is not None and OF_CONTROLS.match(label[0]) is not None))]
            sides += [*(a for a in found if a.name), *against[:1]]
        arms += [a for a in found if a.name]
    own = [a for a in (*named, *arms) if a.role != "control"]
    if book.pair is None and not sides[1:] and len(own) == 1 and any(_of_controls(m) for m in headers):
        sides = [own[0], Arm(span=own[0].span, drugs=(), role="control", cue="control_arm", rules=("arm:column",))]
    if book.pair is None and len(sides) == 2:
        sides[0].role, sides[1].role = "experimental", "control"
        return arms, (sides[0], sides[1])
    return arms, book.pair


def _two_sides(contents: Contents) -> tuple[Arm, Arm] | None:
    """The two treatments of a cell that sets one against the other, by their words where no vocabulary knows one."""
    joints = list(VERSUS.finditer(blank_brackets(contents.text)))
    if len(joints) != 1:
        return None
    start, end = contents.span.start + joints[0].start(), contents.span.start + joints[0].end()
    parts = (narrow(contents, Span(contents.span.start, start)), narrow(contents, Span(end, contents.span.end)))
    first, second = (one_arm(part, [a for a in find_arms(part) if a.drugs], False) for part in parts)
    if (
        not first.name
        or not second.name
        or first.name == second.name
        or "arm:cell" not in (*first.rules, *second.rules)
    ):
        return None
    first.role, second.role = "experimental", "control"
    return first, second


def _opposes(contents: Contents, found: Sequence[Arm]) -> bool:
    """Whether a cell names a treatment and a placebo as two arms: "A 10 mg, A 20 mg, or placebo"."""
    masked = [a for a in found if a.role == "control" and {*a.drugs} & {"placebo", "sham", "vehicle"}]
    others = [a for a in found if a.role != "control" and a.drugs]
    if not masked or not others or masked[0].span.start < others[0].span.end:
        return False
    between = contents.words(others[-1].span.end, masked[0].span.start)
    before = blank_brackets(contents.words(others[0].span.start, others[-1].span.end))
    if regex.search(r"\band\b", between) and regex.search(r"\band\b", before):
        return False  # "X and Y (6 cycles) and placebo": all of one arm
    return regex.search(r"\b(?:plus|with|to)\b|\+", between) is None


def _bracketed_control(contents: Contents, found: Sequence[Arm], book: ArmBook) -> bool:
    """Whether a cell is a treatment with its control in brackets behind it: "A + B (placebo + B)", "A (placebo)"."""
    controls = [a for a in found if a.role == "control"]
    if len(found) != 2 or len(controls) != 1 or found[1] is not controls[0] or found[0].role == "control":
        return False
    before = contents.words(found[0].span.end, found[1].span.start).strip()
    after = contents.words(found[1].span.end, contents.span.end).strip()
    if before not in ("(", "[") or after not in (")", "]"):
        return False
    for arm in found:
        book.learn(arm)
    book.contrast(found[0], found[1])
    return True


def _of_controls(meaning: Meaning) -> bool:
    """Whether a column holds the values of control groups whose treatment no cell names."""
    named = CONTROL.search(meaning.text) is not None and COMPARED.search(meaning.text) is None
    return named and not meaning.arms and meaning.endpoint is None and meaning.measure is None


def names_side(meaning: Meaning) -> bool:
    """Whether a header names one side of the rows' comparison ("Active", "Control, n/N") and nothing else."""
    return SIDE.match(meaning.text) is not None and meaning.measure is None and meaning.endpoint is None


# "Mortality, control (%)", "Events in the intervention group": the side at the end of an outcome's header.
SIDE_BEHIND = regex.compile(
    r"(?:[,(–:-]\s*|\b(?:in|with|of)\s+(?:the\s+)?)(?P<side>experimental|intervention|treatment|active|treated|controls?"
    r"|comparator)(?: (?:groups?|arms?))?\W*(?:n\b.*|%.*|\(.*)?$",
    regex.IGNORECASE,
)


def side_words(meaning: Meaning) -> str:
    """The words by which a header says that its outcome is that of one side; "" where it does not."""
    if SIDE.match(meaning.last) and meaning.last != meaning.text:
        return meaning.last
    match = SIDE_BEHIND.search(meaning.text)
    return match["side"] if match is not None else ""


def head_words(headers: Sequence[Meaning]) -> tuple[Arm, Arm] | None:
    """The sides of a table whose columns are headed "Intervention" and "Control", where nothing says what they were."""
    words = [side_words(m) or (m.text if SIDE.match(m.text) else "") for m in headers]
    first = next((w for w in words if w and not CONTROL.search(w)), "")
    if not first or not any(w and CONTROL.search(w) for w in words):
        return None
    span = headers[0].spans[0] if headers[0].spans else Span(0, 0)
    name = regex.sub(r"[^\p{L} ]", "", first.split("(")[0]).strip().casefold()
    return (
        Arm(span=span, drugs=(name,), role="experimental", rules=("arm:side",), active=1),
        Arm(span=span, drugs=(), role="control", cue="control_arm", rules=("arm:side",)),
    )


def one_arm(contents: Contents, named: list[Arm], control: bool) -> Arm:
    """All drugs of a cell as one arm; a cell without a known drug is an arm in its own words."""
    drugs = tuple(dict.fromkeys(d for arm in named for d in arm.drugs))
    if not drugs:
        drugs = _of_classes(contents)
    if not drugs:
        words = " ".join(ASIDE.sub(" ", contents.text).split()).casefold()
        drugs = (words,) if THREE_LETTERS.search(words) and len(words) < 60 else ()
    role: ArmRole | None = "control" if control else None
    rules = tuple(r for arm in named for r in arm.rules) or ("arm:cell",)
    return Arm(span=Span(*contents.span), drugs=drugs, role=role, rules=rules, active=len(drugs))


PLUS = regex.compile(r"\s*(?:\+|\bplus\b|\bwith\b|\band\b)\s*", regex.IGNORECASE)
LONGEST_PART = 4  # words


def _of_classes(contents: Contents) -> tuple[str, ...]:
    """The parts of a cell that joins kinds of treatment, short forms under the words they stand for; else none."""
    text = contents.text
    classes = [d for d in contents.drugs if d.broad and len(d.drugs) == 1]
    for drug in sorted(classes, key=lambda d: d.span, reverse=True):
        start, end = drug.span.start - contents.span.start, drug.span.end - contents.span.start
        text = text[:start] + drug.drugs[0] + text[end:]
    parts = [" ".join(part.split()) for part in PLUS.split(ASIDE.sub(" ", text))]
    if not classes or any(not part or len(part.split()) > LONGEST_PART for part in parts):
        return ()
    return tuple(part if part[1:2].isupper() else part[:1].lower() + part[1:] for part in parts)


def printed_name(contents: Contents) -> str:
    """A cell's one treatment with dose and schedule as printed, its drug under the name it has everywhere."""
    words = " ".join(BRACKETS.sub(" ", contents.text).split())
    drugs = [m for m in contents.drugs if len(m.drugs) == 1]
    if len(drugs) != 1 or len(words) > 60:
        return ""
    printed = regex.escape(contents.words(*drugs[0].span))
    return str(regex.sub(printed, drugs[0].drugs[0], words, flags=regex.IGNORECASE))


def read_size(contents: Contents, arms: Sequence[Arm]) -> list[Size]:
    """The people printed in brackets behind each arm that a cell names, after "n =" or bare."""
    here = {a.name: a for a in arms if contents.span.holds(a.span) and a.name}
    if len(here) == 1:
        number = read_people(contents)
        return [Size(next(iter(here.values())), number)] if number is not None else []
    found: list[Size] = []
    ordered = sorted(here.values(), key=lambda a: a.span)
    ends = [*(a.span.start for a in ordered[1:]), contents.span.end][: len(ordered)]
    for arm, end in zip(ordered, ends, strict=True):
        piece = narrow(contents, Span(arm.span.start, end))
        number = read_people(piece, end=False)
        found += [Size(arm, number)] if number is not None else []
    return found if len(found) == len(ordered) else []


def read_people(contents: Contents, *, end: bool = True) -> Number | None:
    """The number of people in brackets behind the name of a group of them, at the `end` of a cell or anywhere."""
    match = (SIZED if end else SIZED_INSIDE).search(contents.text)
    if match is None:
        return None
    start = contents.span.start + match.start("n")
    span = Span(start, start + len(match["n"].rstrip()))
    found = [m.number for kind in (contents.others, contents.counts, contents.values) for m in kind]
    number = next((n for n in found if n is not None and n.span is not None and n.span.overlaps(span)), None)
    return number if number is not None and not number.decimals else None


def opposed(arm: Arm) -> bool:
    """Whether an arm is by its role or name one that others are compared with."""
    return arm.role == "control" or OPPOSED.search(arm.name) is not None


def head_sides(headers: Sequence[Meaning]) -> tuple[Arm, Arm] | None:
    """The two arms that columns are headed with, the experimental one first; null where they are not two."""
    heads = {m.arms[0].name: m.arms[0] for m in headers if m.role in ("arms", "endpoint", "size") and len(m.arms) == 1}
    if len(heads) != 2:
        return None
    first, second = heads.values()
    if opposed(first) and not opposed(second):
        first, second = second, first
    first.role, second.role = "experimental", "control"
    return first, second


def join_lines(above: tuple[Arm, Arm] | None, below: tuple[Arm, Arm] | None) -> tuple[Arm, Arm] | None:
    """The two arms of a row printed over two lines: words no vocabulary knows go on in the line below."""
    if above is None or below is None:
        return above or below
    first, second = (
        replace(a, drugs=(f"{a.name} {b.name}",)) if "arm:cell" in a.rules and "arm:cell" in b.rules else a
        for a, b in zip(above, below, strict=True)
    )
    return first, second
