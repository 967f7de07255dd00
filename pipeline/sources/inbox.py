"""Folders that are watched in, the files in them that the dataset does not know out, without opening the others."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pipeline.sources.files import SourceFile, fingerprint, gather, printable
from schemas.run import DocumentStatus

MARGIN = timedelta(seconds=3)
"""How coarse the times are that some file systems keep: a file so little older than a run is looked at again."""

RETRIED: tuple[DocumentStatus, ...] = ("failed", "unreadable_file")
"""What the next run may find otherwise, though the file is the same."""


class Seen(NamedTuple):
    """What the latest run that was given a file made of it, and when that run began."""

    status: str
    started: datetime
    code_version: str
    lexicon_digest: str


def find_new(
    inboxes: Sequence[Path],
    *,
    seen: Mapping[str, Seen],
    code_version: str,
    lexicon_digest: str,
    without: Sequence[Path] = (),
) -> list[SourceFile]:
    """The files below these folders that no run has seen as they are now, sorted by path; none is no fault.

    `seen` is by path. A file counts as seen when the run that was given it had this code and vocabulary, and the file's
    times are older than the beginning of that run, before it looked at any file: both when its bytes changed and when
    it was put in its place (mtime, ctime).
    Raises UsageError where a folder does not exist.
    """
    named = gather(inboxes, without=without)
    new = [path for path in named if not _is_seen(path, seen.get(printable(str(path))), (code_version, lexicon_digest))]
    return [fingerprint(path, file=named[path]) for path in sorted(new, key=lambda path: (named[path], path))]


def _is_seen(path: Path, seen: Seen | None, now: tuple[str, str]) -> bool:
    if seen is None or seen.status in RETRIED or (seen.code_version, seen.lexicon_digest) != now:
        return False
    try:
        found = path.stat()
    except OSError:
        return False
    return max(found.st_mtime, found.st_ctime) < (seen.started - MARGIN).timestamp()
