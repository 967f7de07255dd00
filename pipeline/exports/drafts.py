"""A reading that was just kept in; what the dataset's files will have of it, made while others are read, out."""

from typing import NamedTuple

from pipeline.exports.content import Content, content
from pipeline.exports.parts import Parts, of_held, parts_of, texts
from pipeline.exports.sheets import Written
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

    There are none where reviewers have decided anything: a decision may be about any document.
    """

    def __init__(self) -> None:
        self._made: dict[int, Draft] = {}
        self._room = MOST_ROWS
        self._texts = texts()

    def make(self, store: Store, *, reading_id: int, document: str, sha256: str | None) -> None:
        """Make the share of a reading, under the name that its document has where no other has that too."""
        if self._room <= 0 or any(store.reviewing()):
            return
        found = content(store, Held(document, (), sha256, "", "", "", "", 0, 0, 0, 0, 0, "", "", reading_id))
        parts: Parts = {name: Written(rows, self._texts[name](rows)) for name, rows in parts_of(found).items()}
        self._room -= sum(map(len, parts.values()))
        self._made[reading_id] = Draft(found, parts)

    def parts(self, store: Store, held: Held) -> Parts:
        """What each file has of a document; of one without a fitting draft it is made now."""
        draft = self._made.get(held.reading_id) if held.reading_id is not None else None
        if draft is None or not draft.fits(held) or any(store.reviewing()):
            return parts_of(content(store, held))
        return draft.parts | of_held(draft.content._replace(held=held))
