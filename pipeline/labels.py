"""Documents with their stems in, one name for each out: `document` in every file of a dataset."""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)

SHORT = {"pdf": "pdf", "jats": "xml", "text": "txt"}
"""How a format is written behind a stem, in the order in which like-named documents claim the bare stem."""


class Named(NamedTuple):
    """What a document's name is made of; `fingerprint` is the sha256 of its bytes, or of its path where unreadable."""

    stem: str
    format: str
    fingerprint: str
    read: bool = True


def label(documents: Sequence[tuple[Key, Named]]) -> dict[Key, str]:
    """A name for each document, unique, whatever their order and wherever they lie.

    It is the stem. Where documents share a stem, the one that could be read and comes first in the order PDF, JATS,
    text keeps it, the others add their format ("a.xml", "a.txt"); several of one format add eight digits of
    their fingerprints ("a.3f2a90c1"), all of them, so that none is taken for another.
    """
    groups = Counter((named.stem, named.format, named.read) for _, named in documents)
    first: dict[str, tuple[bool, int]] = {}
    for _, named in documents:
        first[named.stem] = min(first.get(named.stem, _rank(named)), _rank(named))
    labels = {
        key: _propose(named, alone=groups[named.stem, named.format, named.read] == 1, first=first[named.stem])
        for key, named in documents
    }
    return _settle(labels, dict(documents))


def _rank(named: Named) -> tuple[bool, int]:
    return (not named.read, list(SHORT).index(named.format))


def _propose(named: Named, *, alone: bool, first: tuple[bool, int]) -> str:
    if not alone:
        return _with_fingerprint(named)
    return named.stem if _rank(named) == first else f"{named.stem}.{SHORT[named.format]}"


def _settle(labels: dict[Key, str], named: dict[Key, Named]) -> dict[Key, str]:
    """Labels with every double one that is not a bare stem told apart by its fingerprint ("a.txt" of "a.txt.pdf")."""
    times = Counter(labels.values())
    return {
        key: text if times[text] == 1 or text == named[key].stem else _with_fingerprint(named[key])
        for key, text in labels.items()
    }


def _with_fingerprint(named: Named) -> str:
    return f"{named.stem}.{named.fingerprint[:8]}"
