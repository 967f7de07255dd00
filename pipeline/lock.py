"""A folder in, the right to write to it alone out."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from schemas.errors import UsageError


@contextlib.contextmanager
def hold(folder: Path, *, option: str = "--out") -> Iterator[None]:
    """Hold the folder's lock; it goes with the process, however that ends. Raises UsageError where another holds it."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"{folder}: another run is writing here. Wait for it, or use another {option}.") from error
        yield
