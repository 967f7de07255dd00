"""Installed code in, its version out: changes whenever a rule, a type or a reading library changes."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("extractors", "schemas")
LIBRARIES = ("lxml", "pdfplumber", "pypdfium2", "regex", "spacy")
"""Distributions whose releases can change what is read from the same bytes."""


@lru_cache(maxsize=1)
def code_version() -> str:
    """Release and twelve hex digits over the sources of the core and the versions of what it reads with.

    The vocabulary is left out: it has a digest of its own. "0.1.0+3f2a90c1d4e5".
    """
    found = _digest(PACKAGES)
    for library in LIBRARIES:
        found.update(f"{library}=={release_of(library)}\0".encode())
    return f"{release_of('trialtrace')}+{found.hexdigest()[:12]}"


@lru_cache(maxsize=1)
def writer_version() -> str:
    """The same over everything that has a say in what a dataset's files look like."""
    return f"{code_version()}+{_digest(('pipeline',)).hexdigest()[:12]}"


def _digest(packages: Sequence[str]) -> "hashlib._Hash":
    found = hashlib.sha256()
    for package in packages:
        for root in _folders(package):
            for path in sorted(root.rglob("*.py")):
                found.update(f"{package}/{path.relative_to(root).as_posix()}\0".encode())
                found.update(path.read_bytes())
    return found


def release_of(distribution: str) -> str:
    """The installed release, "0" where it is run from its sources without being installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "0"


def _folders(package: str) -> list[Path]:
    spec = find_spec(package)
    return [Path(place) for place in (spec.submodule_search_locations if spec is not None else None) or ()]
