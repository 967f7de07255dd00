"""A stretch of text with its citation markers blanked in, the spans of its sentences out."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors.document.words import words
from schemas.anchor import Span

_STOP = re.compile(r"[.!?…][\"”’'\)\]\*_]*(?=\s)")
_NEXT = re.compile(r"\s+")
_TOKEN = re.compile(r"(?:[^\W\d_]\.)*[^\W_][\w’'-]*$")
_WORD = re.compile(r"[\"“‘'(\[*_]*([\w’'-]+)")
# What a full stop behind only numbers: "1. ", "(ii). ", "Table 2. ", "Supplementary Figure S1. "
_LABEL = re.compile(
    r"(?:[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-z])"
    r"|(?:Supplementa(?:l|ry)\s|Online\s|Extended Data\s)?(?:Table|Fig|Figure|Box|Panel|Scheme|Appendix|Chart)"
    r"\s*[A-Z]?\d*[A-Z]?)\.?",
    re.IGNORECASE,
)
# "OR = 0. 42", "95% CI 0. 30-0. 60": a decimal point with a blank behind it.
_DECIMAL = re.compile(r"(?:[=<>~–−-]|\bCI)\s?[–−-]?\d{1,2}\Z")
_NEVER_LAST, _MAYBE_LAST, _BEFORE_NUMBER = words("never_last"), words("maybe_last"), words("before_number")
_OPENERS, _KINDS = words("openers"), words("kinds")
_INNER = re.compile(r"\w{0,3}[A-Z0-9]")
_IN_CAPITALS = ("VS", "FIG", "FIGS", "NO", "NOS", "REF", "REFS")


def split(masked: str, span: Span, *, markers: Sequence[Span] = ()) -> list[Span]:
    """The sentences of `span` in order; `masked` is the text with citation markers as blanks, `markers` their spans.

    A marker behind the full stop ("disease.6 The", "disease. [12] The") belongs to the sentence it follows.
    """
    sentences: list[Span] = []
    start, limit = span
    for stop in _STOP.finditer(masked, start, limit):
        if stop.end() <= start:
            continue
        gap = _NEXT.match(masked, stop.end(), limit)
        if gap is None or gap.end() >= limit or not _ends(masked, start, stop, gap.end(), limit):
            continue
        sentences.append(Span(start, _behind_markers(stop.end(), gap.end(), markers)))
        start = gap.end()
    if start < limit:
        sentences.append(Span(start, limit))
    return sentences


def _behind_markers(end: int, following: int, markers: Sequence[Span]) -> int:
    """The end of the last marker between a full stop and the word that follows; the full stop's own without one."""
    i = bisect_left(markers, (end, 0))
    while i < len(markers) and markers[i].end <= following:
        end = markers[i].end
        i += 1
    return end


def _ends(text: str, start: int, stop: re.Match[str], following: int, limit: int) -> bool:
    """Whether the stop, with `following` the place of the next word, ends the sentence that begins at `start`."""
    opener = _WORD.match(text, following, min(following + 40, limit))
    word = opener[1] if opener else ""
    first = word[:1]
    if first.islower() and not (_INNER.match(word[1:]) and not word.endswith(("-", "'"))):
        return False
    if text[stop.start()] != ".":
        return True
    if _LABEL.fullmatch(text, start, stop.start()):
        return False
    if first.isdigit() and _DECIMAL.search(text, max(stop.start() - 8, start), stop.start()):
        return False
    token = _TOKEN.search(text, max(stop.start() - 24, start), stop.start())
    if token is None:
        return True
    if token[0].isalpha() and token[0].isupper() and len(token[0]) > 1 and token[0] not in _IN_CAPITALS:
        return True  # "by LC-MS." is no "Ms."
    last = token[0].lower()
    common = word.lower() in _OPENERS
    if last in _BEFORE_NUMBER:
        return not first.isdigit() and (last not in _MAYBE_LAST or common or len(last) > 1)
    if last in _NEVER_LAST:
        return False
    if last in _MAYBE_LAST:
        return common
    if len(last) == 1 and last.isalpha():
        return _ends_with_letter(text, token, word, common=common)
    return True


def _ends_with_letter(text: str, token: re.Match[str], word: str, *, common: bool) -> bool:
    """A single letter is an initial ("J. Smith") unless its kind is named ("vitamin D.") or a common opener follows."""
    before = text[max(token.start() - 24, 0) : token.start()].split()
    if before and before[-1].lower().strip("(,") in _KINDS:
        return True
    return common or word[:1].isdigit() or not word
