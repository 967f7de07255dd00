"""A cell that tells in words how many people were in which group in, each group's number with its label out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from extractors.facts.armbook import Arm
from extractors.facts.arms import find_arms
from extractors.facts.sentence import Contents, narrow
from extractors.facts.sidelabels import side_labelled
from schemas.anchor import Span
from schemas.number import Number

_N = r"\d{1,3}(?:[,   ]\d{3})+(?!\d)|\d+(?![\d.,]*\d|\s?%)"
# "Drug A = 1513", "Drug A: n = 849", "Drug A 0.5 mg (n = 9192)".
LABELLED = regex.compile(
    rf"(?P<label>\p{{L}}[^=:;()]{{1,60}}?)\s*(?:[:=]\s*)?(?:\(?\s*\b[nN]\s*[=:]\s*|=\s*)(?P<n>{_N})"
)
# "Drug A 176, placebo 140": the number right behind the treatment.
BESIDE = regex.compile(rf"(?P<label>\p{{L}}[^=:;,()\d]{{2,40}}?)\s(?P<n>{_N})(?=\s*(?:[,;.)]|$|\s(?:patients|and|vs)))")
# "87 randomised (43 drug A, 44 placebo)": everyone, and in brackets each arm.
DEALT = regex.compile(
    rf"(?:^|[:;.]\s*)(?P<all>{_N})\s+(?:patients\s+)?(?P<did>\p{{Ll}}{{3,}}(?:ed|led?)?)?\s*"
    rf"\(\s*(?P<parts>(?:{_N})\s+\p{{L}}[^,;()]*(?:[,;]\s*(?:and\s+)?(?:{_N})\s+\p{{L}}[^,;()]*)+)\)"
)
PART = regex.compile(rf"(?P<n>{_N})\s+(?P<label>\p{{L}}[^,;()]*)")
# "97 enrolled (single-arm X)", "51 randomised".
WHOLE = regex.compile(
    rf"(?:^|[:;.]\s*)(?P<all>{_N})\s+(?:patients\s+|participants\s+|subjects\s+)?"
    r"(?:randomi[sz]ed|enrol\w+|treated|included|analy[sz]ed|recruited|evaluable|registered)\b"
)
# Words for everyone, or for how they were picked: no treatment.
EVERYONE = regex.compile(
    r"\b(?:all|total|overall|sample|patients|participants|subjects|individuals|population|cohorts?|matched|matching|weighted|enrolled"
    r"|randomi[sz]ed|analy[sz]ed|PS|ITT|safety|arms?|groups?)\b",
    regex.IGNORECASE,
)
# What is measured of them, and no group.
MEASURE = regex.compile(
    r"\b(?:age|BMI|HbA1c|weight|female|male|mean|median|years|kg|LDL|duration|follow)\b", regex.IGNORECASE
)
LONGEST_NAME = 6  # words
SMALLEST = 2


class Sized(NamedTuple):
    """The number of a group, its arm where its label names one, else the label where it says who they were."""

    number: Number
    arm: Arm | None
    population: str = ""


# "165 / 168 (median age 51 / 51)": the people of the row's two arms.
SIDE_BY_SIDE = regex.compile(rf"^\W*(?P<first>{_N})\s*(?:/|vs\.?|versus|against)\s*(?P<second>{_N})(?=\s*(?:[(;,]|$))")


def sizes_side_by_side(contents: Contents, pair: tuple[Arm, Arm]) -> list[Sized]:
    """The people of the two arms of a row, printed side by side before anything else its cell tells."""
    match = SIDE_BY_SIDE.match(contents.text)
    if match is None:
        return []
    return [Sized(_number(contents, match, g), arm) for g, arm in zip(("first", "second"), pair, strict=True)]


def sizes_in_words(contents: Contents) -> list[Sized]:
    """The groups that a cell sizes in words, in printed order; none where it has another form."""
    dealt = list(_dealt(contents))
    if dealt:
        return dealt
    labelled = list(LABELLED.finditer(contents.text))
    if any(side_labelled(m["label"].split()) is not None for m in labelled):
        return []  # "G1 (n = 29) G2 (n = 30)": the row's two arms
    found = [s for m in labelled if (s := _labelled(contents, m)) is not None]
    if any(s.arm is not None for s in found):  # beside a treatment, what no vocabulary knows is one as well
        return [_as_arm(contents, s) if s.population else s for s in found]
    if found:
        return found
    beside = [s for m in BESIDE.finditer(contents.text) if (s := _labelled(contents, m)) is not None]
    if len({s.arm.name for s in beside if s.arm is not None}) > 1:
        return [s for s in beside if s.arm is not None]
    whole = WHOLE.search(contents.text)
    return [Sized(_number(contents, whole, "all"), None)] if whole is not None else []


def _dealt(contents: Contents) -> Iterator[Sized]:
    for match in DEALT.finditer(contents.text):
        parts = list(PART.finditer(match["parts"]))
        whole = _number(contents, match, "all")
        sizes = [Decimal(regex.sub(r"\D", "", p["n"])) for p in parts]
        if sum(sizes) > whole.value:
            continue
        yield Sized(whole, None)
        base = match.start("parts")
        spans = [Span(base + p.start("label"), base + p.end("label")) for p in parts]
        treated = any(_is_treatment(contents, span) for span in spans)
        for part, span in zip(parts, spans, strict=True):
            number = _at(contents, Span(base + part.start("n"), base + part.end("n")))
            words = " ".join(part["label"].split())
            arm = _arm(contents, span) or _named(contents, span) if treated else None
            yield Sized(number, arm, "" if treated else words)


def _is_treatment(contents: Contents, label: Span) -> bool:
    """Whether a label names a drug or a kind of treatment, and no kind of people ("41 with X, 84 healthy controls")."""
    base = contents.span.start
    place = Span(base + label.start, base + label.end)
    return any(place.holds(d.span) and d.drugs != ("control",) and d.role is None for d in contents.drugs)


def _labelled(contents: Contents, match: "regex.Match[str]") -> Sized | None:
    number = _number(contents, match, "n")
    if MEASURE.search(match["label"]) or number.value < SMALLEST:
        return None
    span = Span(match.start("label"), match.end("label"))
    arm = _arm(contents, span)
    if arm is not None:
        return Sized(number, arm)
    if EVERYONE.search(match["label"]):
        return Sized(number, None)
    words = " ".join(match["label"].split())
    return Sized(number, None, words if len(words.split()) <= LONGEST_NAME else "")


def _as_arm(contents: Contents, size: Sized) -> Sized:
    return Sized(size.number, Arm(span=contents.span, drugs=(size.population,), rules=("arm:cell",)))


def _arm(contents: Contents, label: Span) -> Arm | None:
    """The treatment that a label names; several are one combination."""
    base = contents.span.start
    piece = narrow(contents, Span(base + label.start, base + label.end))
    arms = [a for a in find_arms(piece) if a.name]
    drugs = tuple(dict.fromkeys(d for a in arms for d in a.drugs))
    if regex.search(r"\b(?:then|followed|continued|switch\w*)\b", piece.text):
        return None
    if not drugs and len(arms) != 1:
        # "Any SGLT2i"
        drugs = tuple(dict.fromkeys(d for mention in piece.drugs if mention.broad for d in mention.drugs))
    if not drugs:
        return arms[0] if len(arms) == 1 else None
    role = arms[0].role if arms else None
    return Arm(span=piece.span, drugs=drugs, role=role, rules=("arm:cell",), active=len(drugs))


def _named(contents: Contents, label: Span) -> Arm | None:
    words = " ".join(contents.text[label.start : label.end].split())
    if len(words.split()) > LONGEST_NAME:
        return None
    span = Span(contents.span.start + label.start, contents.span.start + label.end)
    return Arm(span=span, drugs=(words,), rules=("arm:cell",))


def _number(contents: Contents, match: "regex.Match[str]", group: str) -> Number:
    return _at(contents, Span(match.start(group), match.end(group)))


def _at(contents: Contents, place: Span) -> Number:
    raw = contents.text[place.start : place.end]
    span = Span(contents.span.start + place.start, contents.span.start + place.end)
    return Number(raw=raw, value=Decimal(regex.sub(r"\D", "", raw)), decimals=0, span=span)
