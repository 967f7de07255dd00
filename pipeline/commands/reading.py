"""`trialtrace scores --reading`: how well PDFs are read, into a README."""

from pathlib import Path

from pipeline import screen
from pipeline.exports.files import write_text
from pipeline.reading_scores import as_markdown, score_readings
from pipeline.settings import Settings
from schemas.errors import UsageError

BEGIN = "<!-- reading:begin -->"
END = "<!-- reading:end -->"


def write_reading_scores(data: Path | None, *, readme: Path) -> int:
    """Read every article there is as PDF and as XML, put the table between the README's marks; returns the status."""
    data = data if data is not None else Settings().evaluation_data
    if data is None or not data.is_dir():
        raise UsageError("The evaluation data is needed: set TRIALTRACE_EVALUATION_DATA to its folder, or give --data.")
    before, begins, rest = (readme.read_text(encoding="utf-8") if readme.is_file() else "").partition(BEGIN)
    _, ends, after = rest.partition(END)
    if not begins or not ends:
        raise UsageError(f"{readme}: the marks {BEGIN} and {END} are missing.")
    table = as_markdown(score_readings(data))
    write_text(readme, [before, BEGIN, "\n", table, "\n", END, after])
    screen.out().print(table, markup=False, soft_wrap=True)
    return 0
