"""One extraction process, seen from the pipeline: a path in, its answer out, or what became of it within its limits."""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from multiprocessing import Pipe
from pathlib import Path

from pipeline.workers.replies import OUT_OF_MEMORY, Failure, Order, Reply

START_SECONDS = 300.0
"""How long a process may take until it has loaded the core; a few seconds, on a machine that is not overloaded."""

DYING_SECONDS = 5.0
"""How long a process whose end of the pipe is closed may take to be gone."""

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""The processes share the cores between them; a numerical library that starts a thread a core only takes memory."""


class Reader:
    """A process that extracts, one document at a time; `gone` once it has died or was ended for passing a limit.

    It is no child of `multiprocessing`, which a Dask worker may not have. Its session is its own, so that Ctrl-C on a
    terminal is the pipeline's to decide on; it ends when the pipeline's end of the pipe is closed.
    """

    def __init__(self, order: Order, *, log: Path | None) -> None:
        self.gone = False
        self._limits = order.limits
        self._ready = False
        self._connection, theirs = Pipe()
        with tempfile.TemporaryFile() as told, (log or Path(os.devnull)).open("ab") as chatter, theirs:
            pickle.dump(order, told)  # a pipe would be full before the process has begun to read it
            told.seek(0)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pipeline.workers.child", str(theirs.fileno())],
                env=os.environ | ONE_THREAD | {"PYTHONPATH": os.pathsep.join(place for place in sys.path if place)},
                stdin=told,
                stdout=chatter,  # what libraries print never mixes with the terminal
                stderr=chatter,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def ask(self, path: Path) -> Reply:
        """The answer to one path; a Failure where the process died of it or passed a limit."""
        began = time.perf_counter()
        try:
            self._wait_until_ready()
            began = time.perf_counter()
            self._connection.send(path)
            if not self._connection.poll(self._limits.seconds):
                self.stop()
                return Failure("failed", self._too_slow(), time.perf_counter() - began)
            reply: Reply = self._connection.recv()
        except (EOFError, OSError):
            return self._last_words(path, time.perf_counter() - began)
        return reply

    def stop(self) -> None:
        """End the process at once; it holds nothing that could be left half-written."""
        self.gone = True
        self._process.kill()
        self._process.wait()

    def _wait_until_ready(self) -> None:
        if not self._ready:
            if not self._connection.poll(START_SECONDS):
                raise EOFError("the process does not begin")
            self._connection.recv()
            self._ready = True

    def _last_words(self, path: Path, seconds: float) -> Failure:
        """What to say of a document whose process is gone."""
        try:
            status = self._process.wait(DYING_SECONDS)
        except subprocess.TimeoutExpired:
            status = None
        self.stop()
        if status == OUT_OF_MEMORY:
            return Failure("failed", self._too_large(), seconds)
        if status == -signal.SIGALRM:
            return Failure("failed", self._too_slow(), seconds)
        how = f" ({signal.Signals(-status).name})" if status is not None and status < 0 else ""
        reason = f"the process reading it ended abruptly{how}; the file may be damaged, please report it ({path.name})"
        return Failure("failed", reason, seconds, trace=f"the process reading {path} died, status {status}")

    def _too_slow(self) -> str:
        return (
            f"reading it took longer than {self._limits.seconds:g} seconds, the limit for one document; if the file is"
            " sound, allow more with --seconds-per-document, else take it out"
        )

    def _too_large(self) -> str:
        allowed = f"{self._limits.megabytes:,} MB, the limit for one document" if self._limits.megabytes else "there is"
        return (
            f"reading it needs more memory than {allowed}; if the file is sound, allow more with"
            " --megabytes-per-document or use fewer workers, else take it out"
        )
