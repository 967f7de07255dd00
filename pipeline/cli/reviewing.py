"""The command for people who check records: review."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Database, app, finish


@app.command()
def review(
    database: Database = None,
    host: Annotated[str, typer.Option(help="Address to serve on; others than loopback want users or a token.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any that is free.")] = 8700,
    users: Annotated[Path | None, typer.Option(help="File of users, each with a token of their own.")] = None,
    add_user: Annotated[
        str | None, typer.Option(metavar="NAME", help="Put a user into --users, say the token, end.")
    ] = None,
    lead: Annotated[bool, typer.Option("--lead", help="With --add-user: may hand out records to others.")] = False,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="Name the page is called by, where it is not --host.")
    ] = None,
) -> None:
    """Check records on a page, at the speed of a key a record: each number shown in its place on the printed page."""

    def go() -> int:
        from pipeline.commands.review import name_user
        from pipeline.commands.review import review as command

        if add_user is not None:
            return name_user(add_user, users=users, lead=lead)
        return command(database, host=host, port=port, users=users, names=name or ())

    finish(go)
