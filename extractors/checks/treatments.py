"""Vocabulary in, a look-up out that tells which drugs a title or an arm names."""

import re
from collections.abc import Mapping

from schemas.lexicon import Lexicon

WORD = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*")
JOINED = re.compile(r"[‐‑‒–—]|-\s+")
LONGEST = 5
"""So many words a drug's name has at most ("fam-trastuzumab deruxtecan", "granulocyte colony stimulating factor")."""

Lookup = Mapping[str, str]


_ready: dict[str, Lookup] = {}


def drugs_of(lexicon: Lexicon) -> Lookup:
    """Every drug's id by its names in lower case and its abbreviations as written; classes and placebos are left out.

    A class ("chemotherapy") is named in titles of any trial, so that it tells none from another. Made once a process
    and digest; a test's lexicon without digest is not kept.
    """
    if not lexicon.digest:
        return _look_up(lexicon)
    if lexicon.digest not in _ready:
        _ready.clear()
        _ready[lexicon.digest] = _look_up(lexicon)
    return _ready[lexicon.digest]


def _look_up(lexicon: Lexicon) -> Lookup:
    found: dict[str, str] = {}
    for drug in lexicon.drugs:
        if drug.role is None and not drug.broad:
            for name in drug.names:
                found.setdefault(_folded(name.lower()), drug.id)
            for short in drug.abbreviations:
                found.setdefault(_folded(short), drug.id)
    return found


def drugs_in(text: str, lookup: Lookup) -> frozenset[str]:
    """Ids of the drugs a text names, the longest name at each place ("trastuzumab emtansine" is not trastuzumab)."""
    words = WORD.findall(_folded(text))
    found: set[str] = set()
    i = 0
    while i < len(words):
        for length in range(min(LONGEST, len(words) - i), 0, -1):
            phrase = " ".join(words[i : i + length])
            drug = lookup.get(phrase) or lookup.get(phrase.lower())
            if drug is not None:
                found.add(drug)
                i += length
                break
        else:
            i += 1
    return frozenset(found)


def _folded(text: str) -> str:
    """One kind of hyphen, and no hyphen left over from a line's end before a blank."""
    return " ".join(JOINED.sub(lambda m: "-" if len(m[0]) == 1 else " ", text).split())
