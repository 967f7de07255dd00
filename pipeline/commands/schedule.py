"""`trialtrace schedule`: a run at every time of a cron line, one at a time, until it is stopped."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline import screen
from pipeline.cluster import connected
from pipeline.context import make_writable
from pipeline.server import started
from pipeline.settings import Settings
from pipeline.sources.files import gather
from schemas.errors import UsageError

LOCALTIME = Path("/etc/localtime")


def schedule(
    cron: str,
    *,
    timezone: str,
    inputs: Sequence[Path] = (),
    inboxes: Sequence[Path] = (),
    query: str | None = None,
    out: Path | None = None,
    workers: int | None = None,
    vocabulary: Path | None = None,
    dask: str | None = None,
    environment: dict[str, str],
    name: str = "nightly",
) -> int:
    """Serve the schedule until Ctrl-C or a polite kill; returns the exit status.

    `environment` is what runs are told beside their parameters, which Prefect shows to everyone.
    Raises UsageError where there is nothing to read, or the cron line or the timezone means nothing.
    """
    os.environ.update(environment)
    settings = Settings()
    folder = out if out is not None else settings.out
    vocabulary = vocabulary if vocabulary is not None else settings.vocabulary
    _refuse_nothing(inputs, inboxes, query if query is not None else settings.query)
    make_writable(folder)
    if not inboxes and (query is not None or settings.query is not None):
        inboxes = [settings.inbox]  # by its full path: runs may begin elsewhere
    given: dict[str, Any] = {
        "inputs": [str(path.resolve()) for path in inputs],
        "inboxes": [str(path.resolve()) for path in inboxes],
        "query": query,
        "out": str(folder.resolve()),
        "workers": workers if workers is not None else settings.workers,
        "lexicon": str(vocabulary.resolve()) if vocabulary is not None else None,
        "dask": dask,
    }
    with started(settings) as server:
        server.wait(settings)
        address = dask if dask is not None else settings.dask
        if address is not None and server.temporary:
            with connected(address) as cluster:
                cluster.refuse_elsewhere()
        from pipeline.timetable import deploy, serve  # Prefect reads its settings when it is imported

        deployment = deploy(cron, timezone=timezone, name=name, given=given)
        screen.err().print(
            f"Waiting for {cron!r} ({timezone}); Ctrl-C ends it. Prefect: {server.url.removesuffix('/api')}",
            markup=False,
            soft_wrap=True,
        )
        serve(deployment)
    return 0


def _refuse_nothing(inputs: Sequence[Path], inboxes: Sequence[Path], query: str | None) -> None:
    if not inputs and not inboxes and query is None:
        raise UsageError(
            "Nothing to read every night: name files or folders, a folder that new files come into (--inbox), or what"
            " to fetch (--query, or TRIALTRACE_QUERY)."
        )
    gather([path for path in inputs if path.suffix.lower() not in (".csv", ".toml")])
    gather(inboxes)


def local_timezone(localtime: Path = LOCALTIME) -> str:
    """The name of this machine's timezone, from TZ or from where /etc/localtime leads; UTC where neither says."""
    named = os.environ.get("TZ", "").removeprefix(":")
    after = localtime.resolve().as_posix().partition("/zoneinfo/")[2] if localtime.is_symlink() else ""
    for name in (named, after):
        try:
            if name:
                return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"
