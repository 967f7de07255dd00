"""`trialtrace audit`: what disagrees in a dataset or in one document, on the terminal and as a page to send."""

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from extractors.lexicon import load
from pipeline import screen
from pipeline.audit import Audit, Examined, Passage, audit_dataset, audit_document, spell_page
from pipeline.exports.files import write_text
from pipeline.settings import STORE, Settings
from pipeline.sources.files import ENDINGS
from pipeline.store import StorePlace
from schemas.errors import UsageError

UNREADABLE, FOUND = 1, 3
PAGE = "audit.html"
LONGEST = 280
"""Characters of a passage on the terminal; the page shows all of it."""
RANKS = {"error": 0, "warning": 1, "note": 2}
STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


def audit(subject: str, *, out: Path | None, vocabulary: Path | None, fail_on: str | None, as_json: bool) -> int:
    """Print the audit of a run's folder, its store or one document, and write its page.

    Returns the exit status: 0 audited, 1 a document could not be read, 3 a finding of severity `fail_on` or worse.
    """
    database = _store_of(subject)
    file = Path(subject)
    if database is not None:
        result, page = audit_dataset(database), Settings().folder_of(database) / PAGE
    elif file.suffix.lower() in ENDINGS and file.is_file():
        folder = vocabulary if vocabulary is not None else Settings().vocabulary
        result = audit_document(file, lexicon=load([folder] if folder is not None else []))
        page = file.with_name(f"{file.stem}.{PAGE}")
    elif file.is_file():
        raise UsageError(f"{file}: neither a dataset nor a document ({', '.join(ENDINGS)}).")
    else:
        raise UsageError(f"{file}: there is no such file or folder.")
    page = out if out is not None else page
    if any(document.status == "read" for document in result.documents):
        try:
            write_text(page, [spell_page(result)])
        except OSError as error:
            raise UsageError(
                f"{page}: cannot be written ({error.strerror}); choose another place with --out."
            ) from error
        written: Path | None = page
    else:
        written = None
    if as_json:
        screen.say_json(_plain(result, page=written))
    else:
        _print(screen.out(), result, page=written)
    return _status(result, fail_on)


def _store_of(subject: str) -> StorePlace | None:
    """The store that a user names by a URL, a file or a dataset's folder; None where it is something else."""
    if "://" in subject:
        return subject
    folder = Path(subject)
    if not folder.is_dir():
        return folder if folder.suffix.lower() == ".db" else None
    settings = Settings()
    elsewhere = folder == settings.out and not (folder / STORE).exists()
    return settings.database if elsewhere else folder / STORE


def _status(result: Audit, fail_on: str | None) -> int:
    worst = result.worst()
    if fail_on is not None and worst is not None and RANKS[worst] <= RANKS[fail_on]:
        return FOUND
    return UNREADABLE if result.unread else 0


def _print(console: Console, result: Audit, *, page: Path | None) -> None:
    for document in result.documents:
        _print_document(console, document)
    differ = [agreed for agreed in result.agreed if not agreed.agree]
    if result.agreed:
        console.print(
            f"[bold]{len(result.agreed)} results are printed by several documents; on {len(differ)} they differ[/bold]"
        )
    for agreed in differ:
        group = f" ({agreed.group})" if agreed.group else ""
        console.print(f"  {escape(f'{agreed.study}: {agreed.result}{group}')}")
        for said in agreed.said:
            console.print(f"    {escape(f'{said.document}, {said.where}: {said.value} {said.precision}')}", style="dim")
    if page is not None:
        console.print(f"\nThe page to send: [bold]{escape(str(page))}[/bold]", soft_wrap=True)


def _print_document(console: Console, document: Examined) -> None:
    console.print(f"[bold]{escape(document.title or document.document)}[/bold]  {escape(document.document)}")
    if document.status != "read":
        console.print(f"  not read ({document.status}): {escape(document.reason)}\n")
        return
    counts = ", ".join(f"{document.count(severity)} {severity}s" for severity in RANKS)
    console.print(
        f"  {counts}; {document.consistent} checks agreed, {document.uncheckable} could not be told; "
        f"{document.not_understood} numbers not understood",
        style="dim",
    )
    if document.reason:
        console.print(f"  [bold]{escape(document.reason)}[/bold]")
    for point in document.points:
        where = point.passages[0].where if point.passages else ""
        head = " · ".join(part for part in (point.check, point.study, where) if part)
        console.print(f"  [{STYLES[point.severity]}]{point.severity}[/] {escape(head)}")
        console.print(f"    {escape(point.message)}")
        if point.passages:
            console.print(f"    {escape(_shortened(point.passages[0]))}", style="dim")
    console.print()


def _shortened(passage: Passage) -> str:
    """A passage on one line, no more of it than shows its number."""
    text, shift = passage.text, max(passage.end - LONGEST, 0)
    part = text[shift : shift + LONGEST]
    return " ".join(f"{'... ' if shift else ''}{part}{' ...' if shift + LONGEST < len(text) else ''}".split())


def _plain(result: Audit, *, page: Path | None) -> dict[str, Any]:
    return {
        "page": str(page) if page is not None else None,
        "documents": [
            {
                "document": document.document,
                "title": document.title,
                "status": document.status,
                "reason": document.reason,
                "consistent": document.consistent,
                "uncheckable": document.uncheckable,
                "not_understood": document.not_understood,
                "findings": [
                    {
                        **{key: getattr(point, key) for key in point._fields if key != "passages"},
                        "passages": [{"where": passage.where, "text": passage.text} for passage in point.passages],
                    }
                    for point in document.points
                ],
            }
            for document in result.documents
        ],
        "reconciliation": [
            {**agreed._asdict(), "said": [said._asdict() for said in agreed.said]} for agreed in result.agreed
        ],
    }
