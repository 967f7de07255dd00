"""The selected records in; an RO-Crate out: tables, records and findings with the provenance of the runs."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.exports.crate import describe_crate
from pipeline.exports.files import write_json, write_lines
from pipeline.exports.formats import Written, csv_tables
from pipeline.exports.provenance import runs_of
from pipeline.exports.selection import Selected
from pipeline.exports.wording import say_selection
from pipeline.rows import Row

METADATA = "ro-crate-metadata.json"
NOTES = (
    "RO-Crate 1.1 with the Process Run Crate profile 0.5. Articles are named by their bytes, not enclosed.",
    "Its licence is not stated: quoted sentences belong to the articles. Name one before you publish it.",
)


def write(selected: Selected, out: Path) -> Written:
    """Files and metadata in one folder; the date is that of the latest run."""
    tables = csv_tables.write(selected, out).files
    selected.tally.clear()  # the tables have been through it once
    records, found = out / "records.jsonl", out / "findings.jsonl"
    gathered = _Gathered([], {})
    write_lines(records, _records(selected, gathered))
    write_lines(found, gathered.findings)
    files = [*tables, records, found]
    runs = runs_of(selected.store)
    amount = f"{sum(selected.tally.values())} records of {len(selected.tally)} documents, read by trialtrace."
    description = " ".join(part for part in (amount, say_selection(selected.selection)) if part)
    day = runs[-1].finished.date().isoformat() if runs else "1970-01-01"
    reviewers = sorted(gathered.reviewers)
    described = describe_crate(files, runs, reviewers=reviewers, description=description, day=day)
    write_json(out / METADATA, described)
    return Written([*files, out / METADATA], NOTES)


class _Gathered(NamedTuple):
    """What is met on the way through the records."""

    findings: list[Row]
    reviewers: dict[str, None]


def _records(selected: Selected, gathered: _Gathered) -> Iterator[Row]:
    for content in selected.contents():
        gathered.findings.extend(content.findings)
        for record in content.records:
            if record["review"] is not None:
                gathered.reviewers[record["review"]["reviewer"]] = None
            yield record
