"""The one text in, what may be a citation marker out, by the style it is printed in."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extractors.document.flow import Flow, Piece
from extractors.document.markers import NUMBERS, expand
from schemas.anchor import Span

Style = Literal["superscript", "bracket", "parenthesis", "glued"]

_SUPERSCRIPT_CHARACTERS = re.compile(r"[⁰¹²³⁴-⁹]+(?:\s?[,⁻–-]\s?[⁰¹²³⁴-⁹]+)*")
_MARKED_UP = re.compile(
    rf"\$?\^\{{\s*\[?({NUMBERS})\]?\s*\}}\$?|<sup>\s*\[?({NUMBERS})\]?\s*</sup>|(?<=[\w.,;)])\^({NUMBERS})\^"
)
_BRACKET = re.compile(rf"\\?\[\s*({NUMBERS})\s*\\?\]")
_PARENTHESIS = re.compile(rf"\(\s*({NUMBERS})\s*\)")
# A superscript whose rise was lost: "disease.6 The". Only behind a letter, so that 0.6 and 12.5 are never one.
_GLUED = re.compile(rf"(?<=[a-z)\]”][.,;])({NUMBERS.replace(chr(92) + 's*', '')})(?=\s+[A-Z(“]|\s+[a-z]|\s*\Z)")
# A power or unit, not a citation: m², kg/m², 10⁹, I², R², χ², Chi².
_BASE = re.compile(r"(?:(?<![A-Za-z])(?:[kcdmnμµ]?m|s|[Cc]hi|[IRrQHTxXzχητσ])|(?<![\d.])10)$")
_POWERS = frozenset("1234")
# Numbers in brackets behind a number or these words are a range of values.
_VALUE_BEFORE = re.compile(
    r"(?:(?<![\d.])\d+(?:[.,·]\d+)?\s*%?|\b(?:CIs?|CrIs?|IQRs?|ranges?|intervals?|medians?|quartiles?|SDs?|SEs?|n|N)\s*[:=,]?)\s*$"
)
_YEAR_BEFORE = re.compile(r"\b(?:19|20)\d\d\s*$")
_ENUMERATED = re.compile(r"\s+[A-Za-z]")
_MARK_BEHIND = re.compile(r"\s*[=<>≤≥±%]|\s*(?:mg|kg|mL|ml|cm|mm|years?|months?|weeks?|days?|patients?|cases?)\b")


class Candidate(NamedTuple):
    """What may be a citation marker: its characters and the numbers it stands for."""

    span: Span
    numbers: tuple[str, ...]


def find_superscripts(flow: Flow, pieces: Sequence[Piece]) -> list[Candidate]:
    """Raised numbers, by the page's own layout, by character or by mark-up, that are no powers, isotopes or notes."""
    raised = _raised(flow)
    starts = [span.start for span in raised]
    found: list[Candidate] = []
    for i, piece in enumerate(pieces):
        first, last = bisect_right(starts, piece.span.start), bisect_left(starts, piece.span.end)
        if first == last or _has_numbered_notes(pieces, i, flow.text):
            continue
        for span in raised[first:last]:
            numbers = expand(_inner(span.of(flow.text)))
            if numbers and not is_power(flow.text, span, numbers):
                found.append(Candidate(span, numbers))
    return found


def find_brackets(text: str, pieces: Sequence[Piece]) -> Iterator[Candidate]:
    """Numbers in square brackets that are not the spread of a value before them."""
    for piece in pieces:
        for match in _BRACKET.finditer(text, piece.span.start, piece.span.end):
            numbers = expand(match[1])
            before = text[max(match.start() - 24, piece.span.start) : match.start()]
            several = len(numbers) > 1 or "," in match[1]
            if not (several and _VALUE_BEFORE.search(before) and not _YEAR_BEFORE.search(before)):
                yield Candidate(Span(*match.span()), numbers)


def find_parentheses(text: str, pieces: Sequence[Piece]) -> Iterator[Candidate]:
    """Numbers in round brackets that are neither a count behind a value, an enumeration, nor a measurement."""
    for piece in pieces:
        for match in _PARENTHESIS.finditer(text, piece.span.start, piece.span.end):
            before = text[max(match.start() - 24, piece.span.start) : match.start()]
            enumerated = before.rstrip()[-1:] in ("", ":", ";", ",") and _ENUMERATED.match(text, match.end())
            if not (_VALUE_BEFORE.search(before) or enumerated or _MARK_BEHIND.match(text, match.end())):
                yield Candidate(Span(*match.span()), expand(match[1]))


def find_glued(text: str, pieces: Sequence[Piece]) -> Iterator[Candidate]:
    """Numbers that stand without a blank behind the stop of a clause."""
    for piece in pieces:
        for match in _GLUED.finditer(text, piece.span.start, piece.span.end):
            yield Candidate(Span(*match.span()), expand(match[1]))


def _inner(printed: str) -> str:
    """The marker without the mark-up that raises it."""
    marked = _MARKED_UP.fullmatch(printed)
    return next(filter(None, marked.groups())) if marked else printed


def _raised(flow: Flow) -> list[Span]:
    """Raised stretches in order, those with only a comma, dash or blank between them as one."""
    joined: list[Span] = []
    for span in flow.superscripts:
        if joined and flow.text[joined[-1].end : span.start] in ("", ",", "–", "-", "−", " ", ", ", ", "):
            span = Span(joined.pop().start, span.end)
        joined.append(span)
    raised = [_without_blanks(span, flow.text) for span in joined]
    raised += [Span(*match.span()) for match in _SUPERSCRIPT_CHARACTERS.finditer(flow.text)]
    if "^" in flow.text or "<sup>" in flow.text:
        raised += [Span(*match.span()) for match in _MARKED_UP.finditer(flow.text)]
    return sorted(raised)


def _without_blanks(span: Span, text: str) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))


def is_power(text: str, span: Span, numbers: tuple[str, ...]) -> bool:
    """Whether the raised `numbers` at `span` belong to what they stand at: m², 10⁹, I², ¹⁸F."""
    before = text[max(span.start - 8, 0) : span.start]
    base = _BASE.search(before)
    if base and (base[0] == "10" or (len(numbers) == 1 and numbers[0] in _POWERS)):
        return True
    behind = text[span.end : span.end + 1]
    isotope = behind.isalpha() and (not before or not before[-1].isalnum())
    return isotope and not (before and before[-1] in ".,;)")


def _has_numbered_notes(pieces: Sequence[Piece], i: int, text: str) -> bool:
    """Whether raised numbers in this table (or note) are marks of its own footnotes."""
    if pieces[i].block.kind not in ("table", "footnote"):
        return False
    first = next((j for j in range(i, -1, -1) if pieces[j].block.kind == "table"), i)
    for piece in pieces[first + 1 :]:
        if piece.block.kind != "footnote":
            return False
        if text[piece.span.start] in "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹":
            return True
    return False
