"""The command line in, exit statuses out: 0 done, 1 some documents failed, 2 wrong usage, 70 a fault
in trialtrace itself, 130 interrupted.

What a command needs is imported when it is called, so that `trialtrace --help` answers at once.
"""

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
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


class Kind(StrEnum):
    """Kinds of record."""

    COHORT = "cohort"
    ESTIMATE = "estimate"
    COMPARISON = "comparison"


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a program.")]

Database = Annotated[Path | None, typer.Option("--db", help="The dataset's store.  [default: outputs/trialtrace.db]")]


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

    def go() -> int:
        from pipeline.commands.run import run as command

        return command(inputs or [], out=out, workers=workers, vocabulary=lexicon, as_json=as_json)

    _finish(go)


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

    _finish(go)


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
    limit: Annotated[int | None, typer.Option(min=0, help="How many at most.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the dataset's records."""

    def go() -> int:
        from pipeline.commands.records import Filter, show_records

        wanted = Filter(document, study, endpoint, kind.value if kind is not None else None, flag, needs_review)
        return show_records(database, wanted=wanted, limit=limit, as_json=as_json)

    _finish(go)


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

    _finish(go)


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

    _finish(go)


@app.command()
def audit(
    subject: Annotated[Path, typer.Argument(metavar="DIR|FILE", help="A run's folder or store, or one document.")],
    out: Annotated[
        Path | None, typer.Option(help="Page to write.  [default: DIR/audit.html, FILE's name.audit.html beside it]")
    ] = None,
    lexicon: Annotated[Path | None, typer.Option(help="Folder of your own vocabulary, for a FILE.")] = None,
    fail_on: Annotated[
        Severity | None, typer.Option(help="Exit with status 3 where a finding is so grave, or graver.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check printed numbers against each other: a report, the worst first, and a page to send."""

    def go() -> int:
        from pipeline.commands.audit import audit as command

        grave = fail_on.value if fail_on is not None else None
        return command(subject, out=out, vocabulary=lexicon, fail_on=grave, as_json=as_json)

    _finish(go)


lexicon_app = typer.Typer(help="Vocabulary: what is recognised.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(lexicon_app, name="lexicon")


@lexicon_app.command("check")
def check_lexicon(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Folder of your own vocabulary.")] = None,
    as_json: AsJson = False,
) -> None:
    """Try every entry on its own example sentences (without DIR: all that is in force)."""

    def go() -> int:
        from pipeline.commands.lexicon import check_vocabulary

        return check_vocabulary(folder, as_json=as_json)

    _finish(go)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Gold records of one document.")],
    records: Annotated[Path, typer.Argument(help="A dataset's records.jsonl.")],
    document: Annotated[str | None, typer.Option(help="Score this document.  [default: named like GOLD]")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare records with gold, by the scoring script of the evaluation data."""

    def go() -> int:
        from pipeline.commands.score import show_score

        return show_score(gold, records, document=document, as_json=as_json)

    _finish(go)


@app.command()
def scores(
    data: Annotated[Path | None, typer.Option(help="Folder of evaluation data.")] = None,
    readme: Annotated[Path, typer.Option(help="File to put the table into.")] = Path("README.md"),
    out: Annotated[Path | None, typer.Option(help="Keep the dataset here.")] = None,
    reading: Annotated[bool, typer.Option("--reading", help="Score how PDFs are read, not the records.")] = False,
) -> None:
    """Read and score all annotated documents of the evaluation data, write the table into a README."""

    def go() -> int:
        if reading:
            from pipeline.commands.reading import write_reading_scores

            return write_reading_scores(data, readme=readme)
        from pipeline.commands.score import write_scores

        return write_scores(data, readme=readme, out=out)

    _finish(go)


def main() -> None:
    """The `trialtrace` command."""
    app()


def _finish(command: Callable[[], int]) -> None:
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
        _end(f"{error.filename or 'The system'}: {error.strerror or error}", 2)
    except Exception as error:
        _end(_report(error), 70)
    raise typer.Exit(status)


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


if __name__ == "__main__":
    main()
