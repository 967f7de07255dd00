"""The command line in, exit statuses out: 0 done, 1 some documents failed, 2 wrong usage, 70 a fault
in trialtrace itself, 130 interrupted.

What a command needs is imported when it is called, so that `trialtrace --help` answers at once.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="trialtrace",
    help="Read review articles, keep every clinical result they report with its place on the page, audit the numbers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit status: 0 all read, 1 some documents failed (the dataset of the others is whole), 2 wrong usage.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a program.")]


@app.command()
def run(
    inputs: Annotated[list[Path] | None, typer.Argument(metavar="[INPUT]...", help="Files or folders.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the dataset.  [default: outputs]")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that extract.  [default: cores, up to 4]")
    ] = None,
    lexicon: Annotated[Path | None, typer.Option(help="Folder of your own vocabulary.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read PDF, JATS XML and text files, or folders of them, into a dataset (without INPUT: corpus/)."""
    from pipeline.commands.run import run as command

    raise typer.Exit(command(inputs or [], out=out, workers=workers, vocabulary=lexicon, as_json=as_json))


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="A PDF, JATS XML or text file.")],
    lexicon: Annotated[Path | None, typer.Option(help="Folder of your own vocabulary.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read one file and print its records and findings; nothing is kept."""
    from pipeline.commands.show import show as command

    raise typer.Exit(command(file, vocabulary=lexicon, as_json=as_json))


def main() -> None:
    """The `trialtrace` command."""
    from schemas.errors import TrialtraceError, UsageError

    try:
        app()
    except UsageError as error:
        _end(str(error), 2)
    except TrialtraceError as error:
        _end(str(error), 1)
    except KeyboardInterrupt:
        _end("Interrupted. What was read is kept; the same command goes on from there.", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader (`head`) has enough: not an error
        sys.exit(0)
    except Exception as error:
        _end(_report(error), 70)


def _report(error: Exception) -> str:
    """Keep the traceback in a file; what to tell the user."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="trialtrace-", suffix=".log", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    said = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {said}\nThis is a fault in trialtrace. Please report it with {file.name}."


def _end(text: str, status: int) -> None:
    from pipeline.screen import say_error

    say_error(text)
    sys.exit(status)


if __name__ == "__main__":
    main()
