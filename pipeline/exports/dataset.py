"""The store and its latest run in, every file of the dataset out."""

from pathlib import Path

from pipeline.exports import stamp
from pipeline.exports.datapackage import describe
from pipeline.exports.drafts import Drafts
from pipeline.exports.files import write_json
from pipeline.exports.parts import LINES, line_file, sheets_in
from pipeline.exports.sheets import fill
from pipeline.store import Store
from schemas.run import Run


def write_dataset(store: Store, folder: Path, *, run: Run, drafts: Drafts | None = None) -> Run:
    """Bring all files up to date; `run.json` last, so that whoever finds it new finds the others new as well.

    Where the store has not changed since they were written, the others stay as they are; else all are written anew,
    each whole, from one state of the store, a document at a time; `drafts` are taken where they fit it.
    Returns the run with the names its documents have.
    """
    with store.frozen() as frozen:
        named = name_documents(run, frozen)
        state = stamp.state(frozen)
        if not stamp.holds(folder, state):
            stamp.remove(folder)
            _write(frozen, folder, drafts if drafts is not None else Drafts())
            stamp.put(folder, state, files=[folder / name for name in sorted(_names())])
    write_json(folder / "run.json", named.model_dump(mode="json"))
    return named


def _write(store: Store, folder: Path, drafts: Drafts) -> None:
    (folder / "tables").mkdir(exist_ok=True)
    try:
        fill(sheets_in(folder), drafts.parts(store))
    except BaseException:
        for name in _names():
            (folder / f"{name}.partial").unlink(missing_ok=True)
        raise
    write_json(folder / "datapackage.json", describe())


def _names() -> set[str]:
    tables = {f"{table['path']}" for table in describe()["resources"]}
    parquet = {name.removesuffix("csv") + "parquet" for name in tables}
    return {"datapackage.json", *map(line_file, LINES), *tables, *parquet}


def name_documents(run: Run, store: Store) -> Run:
    """The run with every document under the name it has in the dataset, which may differ from its stem."""
    by_bytes = {held.sha256: held.document for held in store.held() if held.sha256 is not None}
    documents = tuple(
        row.model_copy(update={"document": by_bytes.get(row.sha256, row.document)}) if row.sha256 is not None else row
        for row in run.documents
    )
    return run.model_copy(update={"documents": documents})
