"""What the dataset holds in, the rows of its normalized tables out; and the files of `tables/`."""

from pathlib import Path, PurePath

from pipeline.exports.content import Content
from pipeline.exports.fields import TABLES
from pipeline.exports.sheets import CsvSheet, ParquetSheet, Sheet
from pipeline.rows import Row, study_id
from pipeline.store import Held


def open_sheets(folder: Path) -> list[tuple[str, Sheet]]:
    """`folder`/documents.csv, documents.parquet and so on, each under the name of its table."""
    return [(table.name, kind(folder, table)) for table in TABLES for kind in (CsvSheet, ParquetSheet)]


def rows_of(content: Content) -> dict[str, list[Row]]:
    """Table -> its rows of one document."""
    return {"documents": [document_row(content.held)]} | text_rows(content)


def text_rows(content: Content) -> dict[str, list[Row]]:
    """The same but for what the document itself is."""
    sha256 = content.held.sha256 or ""
    records = [_record_row(record, sha256=sha256) for record in content.records]
    return {
        "studies": [*content.studies, *_renamed(content, sha256=sha256)],
        "cohorts": [row for row in records if row["kind"] == "cohort"],
        "estimates": [row for row in records if row["kind"] == "estimate"],
        "comparisons": [row for row in records if row["kind"] == "comparison"],
        "findings": content.findings,
        "sentences": content.sentences,
        "references": content.references,
        "citations": content.citations,
    }


def document_row(held: Held) -> Row:
    """The row of one document."""
    return held._asdict() | {"files": [PurePath(file).name for file in held.files]}


def _renamed(content: Content, *, sha256: str) -> list[Row]:
    """Studies that exist by a reviewer's correction only."""
    known = {row["study"] for row in content.studies}
    names = dict.fromkeys(record["study"] for record in content.records if record["study"] not in known)
    unknown: Row = {"study_alt_names": [], "study_type": None, "registry_ids": []}
    here = {"document": content.held.document}
    return [here | unknown | {"study": name, "study_id": study_id(sha256, name)} for name in names]


def _record_row(record: Row, *, sha256: str) -> Row:
    """A flat record as a table has it: an interval and a review are several columns."""
    low, high = record["ci"] or (None, None)
    review = record["review"] or {}
    return record | {
        "study_id": study_id(sha256, record["study"]),
        "ci_low": low,
        "ci_high": high,
        "ci_open": _open(low, high) if record["ci"] is not None else None,
        "review": review.get("verdict"),
        "reviewer": review.get("reviewer"),
        "reviewed_at": review.get("at"),
        "correction": review.get("correction"),
    }


def _open(low: float | None, high: float | None) -> str | None:
    if low is None:
        return "both" if high is None else "low"
    return "high" if high is None else None
