"""Planted errors caught and true numbers flagged, as tables: `python -m tests.benchmarks.checks [DRAWS]`."""

import sys

import numpy as np

from extractors.checks import judge
from tests.extractors.checks.making import document
from tests.properties import planting, test_true_numbers


def caught(kind: str, *, draws: int) -> tuple[int, int]:
    """Draws in which the error's own check is inconsistent, and in which any check is."""
    planted, random = planting.KINDS[kind], np.random.default_rng(1)
    own = any_check = 0
    for _ in range(draws):
        wrong = {f.check for f in judge(planted.plant(random), document()) if f.verdict == "inconsistent"}
        own += planted.check in wrong
        any_check += bool(wrong)
    return own, any_check


def flagged(kind: str, *, draws: int) -> tuple[int, int]:
    """Inconsistent findings and all findings on true numbers."""
    make, random = test_true_numbers.KINDS[kind], np.random.default_rng(2)
    judged = [finding for _ in range(draws) for finding in judge(make(random), document())]
    return sum(finding.verdict == "inconsistent" for finding in judged), len(judged)


def main(draws: int) -> None:
    write = sys.stdout.write
    write("| planted error | check | caught by it | caught by any |\n|---|---|---:|---:|\n")
    for kind, planted in planting.KINDS.items():
        own, any_check = caught(kind, draws=draws)
        write(f"| {kind} | {planted.check} | {own / draws:.1%} | {any_check / draws:.1%} |\n")
    write("\n| true numbers | findings | called inconsistent |\n|---|---:|---:|\n")
    for kind in test_true_numbers.KINDS:
        wrong, total = flagged(kind, draws=draws)
        write(f"| {kind} | {total} | {wrong} |\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
