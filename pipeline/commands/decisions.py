"""`trialtrace decisions`: what reviewers decided and where it belongs in the dataset now; what lost its place."""

from rich.markup import escape
from rich.table import Table

from pipeline import screen
from pipeline.rows import Row
from pipeline.settings import Settings
from pipeline.store import Placed, Store, StorePlace, open_store


def show_decisions(*, lost: bool, database: StorePlace | None, as_json: bool) -> int:
    """List decisions in order of time, or only those without a place; returns the exit status."""
    with open_store(database if database is not None else Settings().database) as store:
        found = gather(store, lost=lost)
    if as_json:
        screen.say_json([_plain(one, document) for one, document in found])
        return 0
    console = screen.out()
    table = Table(
        "time (UTC)", "reviewer", "verdict", "record", "document", "what became of it", box=None, pad_edge=False
    )
    for one, document in found:
        table.add_row(
            f"{one.decision.at:%Y-%m-%d %H:%M}",
            escape(one.reviewer),
            one.verdict,
            (one.record_id or one.decision.record_id)[:8],
            escape(document),
            escape(_fate(one)),
        )
    console.print(table)
    console.print(f"{len(found)} decisions{' without a place in the dataset' if lost else ''}")
    return 0


def gather(store: Store, *, lost: bool) -> list[tuple[Placed, str]]:
    """Decisions with the name of the document they belong to now ("" where they have no place)."""
    found = [(one, "") for one in store.lost_decisions()]
    if not lost:
        for held in store.held() if store.reviewing()[0] else ():
            there = store.decisions(held.reading_id) if held.reading_id is not None else []
            found += [(one, held.document) for one in there if one.record_id is not None]
    return sorted(found, key=lambda pair: (pair[0].number, pair[1]))


def _fate(one: Placed) -> str:
    if one.record_id is None:
        return f"lost: {one.problem}"
    moved = "moved along" if one.record_id != one.decision.record_id else ""
    changed = f"read otherwise now: {', '.join(one.changed)}" if one.changed else ""
    return "; ".join(part for part in (moved, changed) if part) or "stands"


def _plain(one: Placed, document: str) -> Row:
    return one.decision.model_dump(mode="json", exclude={"document"}) | {
        "document": document or None,
        "record_id": one.decision.record_id,
        "record_now": one.record_id,
        "changed": list(one.changed),
        "problem": one.problem,
    }
