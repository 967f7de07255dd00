"""A reading and its drug mentions in, the short names by which it calls treatments that no vocabulary knows out."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence

import regex

from extractors.mentions.study_shapes import MARKER_AFTER, NOT_STUDIES
from schemas.anchor import Span
from schemas.mention import DrugMention

# "GC", "CMV", "PFA": two capitals at least.
CODE = regex.compile(
    r"(?<![\w/.-])\p{Lu}[\p{L}\d]{0,5}\p{Lu}[\p{L}\d]{0,5}(?:[-+]\p{Lu}[\p{L}\d]{0,5})?(?![\w/]|-\p{L})"
)
# How often and how something is given: "Q2W", "BID", "IV".
SCHEDULE = regex.compile(r"Q\d{0,2}[WDMH]|[BTQ]ID|QOD|AUC\d*|IV|SC|IM|PO|ITT|PP")
# Behind it: "GC regimen"; "GC was compared with A", "GC versus A", "GC (n = 20) and A".
CALLED = regex.compile(r"\s+(?:regimens?|chemotherapy|chemoradiotherapy)\b")
OTHER = (
    r"(?:(?:the|an?|standard|classic(?:al)?|conventional|single-agent|either|matching|high-dose|low-dose|oral)\s+){0,2}"
)
AGAINST = regex.compile(
    rf"\s*(?:\([^()]*\)\s*)?(?:(?:was|were|is|has been)\s+)?"
    rf"(?:(?:directly\s+)?compared\s+(?:with|to)|versus|vs\.?|against|(?:non-?)?(?:superior|inferior)\s+to)\s+{OTHER}"
)
# "STRIDE (n = 393), A (n = 389) or B".
ARMS = regex.compile(r"\s\([nN]\s?=\s?[\d,]+\)(?:,\s(?:(?:or|and)\s)?|\s(?:or|and|versus|vs\.?)\s)")
GIVEN = regex.compile(
    r"\b(?:(?:assigned|allocated|randomi[sz]ed)\sto(?:\sreceive)?|receiv(?:ed|ing)|treated\swith|given)\s(?:either\s)?$"
)
WITH = regex.compile(rf"\s*(?:\([^()]*\)\s*)?(?:with|to|and)\s+{OTHER}")
COMPARING = regex.compile(r"\bcompar(?:ed|es|ing)\s+(?:\w+\s+){0,2}$")
SIZED = regex.compile(r"[,;:]\s[nN]\s?=\s?\d")
DOSE = regex.compile(r"\d\s?(?:mg|µg|μg|mcg|g|kg|IU|mL|Gy|MBq)\b[^.;,()]{0,15}\s\($")
PLUS = regex.compile(r"\s?\+\s?")
REACH = 60  # characters from one side of a contrast to the other
GROWTH = 3  # rounds


def name_codes(
    reading: str, *, regions: Sequence[Span], drugs: Sequence[DrugMention], known: Collection[str]
) -> set[str]:
    """Short names that are called a regimen, or set against a treatment, somewhere; `known` are other names."""
    places = sorted((d.span.start, d.span.end) for d in drugs if d.role is None)
    starts, ends = {s for s, _ in places}, {e: s for s, e in places}
    found = (m for region in regions for m in CODE.finditer(reading, region.start, region.end))
    spans = [Span(*m.span()) for m in found if SCHEDULE.fullmatch(m[0]) is None]
    own = {s.of(reading) for s in spans if _against_itself(reading, s)}  # told to be a treatment, however defined
    spans = [s for s in spans if _free(s, places)]
    barred = {s.of(reading) for s in spans if MARKER_AFTER.match(reading, s.end)} | set(known) | NOT_STUDIES
    spans = [s for s in spans if s.of(reading) not in barred]
    accepted = own | {s.of(reading) for s in spans if CALLED.match(reading, s.end) or _dosed(reading, s)}
    for _ in range(GROWTH):
        for s in spans:
            if s.of(reading) in accepted:
                starts.add(s.start)
                ends[s.end] = s.start
        more = {s.of(reading) for s in spans if s.of(reading) not in accepted and _opposed(reading, s, starts, ends)}
        if not more:
            break
        accepted |= more
    return accepted


# "X versus no X".
ITSELF = regex.compile(r"\s*(?:\([^()]*\)\s*)?(?:versus|vs\.?|against|or|compared (?:with|to)|and)\s[Nn]o\s")


def _against_itself(reading: str, span: Span) -> bool:
    """Whether a name is set against its own absence."""
    match = ITSELF.match(reading, span.end)
    return match is not None and reading.startswith(span.of(reading), match.end())


def _dosed(reading: str, span: Span) -> bool:
    """Whether a name stands for a dose and the people given it: "90 mg (X90, n = 45)"."""
    return bool(SIZED.match(reading, span.end) and DOSE.search(reading[max(span.start - 30, 0) : span.start]))


def _free(span: Span, places: Sequence[tuple[int, int]]) -> bool:
    i = bisect_left(places, (span.end, 0))
    return i == 0 or places[i - 1][1] <= span.start


def _opposed(reading: str, span: Span, starts: Collection[int], ends: Mapping[int, int]) -> bool:
    """Whether a short name stands in a contrast whose other side is a treatment."""
    if any(end in starts for end in _behind(reading, span)):
        return True
    for end in range(max(span.start - REACH, 0), span.start):
        start = ends.get(end)
        if start is None:
            continue
        if AGAINST.fullmatch(reading, end, span.start) or PLUS.fullmatch(reading, end, span.start):
            return True
        if WITH.fullmatch(reading, end, span.start) and COMPARING.search(reading[max(start - 40, 0) : start]):
            return True
    return False


def _behind(reading: str, span: Span) -> Iterator[int]:
    """Where the other side of a contrast begins, if one stands behind a name."""
    given = GIVEN.search(reading[max(span.start - 40, 0) : span.start]) is not None
    for pattern in (AGAINST, PLUS, ARMS) if given else (AGAINST, PLUS):
        match = pattern.match(reading, span.end)
        if match is not None:
            yield match.end()
    if COMPARING.search(reading[max(span.start - 40, 0) : span.start]):
        joined = WITH.match(reading, span.end)
        if joined is not None:
            yield joined.end()
