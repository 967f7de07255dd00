"""`trialtrace plot`: a forest plot, an evidence map or a timeline of the dataset, as SVG, PNG or PDF."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline import screen
from pipeline.exports.files import write_whole
from pipeline.exports.selection import Selected, Selection
from pipeline.exports.wording import say_selection
from pipeline.plots import (
    FORMATS,
    Format,
    Legend,
    Order,
    Result,
    Sheet,
    draw_forest,
    draw_map,
    draw_timeline,
    grow,
    panels_of,
    results_of,
)
from pipeline.plots.panels import is_drawable
from pipeline.plots.ranking import count, rank_endpoints
from pipeline.rows import Row
from pipeline.settings import Settings
from pipeline.store import open_store
from schemas.errors import UsageError

LISTED = 12
"""Endpoints that are offered to a user."""


class Wish(NamedTuple):
    """What picture is asked for; `chosen` says whether the user named an endpoint."""

    picture: Literal["forest", "map", "timeline"]
    chosen: bool = False
    order: Order = "value"
    link: str | None = None


def draw_picture(wish: Wish, *, database: str | None, out: Path | None, wanted: Selection) -> int:
    """Write the picture and say what it shows; returns the exit status."""
    settings = Settings()
    address = database if database is not None else settings.database
    target = out if out is not None else settings.folder_of(address) / f"{wish.picture}.svg"
    form = _format(target)
    with open_store(address) as store:
        selected = Selected(store, wanted)
        sheet = _draw_timeline(selected) if wish.picture == "timeline" else _draw_results(wish, selected)
    content = sheet.render(form)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, lambda partial: _fill(partial, content))
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}); choose another place with --out.") from error
    screen.out().print(f"{target}: {sheet.description}", markup=False, soft_wrap=True)
    return 0


def _fill(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _format(target: Path) -> Format:
    form = target.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise UsageError(f"{target}: a picture's name ends in {', '.join(f'.{each}' for each in FORMATS)}.")
    return form


def _draw_timeline(selected: Selected) -> Sheet:
    stages = grow(selected.store, selected.selection)
    if not stages:
        raise UsageError("The dataset has no run yet: trialtrace run makes one.")
    return draw_timeline(
        stages, title="Growth of the dataset", subtitle=say_selection(selected.selection) or "After each run."
    )


def _draw_results(wish: Wish, selected: Selected) -> Sheet:
    records: list[Row] = []
    findings: list[Row] = []
    for content in selected.contents():
        records += content.records
        findings += content.findings
    results = results_of(records, findings)
    if wish.picture == "map":
        _refuse_nothing(results, selected)
        return draw_map(results, title="Evidence map", subtitle=count(results, selected.selection))
    return _draw_forest(wish, results, selected)


def _draw_forest(wish: Wish, results: Sequence[Result], selected: Selected) -> Sheet:
    drawable = [result for result in results if is_drawable(result.record)]
    _refuse_nothing(drawable, selected)
    if not wish.chosen:
        endpoint = rank_endpoints(drawable)[0]
        drawable = [result for result in drawable if result.record["endpoint"] == endpoint]
        _offer(rank_endpoints(results), chosen=endpoint)
    names = Counter(str(result.record["endpoint"]) for result in drawable)
    sites = {result.record["site"] for result in drawable}
    site = f", {sites.pop()}" if len(sites) == 1 and None not in sites else ""
    title = f"{' / '.join(sorted(names))}{site}"
    legend = Legend(title, count(drawable, selected.selection), wish.link)
    return draw_forest(panels_of(drawable, order=wish.order), legend=legend)


def _offer(endpoints: Sequence[str], *, chosen: str) -> None:
    others = [endpoint for endpoint in endpoints if endpoint != chosen]
    if others:
        more = f" and {len(others) - LISTED} more" if len(others) > LISTED else ""
        screen.err().print(
            f"Drawn for {chosen}. --endpoint takes another: {', '.join(others[:LISTED])}{more}",
            markup=False, soft_wrap=True,
        )  # fmt: skip


def _refuse_nothing(results: Sequence[Result], selected: Selected) -> None:
    """Raise UsageError where there is nothing to draw, and say what there would be."""
    if results:
        return
    whole = Selected(selected.store, Selection(rejected=False))
    there = rank_endpoints(results_of(whole.records(), []))
    if not there:
        raise UsageError("The dataset holds no results to draw.")
    asked = say_selection(selected.selection).rstrip(".")
    raise UsageError(f"No result fits ({asked}). Endpoints of the dataset: {', '.join(there[:LISTED])}.")
