"""The built-in vocabulary and a recogniser for it, built once for all proofs."""

import pytest

from extractors.lexicon import Recognise, load
from schemas.lexicon import Lexicon
from tests.extractors.lexicon.matcher import recogniser


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load()


@pytest.fixture(scope="session")
def recognise(lexicon: Lexicon) -> Recognise:
    return recogniser(lexicon)
