"""A file in, an engine on it out, its tables brought to the newest schema."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from schemas.errors import UsageError

HEAD = "0004"
"""The newest migration; a test holds it against the folder of migrations."""

MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(path: Path, *, create: bool) -> Engine:
    """An engine on the store at `path`, migrated to the newest schema.

    Raises UsageError where there is no store (and none is to be made), the file is none, or a newer version wrote it.
    """
    if not create and not path.is_file():
        raise UsageError(f"{path}: no dataset here yet. Make one with: trialtrace run INPUT --out {path.parent}")
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with _plain_errors(path):
        if _revision(engine) != HEAD:
            migrate(engine, revision=HEAD)
    return engine


def to_write(engine: Engine) -> Engine:
    """The same engine for transactions that write: they take the writer's turn at their start, and wait for it."""
    return engine.execution_options(writes=True)


def migrate(engine: Engine, *, revision: str) -> None:
    """Bring the schema to a revision; all of a migration's steps or none of them."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with to_write(engine).begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            raise UsageError(
                f"{engine.url.database}: written by a newer trialtrace ({error}). Update trialtrace to open it."
            ) from error


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        known = connection.execute(text("select 1 from sqlite_master where name = 'alembic_version'")).first()
        return connection.execute(text("select version_num from alembic_version")).scalar() if known else None


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    """Readers beside one writer, references checked, a busy file waited for, transactions begun by `_begin` alone.

    Left to itself the driver would begin them at the first INSERT, and never for a CREATE TABLE.
    """
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise UsageError(f"{path}: cannot be used as a store ({error.orig}). Choose another folder or file.") from error
