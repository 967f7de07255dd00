"""What the pipeline's tests share: a small core, stores filled by it, one Prefect server, the command as a process."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.server import started
from pipeline.settings import Settings
from pipeline.sources import SourceFile, find
from pipeline.store import Store, StorePlace, open_store
from schemas.lexicon import Lexicon
from schemas.record import Extraction
from schemas.run import DocumentRun, Run
from tests.pipeline import fake_core, postgresql

ROOT = Path(__file__).resolve().parents[2]
LEXICON = Lexicon(digest="words-1")
RATES = "In 2020, 74.6% of 59 PERMEATE patients answered [18]. HR 0.38 (0.20-0.70); P = 0.008 was better [7]."

REVIEW = """Treatment of advanced disease: a review

1. Results of trials

In the HORIZON-7 trial, the objective response rate was 42.5% (95% CI 30.1-55.0) with selinexor in 80 patients [1].

References

1. Smith A. A trial. J Med. 2020.
"""

Put = Callable[[str, str], Extraction]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a text under a name in a folder of its own and read it with the small core."""

    def write(text: str, name: str = "a.txt") -> Extraction:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
        return fake_core.extract(path, lexicon=LEXICON)

    return write


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server, started for the session."""
    programs = postgresql.find_programs()
    if programs is None:
        pytest.skip(postgresql.MISSING)
    with postgresql.started(programs) as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The URL of an empty database."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(f"{postgresql_server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{postgresql_server}/{name}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module that names its STORES on each of them."""
    stores = getattr(metafunc.module, "STORES", None)
    if stores is not None and "place" in metafunc.fixturenames:
        slow = pytest.mark.slow
        marked = [pytest.param(kind, marks=slow if kind == "postgresql" else ()) for kind in stores]
        metafunc.parametrize("place", marked, indirect=True)


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> StorePlace:
    """Where an empty store may be: a file, unless the module's STORES ask for PostgreSQL too."""
    if getattr(request, "param", "sqlite") == "postgresql":
        url: str = request.getfixturevalue("postgresql_url")
        return url
    return tmp_path / "trialtrace.db"


@pytest.fixture
def store(place: StorePlace) -> Iterator[Store]:
    """An empty store."""
    with open_store(place, create=True) as opened:
        yield opened


class Shelf:
    """A store with runs over a folder of texts, made without Prefect."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.runs = 0

    def write(self, **texts: str) -> None:
        """Files of the folder: `a_txt="..."` is a.txt."""
        self.folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (self.folder / name.replace("_", ".")).write_text(text)

    def run(self, *names: str, code: str = "1") -> Run:
        """Read these files (all, if none is named) and keep what they gave."""
        self.runs += 1
        files = find([self.folder / name for name in names] if names else [self.folder])
        rows = tuple(self._read(file, code=code) for file in files)
        run = Run(
            run_id=f"run-{self.runs}",
            code_version=code,
            lexicon_digest=LEXICON.digest,
            settings={},
            started="2026-01-01T00:00:00Z",
            finished="2026-01-01T00:00:01Z",
            documents=rows,
        )
        self.store.keep_run(run, files=files)
        return run

    def _read(self, file: SourceFile, *, code: str) -> DocumentRun:
        row = DocumentRun(file=file.file, document=file.stem, sha256=file.sha256, status="encrypted", reason="locked")
        if file.path.read_text().startswith("ENCRYPTED"):
            return row
        extraction = fake_core.extract(file.path, lexicon=LEXICON)
        kept = self.store.put(extraction, lexicon_digest=LEXICON.digest, code_version=code)
        sizes = {"pages": kept.pages, "records": kept.records, "findings": kept.findings}
        return row.model_copy(update={"status": "read", "reason": "", **sizes})


@pytest.fixture
def shelf(store: Store, tmp_path: Path) -> Shelf:
    """A store and a folder to fill it from."""
    return Shelf(store, tmp_path / "texts")


@pytest.fixture(scope="session")
def quiet_environment(pytestconfig: pytest.Config) -> dict[str, str]:
    """Environment of a `trialtrace` process: nobody's settings, a cache that outlives the test run."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "TRIALTRACE_"))}
    return ours | {
        "PYTHONPATH": str(ROOT),
        "TRIALTRACE_CACHE": str(pytestconfig.cache.mkdir("trialtrace")),
        "TRIALTRACE_CORPUS": "no-corpus-here",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }


@pytest.fixture(scope="session")
def prefect_url(quiet_environment: dict[str, str]) -> Iterator[str]:
    """The address of a Prefect server for the whole session, as a user may have one."""
    settings = Settings(cache=Path(quiet_environment["TRIALTRACE_CACHE"]))
    before = dict(os.environ)
    with started(settings) as server:
        server.wait(settings)
        os.environ.clear()
        os.environ.update(before)  # only those who ask for it by its address shall meet it
        yield server.url


Trialtrace = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def trialtrace(quiet_environment: dict[str, str]) -> Trialtrace:
    """The command as a process; `fake` puts the small core in place of the real one."""

    def call(
        *arguments: str | Path, cwd: Path, fake: bool = False, **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        module = "tests.pipeline.fake_command" if fake else "pipeline.cli"
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=cwd,
            env=quiet_environment | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet_environment: dict[str, str]) -> Ask:
    """The command within this process, for what needs none of its own; in `tmp_path` unless said otherwise."""
    monkeypatch.setenv("TRIALTRACE_CORPUS", quiet_environment["TRIALTRACE_CORPUS"])

    def call(*arguments: str | Path, cwd: Path = tmp_path) -> Any:
        monkeypatch.chdir(cwd)
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return call


def is_running(number: int) -> bool:
    """Whether there is such a process, one that is not merely waiting to be forgotten."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
