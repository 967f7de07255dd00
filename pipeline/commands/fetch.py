"""`trialtrace fetch`: new publications into an inbox, and what came of each."""

from collections import Counter
from datetime import date
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from pipeline import screen
from pipeline.feed import fetch_into
from pipeline.settings import Settings
from pipeline.sources.europe_pmc import Fetched, Row

SOME_FAILED = 1
LISTED = 40


def fetch_publications(
    query: str | None,
    *,
    listed: Path | None = None,
    inbox: Path | None = None,
    since: date | None = None,
    limit: int | None = None,
    as_json: bool = False,
) -> int:
    """Fetch what matches a query, or what a manifest lists, and say what came of it; returns the exit status."""
    settings = Settings()
    place = inbox if inbox is not None else settings.inbox
    found = fetch_into(
        place,
        settings=settings,
        query=query,
        listed=listed,
        since=since,
        limit=limit,
        say=screen.say_error,
        tell=_tell,
    )
    if as_json:
        said = {"matching": found.matching, "known": found.known, "complete": found.complete}
        screen.say_json(said | {"publications": [row.model_dump(mode="json") for row in found.rows]})
    else:
        _say(found, place)
    return SOME_FAILED if found.of("failed") else 0


def _tell(row: Row) -> None:
    """One line on standard error as each publication is done, a second apart or more."""
    screen.err().print(f"{row.id}: {row.status.replace('_', ' ')}", markup=False, soft_wrap=True)


def _say(found: Fetched, inbox: Path) -> None:
    console = screen.out()
    if not found.matching:
        console.print("No open-access publication matches that is new since the last time.")
        return
    counts = Counter(row.status for row in found.rows)
    console.print(
        f"[bold]{found.matching:,} publications match: {counts['fetched']:,} fetched, {found.known:,} known before,"
        f" {counts['no_full_text']:,} without an open full text, {counts['failed']:,} failed[/bold]"
    )
    shown = [row for row in found.rows if row.status == "failed"] + found.of("fetched")[:LISTED]
    if shown:
        table = Table("publication", "licence", "title", box=None, pad_edge=False)
        for row in shown:
            table.add_row(row.id, escape(row.licence or "not stated"), escape(row.reason or row.title))
        console.print(table)
    if not found.complete:
        console.print("There are more: the same command goes on from here.")
    if counts["fetched"]:
        manifest = inbox / "manifest.csv"
        console.print(f"\nThe articles are in {inbox}, listed in {manifest} with their licences. Read them:")
        console.print(f"  trialtrace run --inbox {inbox}", markup=False, soft_wrap=True)
