"""`trialtrace prune`: old readings out of a store, those that the dataset, recent runs and decisions need stay."""

import contextlib

from pipeline import screen
from pipeline.lock import hold
from pipeline.settings import Settings
from pipeline.store import StorePlace, open_store
from pipeline.store.place import file_of


def prune(*, keep: int, dry: bool, database: StorePlace | None, as_json: bool) -> int:
    """Delete and say how much; returns the exit status."""
    place = database if database is not None else Settings().database
    file = file_of(place)
    turn = hold(file.parent, option="--db") if file is not None else contextlib.nullcontext()
    with open_store(place) as store, turn:
        before = file.stat().st_size if file is not None else 0
        pruned = store.prune(keep=keep, dry=dry)
        if not dry and pruned.readings:
            store.compact()
        freed = before - file.stat().st_size if file is not None else 0
    if as_json:
        screen.say_json(pruned._asdict() | {"bytes": freed})
        return 0
    would = "would be " if dry else ""
    room = f", {freed / 1e6:,.1f} MB freed" if freed > 0 else ""
    screen.out().print(
        f"{pruned.readings} old readings and {pruned.documents} documents {would}deleted{room};"
        f" {pruned.runs} runs can no longer be compared."
    )
    return 0
