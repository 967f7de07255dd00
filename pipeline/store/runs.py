"""The runs of a store, and a name a user gives one of them, in; which run is meant, out."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from pipeline.store import models
from schemas.errors import UsageError

STEPS = re.compile(r"latest(?:~(?P<steps>\d+))?")
SHORTEST = 4
"""Characters that a shortened run id must have at least."""


class Told(NamedTuple):
    """A run in short; `number` puts runs into the order of time, `new` counts readings no earlier run had."""

    number: int
    run_id: str
    started: datetime
    finished: datetime
    code_version: str
    lexicon_digest: str
    read: int
    unread: int
    new: int
    pruned: bool


def told(session: Session) -> list[Told]:
    """All runs, the latest first."""
    row = models.RunDocument
    first = select(row.reading_id, func.min(row.run).label("run")).where(row.reading_id.is_not(None))
    born = first.group_by(row.reading_id).subquery()
    new = dict(session.execute(select(born.c.run, func.count()).group_by(born.c.run)).tuples().all())
    is_read = case((row.reading_id.is_not(None), 1), else_=0)
    sizes = {
        number: (read, every - read)
        for number, read, every in session.execute(select(row.run, func.sum(is_read), func.count()).group_by(row.run))
    }
    return [
        Told(
            *(run.id, run.run_id, run.started, run.finished, run.code_version, run.lexicon_digest),
            *sizes.get(run.id, (0, 0)),
            new.get(run.id, 0),
            run.pruned,
        )
        for run in session.scalars(select(models.Run).order_by(models.Run.id.desc()))
    ]


def name_of(place: int) -> str:
    """How to call the run that has `place` later ones."""
    return ("latest", "previous")[place] if place < 2 else f"latest~{place}"


def choose(runs: Sequence[Told], name: str) -> Told:
    """The run of that name: `latest`, `previous`, `latest~2`, an id or the beginning of one.

    Raises UsageError where there is none, several, or one whose readings were pruned.
    """
    steps = STEPS.fullmatch("latest~1" if name == "previous" else name)
    if steps is not None:
        place = int(steps["steps"] or 0)
        if place >= len(runs):
            raise UsageError(f"{name}: the store has {_count(len(runs))}. trialtrace runs lists them.")
        found = [runs[place]]
    else:
        exact = [run for run in runs if run.run_id == name]
        found = exact or [run for run in runs if len(name) >= SHORTEST and run.run_id.startswith(name)]
    if not found:
        raise UsageError(f"{name}: no such run. trialtrace runs lists them; an id needs {SHORTEST} characters or more.")
    if len(found) > 1:
        raise UsageError(f"{name}: several runs begin so: {', '.join(run.run_id for run in found)}.")
    if found[0].pruned:
        raise UsageError(f"{name}: what this run had read was pruned, so that it cannot be compared any more.")
    return found[0]


def _count(number: int) -> str:
    return "one run" if number == 1 else f"{number} runs"
