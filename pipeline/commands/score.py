"""`trialtrace score` and `scores`: how well records agree with gold, on the terminal or into a README."""

import tempfile
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from pipeline import screen
from pipeline.calibration import calibrate, reliability, unflagged
from pipeline.commands.confidence import as_markdown as reliability_table
from pipeline.commands.confidence import gather, write_model
from pipeline.commands.run import run
from pipeline.evaluate import ENDING, LEVELS, Score, as_markdown, read_records, score
from pipeline.exports.files import write_text
from pipeline.settings import STORE, Settings
from schemas.errors import UsageError

BEGIN = "<!-- scores:begin -->"
END = "<!-- scores:end -->"
FIELDS = Path("tests") / "fields"  # beside the README
CONFIDENCE = ("<!-- confidence:begin -->", "<!-- confidence:end -->")


def show_score(gold: Path, records: Path, *, document: str | None, as_json: bool) -> int:
    """Print the score of every document that the gold is about; returns the exit status."""
    found = score(gold, records, settings=Settings(), document=document)
    if as_json:
        screen.say_json({one.document: one.report for one in found})
        return 0
    console = screen.out()
    for one in found:
        table = Table(escape(one.document), box=None, pad_edge=False)
        for level in LEVELS:
            table.add_column(f"{level}: P R F1", justify="right")
        table.add_column("provenance", justify="right")
        for kind, levels in one.report.items():
            rates = [levels[level] for level in LEVELS]
            cells = [f"{r['precision']:.2f} {r['recall']:.2f} {r['f1']:.3f}" for r in rates]
            table.add_row(kind, *cells, f"{levels['provenance']:.3f}")
        console.print(table)
    return 0


def write_scores(data: Path | None, *, readme: Path, out: Path | None, refit: bool = False) -> int:
    """Read the annotated documents and the samples, score each against its gold, put the tables into the README.

    With `refit` the model of confidence is fitted anew to what was found, and written where the program reads it.
    """
    data = data if data is not None else Settings().evaluation_data
    if data is None or not (data / "gold" / "dev").is_dir() or not (data / "corpus" / "annotated").is_dir():
        raise UsageError("The evaluation data is needed: set TRIALTRACE_EVALUATION_DATA to its folder, or give --data.")
    around_scores(readme, *CONFIDENCE)
    around_scores(readme, BEGIN, END)
    settings = Settings(evaluation_data=data)
    with tempfile.TemporaryDirectory(prefix="trialtrace-scores-") as folder:
        place = out if out is not None else Path(folder)
        fields = readme.parent / FIELDS
        samples = [settings.corpus] if (settings.corpus / "gold").is_dir() else []
        samples += [fields] if fields.is_dir() else []
        run([data / "corpus" / "annotated", *samples], out=place, database=place / STORE)
        found = score_all(data, place / "records.jsonl", fields)
        golds = _golds(data / "gold" / "dev", settings.corpus / "gold", fields)
        judged = gather(place / "records.jsonl", golds, settings=settings)
    if refit:
        write_model(calibrate(judged), judged)
    _put(readme, BEGIN, as_markdown(found), END)
    _put(readme, CONFIDENCE[0], reliability_table(reliability(judged), unflagged(judged)), CONFIDENCE[1])
    return 0


def _golds(*folders: Path) -> dict[str, Path]:
    """Name of a document -> its hand-written records."""
    return {path.name.removesuffix(ENDING): path for folder in folders for path in sorted(folder.glob(f"*{ENDING}"))}


def _put(readme: Path, begin: str, table: str, end: str) -> None:
    before, after = around_scores(readme, begin, end)
    write_text(readme, [before, begin, "\n", table, "\n", end, after])
    screen.out().print(table, markup=False, soft_wrap=True)


def score_all(data: Path, records: Path, fields: Path) -> list[Score]:
    """A score for every document with gold, each against the gold whose name it comes closest to, by name.

    `fields` is the folder of the repository's own reviews of other fields.
    """
    settings = Settings(evaluation_data=data)
    golds = _golds(data / "gold" / "dev", fields)
    found: list[Score] = []
    for document in sorted(read_records(records)):
        about = [name for name in golds if document == name or document.startswith(f"{name}.")]
        if about:
            found += score(golds[max(about, key=len)], records, settings=settings, document=document)
    return found


def around_scores(readme: Path, begin: str, end: str) -> tuple[str, str]:
    """The README before and after a table's marks; raises UsageError where they are missing."""
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    before, begins, rest = text.partition(begin)
    _, ends, after = rest.partition(end)
    if not begins or not ends:
        raise UsageError(f"{readme}: the marks {begin} and {end} are missing.")
    return before, after
