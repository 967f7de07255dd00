"""Gold and extracted records in, how well they agree out, by the scoring script of the evaluation data.

The script belongs to the data, not to this project: it runs in a process of its own and answers in JSON.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.settings import Settings
from schemas.errors import TrialtraceError, UsageError

SCRIPT = "score.py"
ENDING = ".gold.jsonl"
LEVELS = ("value", "endpoint", "study", "group", "complete")


class Score(NamedTuple):
    """The script's report on one document: kind of record -> level -> precision, recall, f1; and provenance."""

    document: str
    gold: str
    report: dict[str, Any]

    def f1(self, level: str) -> float:
        """F1 over all kinds of record at one level."""
        found: float = self.report["all"][level]["f1"]
        return found

    @property
    def provenance(self) -> float:
        """The share of found records whose sentence holds the gold quote."""
        found: float = self.report["all"]["provenance"]
        return found


def find_script(gold: Path, *, settings: Settings) -> Path:
    """The scoring script: in the folder above the gold's, beside it, or in the folder of evaluation data."""
    places = [gold.resolve().parent.parent, gold.resolve().parent]
    if settings.evaluation_data is not None:
        places += [settings.evaluation_data / "gold", settings.evaluation_data]
    for place in places:
        if (place / SCRIPT).is_file():
            return place / SCRIPT
    looked = ", ".join(str(place) for place in places)
    raise UsageError(
        f"No scoring script: {SCRIPT} belongs to the evaluation data, which is a folder of its own, and is not in "
        f"{looked}. Set TRIALTRACE_EVALUATION_DATA to that folder."
    )


def score(gold: Path, records: Path, *, settings: Settings, document: str | None = None) -> list[Score]:
    """A score for each document of `records` that `gold` is about: named like it, or like it with an addition.

    Raises UsageError where a file is missing or no document fits.
    """
    for path in (gold, records):
        if not path.is_file():
            raise UsageError(f"{path}: there is no such file.")
    script = find_script(gold, settings=settings)
    by_document = read_records(records)
    stem = gold.name.removesuffix(ENDING)
    fitting = [document] if document is not None else sorted(name for name in by_document if is_about(stem, name))
    if not fitting or fitting[0] not in by_document:
        raise UsageError(
            f"{records}: no records of {document or stem}; it holds {', '.join(by_document) or 'none'}. "
            "Choose one with --document."
        )
    titles = read_titles(records.parent / "tables" / "documents.csv")
    return [
        Score(name, gold.name, run_script(script, gold, by_document[name], title=titles.get(name, "")))
        for name in fitting
    ]


def is_about(gold: str, document: str) -> bool:
    """Whether gold of this name is about the document: "a" is about "a", "a.twocolumn" and "a.txt"."""
    return document == gold or document.startswith(f"{gold}.")


def read_records(path: Path) -> dict[str, list[str]]:
    """Document -> its lines, as they stand in `records.jsonl`."""
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            found.setdefault(json.loads(line)["document"], []).append(line)
    return found


def read_titles(path: Path) -> dict[str, str]:
    """Document -> title, from the dataset's table of documents; empty where that is not there."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["document"]: row["title"] for row in csv.DictReader(rows)}


def run_script(script: Path, gold: Path, lines: Iterable[str], *, title: str) -> dict[str, Any]:
    """The script's report; its words are asked to overlook those of the review's title in a population."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
        predicted.writelines(lines)
        predicted.flush()
        command = [sys.executable, str(script), str(gold), predicted.name, "--title", title, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = done.stderr.strip().rpartition("\n")[2] or f"exit status {done.returncode}"
        raise TrialtraceError(f"{script} failed: {last}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


# Which of the script's pairs count, and how far each agrees; run beside the script, which this project never imports.
JUDGE = """
import json, sys
sys.path.insert(0, sys.argv[1])
import score
gold, found = score.read(sys.argv[2]), score.read(sys.argv[3])
_, pairs = score.score(gold, found, sys.argv[4])
free = {j for i, j, _, _ in pairs if gold[i].get("optional")}
right = {j for _, j, depth, _ in pairs if depth == len(score.LEVELS)}
print(json.dumps([None if j in free else j in right for j in range(len(found))]))
"""


def judge(gold: Path, lines: Sequence[str], *, title: str, settings: Settings) -> list[bool | None]:
    """For each record (a line of `records.jsonl`) whether it is right in all its parts; null where it counts not."""
    script = find_script(gold, settings=settings)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
        predicted.writelines(lines)
        predicted.flush()
        command = [sys.executable, "-c", JUDGE, str(script.parent), str(gold), predicted.name, title]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = done.stderr.strip().rpartition("\n")[2] or f"exit status {done.returncode}"
        raise TrialtraceError(f"{script} failed: {last}")
    judged: list[bool | None] = json.loads(done.stdout)
    return judged


def as_markdown(scores: Sequence[Score]) -> str:
    """A table with one line a document: F1 at each level, provenance, sizes."""
    heads = ["document", *LEVELS, "provenance", "gold records", "extracted"]
    lines = [" | ".join(heads), " | ".join(["---", *["---:"] * (len(heads) - 1)])]
    for found in scores:
        sizes = found.report["all"]["value"]
        numbers = [f"{found.f1(level):.3f}" for level in LEVELS]
        cells = [found.document, *numbers, f"{found.provenance:.3f}", str(sizes["gold"]), str(sizes["pred"])]
        lines.append(" | ".join(cells))
    return "\n".join(f"| {line} |" for line in lines)
