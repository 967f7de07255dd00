"""Phrases under keys in, where texts hold them out: token by token, with spaCy's tokenizer and phrase matcher."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import spacy
from spacy.attrs import LOWER  # type: ignore[import-not-found]  # a compiled module without stubs
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # a compiled module without stubs
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

Way = Literal["name", "abbreviation"]
GAP = "\n"
"""Stands for all that is no word of a phrase, so that no phrase runs over it."""
MOST_CHUNKS = 100_000
"""Stretches between blanks that are remembered: those of some dozens of articles."""

PLAIN = re.compile(r"(\()?([A-Za-z]{2,}|\d+(?:\.\d+)?)(%)?([,;:)])?", re.ASCII)
"""What the tokenizer cuts into a word and its signs, unless it knows the word for a special one ("dont")."""


class Found(NamedTuple):
    """A phrase at [start, end) of a text: its key, and whether it was met in any case of letters or as written."""

    key: str
    way: Way
    start: int
    end: int


class Token(NamedTuple):
    """A word of some phrase, or a gap, at [start, end) of a stretch between blanks."""

    word: str
    start: int
    end: int


NOTHING = (Token(GAP, 0, 0),)


class Tokens(NamedTuple):
    """Tokens of several texts in a row: words, where they start and end in their text, and the text's number."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    owners: list[int]


def _tokenizer(nlp: Language) -> Tokenizer:
    """The English tokenizer, cutting inside words too: reviews print "17.3%,relative risk" without the blank.

    A full stop after a short form ("given CsA.") is cut off as well, which the English rules leave on capitals.
    """
    defaults = nlp.Defaults
    infixes = [*(defaults.infixes or ()), r"[,;:%()\[\]/=<>≥≤$]", r"(?<=[A-Za-z])\+(?=[A-Za-z])"]
    return Tokenizer(
        nlp.vocab,
        rules=defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
        suffix_search=compile_suffix_regex([*(defaults.suffixes or ()), r"(?<=[A-Za-z0-9]{2})\."]).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
    )


class Phrases:
    """Names, found in any case of letters, and abbreviations, found as written."""

    def __init__(self) -> None:
        nlp = spacy.blank("en")
        self._vocab = nlp.vocab
        # Of a word nothing is asked but its lower case; the other fifteen attributes take longer than to cut it off.
        self._vocab.lex_attr_getters = {LOWER: str.lower}  # type: ignore[attr-defined]  # missing in its stub
        self._tokenizer = _tokenizer(nlp)
        matchers: dict[Way, PhraseMatcher] = {
            "name": PhraseMatcher(self._vocab, attr="LOWER"),
            "abbreviation": PhraseMatcher(self._vocab, attr="ORTH"),
        }
        self._matchers = matchers
        self._words: dict[Way, set[str]] = {way: set() for way in matchers}
        self._keys: dict[int, str] = {}
        self._special = {word.strip("(%,;:)") for word in self._tokenizer.rules}
        self._chunks: dict[str, tuple[Token, ...]] = {"": NOTHING}

    def learn(self, key: str, phrases: Iterable[str], *, way: Way) -> None:
        """Add phrases under a key; names in lower case."""
        docs = list(self._tokenizer.pipe(phrases))
        if docs:
            self._keys[self._vocab.strings.add(key)] = key
            self._matchers[way].add(key, docs)
            self._words[way].update(token.text for doc in docs for token in doc)

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """For each text the phrases it holds, overlapping ones included: names, then abbreviations."""
        cut = [text.split(" ") for text in texts]
        self._read({chunk for chunks in cut for chunk in chunks})
        tokens = self._joined(cut)
        doc = Doc(self._vocab, words=tokens.words)
        found: list[list[Found]] = [[] for _ in texts]
        for way, matcher in self._matchers.items():
            for key, first, last in matcher(doc):
                place = (tokens.starts[first], tokens.ends[last - 1])
                found[tokens.owners[first]].append(Found(self._keys[key], way, *place))
        return found

    def _joined(self, cut: Sequence[Sequence[str]]) -> Tokens:
        """The tokens of all texts, a gap behind each."""
        words, starts, ends, owners = Tokens([], [], [], [])
        known = self._chunks
        for owner, chunks in enumerate(cut):
            at = 0
            for chunk in chunks:
                if (tokens := known[chunk]) is not NOTHING:
                    for word, start, end in tokens:
                        words.append(word)
                        starts.append(at + start)
                        ends.append(at + end)
                elif words and words[-1] is not GAP:
                    words.append(GAP)
                    starts.append(at)
                    ends.append(at)
                at += len(chunk) + 1
            words.append(GAP)
            starts.append(at)
            ends.append(at)
            owners += [owner] * (len(words) - len(owners))
        return Tokens(words, starts, ends, owners)

    def _read(self, chunks: set[str]) -> None:
        """Cut the stretches that were not met before into tokens, all in one go."""
        if len(self._chunks) > MOST_CHUNKS:
            self._chunks = {"": NOTHING}
        others: list[str] = []
        for chunk in chunks.difference(self._chunks):
            plain = PLAIN.fullmatch(chunk)
            if plain is not None and plain[2] not in self._special:
                self._keep(chunk, [(word, plain.start(i)) for i, word in enumerate(plain.groups(), 1) if word])
            else:
                others.append(chunk)
        others.sort()
        words = [(token.text, token.idx) for token in self._tokenizer(" ".join(others))]
        i, at = 0, 0
        for chunk in others:
            first, end = i, at + len(chunk)
            while i < len(words) and words[i][1] < end:
                i += 1
            self._keep(chunk, [(word, start - at) for word, start in words[first:i]])
            at = end + 1

    def _keep(self, chunk: str, words: Sequence[tuple[str, int]]) -> None:
        """Remember a stretch by its words and where they start in it."""
        tokens = [Token(w, start, start + len(w)) if self._is_known(w) else NOTHING[0] for w, start in words]
        self._chunks[chunk] = tuple(tokens) if any(token is not NOTHING[0] for token in tokens) else NOTHING

    def _is_known(self, word: str) -> bool:
        return word.lower() in self._words["name"] or word in self._words["abbreviation"]
