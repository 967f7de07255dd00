"""The evaluation data in, the scores of the sample reviews and of its annotated reviews out."""

import json
import os
from pathlib import Path

from pipeline.evaluate import ENDING, SCRIPT, is_about, run_script
from tests.golden.reviews import ROOT, flat_records, read

FLOORS = Path(__file__).parent / "floors.toml"
FIELDS = ROOT / "tests" / "fields"
LEVELS = ("value", "endpoint", "study", "group", "complete", "provenance")
SLACK = 0.03  # how far a floor stays below what was measured


def evaluation_folder() -> Path | None:
    """The optional folder of evaluation data, where it is."""
    folder = Path(os.environ.get("TRIALTRACE_EVALUATION_DATA", ROOT.parent / "shared"))
    return folder if folder.is_dir() else None


def graded(data: Path) -> dict[str, tuple[Path, Path]]:
    """Name -> (document, gold): the samples, the reviews of other fields, and the annotated PDFs of the data."""
    folders = (ROOT / "corpus" / "gold", FIELDS, data / "gold" / "dev")
    golds = [path for folder in folders for path in folder.glob(f"*{ENDING}")]
    by_stem = {path.name.removesuffix(ENDING): path for path in sorted(golds)}
    papers = [*(ROOT / "corpus").glob("*.pdf"), *FIELDS.glob("*.xml"), *(data / "corpus" / "annotated").glob("*.pdf")]
    return {
        paper.stem: (paper, gold)
        for paper in sorted(papers)
        for stem, gold in by_stem.items()
        if is_about(stem, paper.stem) and not paper.stem.endswith(".scanned")
    }


def measure_one(data: Path, paper: Path, gold: Path) -> dict[str, float]:
    """F1 at each level, and provenance, by the scoring script of the data."""
    lines = [json.dumps(row) + "\n" for row in flat_records(paper)]
    report = run_script(data / "gold" / SCRIPT, gold, lines, title=read(paper).document.title)["all"]
    return {level: report[level] if level == "provenance" else report[level]["f1"] for level in LEVELS}


def measure(data: Path) -> dict[str, dict[str, float]]:
    """The scores of every document with gold."""
    return {name: measure_one(data, paper, gold) for name, (paper, gold) in graded(data).items()}
