"""The digest of a vocabulary: entries of all kinds -> one hexadecimal sha256 that changes with any of their fields."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from schemas.lexicon import Entry


def digest_of(entries: Mapping[str, Iterable[Entry]]) -> str:
    """sha256 over the entries by kind and id, as JSON with sorted keys.

    Which file an entry stands in, the order of entries, and the layout of files make no difference.
    """
    content = {
        kind: sorted((entry.model_dump(mode="json") for entry in of_kind), key=lambda fields: str(fields["id"]))
        for kind, of_kind in entries.items()
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()
