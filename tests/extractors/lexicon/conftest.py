"""The built-in vocabulary and two recognisers for it, built once for all proofs."""

from collections import defaultdict

import pytest

from extractors.lexicon import Recognise, load
from extractors.mentions.vocabulary import Hit, Vocabulary, longest
from schemas.lexicon import Lexicon
from tests.extractors.lexicon.matcher import recogniser


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load()


@pytest.fixture(scope="session")
def recognise(lexicon: Lexicon) -> Recognise:
    """The plainest reading of the format, over all kinds."""
    return recogniser(lexicon)


@pytest.fixture(scope="session")
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """What the program itself finds names with."""
    return Vocabulary(lexicon)


@pytest.fixture(scope="session")
def recognise_as_read(vocabulary: Vocabulary) -> Recognise:
    """The program's own recogniser: the longest hits of a kind."""

    def recognise(sentence: str) -> set[tuple[str, str]]:
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit in vocabulary.find(sentence):
            found[hit.kind].append(hit)
        return {(kind, hit.entry.id) for kind, hits in found.items() for hit in longest(hits)}

    return recognise
