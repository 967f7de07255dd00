"""`trialtrace show`: one file straight through the core, its records and findings on the terminal."""

from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from extractors.extract import extract
from extractors.lexicon import load
from pipeline import screen
from pipeline.commands.listing import list_records
from pipeline.exports.flat import flatten, place_in_text
from pipeline.notices import notice_of
from pipeline.rows import finding_row
from pipeline.settings import Settings
from schemas.errors import UnreadableDocument, UsageError
from schemas.finding import Finding
from schemas.record import Coverage, Extraction

UNREADABLE = 1


def show(file: Path, *, vocabulary: Path | None, as_json: bool) -> int:
    """Print what the file gives; returns the exit status."""
    if not file.is_file():
        raise UsageError(f"{file}: there is no such file.")
    folder = vocabulary if vocabulary is not None else Settings().vocabulary
    try:
        extraction = extract(file, lexicon=load([folder] if folder is not None else []))
    except UnreadableDocument as error:
        if as_json:
            screen.say_json({"document": file.stem, "status": error.status, "reason": error.reason})
        else:
            screen.say_error(f"{file}: {error.status}: {error.reason}")
        return UNREADABLE
    _print(extraction, as_json=as_json)
    return 0


def _print(extraction: Extraction, *, as_json: bool) -> None:
    source = extraction.document.source
    records = [flatten(record, document=source.stem, sha256=source.sha256) for record in extraction.records]
    records.sort(key=place_in_text)
    if as_json:
        screen.say_json(
            {
                "document": source.stem,
                "status": "read",
                "title": extraction.document.title,
                "pages": source.pages,
                "records": records,
                "findings": [finding_row(finding) for finding in extraction.findings],
                "coverage": _account(extraction.coverage, records=len(records)),
            }
        )
        return
    console = screen.out()
    console.print(f"[bold]{escape(extraction.document.title or source.stem)}[/bold]")
    list_records(console, records)
    _list_findings(extraction.findings)
    console.print(
        f"{len(records)} records, {len(extraction.findings)} findings; "
        f"{extraction.coverage.explained} of {extraction.coverage.numbers} printed numbers stand in a record, "
        f"{len(extraction.coverage.results)} others look like results and are not understood."
    )
    notice = _account(extraction.coverage, records=len(records))["notice"]
    if notice:
        console.print(f"[bold]{escape(str(notice))}[/bold]")


def _account(coverage: Coverage, *, records: int) -> dict[str, Any]:
    """What became of a document's numbers, without the list of those left over."""
    left = len(coverage.results)
    return {
        "numbers": coverage.numbers,
        "explained": coverage.explained,
        "leftover": len(coverage.leftovers),
        "not_understood": left,
        "notice": notice_of(records=records, numbers=coverage.numbers, not_understood=left),
    }


def _list_findings(findings: tuple[Finding, ...]) -> None:
    doubtful = [finding for finding in findings if finding.verdict == "inconsistent"]
    if not doubtful:
        return
    table = Table("check", "study", "finding", box=None, pad_edge=False)
    for finding in doubtful:
        table.add_row(finding.check, escape(finding.study or ""), escape(finding.message))
    screen.out().print(table)
