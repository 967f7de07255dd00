"""The store in, a copy of it in one SQLite file out, taken while others may read and write it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.exports.files import write_whole
from pipeline.exports.formats import Written
from pipeline.exports.selection import Selected
from pipeline.store import Store
from schemas.errors import UsageError


def write(selected: Selected, out: Path) -> Written:
    """The copy; raises UsageError where a part of the store is asked for, or the store is no SQLite file."""
    if not selected.selection.everything:
        raise UsageError("sqlite is the store as it is; to choose records, export csv, parquet or excel.")
    write_whole(out, lambda partial: _copy(selected.store, partial))
    selected.tally.update({held.document: held.records for held in selected.documents() if held.records})
    return Written([out])


def _copy(store: Store, path: Path) -> None:
    with store.looking() as session:
        source = session.connection().connection.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise UsageError("The store is no SQLite file; copy it with the tools of its own database.")
        with closing(sqlite3.connect(path)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, without the companions of a store in use
