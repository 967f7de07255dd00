"""What a run works with: files found, vocabulary loaded, store open, workers started, someone told of the progress."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from extractors.lexicon import load
from pipeline.cluster import Cluster, connected
from pipeline.exports.drafts import Drafts
from pipeline.known import recall
from pipeline.lock import hold
from pipeline.settings import STORE, Settings
from pipeline.sources import SourceFile, find, find_new
from pipeline.store import Store, StorePlace, open_store
from pipeline.version import code_version
from pipeline.workers import CORE, Limits, Order, Workers
from schemas.errors import UsageError
from schemas.lexicon import Lexicon
from schemas.run import DocumentRun, Run


class Listener(Protocol):
    """Someone who is told how far a run is; called from several threads."""

    def stage(self, text: str) -> None:
        """What happens now."""

    def document(self, done: DocumentRun) -> None:
        """One document is finished."""


class Silence:
    """A listener who does not care."""

    def stage(self, text: str) -> None:
        """Nothing."""

    def document(self, done: DocumentRun) -> None:
        """Nothing."""


class Effort(NamedTuple):
    """What a run may use: processes of this machine or a Dask cluster, and how much of them for one document."""

    workers: int = 1
    dask: str | None = None
    limits: Limits = Limits()

    @classmethod
    def of(
        cls,
        settings: Settings,
        *,
        workers: int | None = None,
        dask: str | None = None,
        seconds: float | None = None,
        megabytes: int | None = None,
    ) -> "Effort":
        """What a command's options ask for, the settings where they ask for nothing."""
        return cls(
            workers=workers if workers is not None else settings.workers,
            dask=dask if dask is not None else settings.dask,
            limits=Limits(
                seconds if seconds is not None else settings.seconds_per_document,
                megabytes if megabytes is not None else settings.megabytes_per_document,
            ),
        )


@dataclass(frozen=True)
class Job:
    """A run before it begins: everything that decides what it will give, and where."""

    files: tuple[SourceFile, ...]
    out: Path
    store: StorePlace
    lexicon: Lexicon
    code_version: str
    begun: datetime
    effort: Effort
    settings: dict[str, str | int | bool | None]

    @cached_property
    def distinct(self) -> dict[str, SourceFile]:
        """Fingerprint -> the file to read, where several hold the same bytes; in the order of the files."""
        first: dict[str, SourceFile] = {}
        for file in sorted(self.files, key=lambda file: file.preference):
            if file.sha256 is not None:
                first.setdefault(file.sha256, file)
        return {file.sha256: first[file.sha256] for file in self.files if file.sha256 is not None}

    @property
    def run_id(self) -> str:
        """Twelve hex digits, the same for the same files, code, vocabulary and settings."""
        decides = [self.code_version, self.lexicon.digest, self.settings, [(f.file, f.sha256) for f in self.files]]
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()[:12]

    def finished(self, documents: Sequence[DocumentRun], *, started: datetime, finished: datetime) -> Run:
        """The run once every file has its row."""
        return Run(
            run_id=self.run_id,
            code_version=self.code_version,
            lexicon_digest=self.lexicon.digest,
            settings=self.settings,
            started=started,
            finished=finished,
            documents=tuple(documents),
        )


@dataclass(frozen=True)
class Context:
    """A job under way; `known` are the rows of documents that need not be read."""

    job: Job
    store: Store
    known: dict[str, DocumentRun]
    workers: Workers
    cluster: Cluster | None
    order: Order
    listener: Listener
    logs: Path
    drafts: Drafts = field(default_factory=Drafts)

    @property
    def unread(self) -> list[SourceFile]:
        """The files to read, those of the same bytes once, in their order."""
        return [file for sha256, file in self.job.distinct.items() if sha256 not in self.known]


CURRENT: ContextVar[Context] = ContextVar("trialtrace_run")
"""The job under way, for the tasks: a database and processes are no values that an order of work could carry."""


def prepare(
    inputs: Sequence[Path],
    *,
    out: Path,
    effort: Effort,
    vocabulary: Path | None,
    store: StorePlace | None = None,
    inboxes: Sequence[Path] = (),
) -> Job:
    """Find the files (of `inboxes` those the store does not know), load the vocabulary, make the output folder.

    Raises UsageError where nothing can be read or nothing written, LexiconError where the vocabulary is at fault.
    """
    begun = datetime.now(UTC)
    if vocabulary is not None and not vocabulary.is_dir():
        raise UsageError(f"{vocabulary}: there is no such vocabulary folder.")
    without = [out, *([vocabulary] if vocabulary is not None else [])]
    files = find(inputs, without=without, inboxes=inboxes or [Settings().inbox]) if inputs else []
    lexicon = load([vocabulary] if vocabulary is not None else [])
    make_writable(out)
    place = store if store is not None else out / STORE
    code = code_version()
    if inboxes:
        with open_store(place, create=True) as opened_store:
            seen = opened_store.seen()
        new = find_new(inboxes, seen=seen, code_version=code, lexicon_digest=lexicon.digest, without=without)
        files = sorted({file.path: file for file in [*new, *files]}.values(), key=lambda file: (file.file, file.path))
    return Job(
        files=tuple(files),
        out=out,
        store=place,
        lexicon=lexicon,
        code_version=code,
        begun=begun,
        effort=effort._replace(workers=max(1, min(effort.workers, len(files)))),
        settings={"lexicon": vocabulary.as_posix() if vocabulary is not None else None},
    )


def make_writable(folder: Path, *, option: str = "--out") -> None:
    """The folder, made if it is not there; raises UsageError where a file cannot be made in it."""
    probe = folder / f".writable-{os.getpid()}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be written to ({error.strerror}). Choose another folder with {option}."
        ) from error


@contextlib.contextmanager
def opened(job: Job, *, listener: Listener | None = None, core: str = CORE) -> Iterator[Context]:
    """The job with its store and workers, which are let go of at the end however it comes.

    Raises UsageError where another run is writing to the same folder, or the cluster cannot be used.
    """
    logs = job.out / "logs"
    logs.mkdir(exist_ok=True)
    order = Order(job.lexicon, core, job.effort.limits)
    chatter = logs / "libraries.log"
    with contextlib.ExitStack() as stack:
        stack.enter_context(hold(job.out))
        for log in logs.glob("*.log"):
            log.unlink()
        stack.callback(_tidy, logs, chatter)
        cluster = stack.enter_context(connected(job.effort.dask)) if job.effort.dask is not None else None
        store = stack.enter_context(open_store(job.store, create=True))
        known = recall(store, job.distinct, lexicon_digest=job.lexicon.digest, code_version=job.code_version)
        unread = job.distinct.keys() - known.keys()
        warm = min(job.effort.workers, len(unread)) if cluster is None else 0
        workers = Workers(job.effort.workers, order=order, log=chatter, warm=warm)
        stack.callback(workers.stop)
        yield Context(job, store, known, workers, cluster, order, listener or Silence(), logs)


def _tidy(logs: Path, chatter: Path) -> None:
    """Leave logs only where something was said."""
    if chatter.exists() and chatter.stat().st_size == 0:
        chatter.unlink()
    if not any(logs.iterdir()):
        logs.rmdir()
