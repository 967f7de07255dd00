"""A store and the folder of its dataset in; whether the files there are still what the store says, out."""

import contextlib
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.exports.files import write_json
from pipeline.store import Store
from pipeline.version import writer_version

NAME = ".written"
"""What a dataset's files were written from, and what they looked like then; without it they are written anew."""


def state(store: Store) -> str:
    """A digest of all that the files depend on: documents, decisions, and the code that writes."""
    said = [writer_version(), *(repr(tuple(held)) for held in store.held()), repr(store.reviewing())]
    return hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def holds(folder: Path, state: str) -> bool:
    """Whether the files were written from this state and nobody has touched them since."""
    try:
        found: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return found["state"] == state and all(_look(folder / name) == seen for name, seen in found["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def put(folder: Path, state: str, *, files: Sequence[Path]) -> None:
    """Say that these files were written from this state."""
    seen = {path.relative_to(folder).as_posix(): _look(path) for path in files}
    write_json(folder / NAME, {"state": state, "files": seen})


def remove(folder: Path) -> None:
    """Say nothing of files that are about to change."""
    with contextlib.suppress(FileNotFoundError):
        (folder / NAME).unlink()


def _look(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]
