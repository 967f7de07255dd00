"""Where a store is, as a user says it (a file, or the URL of a PostgreSQL database), in; its parts out."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from schemas.errors import UsageError

StorePlace = str | Path
"""A file, or a URL such as postgresql://user@host/name; a text without :// is a file."""

DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "postgresql+psycopg": ""}


def url_of(place: StorePlace) -> URL:
    """The database's URL; raises UsageError where it is none trialtrace can use."""
    file = file_of(place)
    if file is not None:
        return URL.create("sqlite", database=str(file))
    try:
        url = make_url(str(place))
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"{str(place).split('://')[0]}://...: not the URL of a database ({error}).") from error
    if url.drivername not in DRIVERS:
        raise UsageError(
            f"{shown(place)}: a store is a file (SQLite) or a PostgreSQL database: postgresql://user@host/name."
        )
    return url.set(drivername=DRIVERS[url.drivername] or url.drivername)


def file_of(place: StorePlace) -> Path | None:
    """The file of a SQLite store; None for a database on a server."""
    text = str(place)
    if isinstance(place, Path) or "://" not in text:
        return Path(place)
    return Path(text.removeprefix("sqlite:///")) if text.startswith("sqlite:///") else None


def shown(place: StorePlace) -> str:
    """The place as it may be printed: without a password."""
    if file_of(place) is not None:
        return str(file_of(place))
    try:
        return make_url(str(place)).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return str(place).rsplit("@", 1)[-1]
