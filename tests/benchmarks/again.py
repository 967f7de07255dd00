"""What a run costs over documents that are known already: `python -m tests.benchmarks.again [--documents 200]`.

The documents are copies of the project's sample reviews, each with other bytes; the small core of the tests reads texts
in their place with --texts, which takes seconds instead of minutes. What is measured is the whole command, as a user
calls it, in a process of its own; start-up is the same command over one known document.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.reading import ROOT

SENTENCE = "In 2020, 74.6% of 59 PERMEATE patients answered [18]. HR 0.38 (0.20-0.70); P = 0.008 was better [7]. "


class Times(NamedTuple):
    """Seconds of the command: over one known document, and over all of them."""

    start_up: float
    unchanged: float


def measure(folder: Path, *, documents: int, texts: bool, rounds: int = 3) -> Times:
    """The best of some rounds, in a folder that may be filled."""
    sources = folder / "documents"
    sources.mkdir()
    samples = [path.read_bytes() for path in sorted((ROOT / "corpus").glob("*.pdf"))]
    for number in range(documents):
        if texts:
            (sources / f"d{number:04}.txt").write_text(f"{SENTENCE * 60} {number}")
        else:
            (sources / f"d{number:04}.pdf").write_bytes(samples[number % len(samples)] + f"\n% {number}\n".encode())
    one = next(iter(sorted(sources.iterdir())))
    for given, out in ((one, "one"), (sources, "all")):
        _run(given, folder / out, texts=texts)
    return Times(
        min(_run(one, folder / "one", texts=texts) for _ in range(rounds)),
        min(_run(sources, folder / "all", texts=texts) for _ in range(rounds)),
    )


def _run(given: Path, out: Path, *, texts: bool) -> float:
    module = "tests.pipeline.fake_command" if texts else "pipeline.cli"
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "TRIALTRACE_"))}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", module, "run", str(given), "--out", str(out)],
        cwd=ROOT,
        env=ours | {"PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1"},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=200)
    asked.add_argument("--texts", action="store_true", help="Texts and the small core of the tests.")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="trialtrace-again-") as folder:
        times = measure(Path(folder), documents=given.documents, texts=given.texts)
    sys.stdout.write("| documents, all known | seconds | beyond start-up |\n| ---: | ---: | ---: |\n")
    sys.stdout.write(f"| 1 | {times.start_up:.2f} | |\n")
    sys.stdout.write(f"| {given.documents} | {times.unchanged:.2f} | {times.unchanged - times.start_up:.2f} |\n")


if __name__ == "__main__":
    main()
