"""A reading that was just kept in; what the dataset's files will have of it, made while others are read, out."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.exports.content import Content, as_read, content
from pipeline.exports.parts import Parts, of_held, of_text, parts_of, texts
from pipeline.exports.sheets import Written
from pipeline.plain import PlainReading
from pipeline.store import Held, Store

MOST_ROWS = 30_000
"""Rows of all drafts together: those of some thirty articles, which take eighty megabytes."""


class Draft(NamedTuple):
    """A document's share of the dataset, and its rows by file with the text that they will be there."""

    content: Content
    parts: Parts

    def fits(self, held: Held) -> bool:
        """Whether it was made under the name that the document has in the end."""
        was = self.content.held
        return (was.document, was.sha256) == (held.document, held.sha256)


class Drafts:
    """Shares of documents that are ready before all documents are read; several threads may make them at once.

    None is taken where reviewers have decided anything: a decision may be about any document.
    """

    def __init__(self) -> None:
        self._made: dict[int, Draft] = {}
        self._room = MOST_ROWS
        self._texts = texts()

    def make(self, plain: PlainReading, *, reading_id: int, document: str) -> None:
        """Make the share of a reading, under the name that its document has where no other has that too."""
        if self._room <= 0:
            return
        found = as_read(plain, Held(document, (), plain.sha256, "", "", "", "", 0, 0, 0, 0, 0, "", "", reading_id))
        parts: Parts = {name: Written(rows, self._texts[name](rows)) for name, rows in of_text(found).items()}
        self._room -= sum(map(len, parts.values()))
        self._made[reading_id] = Draft(found, parts)

    def parts(self, store: Store) -> Iterator[Parts]:
        """What each file has of every document, by name; of one without a fitting draft it is made now."""
        decided = any(store.reviewing())
        for held in store.held():
            draft = self._made.get(held.reading_id) if held.reading_id is not None and not decided else None
            if draft is None or not draft.fits(held):
                yield parts_of(content(store, held))
            else:
                yield draft.parts | of_held(draft.content._replace(held=held))
