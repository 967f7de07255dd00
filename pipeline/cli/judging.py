"""Commands that judge: audit, score, scores, lexicon check."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import AsJson, app, finish


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@app.command()
def audit(
    subject: Annotated[str, typer.Argument(metavar="DIR|FILE", help="A run's folder or store, or one document.")],
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

    finish(go)


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

    finish(go)


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

    finish(go)


@app.command()
def scores(
    data: Annotated[Path | None, typer.Option(help="Folder of evaluation data.")] = None,
    readme: Annotated[Path, typer.Option(help="File to put the table into.")] = Path("README.md"),
    out: Annotated[Path | None, typer.Option(help="Keep the dataset here.")] = None,
    reading: Annotated[bool, typer.Option("--reading", help="Score how PDFs are read, not the records.")] = False,
    fit: Annotated[bool, typer.Option("--fit", help="Fit the model of confidence to the records first.")] = False,
) -> None:
    """Read and score all annotated documents of the evaluation data, write the tables into a README."""

    def go() -> int:
        if reading:
            from pipeline.commands.reading import write_reading_scores

            return write_reading_scores(data, readme=readme)
        from pipeline.commands.score import write_scores

        return write_scores(data, readme=readme, out=out, refit=fit)

    finish(go)
