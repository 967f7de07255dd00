"""An entry of the reference list in; what its words say it is about out: studies, drugs, authors, kind of article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.checks.names import LEAST, named_by, related, telling
from extractors.checks.treatments import Lookup, drugs_in
from schemas.document import Reference
from schemas.evidence import Study

REVIEW = re.compile(
    r"\b(?:systematic|narrative|critical|literature|scoping)\s+review|\bmeta-?\s?analys[ei]s|\bpooled\s+analys[ei]s"
    r"|\boverview\b|\bguidelines?\b|\bin\s+vitro\b|\bmice\b|\bmurine\b|\bcell\s+lines?\b",
    re.IGNORECASE,
)
NAME = r"(?!(?i:phase|[ivx]+[ab]?)\b)[A-Z][\w/‐‑–-]+(?:\s(?:[A-Z]{2,}|\d+))?"
OWN = re.compile(
    rf"\((?P<bracket>{NAME})\)(?=\s*(?:[:.]|$))|\bthe\s+(?P<the>{NAME})\s+(?:[A-Za-z]+\s+){{0,3}}(?i:trial|study)\b"
    rf"|(?:^|[:.]\s)(?P<first>{NAME}):|\b(?P<last>{NAME})\s+(?i:trial|study)\b"
)
INITIAL = re.compile(r"(?<![^\W_])[^\W_]")
PRINTED = re.compile(r"\[?(\d{1,3})[.\])]?\s+(?=[^\W\d_])")
PRINTED_BEFORE = re.compile(r"(?:^|\n)\s*\[?(\d{1,3})[.\])]?\s*$")
SHORT = 90
"""Characters of a title that a reviewer is shown."""
MISREAD = 3


@dataclass(frozen=True)
class Entry:
    """An entry with its place in the list (from 0); `studies` are those of the document that it names.

    `own` is the name its title gives to its own study, `review` whether it is a review or laboratory work.
    """

    reference: Reference
    order: int
    studies: tuple[str, ...]
    drugs: frozenset[str]
    own: str
    review: bool

    @property
    def marker(self) -> str:
        return self.reference.marker

    def names(self, study: Study) -> bool:
        return study.name in self.studies

    def names_another(self, study: Study) -> str:
        """A study the entry names that is clearly not this one; "" where there is none."""
        if self.names(study):
            return ""
        for name in self.studies:
            if not related(name, study.name):
                return name
        known = bool(self.studies) or any(related(self.own, name) for name in (study.name, *study.alt_names))
        return "" if known else self.own

    def by(self, author: str) -> bool:
        """Whether an author's surname stands among the entry's authors."""
        return _names_one((self.reference.authors or "").casefold(), author)

    def led_by(self, author: str) -> bool:
        """Whether the first author has this surname."""
        first = (self.reference.authors or "").split(",")[0].casefold()
        return _names_one(first, author)

    def spell(self) -> str:
        """The entry for a reviewer: "Adams J 2019, "A trial of ..."."""
        authors = (self.reference.authors or "").split(",")[0].strip()
        title = self.reference.title or self.reference.text
        short = title if len(title) <= SHORT else f"{title[:SHORT].rsplit(' ', 1)[0]} ..."
        year = f" {self.reference.year}" if self.reference.year is not None else ""
        return f'{authors}{year}, "{short}"' if authors else f'"{short}"'


def _names_one(authors: str, author: str) -> bool:
    """Whether a surname is a word of a list of authors; a pattern takes longer to make than to look for the name."""
    return author in authors and re.search(rf"\b{re.escape(author)}\b", authors) is not None


def misread(references: Sequence[Reference], text: str) -> bool:
    """Whether the numbers printed before the entries are others than their markers: then the list was read wrongly."""
    wrong = 0
    for reference in references:
        if reference.span is not None and reference.marker.isdigit():
            start = reference.span.start
            printed = PRINTED.match(text, start) or PRINTED_BEFORE.search(text[max(start - 8, 0) : start])
            wrong += printed is not None and int(printed[1]) != int(reference.marker)
    return wrong >= MISREAD


def read_entries(references: Sequence[Reference], *, studies: Sequence[Study], lookup: Lookup) -> list[Entry]:
    """All entries of a list, in its order."""
    return [_read(reference, i, studies, lookup) for i, reference in enumerate(references)]


def _read(reference: Reference, order: int, studies: Sequence[Study], lookup: Lookup) -> Entry:
    title = reference.title or reference.text
    return Entry(
        reference,
        order,
        tuple(named_by(reference.text, studies)),
        drugs_in(title, lookup),
        own_name(title, lookup=lookup),
        REVIEW.search(title) is not None,
    )


def own_name(title: str, *, lookup: Lookup) -> str:
    """The study's name a title gives where titles do: "... (NAME): a trial", "the NAME trial", "NAME: ...".

    "" where there is none; four letters or more, in capitals, no drug's, and not the initials of the words before.
    """
    for match in OWN.finditer(title):
        name = match[match.lastgroup] if match.lastgroup is not None else ""
        letters = "".join(c for c in name if c.isalpha()).casefold()
        if len(letters) < LEAST or not telling(name) or drugs_in(name, lookup):
            continue
        if "".join(INITIAL.findall(title[: match.start()])).casefold().endswith(letters):
            continue
        return name
    return ""
