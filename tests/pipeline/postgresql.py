"""A real PostgreSQL for the tests: started in a temporary folder from what is installed, stopped at the end."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

MISSING = "no PostgreSQL server is installed here: apt-get install postgresql"


def find_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, the newest if there are several."""
    on_path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    found = [*folders, *([Path(on_path).parent] if on_path is not None else [])]
    return next((folder for folder in reversed(found) if (folder / "initdb").exists()), None)


@contextlib.contextmanager
def started(programs: Path) -> Iterator[str]:
    """The URL of a server without its database's name; it sorts texts as dictionaries do, not by their characters."""
    folder = Path(tempfile.mkdtemp(prefix="trialtrace-postgresql-"))
    user = _unprivileged()
    if user is not None:
        shutil.chown(folder, user)
    port = _free_port()
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    data = str(folder / "data")
    make = ["-U", "trialtrace", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C", "-D", data]
    try:
        _make_cluster(programs, make, user=user, folder=folder)
        _call(
            *(programs / "pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start"),
            user=user,
            folder=folder,
        )
        try:
            yield f"postgresql://trialtrace@127.0.0.1:{port}"
        finally:
            _call(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop", user=user, folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(programs: Path, options: list[str], *, user: str | None, folder: Path) -> None:
    """With the sorting of dictionaries where this PostgreSQL knows it (since 15, if built so), else without."""
    dictionary = ["--locale-provider=icu", "--icu-locale=en-US"]
    try:
        _call(programs / "initdb", *options, *dictionary, user=user, folder=folder)
    except subprocess.CalledProcessError:
        shutil.rmtree(folder / "data", ignore_errors=True)
        _call(programs / "initdb", *options, user=user, folder=folder)


def _unprivileged() -> str | None:
    """Whom to run it as, where these tests run as root: PostgreSQL refuses to."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _call(*command: object, user: str | None, folder: Path) -> None:
    subprocess.run(
        [str(part) for part in command],
        user=user,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ) | {"LC_ALL": "C"},
        timeout=60,
    )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
