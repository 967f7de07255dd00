"""A number of records in, seconds and peak memory of each export of a dataset of that size out, as a Markdown table.

`python -m tests.benchmarks.exports 100000` fills a store with copies of the sample reviews' readings, each a
document of its own, and exports it by the command, a process a format. Seconds by the clock and of the processor: other
work on the machine shows in the first alone.
"""

import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.sources import SourceFile
from pipeline.store import Store, open_store
from schemas.record import Extraction
from schemas.run import DocumentRun, Run
from tests.golden.reviews import ROOT, read

FORMATS = ("csv", "parquet", "excel", "metafor")


def copied(extraction: Extraction, number: int) -> Extraction:
    """The same reading as that of another document, with record ids of its own."""
    sha256 = hashlib.sha256(f"{number}".encode()).hexdigest()
    ids = {
        record.record_id: hashlib.sha256(f"{number}|{record.record_id}".encode()).hexdigest()[:16]
        for record in extraction.records
    }
    source = extraction.document.source.model_copy(update={"sha256": sha256, "stem": f"review-{number:05}"})
    records = [record.model_copy(update={"record_id": ids[record.record_id]}) for record in extraction.records]
    findings = [
        finding.model_copy(update={"record_ids": tuple(ids[each] for each in finding.record_ids)})
        for finding in extraction.findings
    ]
    return extraction.model_copy(
        update={
            "document": extraction.document.model_copy(update={"source": source}),
            "records": tuple(records),
            "findings": tuple(findings),
        }
    )


def fill(store: Store, *, records: int) -> int:
    """Put copies into the store until it holds so many records; returns how many it holds."""
    samples = [read(path) for path in sorted((ROOT / "corpus").glob("*.pdf"))]
    rows: list[DocumentRun] = []
    files: list[SourceFile] = []
    held = 0
    while held < records:
        extraction = copied(samples[len(rows) % len(samples)], len(rows))
        kept = store.put(extraction, lexicon_digest="words", code_version="1")
        source = extraction.document.source
        name = f"{source.stem}.pdf"
        files.append(SourceFile(file=name, path=Path(name), sha256=source.sha256))
        sizes = {"pages": kept.pages, "records": kept.records, "findings": kept.findings}
        row = DocumentRun(file=name, document=source.stem, sha256=source.sha256, status="read", reason="", **sizes)
        rows.append(row)
        held += kept.records
    run = Run(
        run_id="benchmark",
        code_version="1",
        lexicon_digest="words",
        settings={},
        started="2026-01-01T00:00:00Z",
        finished="2026-01-01T00:00:01Z",
        documents=tuple(rows),
    )
    store.keep_run(run, files=files)
    return held


def measure(name: str, folder: Path) -> tuple[float, float, float, float]:
    """Seconds by the clock, of the processor, peak resident memory and size of the files (megabytes) of one export."""
    out = folder / name
    call = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "export",
        name,
        "--db",
        str(folder / "trialtrace.db"),
        "--out",
        str(out),
    ]
    before = time.perf_counter()
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{name}: exit status {process.returncode}")
    paths = out.rglob("*") if out.is_dir() else [out]
    size = sum(path.stat().st_size for path in paths)
    return seconds, usage.ru_utime + usage.ru_stime, _megabytes(usage), size / 1e6


def _megabytes(usage: resource.struct_rusage) -> float:
    """Peak resident memory (kilobytes on Linux, bytes on macOS)."""
    return usage.ru_maxrss / (1e3 if sys.platform != "darwin" else 1e6)


def main(records: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # in a process of its own: the memory it took would else count as that of the processes it starts
        filling = [sys.executable, "-m", "tests.benchmarks.exports", str(records), str(folder / "trialtrace.db")]
        held = int(subprocess.run(filling, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
        sys.stdout.write(f"| {held:,} records | seconds | processor | peak MB | files MB |\n")
        sys.stdout.write("| --- | ---: | ---: | ---: | ---: |\n")
        for form in FORMATS:
            seconds, processor, memory, size = measure(form, folder)
            sys.stdout.write(f"| {form} | {seconds:.0f} | {processor:.0f} | {memory:.0f} | {size:.0f} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        with open_store(Path(sys.argv[2]), create=True) as made:
            sys.stdout.write(str(fill(made, records=int(sys.argv[1]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
