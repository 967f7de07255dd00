"""`trialtrace score` and `scores`: how well records agree with gold, on the terminal or into a README."""

import tempfile
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from pipeline import screen
from pipeline.commands.run import run
from pipeline.evaluate import ENDING, LEVELS, Score, as_markdown, read_records, score
from pipeline.exports.files import write_text
from pipeline.settings import STORE, Settings
from schemas.errors import UsageError

BEGIN = "<!-- scores:begin -->"
END = "<!-- scores:end -->"


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


def write_scores(data: Path | None, *, readme: Path, out: Path | None) -> int:
    """Read the annotated documents, score each against its gold, put the table between the README's marks."""
    data = data if data is not None else Settings().evaluation_data
    if data is None or not (data / "gold" / "dev").is_dir() or not (data / "corpus" / "annotated").is_dir():
        raise UsageError("The evaluation data is needed: set TRIALTRACE_EVALUATION_DATA to its folder, or give --data.")
    before, after = _around(readme)
    with tempfile.TemporaryDirectory(prefix="trialtrace-scores-") as folder:
        place = out if out is not None else Path(folder)
        run([data / "corpus" / "annotated"], out=place, database=place / STORE)
        found = score_all(data, place / "records.jsonl")
    write_text(readme, [before, BEGIN, "\n", as_markdown(found), "\n", END, after])
    screen.out().print(as_markdown(found), markup=False, soft_wrap=True)
    return 0


def score_all(data: Path, records: Path) -> list[Score]:
    """A score for every document with gold, each against the gold whose name it comes closest to, by name."""
    settings = Settings()
    golds = {path.name.removesuffix(ENDING): path for path in sorted((data / "gold" / "dev").glob(f"*{ENDING}"))}
    found: list[Score] = []
    for document in sorted(read_records(records)):
        about = [name for name in golds if document == name or document.startswith(f"{name}.")]
        if about:
            found += score(golds[max(about, key=len)], records, settings=settings, document=document)
    return found


def _around(readme: Path) -> tuple[str, str]:
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    before, begins, rest = text.partition(BEGIN)
    _, ends, after = rest.partition(END)
    if not begins or not ends:
        raise UsageError(f"{readme}: the marks {BEGIN} and {END} are missing.")
    return before, after
