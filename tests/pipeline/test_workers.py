"""Extraction processes: every accident costs one document, never the others."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from pipeline.workers import Failure, Limits, Order, StoppedError, Success, Workers
from pipeline.workers.child import GRACE
from tests.pipeline.conftest import LEXICON, RATES, is_running

CORE = "tests.pipeline.fake_core:extract"


@pytest.fixture
def workers() -> Iterator[Workers]:
    started = Workers(1, order=Order(LEXICON, CORE))
    yield started
    started.stop()


def written(folder: Path, text: str) -> Path:
    """A text file."""
    path = folder / f"{text.split()[0].lower()}.txt"
    path.write_text(text)
    return path


def test_each_accident_has_its_reply_and_the_next_document_is_read(workers: Workers, tmp_path: Path) -> None:
    bug = workers.extract(written(tmp_path, "BUG here"))
    assert isinstance(bug, Failure)
    assert bug.status == "failed"
    assert bug.reason == "ValueError: a bug in the core; this is a fault in trialtrace, please report it"
    assert "Traceback" in bug.trace

    crash = workers.extract(written(tmp_path, "CRASH here"))
    assert isinstance(crash, Failure)
    assert crash.status == "failed"
    assert "ended abruptly" in crash.reason
    assert "crash.txt" in crash.reason

    locked = workers.extract(written(tmp_path, "ENCRYPTED here"))
    assert isinstance(locked, Failure)
    assert (locked.status, locked.trace) == ("encrypted", "")

    away = workers.extract(written(tmp_path, "BUSY here"))
    assert isinstance(away, Failure)
    assert (away.status, away.errno) == ("unreadable_file", 5)

    read = workers.extract(written(tmp_path, RATES))
    assert isinstance(read, Success)
    assert len(read.reading.records) == 3


def test_stopping_does_not_wait_for_a_document(workers: Workers, tmp_path: Path) -> None:
    path = written(tmp_path, "SLEEP here")
    Timer(1.0, workers.stop).start()
    began = time.monotonic()
    with pytest.raises(StoppedError):
        workers.extract(path)
    assert time.monotonic() - began < 10


def test_what_was_begun_is_not_read_twice(workers: Workers, tmp_path: Path) -> None:
    path = written(tmp_path, RATES)
    workers.begin([path])
    first = workers.extract(path)
    path.write_text("CRASH here")
    assert isinstance(first, Success)
    assert isinstance(workers.extract(path), Failure)


def test_stopping_ends_what_was_begun(workers: Workers, tmp_path: Path) -> None:
    path = written(tmp_path, "SLEEP here")
    workers.begin([path])
    Timer(1.0, workers.stop).start()
    began = time.monotonic()
    with pytest.raises(StoppedError):
        workers.extract(path)
    assert time.monotonic() - began < 10


def test_a_core_that_cannot_be_loaded_says_why(tmp_path: Path) -> None:
    workers = Workers(1, order=Order(LEXICON, "tests.pipeline.no_such_core:extract"))
    try:
        reply = workers.extract(written(tmp_path, RATES))
    finally:
        workers.stop()
    assert isinstance(reply, Failure)
    assert "no_such_core" in reply.reason


def test_what_a_library_prints_goes_to_the_log(tmp_path: Path) -> None:
    log = tmp_path / "libraries.log"
    workers = Workers(1, order=Order(LEXICON, "tests.pipeline.fake_core:mutter"), log=log)
    try:
        assert isinstance(workers.extract(written(tmp_path, RATES)), Success)
    finally:
        workers.stop()
    assert log.read_text() == "a library speaks\n"


@pytest.mark.parametrize("word", ["LOOP", "SLEEP"])
def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path, word: str) -> None:
    workers = Workers(1, order=Order(LEXICON, CORE, Limits(seconds=0.5)))
    try:
        began = time.monotonic()
        reply = workers.extract(written(tmp_path, f"{word} here"))
        assert time.monotonic() - began < 15
        assert isinstance(reply, Failure)
        assert reply.status == "failed"
        assert "longer than 0.5 seconds" in reply.reason
        assert "--seconds-per-document" in reply.reason
        assert isinstance(workers.extract(written(tmp_path, RATES)), Success)
    finally:
        workers.stop()


def test_a_document_that_eats_memory_is_given_up(tmp_path: Path) -> None:
    workers = Workers(1, order=Order(LEXICON, CORE, Limits(seconds=60, megabytes=200)))
    try:
        reply = workers.extract(written(tmp_path, "EAT here"))
        assert isinstance(reply, Failure)
        assert reply.status == "failed"
        assert "more memory than 200 MB" in reply.reason
        assert "--megabytes-per-document" in reply.reason
        assert isinstance(workers.extract(written(tmp_path, RATES)), Success)
    finally:
        workers.stop()


PARENT = """
import sys
from pathlib import Path
from threading import Thread
from pipeline.workers import Limits, Order, Workers
from schemas.lexicon import Lexicon

order = Order(Lexicon(digest="x"), "tests.pipeline.fake_core:extract", Limits(seconds=1.0))
workers = Workers(1, order=order)
sys.stdout.write(f"{next(iter(workers._all))._process.pid}\\n")
sys.stdout.flush()
workers.extract(Path(sys.argv[1]))
sys.stdin.read()
"""


@pytest.mark.parametrize("text", ["LOOP here", RATES])
def test_a_process_ends_with_whoever_started_it(quiet_environment: dict[str, str], tmp_path: Path, text: str) -> None:
    command = [sys.executable, "-c", PARENT, str(written(tmp_path, text))]
    with subprocess.Popen(
        command, env=quiet_environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.8)
        parent.kill()
    end = time.monotonic() + 1.0 + GRACE + 10
    while is_running(child):
        assert time.monotonic() < end, "the process goes on"
        time.sleep(0.1)
