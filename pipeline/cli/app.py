"""The command line's root, the options that many commands share, and how a command ends.

Exit statuses: 0 done, 1 some documents failed, 2 wrong usage, 70 a fault in trialtrace itself, 130 interrupted.
"""

import errno
import os
import sys
from collections.abc import Callable
from typing import Annotated, NoReturn

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

Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="FILE|URL",
        help="The store: a file, or postgresql://user@host/name.  [default: trialtrace.db in the dataset's folder]",
    ),
]

Where = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CONDITION",
        help="Only records that fulfil this: endpoint=PFS, study~brain, 'n>=50', review=accept, population= (none). "
        "May be repeated; all must hold.",
    ),
]


def finish(command: Callable[[], int]) -> None:
    """Run a command and leave with its status, or with that of what went wrong, told plainly."""
    from schemas.errors import LexiconError, TrialtraceError, UsageError

    try:
        status = command()
        sys.stdout.flush()
    except (UsageError, LexiconError) as error:
        _end(str(error), 2)
    except TrialtraceError as error:
        _end(str(error), 1)
    except KeyboardInterrupt:
        _end("Interrupted. What was read is kept; the same command goes on from there.", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader (`head`) has enough: not an error
        sys.exit(0)
    except OSError as error:
        _end(_complain(error), 2)
    except Exception as error:
        _end(_report(error), 70)
    raise typer.Exit(status)


def _complain(error: OSError) -> str:
    """What to tell the user of an error of the system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"{error.filename or 'The disk'}: no space left. What was read is kept; make room and run the same command"
            " again."
        )
    return f"{error.filename or 'The system'}: {error.strerror or error}"


def _report(error: Exception) -> str:
    """Keep the traceback in a file; what to tell the user."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="trialtrace-", suffix=".log", delete=False, encoding="utf-8") as file:
        traceback.print_exception(error, file=file)
    said = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {said}\nThis is a fault in trialtrace. Please report it with {file.name}."


def _end(text: str, status: int) -> NoReturn:
    from pipeline.screen import say_error

    say_error(text)
    sys.exit(status)
