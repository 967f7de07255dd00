"""The results of one endpoint in; the panels of a forest plot, each with one axis, out."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from pipeline.plots.results import Result, in_order
from pipeline.rows import Row

Order = Literal["value", "study"]
RATIOS = {"HR": "hazard ratio", "RR": "relative risk", "OR": "odds ratio"}
NAMES = {
    "difference": "difference",
    "median": "median",
    "mean": "mean",
    "rate": "rate",
    "count": "count",
    "other": "other value",
}
RANKS = (*RATIOS, *NAMES)


class Block(NamedTuple):
    """The results of one study."""

    study: str
    results: tuple[Result, ...]


class Panel(NamedTuple):
    """Results of one statistic and unit, by study; `reference` is the value of no difference."""

    title: str
    unit: str
    log: bool
    reference: float | None
    blocks: tuple[Block, ...]
    left_out: int = 0
    """Results that there is no room for."""

    @property
    def results(self) -> list[Result]:
        """All results, in the order they are drawn."""
        return [result for block in self.blocks for result in block.results]


MOST_RESULTS = 400
"""Rows of one panel: a longer one is read by nobody, and a picture has an end."""


def panels_of(results: Iterable[Result], *, order: Order = "value") -> list[Panel]:
    """Panels by statistic and unit, comparisons first; results without a place on any axis are left out.

    Studies stand in the order of their smallest value, or of their names; within a study as they are printed. Of more
    than MOST_RESULTS results, those with an interval come first, then as they are printed; the panel counts the others.
    """
    gathered: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        if is_drawable(result.record):
            gathered.setdefault((result.record["statistic"], result.record["unit"] or ""), []).append(result)
    keys = sorted(gathered, key=lambda key: (RANKS.index(key[0]), -len(gathered[key]), key[1]))
    return [_panel(statistic, unit, gathered[statistic, unit], order=order) for statistic, unit in keys]


def is_drawable(record: Row) -> bool:
    """Whether there is a number, or the statement that a median was not reached."""
    return record["statistic"] in RANKS and (record["value"] is not None or record["status"] == "not reached")


def _panel(statistic: str, unit: str, results: Sequence[Result], *, order: Order) -> Panel:
    log = statistic in RATIOS
    reference = 1.0 if log else 0.0 if statistic == "difference" else None
    studies: dict[str, list[Result]] = {}
    kept = sorted(results, key=lambda result: result.record["ci"] is None)[:MOST_RESULTS]
    for result in results if len(kept) == len(results) else kept:
        studies.setdefault(result.study, []).append(result)
    blocks = [Block(study, tuple(found)) for study, found in studies.items()]
    if order == "study":
        blocks.sort(key=lambda block: in_order(block.study))
    else:
        blocks.sort(key=lambda block: (_smallest(block), in_order(block.study)))
    return Panel(_title(statistic, unit), unit, log, reference, tuple(blocks), left_out=len(results) - len(kept))


def _smallest(block: Block) -> float:
    values = [result.record["value"] for result in block.results if result.record["value"] is not None]
    return min(values, default=float("inf"))


def _title(statistic: str, unit: str) -> str:
    if statistic in RATIOS:
        return RATIOS[statistic]
    name = NAMES[statistic]
    return f"{name}, {unit}" if unit else name
