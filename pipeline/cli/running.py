"""Commands that read documents: run, show."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import AsJson, Database, app, finish


@app.command()
def run(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[INPUT]...", help="Files, folders, or lists of files or ids (.csv, .toml)."),
    ] = None,
    inbox: Annotated[
        list[Path] | None, typer.Option(help="Folder to read new files from: those no run into this dataset has seen.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the dataset.  [default: outputs]")] = None,
    database: Database = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that extract.  [default: cores, up to 4]")
    ] = None,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Extract on the workers of this Dask scheduler instead.")
    ] = None,
    seconds_per_document: Annotated[
        float | None, typer.Option(min=0.1, help="Give a document up after this long.  [default: 300]")
    ] = None,
    megabytes_per_document: Annotated[
        int | None, typer.Option(min=50, help="Give a document up that needs more memory.  [default: 2000]")
    ] = None,
    lexicon: Annotated[Path | None, typer.Option(help="Folder of your own vocabulary.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read PDF, JATS XML and text files, or folders of them, into a dataset (without INPUT: corpus/)."""

    def go() -> int:
        from pipeline.commands.run import run as command
        from pipeline.context import Effort
        from pipeline.settings import Settings

        effort = Effort.of(
            Settings(),
            workers=workers,
            dask=dask,
            seconds=seconds_per_document,
            megabytes=megabytes_per_document,
        )
        return command(
            inputs or [],
            out=out,
            database=database,
            vocabulary=lexicon,
            effort=effort,
            inboxes=inbox or [],
            as_json=as_json,
        )

    finish(go)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="A PDF, JATS XML or text file.")],
    lexicon: Annotated[Path | None, typer.Option(help="Folder of your own vocabulary.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read one file and print its records and findings; nothing is kept."""

    def go() -> int:
        from pipeline.commands.show import show as command

        return command(file, vocabulary=lexicon, as_json=as_json)

    finish(go)
