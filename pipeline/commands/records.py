"""`trialtrace records`: the dataset's records that a user asks for, as a table or as JSON."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline import screen
from pipeline.commands.listing import list_records
from pipeline.exports.conditions import Condition
from pipeline.exports.content import records_of
from pipeline.rows import Row
from pipeline.settings import Settings
from pipeline.store import Store, StorePlace, open_store


class Filter(NamedTuple):
    """What a user asks for; null and false ask for nothing."""

    document: str | None = None
    study: str | None = None
    endpoint: str | None = None
    kind: str | None = None
    flag: str | None = None
    needs_review: bool | None = None
    conditions: tuple[Condition, ...] = ()

    def takes(self, record: Row) -> bool:
        """Whether a record is asked for: a study by part of any of its names, the rest by the whole word."""
        names = " ".join([record["study"], *record["study_alt_names"], *record["registry_ids"]])
        return (
            (self.study is None or self.study.casefold() in names.casefold())
            and (self.endpoint is None or self.endpoint.casefold() == (record["endpoint"] or "").casefold())
            and (self.kind is None or self.kind == record["kind"])
            and (self.flag is None or self.flag in record["flags"])
            and (self.needs_review is None or self.needs_review == record["needs_review"])
            and all(condition.takes(record) for condition in self.conditions)
        )


def show_records(database: StorePlace | None, *, wanted: Filter, limit: int | None, as_json: bool) -> int:
    """Print the records asked for; returns the exit status."""
    with open_store(database if database is not None else Settings().database) as store:
        found = list(select(store, wanted))
    shown = found if limit is None else found[:limit]
    if as_json:
        screen.say_json(shown)
        return 0
    console = screen.out()
    list_records(console, shown, with_document=wanted.document is None)
    more = f" of {len(found)}" if len(shown) < len(found) else ""
    console.print(f"{len(shown)}{more} records; ? needs a look. trialtrace explain RECORD says why.")
    return 0


def select(store: Store, wanted: Filter) -> Iterator[Row]:
    """The records asked for, by document, then in the order of its text."""
    for held in store.held():
        if wanted.document is None or wanted.document == held.document:
            yield from (record for record in records_of(store, held) if wanted.takes(record))
