"""Paths in, what the core made of each out: extraction in processes of their own, one document at a time each.

A process is spawned, loads the core once and keeps it warm. One that dies (a crash inside a PDF library) takes only
the document it was reading with it: that document is answered with a Failure and the process is replaced.
"""

import contextlib
import os
import queue
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from schemas.errors import TrialtraceError, UnreadableDocument
from schemas.lexicon import Lexicon
from schemas.record import Extraction
from schemas.run import DocumentStatus

CORE = "extractors.extract:extract"
"""Where the core stands: module and function, imported in the worker process only."""


class Success(NamedTuple):
    """A document that was read, and the seconds it took."""

    extraction: Extraction
    seconds: float


class Failure(NamedTuple):
    """A document that was not read; `trace` is set where the cause lies in the program, `errno` where in the system."""

    status: DocumentStatus
    reason: str
    seconds: float
    errno: int | None = None
    trace: str = ""


Reply = Success | Failure


class StoppedError(TrialtraceError):
    """The workers were stopped before this document was read."""


class Workers:
    """A fixed number of extraction processes; `extract` may be called from as many threads at once.

    `warm` of them start at once, the others when there is work for them.
    """

    def __init__(
        self, number: int, *, lexicon: Lexicon, core: str = CORE, log: Path | None = None, warm: int | None = None
    ) -> None:
        self._start = partial(_Worker, lexicon, core=core, log=log)
        self._stopped = False
        self._places: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._all: set[_Worker] = set()
        for place in range(number):
            self._places.put(self._begin() if place >= number - (number if warm is None else warm) else None)

    def extract(self, path: Path) -> Reply:
        """What the core makes of one file; raises StoppedError where `stop` came first."""
        worker = self._places.get()
        try:
            if worker is None and not self._stopped:
                worker = self._begin()
            reply = worker.ask(path) if worker is not None else None
            if reply is None and worker is not None:
                self._end(worker)
                worker = None
        finally:
            self._places.put(worker)
        if self._stopped:
            raise StoppedError("stopped before this document was read")
        if reply is None:
            return Failure("failed", _crash_reason(path), 0.0, trace=f"the process reading {path} died")
        return reply

    def _begin(self) -> "_Worker":
        worker = self._start()
        self._all.add(worker)
        if self._stopped:
            worker.stop()
        return worker

    def _end(self, worker: "_Worker") -> None:
        self._all.discard(worker)
        worker.stop()

    def stop(self) -> None:
        """End all processes at once, whatever they are reading."""
        self._stopped = True
        for worker in list(self._all):
            worker.stop()


class _Worker:
    def __init__(self, lexicon: Lexicon, *, core: str, log: Path | None) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, lexicon, core, log), daemon=True)
        with _without_interrupts():
            self._process.start()
        theirs.close()

    def ask(self, path: Path) -> Reply | None:
        """The answer, or None where the process died."""
        try:
            self._connection.send(path)
            reply: Reply = self._connection.recv()
        except (EOFError, OSError):
            return None
        return reply

    def stop(self) -> None:
        if self._process.is_alive():
            self._process.kill()  # it holds nothing that could be left half-written
        self._process.join()


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back while a process starts, which inherits it until `_serve` ignores it."""
    resource_tracker.ensure_running()  # which lets interrupts through again when it has to be started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, lexicon: Lexicon, core: str, log: Path | None) -> None:
    """A worker's life: load the core, then answer path after path until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to decide on
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _write_to(log)
    try:
        extract = _load(core)
    except Exception as error:
        failure = Failure("failed", bug_reason(error), 0.0, trace=traceback.format_exc())
        extract = None
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            path = connection.recv()
            connection.send(_answer(extract, path, lexicon=lexicon) if extract is not None else failure)


def _load(core: str) -> Callable[..., Extraction]:
    module, name = core.split(":")
    function: Callable[..., Extraction] = getattr(import_module(module), name)
    return function


def _answer(extract: Callable[..., Extraction], path: Path, *, lexicon: Lexicon) -> Reply:
    began = time.perf_counter()
    try:
        extraction = extract(path, lexicon=lexicon)
    except UnreadableDocument as error:
        cause = error.__cause__
        number = cause.errno if isinstance(cause, OSError) else None
        return Failure(error.status, error.reason, time.perf_counter() - began, errno=number)
    except MemoryError:
        return Failure("failed", "the document needs more memory than there is; try fewer workers", 0.0)
    except Exception as error:
        seconds = time.perf_counter() - began
        return Failure("failed", bug_reason(error), seconds, trace=traceback.format_exc())
    return Success(extraction, time.perf_counter() - began)


def bug_reason(error: Exception) -> str:
    """A reason that names the error and asks to report it."""
    said = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}{f': {said}' if said else ''}; this is a fault in trialtrace, please report it"


def _crash_reason(path: Path) -> str:
    return f"the process reading it ended abruptly; the file may be damaged, please report it ({path.name})"


def _write_to(log: Path | None) -> None:
    """Send what libraries print to a log file, so that it never mixes with the terminal."""
    target = os.open(log if log is not None else os.devnull, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)
