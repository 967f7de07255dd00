"""The sentences of tests/cases/numbers_*.toml hold the numbers written there, in this order and of this kind."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.mentions.numbers import NumberMentions, recognise_numbers
from schemas.anchor import Span
from schemas.number import Number

CASES = [
    case
    for file in sorted((Path(__file__).parents[3] / "cases").glob("numbers_*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


def printed(number: Number | None) -> str:
    return "?" if number is None else f"{number.value:f}"


def described(found: NumberMentions) -> list[str]:
    """One line a mention, in order of place: kind, number, unit, and what else it says."""
    lines: list[tuple[Span, str]] = []
    for v in found.values:
        unit = f" {v.unit}" if v.unit is not None else ""
        spread = f" ±{printed(v.spread)}" if v.spread is not None else ""
        lines.append((v.span, f"value {v.status if v.number is None else printed(v.number)}{unit}{spread}"))
    for m in found.intervals:
        level = f" at {m.interval.level}" if m.interval.level is not None else ""
        bounds = f"{printed(m.interval.low)} to {printed(m.interval.high)}"
        lines.append((m.span, f"{m.interval.kind} {bounds}{level}"))
    lines += [(m.span, f"p {m.p.operator}{printed(m.p.number)} {m.p.qualifier}".rstrip()) for m in found.p_values]
    for c in found.counts:
        whole = f" of {printed(c.of)}" if c.of is not None else ""
        lines.append((c.span, f"count {printed(c.number)}{whole} {c.unit}"))
    lines += [(t.span, f"time {t.text}") for t in found.timepoints]
    lines += [(o.span, f"{o.reason or 'plain'}: {o.raw}") for o in found.others]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_numbers_as_written(case: dict[str, Any]) -> None:
    assert described(recognise_numbers(case["text"])) == case["found"]


def test_there_are_many_cases_and_refusals_among_them() -> None:
    lines = [line for case in CASES for line in case["found"]]
    kinds = ("value", "confidence", "p ", "count", "time")
    assert len(CASES) >= 250
    assert sum(not line.startswith(kinds) for line in lines) >= 60
