"""Lexicon in, the spaCy matchers and compiled patterns that find its entries out; kept warm in a process."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex
import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # a compiled module without stubs
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from extractors.lexicon import label_of
from extractors.mentions.needles import needles_of
from extractors.mentions.numbers import UnitWords
from extractors.mentions.study_names import StudyNames
from extractors.mentions.taken import Taken
from schemas.lexicon import Entry, Lexicon, Population

# What every text holds: the needle of a pattern that may match anywhere.
ANYTHING = ""
KINDS = ("endpoints", "drugs", "measures", "populations", "cues")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "*": " "})


class Hit(NamedTuple):
    """One place where an entry of a kind was found: [start, end) characters."""

    start: int
    end: int
    kind: str
    entry: Entry
    way: str
    label: str = ""

    @property
    def rule(self) -> str:
        """The entry as a record's rules name it."""
        return f"{self.kind}:{self.entry.id}"


class Stem(NamedTuple):
    """An INN stem as a pattern over whole words."""

    pattern: "regex.Pattern[str]"
    spared: frozenset[str]


def _tokenizer(nlp: Language) -> Tokenizer:
    """The English tokenizer, cutting inside words too: reviews print "17.3%,relative risk" without the blank.

    A full stop after a short form ("given CsA.") is cut off as well, which the English rules leave on capitals.
    """
    defaults = nlp.Defaults
    infixes = [*(defaults.infixes or ()), r"[,;:%()\[\]/=<>≥≤$]"]
    return Tokenizer(
        nlp.vocab,
        rules=defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
        suffix_search=compile_suffix_regex([*(defaults.suffixes or ()), r"(?<=[A-Za-z0-9]{2})\."]).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
    )


class Vocabulary:
    """A lexicon made ready to be looked for: by tokens (names, abbreviations) and by characters (patterns, stems)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.nlp: Language = spacy.blank("en")
        self.units = UnitWords(lexicon.units)
        self.shapes = tuple(StudyNames(shape) for shape in lexicon.study_shapes)
        self.tokenizer = _tokenizer(self.nlp)
        self.entries: dict[str, tuple[str, Entry]] = {}
        self._lower = PhraseMatcher(self.nlp.vocab, attr="LOWER")
        self._exact = PhraseMatcher(self.nlp.vocab, attr="ORTH")
        self.patterns: list[tuple[str, Entry, regex.Pattern[str]]] = []
        self._needles: dict[str, list[int]] = defaultdict(list)
        for kind in KINDS:
            for entry in getattr(lexicon, kind):
                self._learn(kind, entry)
        suffixes = "|".join(regex.escape(stem.suffix.strip("-")) for stem in lexicon.drug_stems)
        self.any_stem = regex.compile(rf"[a-z](?:{suffixes})\b") if suffixes else None
        self.stems = tuple(
            Stem(
                regex.compile(rf"\b(?:[A-Z]?[a-z]+-)?[A-Z]?[a-z]{{2,}}{regex.escape(stem.suffix.strip('-'))}\b"),
                frozenset(word.lower() for word in stem.not_drugs),
            )
            for stem in lexicon.drug_stems
        )

    def _learn(self, kind: str, entry: Entry) -> None:
        key = f"{kind}:{entry.id}"
        self.entries[key] = (kind, entry)
        counted = kind != "drugs" or getattr(entry, "broad", False)  # a drug's name has no plural
        lower = sorted({form for name in entry.names for form in spellings(name.lower(), plural=counted)})
        exact = sorted({form for name in entry.abbreviations for form in spellings(name, plural=counted)})
        if lower:
            self._lower.add(key, list(self.tokenizer.pipe(lower)))
        if exact:
            self._exact.add(key, list(self.tokenizer.pipe(exact)))
        for pattern in entry.patterns:
            for needle in needles_of(pattern) or (ANYTHING,):
                self._needles[needle].append(len(self.patterns))
            self.patterns.append((kind, entry, regex.compile(pattern)))

    def _may_match(self, lower: str) -> list[int]:
        """Numbers of the patterns that may match in a text, of which this is the lower case."""
        return sorted({i for needle, those in self._needles.items() if needle in lower for i in those})

    def find(self, text: str, *, start: int = 0) -> Iterator[Hit]:
        """Every hit of every entry in `text`, overlapping ones included; `start` is added to the places."""
        tokens: Doc = self.tokenizer(text.translate(DASHES))
        for way, matcher in (("name", self._lower), ("abbreviation", self._exact)):
            for key, first, last in matcher(tokens):
                kind, entry = self.entries[self.nlp.vocab.strings[key]]
                piece = tokens[first:last]
                yield Hit(
                    start + piece.start_char, start + piece.end_char, kind, entry, way, _label(entry, piece.text, {})
                )
        folded = text.translate(DASHES)
        for i in self._may_match(folded.lower()):
            kind, entry, pattern = self.patterns[i]
            for match in pattern.finditer(folded):
                if match.end() > match.start():
                    label = _label(entry, text[match.start() : match.end()], match.groupdict())
                    yield Hit(start + match.start(), start + match.end(), kind, entry, "pattern", label)


def _label(entry: Entry, printed: str, groups: dict[str, str]) -> str:
    return label_of(entry, match=printed, groups=groups) if isinstance(entry, Population) else ""


def spellings(name: str, *, plural: bool = True) -> Iterator[str]:
    """A name with hyphens and without, and its plurals: how the same words are printed elsewhere."""
    folded = name.translate(DASHES)
    for form in {folded, folded.replace("-", " ")}:
        yield form
        if plural and form[-1:].isalpha() and form[-1] not in "sS":
            yield form + "s"


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Hits of one kind without those that overlap a longer one, in order of place."""
    taken = Taken()
    ordered = sorted(hits, key=lambda h: (h.start - h.end, h.start, h.entry.id, h.way))
    return sorted((hit for hit in ordered if taken.claim(hit.start, hit.end)), key=lambda h: h.start)


_ready: dict[str, Vocabulary] = {}


def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The vocabulary of a lexicon, built once a process and digest (a test's lexicon without digest is not kept)."""
    if not lexicon.digest:
        return Vocabulary(lexicon)
    if lexicon.digest not in _ready:
        _ready.clear()
        _ready[lexicon.digest] = Vocabulary(lexicon)
    return _ready[lexicon.digest]
