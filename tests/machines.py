"""A folder in, a Dask scheduler and workers in processes of their own out, for tests and benchmarks."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Machines(NamedTuple):
    """A scheduler's address and the processes of its workers."""

    address: str
    workers: tuple["subprocess.Popen[bytes]", ...]

    def kill(self, number: int) -> None:
        """End a worker as a power failure would: it and the process that would start it anew."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)


@contextlib.contextmanager
def dask_machines(folder: Path, *, environment: dict[str, str], number: int = 2) -> Iterator[Machines]:
    """A scheduler and workers of one thread each, all on this machine; they are ended at the end."""
    file, log = folder / "scheduler.json", folder / "dask.log"

    def start(*arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "dask", *arguments, "--scheduler-file", str(file), "--no-dashboard"]
        with log.open("ab") as out:
            return subprocess.Popen(
                [*command, "--host", "127.0.0.1"], env=environment, stdout=out, stderr=out, start_new_session=True
            )

    running = [start("scheduler", "--port", "0")]
    try:
        _wait_for("scheduler at:", 1, log)
        running += [start("worker", "--nthreads", "1") for _ in range(number)]
        _wait_for("registered to:", number, log)
        address = log.read_text().split("Scheduler at:")[1].split()[0]
        yield Machines(address, tuple(running[1:]))
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(words: str, times: int, log: Path) -> None:
    end = time.monotonic() + 60
    while log.read_text().lower().count(words) < times:
        if time.monotonic() > end:
            raise TimeoutError(log.read_text())
        time.sleep(0.1)
