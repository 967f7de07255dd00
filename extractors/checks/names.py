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
LISTED = r"(?:[\s,/&()‐‑–—-]|\d|and\b|or\b|[A-Z]{2}\b){0,40}?[-‐‑–]"
LEAST = 4
"""Letters and digits a name must have: shorter ones are genes and drugs as often as studies."""


def author_of(name: str) -> str | None:
    """The surname of a study that goes by its author ("Adams et al."); None for others."""
    match = AUTHOR.match(name)
    return match["author"].strip().casefold() if match else None


@lru_cache(maxsize=4096)
def pattern_of(name: str) -> re.Pattern[str] | None:
    """A pattern for a study's name in any spelling; None where the name is too short or too plain to tell studies.

    "ALPHA-Lung01" is found as "ALPHA Lung 1" and, in a list, as "ALPHA-Lung -01, -02"; "ALPHA" is not in "ALPHA-2".
    """
    plain = KIND_WORDS.sub("", name)
    if not telling(plain):
        plain = name
    pieces = PIECE.findall(plain)
    if author_of(name) is not None or not telling(plain):
        return None
    if sum(map(len, pieces)) < LEAST:
        return None
    parts = [rf"0*{int(piece)}" if piece.isdigit() else re.escape(piece) for piece in pieces]
    body = GAP.join(parts)
    if pieces[-1].isdigit() and len(pieces) > 1:
        body = rf"{GAP.join(parts[:-1])}(?:{GAP}|{LISTED}){parts[-1]}"
    return re.compile(rf"(?<!\w)(?<!\w[-‐‑–]){body}(?![^\W_])(?![-‐‑–]\s?\w)(?!\s\d)", re.IGNORECASE)


def telling(name: str) -> bool:
    """Whether a name looks like a study's own: capitals, or letters with digits."""
    capitals = sum(character.isupper() for character in name)
    return capitals >= 3 or (capitals >= 1 and any(character.isdigit() for character in name))


def finds(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Where a text has a name; a plain word spelled alike ("voice", "discover") is none."""
    return [m for m in pattern.finditer(text) if sum(c.isupper() for c in m[0]) >= 2 or any(c.isdigit() for c in m[0])]


class Spelling(NamedTuple):
    """A pattern for one name, and letters or digits (see `_plain`) that every text with the name holds."""

    pattern: re.Pattern[str]
    needle: str

    def find(self, text: str) -> list[re.Match[str]]:
        """Where a text has the name."""
        return finds(self.pattern, text) if self.needle in _plain(text) else []


@lru_cache(maxsize=8)  # all studies are looked for in one text before the next
def _plain(text: str) -> str:
    """A text without case; a dotless i, which patterns take for one with a dot, as that."""
    return text.casefold().replace("ı", "i")


def spellings_of(study: Study) -> tuple[Spelling, ...]:
    """How a study's names and registry numbers may be spelled."""
    return _spellings(study.name, study.alt_names, study.registry_ids)


@lru_cache(maxsize=4096)
def _spellings(name: str, others: tuple[str, ...], registered: tuple[str, ...]) -> tuple[Spelling, ...]:
    found = [(pattern, name) for name in (name, *others) if (pattern := pattern_of(name)) is not None]
    found += [(re.compile(rf"\b{re.escape(number)}\b", re.IGNORECASE), number) for number in registered]
    return tuple(Spelling(pattern, _needle(name)) for pattern, name in found)


def _needle(name: str) -> str:
    """The longest piece of a name's letters: its digits may be printed with zeros before them."""
    pieces = (piece for piece in PIECE.findall(KIND_WORDS.sub("", name)) if not piece.isdigit())
    return _plain(max(pieces, key=len, default=""))


def related(one: str, other: str) -> bool:
    """Whether two names may be of one programme ("ALPHA", "ALPHA-OLE"): those that end in other numbers are not."""
    first, second = (PIECE.findall(KIND_WORDS.sub("", name).casefold()) for name in (one, other))
    if not first or not second or first[0] != second[0]:
        return False
    return not (first[-1].isdigit() and second[-1].isdigit() and first[:-1] == second[:-1] and first[-1] != second[-1])


def named_by(text: str, studies: Sequence[Study]) -> list[str]:
    """Names of the studies a text names."""
    return [study.name for study in studies if any(spelling.find(text) for spelling in spellings_of(study))]
