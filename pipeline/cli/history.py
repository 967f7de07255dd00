"""Commands on what runs left over time: runs, diff, decisions, prune."""

from typing import Annotated

import typer

from pipeline.cli.app import AsJson, Database, app, finish

Run = Annotated[str, typer.Argument(help="latest, previous, latest~2, or the beginning of a run's id.")]


@app.command()
def runs(
    database: Database = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many at most.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the runs that made the dataset, the latest first."""

    def go() -> int:
        from pipeline.commands.diff import show_runs

        return show_runs(database=database, limit=limit, as_json=as_json)

    finish(go)


@app.command()
def diff(
    run_a: Run,
    run_b: Run,
    database: Database = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Records listed of each document at most.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell which records are new, gone and changed between the datasets that two runs left."""

    def go() -> int:
        from pipeline.commands.diff import show_diff

        return show_diff(run_a, run_b, database=database, limit=limit, as_json=as_json)

    finish(go)


@app.command()
def decisions(
    lost: Annotated[
        bool, typer.Option("--lost", help="Only those that found no place in the dataset as it is.")
    ] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """List what reviewers decided, and where it stands after documents were read again."""

    def go() -> int:
        from pipeline.commands.decisions import show_decisions

        return show_decisions(lost=lost, database=database, as_json=as_json)

    finish(go)


@app.command()
def prune(
    keep: Annotated[int, typer.Option(min=1, help="Runs that stay comparable, the latest ones.")] = 10,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Delete old readings from the store; the dataset, and all that reviewers decided, stays."""

    def go() -> int:
        from pipeline.commands.prune import prune as command

        return command(keep=keep, dry=dry, database=database, as_json=as_json)

    finish(go)
