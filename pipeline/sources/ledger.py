"""A folder in, what was fetched into it out, and kept: a line a publication, and how far queries were followed."""

import csv
import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from pipeline.exports.files import write_text, write_whole
from schemas.errors import UsageError

MANIFEST = "manifest.csv"
PROGRESS = "queries.json"

Outcome = Literal["fetched", "no_full_text", "failed"]


class Row(BaseModel):
    """A publication: where its article lies here and where it came from; `reason` says why there is none."""

    id: str
    file: str = ""
    status: Outcome
    reason: str = ""
    doi: str = ""
    pmid: str = ""
    title: str = ""
    licence: str = ""
    source: str = ""
    sha256: str = ""
    indexed: str = ""
    fetched_at: str = ""
    tries: int = 1


class Ledger:
    """The state of an inbox; every change is on the disk, whole, before the next is made."""

    def __init__(self, inbox: Path) -> None:
        self.inbox = inbox
        self._rows = {row.id: row for row in read_rows(inbox / MANIFEST)}
        self._progress: dict[str, str] = {}
        if (inbox / PROGRESS).is_file():
            self._progress = json.loads((inbox / PROGRESS).read_text(encoding="utf-8"))

    def row(self, key: str) -> Row | None:
        """What is known of a publication."""
        return self._rows.get(key)

    def has(self, key: str) -> bool:
        """Whether its article is here, as it was fetched."""
        row = self._rows.get(key)
        return row is not None and row.status == "fetched" and (self.inbox / row.file).is_file()

    def file(self, row: Row, data: bytes) -> Row:
        """Put an article's bytes into its file and its row into the manifest."""
        write_whole(self.inbox / row.file, lambda partial: _write(partial, data))
        return self.note(row.model_copy(update={"sha256": hashlib.sha256(data).hexdigest()}))

    def note(self, row: Row) -> Row:
        """Put a row into the manifest, in place of an earlier one."""
        before = self._rows.get(row.id)
        row = row.model_copy(update={"tries": before.tries + 1 if before is not None else 1})
        self._rows[row.id] = row
        lines = io.StringIO()
        table = csv.DictWriter(lines, list(Row.model_fields), lineterminator="\n")
        table.writeheader()
        table.writerows(self._rows[key].model_dump() for key in sorted(self._rows))
        write_text(self.inbox / MANIFEST, [lines.getvalue()])
        return row

    def through(self, query: str) -> date | None:
        """The day up to which a query was followed to its end."""
        return date.fromisoformat(self._progress[query]) if query in self._progress else None

    def reached(self, query: str, day: date) -> None:
        """Keep the day up to which a query has been followed to its end."""
        self._progress[query] = day.isoformat()
        write_text(self.inbox / PROGRESS, [json.dumps(self._progress, indent=2, sort_keys=True), "\n"])


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def read_rows(manifest: Path) -> list[Row]:
    """The rows of a manifest; none where there is no file. Raises UsageError where it is no manifest of a feed."""
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as lines:
        try:
            return [Row.model_validate(row) for row in csv.DictReader(lines)]
        except (ValidationError, csv.Error) as error:
            raise UsageError(
                f"{manifest}: not the manifest of a feed. Use another --inbox, or move the file away."
            ) from error
