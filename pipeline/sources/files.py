"""Files and folders named by a user in, every document file under them with its fingerprint out."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.sources.listing import LISTS, find_listed
from schemas.errors import UsageError

ENDINGS = {".pdf": "pdf", ".xml": "jats", ".nxml": "jats", ".txt": "text"}
"""Endings of document files and the format each stands for, in the order of preference among like-named files."""

CHUNK = 1 << 20


class SourceFile(NamedTuple):
    """A file to read: `file` as the user named it, `path` absolute; `sha256` is null where it cannot be opened."""

    file: str
    path: Path
    sha256: str | None
    problem: str = ""

    @property
    def stem(self) -> str:
        """The name without folder and ending."""
        return printable(self.path.stem)

    @property
    def format(self) -> str:
        """pdf, jats or text, by the ending."""
        return ENDINGS[self.path.suffix.lower()]

    @property
    def preference(self) -> tuple[int, str, str]:
        """Sorts files of the same bytes: the one that comes first is read and names the document."""
        return (list(dict.fromkeys(ENDINGS.values())).index(self.format), self.stem, self.file)


def find(inputs: Sequence[Path], *, without: Sequence[Path] = (), inboxes: Sequence[Path] = ()) -> list[SourceFile]:
    """Every document file named, listed in a named manifest or below a named folder, sorted by path, each once.

    Hidden files and folders, and the folders `without` (the output, a vocabulary), are passed over. Publications that a
    manifest lists by their ids are looked for in the `inboxes` they were fetched into.
    Raises UsageError where an input does not exist, is no document, or nothing is found at all.
    """
    named: dict[Path, str] = {}
    problems: dict[Path, str] = {}
    for given in inputs:
        if given.suffix.lower() in LISTS and given.is_file():
            for meant in find_listed(given, inboxes=inboxes):
                _refuse_other_kinds(meant.path)
                named.setdefault(_absolute(meant.path), printable(meant.path.as_posix()))
                problems[_absolute(meant.path)] = meant.problem
        else:
            named = gather([given], without=without) | named
    if not named:
        folders = ", ".join(str(given) for given in inputs)
        raise UsageError(f"{folders}: no document here. trialtrace reads {', '.join(ENDINGS)}, also in subfolders.")
    return [
        SourceFile(named[path], path, None, problems[path])
        if problems.get(path)
        else fingerprint(path, file=named[path])
        for path in sorted(named, key=lambda path: (named[path], path))
    ]


def gather(inputs: Sequence[Path], *, without: Sequence[Path] = ()) -> dict[Path, str]:
    """Absolute path -> the file as the user named it, for files and folders, none of them opened."""
    left_out = {folder.resolve() for folder in without}
    named: dict[Path, str] = {}
    for given in inputs:
        if not os.path.lexists(given):
            raise UsageError(f"{given}: there is no such file or folder.")
        if given.is_dir():
            for path in _below(given, left_out=left_out):
                named.setdefault(_absolute(path), printable(path.as_posix()))
        else:
            _refuse_other_kinds(given)
            named.setdefault(_absolute(given), printable(given.as_posix()))
    return named


def _refuse_other_kinds(given: Path) -> None:
    if given.suffix.lower() not in ENDINGS:
        kinds = f"{', '.join(ENDINGS)}; lists of them: {', '.join(LISTS)}"
        raise UsageError(f"{given}: not a kind of document trialtrace reads ({kinds}).")


def printable(name: str) -> str:
    """A file's name as text that can be written: bytes that are none become question marks in a box."""
    return os.fsencode(name).decode("utf-8", "replace")


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  (Path.resolve would follow links, and two links are two files)


def _below(folder: Path, *, left_out: set[Path]) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (here / f).resolve() not in left_out)
        yield from (here / f for f in files if not f.startswith(".") and Path(f).suffix.lower() in ENDINGS)


def fingerprint(path: Path, *, file: str) -> SourceFile:
    """The file with the sha256 of its bytes, or with the problem of opening it."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as data:
            while chunk := data.read(CHUNK):
                found.update(chunk)
    except OSError as error:
        what = error.strerror or type(error).__name__
        return SourceFile(file, path, None, f"the file cannot be opened ({what}); check its path and permissions")
    return SourceFile(file, path, found.hexdigest())
