"""Commands that bring new publications: fetch, schedule."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import AsJson, app, finish


@app.command()
def fetch(
    query: Annotated[
        str | None, typer.Argument(help="What to look for, in Europe PMC's language.  [default: TRIALTRACE_QUERY]")
    ] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="Fetch what this list (.csv, .toml) names by id instead.")
    ] = None,
    inbox: Annotated[Path | None, typer.Option(help="Folder to put articles into.  [default: inbox]")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day of indexing.  [default: a month before the last time]"),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many articles at most, this time.")] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch open-access articles from Europe PMC, one request a second, with their licences."""

    def go() -> int:
        from pipeline.commands.fetch import fetch_publications

        day = since.date() if since is not None else None
        return fetch_publications(query, listed=manifest, inbox=inbox, since=day, limit=limit, as_json=as_json)

    finish(go)
