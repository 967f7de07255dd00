"""Commands that look into a dataset or a document: records, explain, pages."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import AsJson, Database, Where, app, finish


class Kind(StrEnum):
    """Kinds of record."""

    COHORT = "cohort"
    ESTIMATE = "estimate"
    COMPARISON = "comparison"


@app.command()
def records(
    database: Database = None,
    document: Annotated[str | None, typer.Option(help="Name of a document.")] = None,
    study: Annotated[str | None, typer.Option(help="Part of a study's name or registry number.")] = None,
    endpoint: Annotated[str | None, typer.Option(help="Endpoint, such as OS.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Kind of record.")] = None,
    flag: Annotated[str | None, typer.Option(help="A reason for review.")] = None,
    needs_review: Annotated[
        bool | None, typer.Option("--needs-review/--settled", help="Those a person should look at, or the others.")
    ] = None,
    where: Where = None,
    limit: Annotated[int | None, typer.Option(min=0, help="How many at most.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the dataset's records."""

    def go() -> int:
        from pipeline.commands.records import Filter, show_records
        from pipeline.exports.conditions import parse_all

        one_kind = kind.value if kind is not None else None
        wanted = Filter(document, study, endpoint, one_kind, flag, needs_review, parse_all(where or ()))
        return show_records(database, wanted=wanted, limit=limit, as_json=as_json)

    finish(go)


@app.command()
def explain(
    record_id: Annotated[str, typer.Argument(help="A record's id, or the beginning of it.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show one record: its sentence, its place on the page, the rules that made it, the checks."""

    def go() -> int:
        from pipeline.commands.explain import explain as command

        return command(record_id, database=database, as_json=as_json)

    finish(go)


@app.command()
def pages(
    file: Annotated[Path, typer.Argument(help="A PDF.")],
    page: Annotated[int, typer.Option(min=1, help="Which page, counted from 1.")] = 1,
    out: Annotated[Path | None, typer.Option(help="PNG to write.  [default: FILE.pageN.png, here]")] = None,
    dpi: Annotated[int, typer.Option(min=36, max=600, help="Dots an inch.")] = 150,
) -> None:
    """Draw what was understood of a page over its picture: lines in order, headings, tables, what was left out."""

    def go() -> int:
        from pipeline.commands.pages import draw_page

        return draw_page(file, page=page, out=out, dpi=dpi)

    finish(go)
