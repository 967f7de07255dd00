"""The digest of a vocabulary: entries of all kinds -> one hexadecimal sha256 that changes with any of their fields."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from operator import attrgetter

from schemas.lexicon import Entry


def digest_of(entries: Mapping[str, Iterable[Entry]]) -> str:
    """sha256 over the entries by kind and id, each as one line of JSON.

    Which file an entry stands in, the order of entries, and the layout of files make no difference; nor does a field
    left out, or written with the value it has anyway.
    """
    digest = sha256()
    for kind in sorted(entries):
        # A line cannot be told from two: JSON writes a line break inside a string as \n.
        digest.update(f"[{kind}]\n".encode())
        for entry in sorted(entries[kind], key=attrgetter("id")):
            digest.update(f"{entry.model_dump_json(exclude_defaults=True)}\n".encode())
    return digest.hexdigest()
