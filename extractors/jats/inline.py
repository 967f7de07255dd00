"""An element's running text in, runs out: blanks folded, superscripts flagged, citation markers with their targets."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from extractors.patterns import same_signs
from schemas.block import Run

# What stands beside the running text: it is read on its own, or (formulas, pictures) not at all.
ASIDE = frozenset(
    "fig fig-group table-wrap table-wrap-group boxed-text list def-list disp-quote disp-formula disp-formula-group "
    "supplementary-material media graphic inline-graphic inline-supplementary-material fn fn-group speech verse-group "
    "preformat array chem-struct chem-struct-wrap".split()
)
_SILENT = frozenset(
    "tex-math annotation object-id alt-text long-desc index-term label-alternatives inline-graphic processing-meta "
    "private-char".split()
)
_BLANKS = re.compile(r"[ \t\r\n]+")
# Between the targets of one marker stands nothing but separators, or a bracket closed and opened: "[1], [2]-[4]".
_SEPARATOR = re.compile(r"[\])]?\s*(?:[,;–—−‐‑-]|&|and)?\s*[\[(]?")
_DASH = re.compile(r"[–—−‐‑-]")
_YEAR_AT_END = re.compile(r"[\[(]?\b(?:19|20)\d\d[a-z]?[\])]?$")
_OPENING = re.compile(r"[\[(]\s*(?:(?:see|cf\.|e\.g\.,?|reviewed (?:in|by)|refs?\.?)(?: also)?\s+)?$")
_CLOSING = {"[": "]", "(": ")"}


class _Piece(NamedTuple):
    """Characters as they come, in the state they came in."""

    text: str
    superscript: bool
    cites: tuple[str, ...]


class _Marker(NamedTuple):
    start: int
    end: int
    cites: tuple[str, ...]


def read_runs(element: etree._Element, *, keys: Mapping[str, int], skip: Iterable[str] = ()) -> tuple[Run, ...]:
    """The runs of `element`; `keys` gives each reference its place in the list, `skip` names further tags to omit."""
    pieces: list[_Piece] = []
    _collect(element, pieces, keys, ASIDE | frozenset(skip), superscript=False)
    return _runs(_folded(pieces), keys)


def read_text(element: etree._Element | None) -> str:
    """The plain characters of `element` with blanks folded; "" where there is no element."""
    if element is None:
        return ""
    return "".join(run.text for run in read_runs(element, keys={}))


def _collect(
    element: etree._Element,
    pieces: list[_Piece],
    keys: Mapping[str, int],
    aside: frozenset[str],
    *,
    superscript: bool,
) -> None:
    if element.text:
        pieces.append(_Piece(element.text, superscript, ()))
    for place, child in enumerate(element):
        tag = child.tag
        if not isinstance(tag, str):  # an entity of the file's own making
            pass
        elif tag in aside or tag == "break":
            pieces.append(_Piece(" ", superscript, ()))
        elif tag == "xref" and (cites := tuple(k for k in (child.get("rid") or "").split() if k in keys)):
            within = child.find(".//sup") is not None
            pieces.append(_Piece("".join(map(str, child.itertext())), superscript or within, cites))
        elif tag not in _SILENT:
            if tag in ("given-names", "surname") and pieces and pieces[-1].text[-1:].isalnum():
                pieces.append(_Piece(" ", superscript, ()))  # fields that stand side by side without a blank
            _collect(
                child,
                pieces,
                keys,
                aside,
                superscript=superscript or tag == "sup" or (element.tag == "msup" and place == 1),
            )
        if child.tail:
            pieces.append(_Piece(child.tail, superscript, ()))


def _folded(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with every stretch of blanks one blank, none at either end."""
    folded: list[_Piece] = []
    after_blank = True
    for piece in pieces:
        text = _BLANKS.sub(" ", same_signs(piece.text))
        if after_blank:
            text = text.removeprefix(" ")
        if text:
            after_blank = text.endswith(" ")
            folded.append(piece._replace(text=text))
    while folded and not (last := folded[-1].text.rstrip(" ")):
        folded.pop()
    if folded:
        folded[-1] = folded[-1]._replace(text=last)
    return folded


def _runs(pieces: list[_Piece], keys: Mapping[str, int]) -> tuple[Run, ...]:
    text = "".join(p.text for p in pieces)
    raised = bytearray(len(text))
    markers: list[_Marker] = []
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        if piece.superscript:
            raised[at:end] = b"\x01" * (end - at)
        if piece.cites:
            lead = len(piece.text) - len(piece.text.lstrip())
            markers.append(_Marker(at + lead, at + len(piece.text.rstrip()), piece.cites))
        at = end
    runs: list[Run] = []
    at = 0
    for start, end, cites in _widened(_joined(markers, text, keys), text):
        runs.extend(_plain(text, raised, at, start))
        runs.append(Run(text=text[start:end], superscript=bool(raised[end - 1] if end > start else 0), cites=cites))
        at = end
    runs.extend(_plain(text, raised, at, len(text)))
    return tuple(run for run in runs if run.text)


def _plain(text: str, raised: bytearray, start: int, end: int) -> Iterable[Run]:
    while start < end:
        stop = raised.find(1 - raised[start], start, end)
        stop = end if stop < 0 else stop
        yield Run(text=text[start:stop], superscript=bool(raised[start]))
        start = stop


def _joined(markers: list[_Marker], text: str, keys: Mapping[str, int]) -> list[_Marker]:
    """Markers with only separators between them as one, a dash between two filled with the references it spans."""
    order = {place: key for key, place in reversed([*keys.items()])}
    joined: list[_Marker] = []
    for marker in markers:
        between = text[joined[-1].end : marker.start] if joined else ""
        if joined and len(between) < 8 and _SEPARATOR.fullmatch(between):
            last = joined.pop()
            cites = last.cites
            if _DASH.search(between):
                cites += tuple(order[place] for place in range(keys[cites[-1]] + 1, keys[marker.cites[0]]))
            marker = _Marker(last.start, marker.end, tuple(dict.fromkeys(cites + marker.cites)))
        joined.append(marker)
    return joined


def _widened(markers: list[_Marker], text: str) -> Iterable[_Marker]:
    """Markers with the brackets around them; of a name that is part of the sentence only the year is a marker."""
    floor = 0
    for start, end, cites in markers:
        opening = _OPENING.search(text, max(floor, start - 24), start)
        right = len(text) - len(text[end:].lstrip(" "))
        if opening and text[right : right + 1] == _CLOSING[opening[0][0]]:
            start, end = opening.start(), right + 1
        elif re.search(r"[A-Za-z]{2}", text[start:end]) and text[start] not in _CLOSING:
            year = _YEAR_AT_END.search(text[start:end])
            if year is None:
                continue  # a name alone: blanking it would take the subject from the sentence
            start += year.start()
        yield _Marker(start, end, cites)
        floor = end
