"""What the tests of exports share: the sample reviews in a store, and R where it is installed."""

import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest

from pipeline.exports.selection import Selected, Selection
from pipeline.sources import find
from pipeline.store import Store, open_store
from schemas.run import DocumentRun, Run
from tests.golden.reviews import ROOT, read

SAMPLES = ROOT / "corpus"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the three sample reviews."""
    files = find(sorted(SAMPLES.glob("*.pdf")))
    with open_store(tmp_path_factory.mktemp("samples") / "trialtrace.db", create=True) as store:
        rows = []
        for file in files:
            kept = store.put(read(file.path), lexicon_digest="words", code_version="1")
            sizes = {"pages": kept.pages, "records": kept.records, "findings": kept.findings}
            row = DocumentRun(file=file.file, document=file.stem, sha256=file.sha256, status="read", reason="", **sizes)
            rows.append(row)
        run = Run(
            run_id="samples",
            code_version="1",
            lexicon_digest="words",
            settings={},
            started="2026-01-01T00:00:00Z",
            finished="2026-01-01T00:00:01Z",
            documents=tuple(rows),
        )
        store.keep_run(run, files=files)
        yield store


@pytest.fixture
def everything(samples: Store) -> Selected:
    """All of the sample reviews, but what a reviewer rejected."""
    return Selected(samples, Selection(rejected=False))


RScript = Callable[[str], str]


@pytest.fixture(scope="session")
def metafor(tmp_path_factory: pytest.TempPathFactory) -> RScript:
    """Runs a program in R, metafor attached, and returns what it prints; the test is skipped where there is none."""
    command = shutil.which("Rscript")
    if command is None:
        pytest.skip("R is not installed (Debian: apt-get install r-base-core r-cran-metafor)")
    folder = tmp_path_factory.mktemp("R")
    quiet = "suppressPackageStartupMessages(library(metafor)); options(warn = 2, digits = 15)\n"

    def run(program: str) -> str:
        script = folder / "program.R"
        script.write_text(quiet + program, encoding="utf-8")
        done = subprocess.run(
            [command, "--vanilla", str(script)], capture_output=True, text=True, timeout=120, cwd=folder
        )
        if "there is no package called" in done.stderr:
            pytest.skip("R has no metafor (Debian: apt-get install r-cran-metafor)")
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
