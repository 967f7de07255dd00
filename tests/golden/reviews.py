"""The sample reviews and their twins in, the lines of their golden files out."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.extract import extract
from extractors.lexicon import load
from pipeline.exports.flat import flatten, place_in_text
from pipeline.rows import finding_row
from schemas.record import Extraction

ROOT = Path(__file__).resolve().parents[2]
REVIEWS = tuple(sorted([*(ROOT / "corpus").glob("*.pdf"), *(ROOT / "tests" / "corpus" / "formats").iterdir()]))

REPEATED = ("document", "sentence", "cited")


@lru_cache(maxsize=16)
def read(path: Path) -> Extraction:
    """All that one file gives with the built-in vocabulary; read once a process."""
    return extract(path, lexicon=load())


def flat_records(path: Path) -> list[dict[str, Any]]:
    """The records of one file as the dataset writes them, in order of its text."""
    source = read(path).document.source
    rows = [flatten(record, document=source.stem, sha256=source.sha256) for record in read(path).records]
    return sorted(rows, key=place_in_text)


def golden_files(path: Path) -> Iterator[tuple[str, str]]:
    """Name and content of the golden files of one review: what is unknown is left out, a line a record or finding.

    What repeats the document for every record is left out too: its name, the sentence (its id stays), the works cited.
    """
    records = [{key: value for key, value in row.items() if key not in REPEATED} for row in flat_records(path)]
    yield f"{path.name}.records.jsonl", "".join(map(_line, records))
    yield f"{path.name}.findings.jsonl", "".join(_line(finding_row(finding)) for finding in read(path).findings)


def _line(row: dict[str, Any]) -> str:
    known = {key: value for key, value in row.items() if value not in (None, "", [], ())}
    return json.dumps(known, ensure_ascii=False) + "\n"
