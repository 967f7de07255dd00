"""Content in, a file out that is never seen half-written."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a file of a temporary name beside `path`, then give it that name."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        write(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """A whole UTF-8 text file of these pieces, line ends as given."""

    def fill(partial: Path) -> None:
        with partial.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)

    write_whole(path, fill)


def write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line."""
    write_text(path, (json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_json(path: Path, content: dict[str, Any]) -> None:
    """One JSON object, indented for people."""
    write_text(path, (json.dumps(content, ensure_ascii=False, indent=2), "\n"))
