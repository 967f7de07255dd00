"""Proof of a vocabulary: Lexicon and a recogniser in, the entries that fail their own example sentences out.

The recogniser comes as an argument because the vocabulary stands below every stage that reads with it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from extractors.lexicon.kinds import KINDS
from schemas.lexicon import Entry, Lexicon

Recognise = Callable[[str], Collection[tuple[str, str]]]
"""Sentence -> (kind, id) of every entry found in it, kinds named as the fields of Lexicon ("endpoints", ...)."""


class Proof(NamedTuple):
    """A sentence in which the entry must be found (`expected`) or must not."""

    kind: str
    id: str
    sentence: str
    expected: bool


class Problem(NamedTuple):
    """What is wrong with an entry, as a sentence for the person who wrote it."""

    kind: str
    id: str
    message: str


def proofs(lexicon: Lexicon) -> Iterator[Proof]:
    """Every example sentence of every entry, by kind and id."""
    for kind, entry in _entries(lexicon):
        for sentence in entry.found_in:
            yield Proof(kind, entry.id, sentence, True)
        for sentence in entry.not_found_in:
            yield Proof(kind, entry.id, sentence, False)


def check(lexicon: Lexicon, *, recognise: Recognise) -> list[Problem]:
    """What is wrong: failed proofs, entries without one, and words that two entries of a kind both claim."""
    return [*_failed(lexicon, recognise=recognise), *_unproved(lexicon), *_claimed_twice(lexicon)]


def _failed(lexicon: Lexicon, *, recognise: Recognise) -> Iterator[Problem]:
    for proof in proofs(lexicon):
        found = (proof.kind, proof.id) in recognise(proof.sentence)
        if found is not proof.expected:
            what = "is not found in" if proof.expected else "is found, and should not be, in"
            yield Problem(proof.kind, proof.id, f"{proof.id!r} {what}: {proof.sentence}")


def _unproved(lexicon: Lexicon) -> Iterator[Problem]:
    for kind, entry in _entries(lexicon):
        if not entry.found_in:
            yield Problem(kind, entry.id, f"{entry.id!r} has no example; add a sentence it is found in (found_in).")


def _claimed_twice(lexicon: Lexicon) -> Iterator[Problem]:
    claims: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for kind, entry in _entries(lexicon):
        for name in entry.names:
            claims[kind, name.casefold()][entry.id] = None
        for abbreviation in entry.abbreviations:
            claims[kind, abbreviation][entry.id] = None
    for (kind, words), owners in claims.items():
        for owner in list(owners)[1:]:
            first = next(iter(owners))
            yield Problem(kind, owner, f"{owner!r} and {first!r} both claim {words!r}; take it from one of them.")


def _entries(lexicon: Lexicon) -> Iterator[tuple[str, Entry]]:
    for kind in KINDS:
        for entry in getattr(lexicon, kind):
            yield kind, entry
