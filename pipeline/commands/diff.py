"""`trialtrace diff` and `runs`: what is new, gone and changed between two runs, and which runs there are."""

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline import screen
from pipeline.commands.listing import endpoint_of, group_of, precision_of, value_of
from pipeline.difference import Changed, Difference, DocumentDifference, compare
from pipeline.rows import Row
from pipeline.settings import Settings
from pipeline.store import Held, StorePlace, open_store
from pipeline.store.runs import Told, choose, name_of

HOW = {
    "new": "new document",
    "gone": "no longer in the dataset",
    "changed": "the file changed",
    "reread": "read again",
    "status": "another status",
}


def show_diff(then: str, now: str, *, database: StorePlace | None, limit: int | None, as_json: bool) -> int:
    """Print how the dataset after one run differs from the one after another; returns the exit status."""
    with open_store(database if database is not None else Settings().database) as store:
        runs = store.runs()
        found = compare(store, choose(runs, then), choose(runs, now))
    if as_json:
        screen.say_json(_plain(found))
        return 0
    console = screen.out()
    _say_runs(console, found)
    for document in filter(_tells, found.documents):
        _say_document(console, document, limit=limit)
    return 0


def show_runs(*, database: StorePlace | None, limit: int | None, as_json: bool) -> int:
    """List the runs, the latest first; returns the exit status."""
    with open_store(database if database is not None else Settings().database) as store:
        runs = store.runs()
    if as_json:
        screen.say_json([_plain_run(run) | {"name": name_of(place)} for place, run in enumerate(runs[:limit])])
        return 0
    table = Table("name", "run", "finished (UTC)", box=None, pad_edge=False)
    for heading in ("read", "not read", "new"):
        table.add_column(heading, justify="right")
    table.add_column("code")
    table.add_column("vocabulary")
    table.add_column("")
    for place, run in enumerate(runs[:limit]):
        counts = (str(run.read), str(run.unread), str(run.new))
        made = (run.code_version, run.lexicon_digest[:8], "pruned" if run.pruned else "")
        table.add_row(name_of(place), run.run_id, f"{run.finished:%Y-%m-%d %H:%M:%S}", *counts, *made)
    console = screen.out()
    console.print(table)
    if len(runs) > 1:
        console.print("\ntrialtrace diff previous latest tells what the last of them changed.")
    return 0


def _say_runs(console: Console, found: Difference) -> None:
    for word, run in (("from", found.then), ("to", found.now)):
        when = f"{run.finished:%Y-%m-%d %H:%M} UTC"
        console.print(f"[dim]{word:4}[/dim] run {run.run_id}, {when}, code {run.code_version}", soft_wrap=True)
    if found.then.lexicon_digest != found.now.lexicon_digest:
        console.print("     with another vocabulary")
    kinds = (("new", "new"), ("gone", "gone"), ("changed", "changed"))
    counts = [f"{sum(len(getattr(d, kind)) for d in found.documents):,} {word}" for kind, word in kinds]
    same = sum(document.same for document in found.documents)
    console.print(f"\n[bold]Records: {', '.join(counts)}[/bold]; {same:,} the same in documents that were read")
    alike = sum(not _tells(document) for document in found.documents)
    for number, what in ((found.untouched, "untouched"), (alike, "read again with the same result")):
        if number:
            console.print(f"{number:,} document{'' if number == 1 else 's'} {what}")


def _tells(document: DocumentDifference) -> bool:
    """Whether there is something to say of a document but that it was read again."""
    return document.how != "reread" or bool(document.new or document.gone or document.changed)


def _say_document(console: Console, document: DocumentDifference, *, limit: int | None) -> None:
    console.print(f"\n[bold]{escape(document.document)}[/bold]: {HOW[document.how]}{escape(_status(document))}")
    lines: list[tuple[str, str, str]] = []
    lines += [("green", f"+ {_told(record)}", record["sentence"]) for record in document.new]
    lines += [("red", f"- {_told(record)}", record["sentence"]) for record in document.gone]
    lines += [
        ("yellow", f"~ {_told(each.then)}\n    {_fields(each)}", each.now["sentence"]) for each in document.changed
    ]
    for style, said, sentence in lines[:limit]:
        console.print(f"  [{style}]{escape(said)}[/]", soft_wrap=True)
        console.print(f"      {escape(' '.join(sentence.split()))}", style="dim", soft_wrap=True)
    if limit is not None and len(lines) > limit:
        console.print(f"  ... and {len(lines) - limit:,} more; --limit and --json show them")


def _status(document: DocumentDifference) -> str:
    states = [held.status for held in (document.then, document.now) if held is not None]
    return f" ({' -> '.join(dict.fromkeys(states))})" if set(states) != {"read"} else ""


def _told(record: Row) -> str:
    words = (record["study"], group_of(record), endpoint_of(record), value_of(record), precision_of(record))
    return f"{record['record_id'][:8]}  {' | '.join(word for word in words if word)}"


def _fields(changed: Changed) -> str:
    return "; ".join(f"{name}: {_said(old)} -> {_said(new)}" for name, (old, new) in changed.fields.items())


def _said(value: Any) -> str:
    if value is None:
        return "none"
    return f"{value[0]} to {value[1]}" if isinstance(value, list) else f"{value}" if value != "" else '""'


def _plain(found: Difference) -> dict[str, Any]:
    return {
        "then": _plain_run(found.then),
        "now": _plain_run(found.now),
        "untouched": found.untouched,
        "documents": [
            {
                "document": document.document,
                "how": document.how,
                "then": _plain_held(document.then),
                "now": _plain_held(document.now),
                "new": document.new,
                "gone": document.gone,
                "changed": [
                    {
                        "record_id": each.now["record_id"],
                        "was": each.then["record_id"],
                        "sentence": each.now["sentence"],
                    }
                    | {"fields": {name: {"then": a, "now": b} for name, (a, b) in each.fields.items()}}
                    for each in document.changed
                ],
                "same": document.same,
                "moved": document.moved,
            }
            for document in found.documents
        ],
    }


def _plain_held(held: Held | None) -> Row | None:
    if held is None:
        return None
    keys = ("files", "sha256", "status", "reason", "records", "code_version", "lexicon_digest")
    return {key: getattr(held, key) for key in keys}


def _plain_run(run: Told) -> Row:
    times = {"started": run.started.isoformat(), "finished": run.finished.isoformat()}
    return {key: value for key, value in run._asdict().items() if key != "number"} | times
