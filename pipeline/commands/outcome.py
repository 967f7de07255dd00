"""A finished run in, its account for a person out: what was found, where it lies, what failed, what to do next."""

import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline import screen
from pipeline.context import Job
from pipeline.rows import Row
from pipeline.settings import STORE, Settings
from pipeline.store import StorePlace
from pipeline.store.place import file_of, shown
from schemas.run import DocumentRun, Run

LISTED = 40
"""Documents that are listed one by one when all went well; every failed one is."""


def say_outcome(run: Run, *, job: Job, known: Collection[str], lost: int) -> None:
    """Print the account; `known` are fingerprints that were not looked at again, `lost` decisions without a place."""
    console = screen.out()
    read = [document for document in run.documents if document.status == "read"]
    failed = [document for document in run.documents if document.status != "read"]
    new = [document for document in read if document.sha256 not in known]
    if run.documents:
        _say_read(console, read, new)
    else:
        console.print("[bold]Nothing is new:[/bold] a run into this dataset has seen every file of the inbox.")
    _say_failed(console, failed)
    _say_silent(console, new)
    _say_names(console, run.documents)
    _say_lost(console, lost, store=job.store)
    _say_next(console, run.documents, out=job.out, store=job.store)


def _say_read(console: Console, read: list[DocumentRun], new: list[DocumentRun]) -> None:
    if not new and read:
        documents = "the document was" if len(read) == 1 else f"all {len(read):,} documents were"
        console.print(
            f"[bold]Nothing is new:[/bold] {documents} read before, by this version of the program with this"
            f" vocabulary. {_sizes(read)} stay as they are.",
        )
        return
    known = f"; {_count(len(read) - len(new), 'document')} known already" if len(new) < len(read) else ""
    console.print(f"[bold]{_count(len(new), 'document')} read: {_sizes(new)}[/bold]{known}")
    if new:
        _list_read(console, new)


def _sizes(read: list[DocumentRun]) -> str:
    once = list({document.sha256: document for document in reversed(read)}.values())[::-1]
    records = sum(document.records for document in once)
    findings = sum(document.findings for document in once)
    return f"{_count(records, 'record')}, {_count(findings, 'finding')}"


def _list_read(console: Console, read: list[DocumentRun]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("document", overflow="fold")
    for heading in ("pages", "records", "findings", "not understood", "seconds"):
        table.add_column(heading, justify="right")
    for document in read[:LISTED]:
        numbers = (document.pages, document.records, document.findings, document.not_understood)
        table.add_row(escape(document.document), *(str(n) for n in numbers), f"{document.seconds:.1f}")
    console.print(table)
    console.print(
        "A finding is one check of printed numbers, agreeing or not; `trialtrace audit` lists those that do not.\n"
        "Not understood: numbers that look like results and are in no record; coverage.jsonl tells where they stand."
    )
    if len(read) > LISTED:
        console.print(f"... and {len(read) - LISTED:,} more, see run.json")


def _say_silent(console: Console, read: list[DocumentRun]) -> None:
    """Name the documents whose records say too little: none at all, or fewer than what was not understood."""
    once = {document.sha256: document for document in reversed(read)}.values()
    silent = [document for document in once if not document.records or document.not_understood > document.records]
    if silent:
        console.print(f"\n[bold]{_count(len(silent), 'document')} read, but not (or hardly) understood[/bold]")
        for document in reversed(silent):
            console.print(f"  {escape(document.document)}: {escape(document.reason)}")


def _say_failed(console: Console, failed: list[DocumentRun]) -> None:
    if not failed:
        return
    console.print(f"\n[bold]{_count(len(failed), 'document')} not read[/bold]")
    table = Table(box=None, pad_edge=False)
    table.add_column("file", overflow="fold")
    table.add_column("status", no_wrap=True)
    table.add_column("reason")
    names = Counter(Path(document.file).name for document in failed)
    for document in failed:
        name = Path(document.file).name
        table.add_row(escape(name if names[name] == 1 else document.file), document.status, escape(document.reason))
    console.print(table)


def _say_names(console: Console, documents: tuple[DocumentRun, ...]) -> None:
    """Say so where a document's name in the dataset is not its stem."""
    renamed = [d for d in documents if d.status == "read" and d.document != Path(d.file).stem]
    if renamed:
        console.print(f"\n{_count(len(renamed), 'document')} named apart from another of the same name:")
        for document in renamed:
            why = f" ({document.reason})" if document.reason else ""
            console.print(f"  {escape(document.file)} is [bold]{escape(document.document)}[/bold]{escape(why)}")


def _say_lost(console: Console, lost: int, *, store: StorePlace) -> None:
    """Say so where decisions of reviewers belong to nothing that is in the dataset now."""
    if lost:
        database = "" if store == Settings().database else f" --db {shown(store)}"
        console.print(
            f"\n[bold]{_count(lost, 'review decision')} found no place[/bold] in the documents as they are read now;"
            f" trialtrace decisions --lost{escape(database)} lists them and why.",
            soft_wrap=True,
        )


def _say_next(console: Console, documents: tuple[DocumentRun, ...], *, out: Path, store: StorePlace) -> None:
    inside = file_of(store) == out / STORE
    files = ["records.jsonl", "findings.jsonl", "sentences.jsonl", "coverage.jsonl", "tables/"]
    kept = ", ".join([*files, STORE] if inside else files)
    console.print(f"\nThe dataset is in [bold]{escape(str(out))}[/bold]: {kept}", soft_wrap=True)
    if not inside:
        console.print(f"The store is [bold]{escape(shown(store))}[/bold]", soft_wrap=True)
    if any(document.status == "failed" for document in documents):
        console.print(f"What the program said of failures is in {escape(str(out / 'logs'))}", soft_wrap=True)
    record = _first_record(out / "records.jsonl")
    if record is None:
        return
    database = "" if store == Settings().database else f" --db {shown(store)}"
    console.print("\nTry next:")
    for command in (
        f"trialtrace records --document {record['document']}{database}",
        f"trialtrace explain {record['record_id']}{database}",
        f"trialtrace records --needs-review --limit 20{database}",
        f"trialtrace audit {out if inside else shown(store)}",
        f"trialtrace review{database}",
    ):
        console.print(f"  {command}", markup=False, soft_wrap=True)


def _first_record(records: Path) -> Row | None:
    with records.open(encoding="utf-8") as lines:
        line = next(lines, None)
    found: Row | None = json.loads(line) if line is not None else None
    return found


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
