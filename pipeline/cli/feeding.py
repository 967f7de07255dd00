"""Commands that bring new publications: fetch, schedule."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import AsJson, Database, app, finish


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


@app.command()
def schedule(
    cron: Annotated[str, typer.Option(help='When to run: minute hour day month weekday, as "0 2 * * *".')],
    inputs: Annotated[
        list[Path] | None, typer.Argument(metavar="[INPUT]...", help="Files, folders or lists to read each time.")
    ] = None,
    inbox: Annotated[list[Path] | None, typer.Option(help="Folder that new files come into.")] = None,
    query: Annotated[
        str | None, typer.Option(help="Fetch this from Europe PMC into the first inbox.  [default: TRIALTRACE_QUERY]")
    ] = None,
    timezone: Annotated[str | None, typer.Option(help="Whose clocks are meant.  [default: this machine's]")] = None,
    notify: Annotated[
        str | None, typer.Option(help="Command or web address that is given a summary of each run, as JSON.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the dataset.  [default: outputs]")] = None,
    database: Database = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that extract.")] = None,
    dask: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler to extract on.")] = None,
    lexicon: Annotated[Path | None, typer.Option(help="Folder of your own vocabulary.")] = None,
    name: Annotated[str, typer.Option(help="What Prefect calls the schedule.")] = "nightly",
) -> None:
    """Fetch and read what is new at set times, one run at a time, until it is stopped."""

    def go() -> int:
        from pipeline.commands.schedule import local_timezone
        from pipeline.commands.schedule import schedule as command

        told = {"TRIALTRACE_NOTIFY": notify, "TRIALTRACE_DB": str(database) if database is not None else None}
        return command(
            cron,
            timezone=timezone if timezone is not None else local_timezone(),
            inputs=inputs or [],
            inboxes=inbox or [],
            query=query,
            out=out,
            workers=workers,
            vocabulary=lexicon,
            dask=dask,
            environment={key: value for key, value in told.items() if value is not None},
            name=name,
        )

    finish(go)
