"""A piece of text in, what the program makes of it out: its document, mentions, records and flat records."""

import hashlib
from functools import lru_cache
from typing import Any, NamedTuple

from extractors.document import assemble
from extractors.facts import link
from extractors.lexicon import load
from extractors.mentions import recognise
from extractors.plain import read_blocks
from pipeline.exports.flat import flatten
from schemas.document import Document, Source
from schemas.mention import Mentions
from schemas.record import Coverage, Record

# Enough invented entries for any marker a case prints, each in words of its own (lines alike are running heads).
SUBJECTS = "wrens siskins plovers dunlins herons grebes knots terns rooks".split()
REFERENCES = "\n".join(
    f"{n}. Osei A, Lind B. On the lives of {name}. {name.title()} J. 201{n};{n}4:{n}-{n}9."
    for n, name in enumerate(SUBJECTS, start=1)
)


class Read(NamedTuple):
    """One text read from end to end, the checks left out."""

    document: Document
    mentions: Mentions
    records: tuple[Record, ...]
    coverage: Coverage

    @property
    def flat(self) -> list[dict[str, Any]]:
        """The records as the dataset writes them."""
        source = self.document.source
        return [flatten(record, document=source.stem, sha256=source.sha256) for record in self.records]


def document_of(text: str, *, title: str = "") -> Document:
    """A plain text of a title, one section with `text`, and a reference list."""
    head = f"{title}\n\n" if title else ""
    data = f"{head}# Results\n\n{text}\n\nReferences\n\n{REFERENCES}\n".encode()
    blocks, whole = read_blocks(data)
    source = Source(stem="case", name="case.txt", sha256=hashlib.sha256(data).hexdigest(), format="text")
    return assemble(blocks, source=source, text=whole)


@lru_cache(maxsize=512)
def read(text: str, *, title: str = "") -> Read:
    """Everything made of `text` with the built-in vocabulary."""
    document = document_of(text, title=title)
    mentions = recognise(document, lexicon=load())
    return Read(document, mentions, *link(document, mentions=mentions))
