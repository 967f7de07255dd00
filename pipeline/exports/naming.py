"""Ids and names of the dataset in; names that other tools accept, the same each time, out."""

import base64
import re
import uuid
from collections.abc import Iterable

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "trialtrace")
LONGEST = 100
"""Characters of a file name without its ending."""


def name_uuid(kind: str, *parts: str) -> str:
    """A UUID (version 5, RFC 9562) for a thing of the dataset."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join((kind, *parts))))


def name_urn(kind: str, *parts: str) -> str:
    """The same as an IRI."""
    return f"urn:uuid:{name_uuid(kind, *parts)}"


def name_bytes(sha256: str) -> str:
    """The IRI of bytes by their fingerprint in hexadecimal digits: ni:///sha-256;... (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def name_files(documents: Iterable[str]) -> dict[str, str]:
    """Document -> a file name without ending that every system takes, no two the same (upper and lower case alike)."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for document in documents:
        plain = re.sub(r"[^A-Za-z0-9._-]+", "_", document).strip("._")[:LONGEST] or "document"
        name, number = plain, 2
        while name.casefold() in taken:
            name, number = f"{plain}-{number}", number + 1
        taken.add(name.casefold())
        names[document] = name
    return names
