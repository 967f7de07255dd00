"""Study names in, patterns that find them however they are spelled, and which names mean different studies, out."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from schemas.evidence import Study

KIND_WORDS = re.compile(r"^the\s+|\s+(?:randomi[sz]ed\s+)?(?:trials?|stud(?:y|ies)|RCT)$", re.IGNORECASE)
PIECE = re.compile(r"[^\W\d_]+|\d+")
AUTHOR = re.compile(r"^(?P<author>[^\W\d_][\w’'\- ]*?),?\s+(?:et\s+al\b|and\s+colleagues\b)", re.IGNORECASE)
GAP = r"[\s\-‐‑–—_/]{0,2}"
BEFORE = r"(?<!\w)(?<!\w[-‐‑–])"
AFTER = r"(?![^\W_])(?![-‐‑–]\s?\w)(?!\s\d)"
LISTED = r"(?:[\s,/&()‐‑–—-]|\d|and\b|or\b|[A-Z]{2}\b){0,40}?[-‐‑–]"
LEAST = 4
"""Letters and digits a name must have: shorter ones are genes and drugs as often as studies."""


def author_of(name: str) -> str | None:
    """The surname of a study that goes by its author ("Adams et al."); None for others."""
    match = AUTHOR.match(name)
    return match["author"].strip().casefold() if match else None


def pattern_of(name: str) -> re.Pattern[str] | None:
    """A pattern for a study's name in any spelling; None where the name is too short or too plain to tell studies.

    "ALPHA-Lung01" is found as "ALPHA Lung 1" and, in a list, as "ALPHA-Lung -01, -02"; "ALPHA" is not in "ALPHA-2".
    """
    source = _source_of(name)
    return _compiled(source) if source is not None else None


@lru_cache(maxsize=4096)
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


@lru_cache(maxsize=4096)
def _source_of(name: str) -> str | None:
    """The words of the pattern, which takes longer to make than to run."""
    pieces = _pieces(name)
    if author_of(name) is not None or not telling(name):
        return None
    if sum(map(len, pieces)) < LEAST:
        return None
    return rf"{BEFORE}{_part(pieces[0])}{_rest(pieces[1:])}"


def _rest(pieces: Sequence[str]) -> str:
    """What stands behind the first piece of a name."""
    parts = [_part(piece) for piece in pieces]
    if parts and pieces[-1].isdigit():
        parts[-1] = rf"(?:{GAP}|{LISTED}){parts[-1]}"
        return rf"{''.join(GAP + part for part in parts[:-1])}{parts[-1]}{AFTER}"
    return rf"{''.join(GAP + part for part in parts)}{AFTER}"


def _part(piece: str) -> str:
    return rf"0*{int(piece)}" if piece.isdigit() else re.escape(piece)


def _pieces(name: str) -> list[str]:
    """The words and numbers of a name, without "the" and "trial" where the rest tells it from others."""
    plain = KIND_WORDS.sub("", name)
    return PIECE.findall(plain if telling(plain) else name)


def telling(name: str) -> bool:
    """Whether a name looks like a study's own: capitals, or letters with digits."""
    capitals = sum(character.isupper() for character in name)
    return capitals >= 3 or (capitals >= 1 and any(character.isdigit() for character in name))


def finds(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Where a text has a name; a plain word spelled alike ("voice", "discover") is none."""
    return [match for match in pattern.finditer(text) if _is_name(match[0])]


def _is_name(words: str) -> bool:
    return sum(c.isupper() for c in words) >= 2 or any(c.isdigit() for c in words)


class Spelling(NamedTuple):
    """A pattern for one name, and how each of its matches begins, as `plain_of` has it; "" where that is not told.

    `rest` is a pattern for all that is behind this beginning; "" where the whole pattern has to be run.
    """

    source: str
    head: str
    rest: str = ""

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where `finds` finds it, by looking for the head: that takes a tenth of running the pattern over the text."""
        plain = plain_of(text)
        if not self.head or len(plain) != len(text):
            return [match.span() for match in finds(_compiled(self.source), text)]
        found: list[tuple[int, int]] = []
        place = plain.find(self.head)
        while place >= 0:
            end = self._match(text, place)
            if end is not None and _is_name(text[place:end]):
                found.append((place, end))
            place = plain.find(self.head, end if end is not None else place + 1)
        return found

    def _match(self, text: str, place: int) -> int | None:
        """Where the name that begins here ends, if it does.

        Making a pattern takes longer than running it, and what stands behind a name is mostly one of a few years.
        """
        if not self.rest:
            match = _compiled(self.source).match(text, place)
        elif _compiled(BEFORE).match(text, place) is not None:
            match = _compiled(self.rest).match(text, place + len(self.head))
        else:
            match = None
        return match.end() if match is not None else None


def _head(piece: str) -> str:
    """What a match begins with: a number may have zeros before it, and other letters than ours forms of their own."""
    return "" if piece[:1].isdigit() or not piece.isascii() else plain_of(piece)


def head_of(name: str) -> str:
    """How each match of a name's pattern begins, as `plain_of` has it; "" where that is not told."""
    return _head((*_pieces(name), "")[0])


@lru_cache(maxsize=8)  # all studies are looked for in one text before the next
def plain_of(text: str) -> str:
    """A text in lower case, with i and s for the letters that patterns take for them."""
    return text.lower().replace("ı", "i").replace("ſ", "s")


def spellings_of(study: Study) -> tuple[Spelling, ...]:
    """How a study's names and registry numbers may be spelled."""
    return _spellings(study.name, study.alt_names, study.registry_ids)


@lru_cache(maxsize=4096)
def _spellings(name: str, others: tuple[str, ...], registered: tuple[str, ...]) -> tuple[Spelling, ...]:
    sources = {each: _source_of(each) for each in (name, *others)}
    named = [
        Spelling(source, head_of(each), _rest(_pieces(each)[1:]))
        for each, source in sources.items()
        if source is not None
    ]
    return (*named, *(Spelling(rf"\b{re.escape(number)}\b", _head(number)) for number in registered))


def related(one: str, other: str) -> bool:
    """Whether two names may be of one programme ("ALPHA", "ALPHA-OLE"): those that end in other numbers are not."""
    first, second = (PIECE.findall(KIND_WORDS.sub("", name).casefold()) for name in (one, other))
    if not first or not second or first[0] != second[0]:
        return False
    return not (first[-1].isdigit() and second[-1].isdigit() and first[:-1] == second[:-1] and first[-1] != second[-1])


def named_by(text: str, studies: Sequence[Study]) -> list[str]:
    """Names of the studies a text names."""
    return [study.name for study in studies if any(spelling.find(text) for spelling in spellings_of(study))]
