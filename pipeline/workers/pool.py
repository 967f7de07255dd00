"""A number of extraction processes in, documents read by whichever is free out.

A process that dies (a crash inside a PDF library) or passes its limits takes only the document it was reading with it:
that document is answered with a Failure and the process is replaced.
"""

import queue
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from threading import Thread

from pipeline.workers.reader import Reader
from pipeline.workers.replies import Order, Reply, StoppedError


class Workers:
    """A fixed number of extraction processes; `extract` may be called from as many threads at once.

    `warm` of them start at once, the others when there is work for them.
    """

    def __init__(self, number: int, *, order: Order, log: Path | None = None, warm: int | None = None) -> None:
        self._start = partial(Reader, order, log=log)
        self._stopped = False
        self._places: queue.LifoQueue[Reader | None] = queue.LifoQueue()
        self._all: set[Reader] = set()
        self._begun: dict[Path, Future[Reply]] = {}
        for place in range(number):
            self._places.put(self._begin() if place >= number - (number if warm is None else warm) else None)

    def begin(self, paths: Iterable[Path]) -> None:
        """Have these files read, although nobody asks for them yet; somebody will soon."""
        for path in paths:
            self._begun[path] = Future()
            Thread(target=_fulfil, args=(self._begun[path], partial(self._extract, path)), daemon=True).start()

    def extract(self, path: Path) -> Reply:
        """What the core makes of one file; raises StoppedError where `stop` came first."""
        begun = self._begun.pop(path, None)
        return begun.result() if begun is not None else self._extract(path)

    def _extract(self, path: Path) -> Reply:
        reader = self._places.get()
        try:
            if self._stopped:
                raise StoppedError("stopped before this document was read")
            if reader is None:
                reader = self._begin()
            reply = reader.ask(path)
            if reader.gone:
                self._end(reader)
                reader = None
        finally:
            self._places.put(reader)
        if self._stopped:
            raise StoppedError("stopped before this document was read")
        return reply

    def _begin(self) -> Reader:
        reader = self._start()
        self._all.add(reader)
        if self._stopped:
            reader.stop()
        return reader

    def _end(self, reader: Reader) -> None:
        self._all.discard(reader)
        reader.stop()

    def stop(self) -> None:
        """End all processes at once, whatever they are reading."""
        self._stopped = True
        for reader in list(self._all):
            reader.stop()


def _fulfil(promise: "Future[Reply]", work: Callable[[], Reply]) -> None:
    try:
        promise.set_result(work())
    except BaseException as error:
        promise.set_exception(error)
