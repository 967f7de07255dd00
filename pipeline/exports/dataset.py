"""The store and its latest run in, every file of the dataset out."""

from pathlib import Path

from pipeline.exports.content import contents, coverage
from pipeline.exports.datapackage import describe
from pipeline.exports.files import write_json, write_lines
from pipeline.exports.tables import write_tables
from pipeline.store import Store
from schemas.run import Run


def write_dataset(store: Store, folder: Path, *, run: Run) -> Run:
    """Write all files anew, each whole; `run.json` last, so that whoever finds it new finds the others new as well.

    Returns the run with the names its documents have in this dataset.
    """
    named = name_documents(run, store)
    everything = list(contents(store))
    write_lines(folder / "records.jsonl", (row for content in everything for row in content.records))
    write_lines(folder / "findings.jsonl", (row for content in everything for row in content.findings))
    write_lines(folder / "sentences.jsonl", (row for content in everything for row in content.sentences))
    readable = [content for content in everything if content.held.reading_id is not None]
    write_lines(folder / "coverage.jsonl", (coverage(content) for content in readable))
    write_tables(folder / "tables", everything)
    write_json(folder / "datapackage.json", describe())
    write_json(folder / "run.json", named.model_dump(mode="json"))
    return named


def name_documents(run: Run, store: Store) -> Run:
    """The run with every document under the name it has in the dataset, which may differ from its stem."""
    by_bytes = {held.sha256: held.document for held in store.held() if held.sha256 is not None}
    documents = tuple(
        row.model_copy(update={"document": by_bytes.get(row.sha256, row.document)}) if row.sha256 is not None else row
        for row in run.documents
    )
    return run.model_copy(update={"documents": documents})
