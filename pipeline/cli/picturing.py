"""Commands that make pictures: plot, report."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Database, Where, app, finish
from pipeline.cli.exporting import ReviewedOnly, UnflaggedOnly


class Picture(StrEnum):
    """Kinds of picture."""

    FOREST = "forest"
    MAP = "map"
    TIMELINE = "timeline"


class Order(StrEnum):
    """How the studies of a forest plot are ordered."""

    VALUE = "value"
    STUDY = "study"


@app.command()
def plot(
    picture: Annotated[
        Picture,
        typer.Argument(help="forest: one endpoint; map: studies by endpoints; timeline: growth over runs."),
    ],
    database: Database = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write: .svg, .png or .pdf.  [default: PICTURE.svg beside the store]")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Endpoint, such as PFS.  [default, for a forest plot: the most compared one]")
    ] = None,
    site: Annotated[str | None, typer.Option(help="intracranial or extracranial.")] = None,
    statistic: Annotated[str | None, typer.Option(help="Only this statistic: HR, RR, OR, median, rate, ...")] = None,
    where: Where = None,
    reviewed_only: ReviewedOnly = False,
    unflagged_only: UnflaggedOnly = False,
    order: Annotated[Order, typer.Option(help="Order of the studies of a forest plot.")] = Order.VALUE,
    link: Annotated[
        str | None, typer.Option(metavar="PREFIX", help="Make each result of an SVG a link: PREFIX and its record id.")
    ] = None,
) -> None:
    """Draw the dataset, or a part of it: a forest plot, an evidence map, a timeline."""

    def go() -> int:
        from pipeline.commands.plot import Wish, draw_picture
        from pipeline.exports.conditions import parse_all
        from pipeline.exports.selection import Selection

        narrow = {"endpoint": endpoint, "site": site, "statistic": statistic}
        asked = [f"{field}={value}" for field, value in narrow.items() if value is not None]
        wanted = Selection(parse_all([*asked, *(where or ())]), reviewed_only, unflagged_only, rejected=False)
        wish = Wish(picture.value, endpoint is not None, order.value, link)
        return draw_picture(wish, database=database, out=out, wanted=wanted)

    finish(go)


@app.command()
def report(
    database: Database = None,
    out: Annotated[Path | None, typer.Option(help="Page to write.  [default: report.html beside the store]")] = None,
    where: Where = None,
    reviewed_only: ReviewedOnly = False,
    unflagged_only: UnflaggedOnly = False,
) -> None:
    """Tell of the dataset on one page: documents, coverage, pictures, findings; it needs no other file."""

    def go() -> int:
        from pipeline.commands.report import write_report
        from pipeline.exports.conditions import parse_all
        from pipeline.exports.selection import Selection

        wanted = Selection(parse_all(where or ()), reviewed_only, unflagged_only, rejected=False)
        return write_report(database=database, out=out, wanted=wanted)

    finish(go)
