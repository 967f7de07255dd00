"""The golden files anew: `python -m tests.golden.rewrite` writes what the program finds now, for a person to review.

`python -m tests.golden.rewrite --floors` raises the floors of the scores to a little below what they are now; it never
lowers one. Tests write nothing here.
"""

import argparse
import sys
import tomllib
from pathlib import Path

from tests.golden.reviews import REVIEWS, golden_files
from tests.golden.scores import FLOORS, LEVELS, SLACK, evaluation_folder, measure

FOLDER = Path(__file__).parent


def write(folder: Path) -> list[Path]:
    """Write every golden file into `folder`, each whole; returns their paths."""
    written = []
    for review in REVIEWS:
        for name, content in golden_files(review):
            path = folder / name
            partial = path.with_suffix(".partial")
            partial.write_text(content, encoding="utf-8", newline="\n")
            partial.replace(path)
            written.append(path)
    return written


def raised(floors: dict[str, dict[str, float]], scores: dict[str, dict[str, float]]) -> str:
    """The file of floors with each at least as high as it was, and at most SLACK below its score."""
    lines = ["# Floors of the scores: F1 by level, and the share of records whose sentence holds the gold's quote.\n"]
    for name in sorted(floors | scores):
        lines.append(f"\n[{name!r}]\n".replace("'", '"'))
        for level in LEVELS:
            new = scores[name][level] - SLACK if name in scores else 0.0
            lines.append(f"{level} = {max(floors.get(name, {}).get(level, 0.0), new):.3f}\n")
    return "".join(lines)


def main() -> None:
    """Write the golden files, or the floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--floors", action="store_true", help="raise the floors of the scores instead")
    if not parser.parse_args().floors:
        for path in write(FOLDER):
            sys.stdout.write(f"{path}\n")
        return
    data = evaluation_folder()
    if data is None:
        sys.exit("The floors need the evaluation data: set TRIALTRACE_EVALUATION_DATA to its folder.")
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    FLOORS.write_text(raised(floors, measure(data)), encoding="utf-8")
    sys.stdout.write(f"{FLOORS}\n")


if __name__ == "__main__":
    main()
