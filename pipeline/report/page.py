"""A report in; one HTML page out that needs nothing else: no network, no script, no other file."""

from collections.abc import Callable
from functools import cache
from pathlib import PurePath

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pipeline.audit.page import NAMES
from pipeline.audit.style import STYLE
from pipeline.exports.wording import say_group, say_numbers, say_outcome, say_review
from pipeline.plots import Legend, Sheet, draw_forest, draw_map, draw_timeline
from pipeline.plots.lettering import cleaned
from pipeline.plots.results import place_text
from pipeline.report.gathering import Report

OPEN_PLOTS = 3
"""Forest plots that stand open; the others open when asked."""


def spell_page(report: Report) -> str:
    """The page; the same bytes for the same store."""
    forests = [
        (forest, _picture(draw_forest(forest.panels, legend=_legend(forest.endpoint, forest.subtitle)), f"p{i}-"))
        for i, forest in enumerate(report.forests)
    ]
    evidence = draw_map(report.results, title="Evidence map", subtitle=report.summary) if report.results else None
    growth = draw_timeline(report.stages, title="Growth", subtitle="After each run.") if report.stages else None
    return _template().render(
        report=report,
        style=STYLE,
        names=NAMES,
        forests=forests,
        open_plots=OPEN_PLOTS,
        evidence=_picture(evidence, "map-") if evidence is not None else None,
        growth=_picture(growth, "growth-") if growth is not None else None,
        runs=report.stages,
        totals=_totals(report),
    )


def _legend(title: str, subtitle: str) -> Legend:
    return Legend(title, subtitle, link="#result-")


def _picture(sheet: Sheet, prefix: str) -> str:
    """An SVG to stand in the page; every letter that came from a document is escaped by the XML writer."""
    return sheet.render("svg", prefix=prefix).decode()


def _totals(report: Report) -> dict[str, int]:
    return {
        "read": sum(told.held.status == "read" for told in report.documents),
        "unread": sum(told.held.status != "read" for told in report.documents),
        "records": sum(told.records for told in report.documents),
        "studies": len({result.study for result in report.results}),
        "review": sum(told.review for told in report.documents),
        "reviewed": sum(told.reviewed for told in report.documents),
        "errors": sum(told.errors for told in report.documents),
        "warnings": sum(told.warnings for told in report.documents),
    }


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pipeline.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., str]] = {
        "line": cleaned,
        "name": lambda path: PurePath(path).name,
        "number": say_numbers,
        "outcome": say_outcome,
        "group": say_group,
        "place": place_text,
        "state": say_review,
    }
    environment.filters.update(filters)
    return environment.get_template("page.html.j2")
