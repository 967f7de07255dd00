"""A vocabulary in, a recogniser of single sentences out: the plainest reading of the format, for proofs.

Names match without regard to case and hyphens, abbreviations as written, a plural "s" allowed; patterns match
characters; of overlapping finds of a kind the longest stands. A heading must match as a whole, its number left out.
"""

from collections import defaultdict
from typing import NamedTuple

import regex

from extractors.lexicon import Recognise
from schemas.lexicon import DrugStem, Entry, Lexicon

TOKEN = regex.compile(r"\w+|[^\w\s]")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'"})


class Word(NamedTuple):
    """A token and its place; hyphens are no words."""

    text: str
    start: int
    end: int


class Find(NamedTuple):
    """Characters [start, end) claimed for an entry."""

    start: int
    end: int
    id: str


class Forms:
    """Word sequences of the entries of one kind, by their first word."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)

    def add(self, form: str, owner: str) -> None:
        sequence = tuple(word.text for word in words(form))
        self._by_first[sequence[0]].append((sequence, owner))
        if sequence[-1][-1].isalpha():
            plural = (*sequence[:-1], f"{sequence[-1]}s")
            self._by_first[plural[0]].append((plural, owner))

    def find(self, sentence: list[Word]) -> list[Find]:
        found = []
        texts = tuple(word.text for word in sentence)
        for first, word in enumerate(sentence):
            for sequence, owner in self._by_first.get(word.text, ()):
                last = first + len(sequence)
                if texts[first:last] == sequence:
                    found.append(Find(word.start, sentence[last - 1].end, owner))
        return found


def words(text: str) -> list[Word]:
    """The words and signs of a text, hyphens left out."""
    tokens = TOKEN.finditer(text.translate(DASHES))
    return [Word(token[0], token.start(), token.end()) for token in tokens if token[0] != "-"]


def recogniser(lexicon: Lexicon) -> Recognise:
    """A function from a sentence to the (kind, id) of all entries found in it."""
    kinds = {kind: getattr(lexicon, kind) for kind in Lexicon.model_fields if kind not in {"digest", "section_titles"}}
    ready = {kind: _prepare(entries) for kind, entries in kinds.items()}

    def recognise(sentence: str) -> set[tuple[str, str]]:
        exact = words(sentence)
        lower = [Word(word.text.lower(), word.start, word.end) for word in exact]
        folded = sentence.translate(DASHES)
        found = {("section_titles", title.id) for title in lexicon.section_titles if _is_heading(sentence, title)}
        for kind, (names, abbreviations, patterns) in ready.items():
            finds = names.find(lower) + abbreviations.find(exact)
            for pattern, owner in patterns:
                finds += [Find(match.start(), match.end(), owner) for match in pattern.finditer(folded)]
            found |= {(kind, find.id) for find in _longest(finds)}
        known = any(kind == "drugs" for kind, _ in found)
        return found | {("drug_stems", stem.id) for stem in lexicon.drug_stems if not known and _has_stem(lower, stem)}

    return recognise


def _prepare(entries: tuple[Entry, ...]) -> tuple[Forms, Forms, list[tuple["regex.Pattern[str]", str]]]:
    names, abbreviations, patterns = Forms(), Forms(), []
    for entry in entries:
        for name in entry.names:
            names.add(name.lower(), entry.id)
        for abbreviation in entry.abbreviations:
            abbreviations.add(abbreviation, entry.id)
        patterns += [(regex.compile(pattern), entry.id) for pattern in entry.patterns]
    return names, abbreviations, patterns


def _longest(finds: list[Find]) -> list[Find]:
    kept: list[Find] = []
    for find in sorted(finds, key=lambda find: (find.start - find.end, find.start, find.id)):
        if all(find.end <= other.start or other.end <= find.start for other in kept):
            kept.append(find)
    return kept


def _is_heading(line: str, title: Entry) -> bool:
    bare = regex.sub(r"^[\d.\s]+", "", line).strip().rstrip(":.").casefold()
    return bare in {name.casefold() for name in title.names}


def _has_stem(sentence: list[Word], stem: DrugStem) -> bool:
    suffix = stem.suffix.lstrip("-")
    return any(word.text.endswith(suffix) and word.text not in stem.not_drugs for word in sentence)
