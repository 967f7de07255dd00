"""Commands that carry the dataset elsewhere: export."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import AsJson, Database, Where, app, finish

ReviewedOnly = Annotated[bool, typer.Option("--reviewed-only", help="Only records a reviewer decided about.")]
UnflaggedOnly = Annotated[
    bool,
    typer.Option(
        "--unflagged-only", help="Leave out what is flagged or disputed by a check, unless a reviewer kept it."
    ),
]


@app.command()
def export(
    form: Annotated[str | None, typer.Argument(metavar="[FORMAT]", help="Which format; without it, the list.")] = None,
    where: Where = None,
    database: Database = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder or file to write.  [default: exports/FORMAT beside the store]")
    ] = None,
    reviewed_only: ReviewedOnly = False,
    unflagged_only: UnflaggedOnly = False,
    rejected: Annotated[
        bool | None,
        typer.Option(
            "--include-rejected/--without-rejected",
            help="Records a reviewer rejected.  [default: only in plain copies of the tables]",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the dataset, or a part of it, in another tool's format (without FORMAT: list them)."""

    def go() -> int:
        from pipeline.commands.export import export_dataset, list_formats
        from pipeline.exports.conditions import parse_all
        from pipeline.exports.selection import Selection

        if form is None:
            return list_formats(as_json=as_json)
        wanted = Selection(parse_all(where or ()), reviewed_only, unflagged_only)
        return export_dataset(form, database=database, out=out, wanted=wanted, rejected=rejected, as_json=as_json)

    finish(go)
