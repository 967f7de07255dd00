"""A manifest (CSV or TOML that lists files or ids of publications) in, the files it means out."""

import csv
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.sources.ledger import MANIFEST, Row, read_rows
from schemas.errors import UsageError

LISTS = (".csv", ".toml")
"""Endings of manifests."""

ID_COLUMNS = ("id", "pmcid", "doi", "pmid")


class Entry(BaseModel):
    """One line: a file, relative to the manifest, or the id of a publication that is or will be fetched."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    file: str = ""
    id: str = ""
    status: str = "fetched"

    @property
    def wanted(self) -> bool:
        """Whether it names something to read; a feed's own manifest has lines that do not."""
        return bool(self.file or self.id) and self.status == "fetched"


class Listing(BaseModel):
    """The TOML form: `files`, `ids`, or tables `[[documents]]` with either."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    documents: tuple[Entry, ...] = Field(default=())


class Meant(NamedTuple):
    """A file of a manifest; `problem` says why it cannot be there, where it is not."""

    path: Path
    problem: str = ""


def read_entries(manifest: Path) -> list[Entry]:
    """The lines of a manifest that name something; raises UsageError where it cannot be read as one."""
    try:
        entries = list(_csv(manifest) if manifest.suffix.lower() == ".csv" else _toml(manifest))
    except (OSError, UnicodeDecodeError, csv.Error, tomllib.TOMLDecodeError, ValidationError) as error:
        said = "; ".join(each["msg"] for each in error.errors()) if isinstance(error, ValidationError) else str(error)
        raise UsageError(f"{manifest}: not a manifest trialtrace can read ({said}).") from error
    wanted = [entry for entry in entries if entry.wanted]
    if not wanted:
        raise UsageError(
            f"{manifest}: lists nothing. A CSV needs a column `file` or `id` (pmcid, doi, pmid), a TOML file"
            " `files = [...]` or `ids = [...]`."
        )
    return wanted


def _csv(manifest: Path) -> Iterator[Entry]:
    with manifest.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            named: dict[str, Any] = {
                str(key).strip().lower(): (value or "").strip() for key, value in row.items() if key
            }
            named["id"] = next((named[column] for column in ID_COLUMNS if named.get(column)), "")
            yield Entry.model_validate(named | ({"status": "fetched"} if not named.get("status") else {}))


def _toml(manifest: Path) -> Iterator[Entry]:
    listing = Listing.model_validate(tomllib.loads(manifest.read_text(encoding="utf-8")))
    yield from (Entry(file=file) for file in listing.files)
    yield from (Entry(id=each) for each in listing.ids)
    yield from listing.documents


def find_listed(manifest: Path, *, inboxes: Sequence[Path]) -> list[Meant]:
    """The files that a manifest means: its `file`s beside it, its ids in the inboxes they were fetched into."""
    entries = read_entries(manifest)
    fetched = [(inbox, row) for inbox in inboxes for row in read_rows(inbox / MANIFEST)]
    return [_file(entry, manifest) if entry.file else _article(entry, manifest, fetched) for entry in entries]


def _file(entry: Entry, manifest: Path) -> Meant:
    path = manifest.parent / entry.file
    return Meant(path, "" if path.is_file() else f"{manifest} lists it, but there is no such file; correct the list")


def _article(entry: Entry, manifest: Path, fetched: Sequence[tuple[Path, Row]]) -> Meant:
    for inbox, row in fetched:
        if entry.id.casefold() in (row.id.casefold(), row.doi.casefold(), row.pmid) and row.file:
            return Meant(inbox / row.file)
    missing = manifest.parent / f"{entry.id.replace('/', '-')}.xml"
    return Meant(missing, f"{manifest} lists it, but it is not fetched: trialtrace fetch --manifest {manifest}")
