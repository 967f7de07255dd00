"""Settings in, a Prefect server out: the one a user has chosen, else a temporary one that leaves nothing behind."""

import contextlib
import logging
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

from pipeline.settings import Settings
from pipeline.version import release_of
from schemas.errors import TrialtraceError, UsageError

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_CLI_PROMPT": "false",
}
"""What any run sets unless the user did: nothing is reported to anyone, nothing chats on the terminal."""

NOT_OURS = ("PREFECT_PROFILE", "PREFECT_API_KEY", "PREFECT_SERVER_DATABASE_CONNECTION_URL")
"""What a user set for another server and a temporary one must not hear of."""

WATCHED: ContextVar[bool] = ContextVar("trialtrace_watched", default=True)
"""Whether anyone may look at a run on its server: nobody can where the server is there for that run alone."""

PATIENCE = 10.0
"""Seconds that a user's own server, which should be up, is given to answer."""


class ServerError(TrialtraceError):
    """Prefect's server did not start."""


class Server:
    """A server on its way up: `wait` until it answers; `news` says meanwhile what is waited for."""

    def __init__(
        self, *, url: str, news: str, home: Path | None = None, running: subprocess.Popen[bytes] | None = None
    ) -> None:
        self.url = url
        self.news = news
        self.home = home
        self._running = running

    @property
    def temporary(self) -> bool:
        """Whether it was started here and ends here."""
        return self._running is not None

    def wait(self, settings: Settings) -> None:
        """Return once it answers; where it does not, raises UsageError (the user's own) or ServerError."""
        patience = settings.prefect_seconds if self._running is not None else PATIENCE
        end = time.monotonic() + patience
        # Of its own server the first that is asked is what takes it long: it makes its ways to answer only then.
        while not _answers(self.url, "admin/version" if self.temporary else "health"):
            if self._running is None and time.monotonic() > end:
                raise UsageError(
                    f"The Prefect server of your settings does not answer ({self.url}). Start it, or unset"
                    " PREFECT_API_URL (or leave that Prefect profile) to use a temporary one."
                )
            if self._running is not None and (self._running.poll() is not None or time.monotonic() > end):
                raise ServerError(f"Prefect's temporary server did not start: {self._last_words()}")
            time.sleep(0.05)
        if self.home is not None:
            _keep_template(self.home, settings)

    def _last_words(self) -> str:
        said = (self.home / "server.log").read_text(errors="replace").split("\n") if self.home is not None else []
        return next((line.strip() for line in reversed(said) if line.strip()), "it said nothing")

    def stop(self) -> None:
        """End a temporary server; the user's own goes on."""
        if self._running is not None:
            self._running.terminate()
            try:
                self._running.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._running.kill()
                self._running.wait()
            if self._running.stdin is not None:
                self._running.stdin.close()


@contextlib.contextmanager
def started(settings: Settings, *, services: bool = True) -> Iterator[Server]:
    """The server, perhaps not answering yet; import Prefect only inside, since it reads its settings then.

    One that is started here may do without the services that begin scheduled runs and note every task's states: they
    take a tenth of a processor all the time, and of a run that ends with its server nobody asks for its tasks.
    """
    before = dict(os.environ)
    try:
        for name, value in QUIET.items():
            os.environ.setdefault(name, value)
        chosen = chosen_url()
        if chosen is not None:
            yield Server(url=chosen, news=f"asking the Prefect server at {chosen}")
            return
        with tempfile.TemporaryDirectory(prefix="trialtrace-prefect-", ignore_cleanup_errors=True) as folder:
            server = _start(Path(folder), settings, services=services)
            watched = WATCHED.set(services)
            try:
                yield server
            finally:
                WATCHED.reset(watched)
                server.stop()
    finally:
        os.environ.clear()
        os.environ.update(before)


def chosen_url() -> str | None:
    """The address of the server that the user chose, in the environment or in the active Prefect profile."""
    named = os.environ.get("PREFECT_API_URL")
    if named:
        return named
    home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect").expanduser()
    try:
        profiles = tomllib.loads((home / "profiles.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return None
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active")
    found = profiles.get("profiles", {}).get(active, {}).get("PREFECT_API_URL")
    return found if isinstance(found, str) else None


def _start(home: Path, settings: Settings, *, services: bool) -> Server:
    template = _template(settings)
    news = "starting Prefect"
    if template.is_file():
        shutil.copyfile(template, home / "prefect.db")
    else:
        news += ", which sets up its database this first time"
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    for name in NOT_OURS:
        os.environ.pop(name, None)
    os.environ["PREFECT_HOME"] = str(home)
    os.environ.setdefault("PREFECT_LOGGING_TO_API_ENABLED", "false")  # it ends with the run: nobody could read them
    server_environment = dict(os.environ)
    os.environ["PREFECT_API_URL"] = url
    command = [sys.executable, "-m", "pipeline.leash"]
    command += ["server", "start", "--no-ui", "--host", "127.0.0.1", "--port", str(port)]
    command += [] if services else ["--no-services"]
    with (home / "server.log").open("wb") as log:
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=server_environment, start_new_session=True
        )
    return Server(url=url, news=news, home=home, running=running)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _answers(url: str, question: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/{question}", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _template(settings: Settings) -> Path:
    """An empty server database: making one takes Prefect several seconds, copying it none."""
    return settings.cache / f"prefect-{release_of('prefect')}.db"


def _keep_template(home: Path, settings: Settings) -> None:
    template = _template(settings)
    if template.exists():
        return
    partial = template.with_name(f"{template.name}.{os.getpid()}.partial")
    with contextlib.suppress(OSError, sqlite3.Error):
        template.parent.mkdir(parents=True, exist_ok=True)
        ours, copy = sqlite3.connect(home / "prefect.db"), sqlite3.connect(partial)
        with contextlib.closing(ours), contextlib.closing(copy):
            ours.backup(copy)
        partial.replace(template)


class _Log(logging.FileHandler):
    """A log that says nothing of itself: on a full disk the run tells what matters."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (logging's name)
        """Nothing."""


def send_log_to(file: Path) -> None:
    """Have Prefect's own messages written to a file instead of the terminal; call it once Prefect is imported."""
    target = _Log(file, delay=True)
    target.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    names = [name for name in logging.root.manager.loggerDict if name == "prefect" or name.startswith("prefect.")]
    for logger in [logging.getLogger(), *(logging.getLogger(name) for name in names)]:
        for handler in list(logger.handlers):
            if isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler):
                logger.removeHandler(handler)
                logger.addHandler(target)
