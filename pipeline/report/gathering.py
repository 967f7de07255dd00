"""The selected part of a dataset in; what its report tells, counted and in order, out."""

from typing import NamedTuple

from pipeline.audit.examination import SEVERITIES
from pipeline.exports.selection import Selected
from pipeline.exports.wording import say_selection
from pipeline.plots import Panel, Result, Stage, grow, panels_of, results_of
from pipeline.plots.ranking import count, rank_endpoints
from pipeline.rows import Row
from pipeline.store import Held

MOST_PLOTS = 8
"""Endpoints that have a forest plot of their own in the report; `trialtrace plot` draws any."""
LEAST_RESULTS = 3
"""A plot of fewer results tells less than their sentences."""


class Told(NamedTuple):
    """One document: what became of it, and what there is of it."""

    held: Held
    records: int
    review: int
    reviewed: int
    errors: int
    warnings: int

    @property
    def share(self) -> float | None:
        """Percent of its printed numbers that a record explains; null where it prints none."""
        return 100 * self.held.explained / self.held.numbers if self.held.numbers else None


class Forest(NamedTuple):
    """One endpoint's plot."""

    endpoint: str
    subtitle: str
    panels: list[Panel]


class Report(NamedTuple):
    """All that the page shows; `selection` says what was left out ("" for nothing)."""

    selection: str
    documents: list[Told]
    results: list[Result]
    summary: str
    forests: list[Forest]
    stages: list[Stage]
    findings: list[Row]
    records: dict[str, Row]


def gather(selected: Selected) -> Report:
    """What the report tells of the selected records; documents are all of the dataset's."""
    records: list[Row] = []
    findings: list[Row] = []
    told = {held.document: Told(held, 0, 0, 0, 0, 0) for held in selected.documents()}
    for content in selected.contents():
        records += content.records
        disputed = [row for row in content.findings if row["verdict"] == "inconsistent"]
        findings += disputed
        told[content.held.document] = _tell(content.held, content.records, disputed)
    results = results_of(records, findings)
    forests = _forests(results, selected)
    findings.sort(key=lambda row: (SEVERITIES.index(row["severity"]), row["document"]))  # else as in the text
    return Report(
        selection=say_selection(selected.selection),
        documents=list(told.values()),
        results=results,
        summary=count(results, selected.selection),
        forests=forests,
        stages=grow(selected.store, selected.selection),
        findings=findings,
        records=_shown(records, forests, findings),
    )


def _tell(held: Held, records: list[Row], findings: list[Row]) -> Told:
    return Told(
        held,
        records=len(records),
        review=sum(row["needs_review"] and row["review"] is None for row in records),
        reviewed=sum(row["review"] is not None for row in records),
        errors=sum(row["severity"] == "error" for row in findings),
        warnings=sum(row["severity"] == "warning" for row in findings),
    )


def _forests(results: list[Result], selected: Selected) -> list[Forest]:
    forests = []
    for endpoint in rank_endpoints(results):
        own = [result for result in results if result.record["endpoint"] == endpoint]
        panels = panels_of(own)
        shown = [result for panel in panels for result in panel.results]
        if len(shown) >= LEAST_RESULTS:
            forests.append(Forest(endpoint, count(shown, selected.selection), panels))
        if len(forests) == MOST_PLOTS:
            break
    return forests


def _shown(records: list[Row], forests: list[Forest], findings: list[Row]) -> dict[str, Row]:
    """The records that a plot or a finding leads to, in the order of the dataset."""
    wanted = {record_id for row in findings for record_id in row["record_ids"]}
    for forest in forests:
        for panel in forest.panels:
            wanted |= {record["record_id"] for result in panel.results for record in result.records}
    return {row["record_id"]: row for row in records if row["record_id"] in wanted}
