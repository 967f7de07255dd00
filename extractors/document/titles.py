"""A heading in, the role of the text under it out, by the vocabulary's section titles."""

import re
from functools import lru_cache

from extractors.document.words import words
from extractors.lexicon import load
from schemas.block import Role
from schemas.lexicon import Lexicon, SectionTitle

_NUMBER = re.compile(r"^(?:(?:\d+\.)*\d+\.?|[IVX]+\.|[A-H]\.|#+)\s+")
_EDGES = " \t\n:.*_#■●▪|"


class Titles:
    """The section titles of a vocabulary, made ready to be asked about one heading after the other."""

    def __init__(self, entries: tuple[SectionTitle, ...]) -> None:
        self._names = {name.lower(): entry for entry in entries for name in (*entry.names, *entry.abbreviations)}
        self._patterns = [(re.compile(p, re.IGNORECASE), entry) for entry in entries for p in entry.patterns]
        self._known: dict[str, SectionTitle | None] = {}

    def find(self, heading: str) -> SectionTitle | None:
        """The entry that `heading` belongs to; null where it is not among the titles."""
        title = plain_title(heading)
        if title not in self._known:
            patterned = (entry for pattern, entry in self._patterns if pattern.fullmatch(title))
            self._known[title] = self._names.get(title) or next(patterned, None)
        return self._known[title]

    def role(self, heading: str) -> Role | None:
        """The role that the section titles give to `heading`; null where it is not among them."""
        entry = self.find(heading)
        return entry.role if entry is not None else None


def titles_of(lexicon: Lexicon | None = None) -> Titles:
    """The section titles in force; those that are built in where no vocabulary is given."""
    return _made((lexicon if lexicon is not None else load()).section_titles)


@lru_cache(maxsize=4)
def _made(entries: tuple[SectionTitle, ...]) -> Titles:
    return Titles(entries)


def is_abstract_part(heading: str) -> bool:
    """Whether `heading` is one that structured abstracts are divided by."""
    title = plain_title(heading)
    return any(title == part or title.startswith((f"{part} ", f"{part}:")) for part in words("abstract_parts"))


@lru_cache(maxsize=4096)
def plain_title(heading: str) -> str:
    """The heading in lower case, on one line, without number, marks of emphasis and closing punctuation."""
    title = " ".join(heading.replace("’", "'").split()).strip(_EDGES)
    return _NUMBER.sub("", title).strip(_EDGES).lower()
