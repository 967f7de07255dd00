"""The store in, the dataset's files written anew out: for decisions made since the last run."""

from pathlib import Path

from pipeline.exports.dataset import write_dataset
from pipeline.lock import hold
from pipeline.store import Store
from schemas.errors import UsageError


def rewrite_dataset(store: Store, folder: Path) -> int:
    """Write every file of the dataset in `folder`, as the end of a run would; returns how many records it holds.

    Raises UsageError where nothing was ever read, or a run is writing there.
    """
    with hold(folder), store.frozen() as now:
        run = now.last_run()
        if run is None:
            raise UsageError("Nothing was read into this store yet. Make a dataset with: trialtrace run INPUT")
        write_dataset(now, folder, run=run)
    with (folder / "records.jsonl").open(encoding="utf-8") as lines:
        return sum(1 for _ in lines)
