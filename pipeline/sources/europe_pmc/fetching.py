"""A query or ids in, articles in an inbox out, each once; what could not be had is noted with the reason."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from pipeline.sources.europe_pmc.article import get_article
from pipeline.sources.europe_pmc.search import Publication, search
from pipeline.sources.europe_pmc.web import FeedError, Web
from pipeline.sources.ledger import Ledger, Outcome, Row

OVERLAP = timedelta(days=30)
"""How far before the last search the next begins: a full text may come some weeks after its description."""

PATIENCE = timedelta(days=7)
"""How long a publication without an open full text is left alone."""

TRIES = 5
"""How often an article that cannot be had keeps a query from moving on."""

TOGETHER = 20
"""Ids in one search."""


class Fetched(NamedTuple):
    """What came of it: publications that matched, how many were here before, a row for each that was asked for."""

    matching: int
    known: int
    rows: tuple[Row, ...]
    complete: bool

    def of(self, status: Outcome) -> list[Row]:
        """The rows of one outcome."""
        return [row for row in self.rows if row.status == status]


def fetch(
    web: Web,
    address: str,
    *,
    query: str,
    ledger: Ledger,
    since: date | None = None,
    limit: int | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    tell: Callable[[Row], None] = lambda _: None,
) -> Fetched:
    """Articles that match and are not here yet, indexed since a day, or since shortly before this query's last end.

    `limit` is the most articles to ask for; the next call goes on behind them. Raises FeedError where the search fails.
    """
    today = now().date()
    through = ledger.through(query)
    begin = since if since is not None or through is None else through - OVERLAP
    found = _take(web, address, search(web, address, query=query, since=begin), ledger, limit, now, tell)
    if found.complete:
        waiting = [row.indexed for row in found.of("failed") if row.tries < TRIES and row.indexed]
        ledger.reached(query, min([today, *map(date.fromisoformat, waiting)]))
    return found


def fetch_listed(
    web: Web,
    address: str,
    *,
    ids: Sequence[str],
    ledger: Ledger,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    tell: Callable[[Row], None] = lambda _: None,
) -> Fetched:
    """Articles of these PMC numbers, DOIs and PubMed numbers that are not here yet."""
    wanted = [ids[start : start + TOGETHER] for start in range(0, len(ids), TOGETHER)]
    found = (each for some in wanted for each in search(web, address, query=" OR ".join(map(name_id, some))))
    return _take(web, address, found, ledger, None, now, tell)


def name_id(given: str) -> str:
    """An id as a term of a query: "10.1000/x" is a DOI, "PMC1" a PMC number, "PPR1" a preprint, "1" a PubMed number."""
    if given.upper().startswith("PMC"):
        return f"PMCID:{given.upper()}"
    if given.startswith("10."):
        return f'DOI:"{given}"'
    return f"(EXT_ID:{given} AND SRC:{'PPR' if given.upper().startswith('PPR') else 'MED'})"


def _take(
    web: Web,
    address: str,
    publications: Iterable[Publication],
    ledger: Ledger,
    limit: int | None,
    now: Callable[[], datetime],
    tell: Callable[[Row], None],
) -> Fetched:
    rows: list[Row] = []
    matching = known = 0
    for publication in _once(publications):
        if limit is not None and len(rows) >= limit:
            return Fetched(matching, known, tuple(rows), complete=False)
        matching += 1
        if ledger.has(publication.key) or _left_alone(ledger.row(publication.key), now()):
            known += 1
            continue
        rows.append(_fetch_one(web, address, publication, ledger, now()))
        tell(rows[-1])
    return Fetched(matching, known, tuple(rows), complete=True)


def _once(publications: Iterable[Publication]) -> Iterator[Publication]:
    seen: set[str] = set()
    for publication in publications:
        if publication.key not in seen:
            seen.add(publication.key)
            yield publication


def _left_alone(row: Row | None, now: datetime) -> bool:
    return row is not None and row.status == "no_full_text" and now - datetime.fromisoformat(row.fetched_at) < PATIENCE


def _fetch_one(web: Web, address: str, publication: Publication, ledger: Ledger, now: datetime) -> Row:
    row = Row(
        id=publication.key,
        status="failed",
        doi=publication.doi,
        pmid=publication.pmid,
        title=publication.plain_title,
        licence=publication.license,
        indexed=publication.first_index_date.isoformat() if publication.first_index_date is not None else "",
        fetched_at=now.isoformat(timespec="seconds"),
    )
    try:
        article = get_article(web, address, publication)
    except FeedError as error:
        return ledger.note(row.model_copy(update={"reason": str(error)}))
    if article is None:
        reason = "the service has no open full text of it, neither XML nor PDF"
        return ledger.note(row.model_copy(update={"status": "no_full_text", "reason": reason}))
    here = {
        "status": "fetched",
        "file": f"{publication.key}{article.ending}",
        "source": article.address,
        "licence": publication.license or article.licence,
    }
    return ledger.file(row.model_copy(update=here), article.data)
