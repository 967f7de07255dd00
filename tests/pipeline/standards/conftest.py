"""The sample reviews, read once for all tests of this folder, as a selection that exports take."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.extract import extract
from extractors.lexicon import load
from pipeline.exports.selection import Selected, Selection
from pipeline.sources import find
from pipeline.store import open_store
from schemas.run import DocumentRun, Run

CORPUS = Path(__file__).resolve().parents[3] / "corpus"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Selected]:
    """All that the sample reviews give, and a file that is none."""
    folder = tmp_path_factory.mktemp("samples")
    (folder / "broken.pdf").write_bytes(b"nothing")
    files = find([*sorted(CORPUS.glob("*.pdf")), folder / "broken.pdf"])
    lexicon = load([])
    with open_store(folder / "trialtrace.db", create=True) as store:
        rows = []
        for file in files:
            row = DocumentRun(
                file=file.file, document=file.stem, sha256=file.sha256, status="not_a_pdf", reason="not a PDF"
            )
            if file.stem != "broken":
                kept = store.put(extract(file.path, lexicon=lexicon), lexicon_digest=lexicon.digest, code_version="1")
                sizes = {"pages": kept.pages, "records": kept.records, "findings": kept.findings}
                row = row.model_copy(update={"status": "read", "reason": "", **sizes})
            rows.append(row)
        run = Run(
            run_id="run-1", code_version="1", lexicon_digest=lexicon.digest, settings={"lexicon": None, "workers": 2},
            started="2026-01-01T00:00:00Z", finished="2026-01-01T00:00:01Z", documents=tuple(rows),
        )  # fmt: skip
        store.keep_run(run, files=files)
        yield Selected(store, Selection(rejected=False))
