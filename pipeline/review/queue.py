"""The index and what a reviewer asks for in, the records to look at out, in the order to look at them.

Flagged records come first, the worst first. Between them stand records nobody flagged, drawn by lot (the order of a
hash of their ids) at the rate asked for: those drawn are a simple random sample of the unflagged, so that the share of
them that is right estimates the share of all unflagged records that is. The rest follows as it stands in the texts.
"""

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.review.index import Entry
from pipeline.review.wanted import Wanted


class Ordered(NamedTuple):
    """Record ids in order, each one's place in it, and those drawn by lot."""

    ids: tuple[str, ...]
    place: dict[str, int]
    drawn: frozenset[str]


def order(entries: Iterable[Entry], wanted: Wanted) -> Ordered:
    """The records that `wanted` names, whatever was decided about them."""
    found = [entry for entry in entries if takes(wanted, entry)]
    flagged = [entry.record_id for entry in sorted((e for e in found if e.flagged), key=lambda entry: entry.rank)]
    others = [entry for entry in found if not entry.flagged]
    by_lot = [entry.record_id for entry in sorted(others, key=lambda entry: entry.lot)]
    count = _share(len(flagged), rate=wanted.rate, most=len(by_lot))
    drawn = by_lot[:count]
    taken = frozenset(drawn)
    rest = [entry.record_id for entry in others if entry.record_id not in taken]
    ids = (*_mixed(flagged, drawn), *rest)
    return Ordered(ids, {record_id: i for i, record_id in enumerate(ids)}, taken)


def takes(wanted: Wanted, entry: Entry) -> bool:
    """Whether an entry is asked for: a study by part of any of its names, the rest by the whole word."""
    return (
        (not wanted.document or wanted.document == entry.document)
        and (not wanted.study or wanted.study.casefold() in entry.names)
        and (not wanted.endpoint or wanted.endpoint.casefold() == entry.endpoint.casefold())
        and (not wanted.kind or wanted.kind == entry.kind)
        and (not wanted.flag or wanted.flag in entry.flags)
        and (not wanted.check or wanted.check in entry.checks)
    )


def _share(flagged: int, *, rate: int, most: int) -> int:
    """How many to draw so that they are `rate` percent of what comes before the rest."""
    if rate == 0:
        return 0
    wanted = -(-flagged * rate // (100 - rate))  # rounded up
    return min(max(wanted, 1), most)


def _mixed(flagged: list[str], drawn: list[str]) -> list[str]:
    """`drawn` spread evenly between `flagged`, the order of both kept."""
    keyed = [((i + 0.5) / len(flagged), 0, record_id) for i, record_id in enumerate(flagged)]
    keyed += [((i + 0.5) / len(drawn), 1, record_id) for i, record_id in enumerate(drawn)]
    return [record_id for _, _, record_id in sorted(keyed)]
