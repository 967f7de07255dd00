"""The built-in vocabulary and three recognisers for it, built once for all proofs."""

from collections import defaultdict

import pytest

from extractors.lexicon import Recognise, load
from extractors.mentions.names import recognise_names
from extractors.mentions.vocabulary import Hit, Vocabulary, longest
from schemas.anchor import Span
from schemas.lexicon import Lexicon
from tests.extractors.lexicon.matcher import recogniser


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load()


@pytest.fixture(scope="session")
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    return Vocabulary(lexicon)


@pytest.fixture(scope="session")
def plain(lexicon: Lexicon) -> Recognise:
    """The plainest reading of the format, over all kinds."""
    return recogniser(lexicon)


@pytest.fixture(scope="session")
def within_a_kind(vocabulary: Vocabulary) -> Recognise:
    """What the program finds of a kind: the longest hits."""

    def recognise(sentence: str) -> set[tuple[str, str]]:
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit in vocabulary.find(sentence, [Span(0, len(sentence))]):
            found[hit.kind].append(hit)
        return {(kind, hit.entry.id) for kind, hits in found.items() for hit in longest(hits)}

    return recognise


@pytest.fixture(scope="session")
def between_kinds(vocabulary: Vocabulary) -> Recognise:
    """What the program keeps where kinds claim the same words ("relative risk of stroke")."""
    return keeping(vocabulary)


def keeping(vocabulary: Vocabulary) -> Recognise:
    """Sentence -> what the program keeps of it with this vocabulary."""

    def recognise(sentence: str) -> set[tuple[str, str]]:
        everything = [Span(0, len(sentence))]
        names = recognise_names(sentence, regions=everything, vocabulary=vocabulary, abbreviations=())
        hits = {(kind, hit.entry.id) for kind, found in names.hits.items() if kind != "drugs" for hit in found}
        return hits | {("drugs", drug.rule.removeprefix("drugs:")) for drug in names.drugs}

    return recognise
