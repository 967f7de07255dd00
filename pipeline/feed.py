"""A query or a list of ids in, new articles in an inbox out, by the settings in force."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.context import make_writable
from pipeline.lock import hold
from pipeline.settings import Settings
from pipeline.sources.europe_pmc import Fetched, Ledger, Row, fetch, fetch_listed, opened_web
from pipeline.sources.listing import read_entries
from schemas.errors import UsageError

OFF = (
    "The feed is off: there is no query. Give one (trialtrace fetch 'TITLE:\"bladder cancer\" AND PUB_TYPE:review'),"
    " or set TRIALTRACE_QUERY."
)


def fetch_into(
    inbox: Path,
    *,
    settings: Settings,
    query: str | None = None,
    listed: Path | None = None,
    since: date | None = None,
    limit: int | None = None,
    say: Callable[[str], None] = lambda _: None,
    tell: Callable[[Row], None] = lambda _: None,
) -> Fetched:
    """Fetch into a folder that nobody else fetches into meanwhile; `say` hears of waiting, `tell` of each article.

    Raises UsageError where there is neither query nor list, FeedError where the service cannot be searched.
    """
    wanted = query if query is not None else settings.query
    if listed is None and wanted is None:
        raise UsageError(OFF)
    ids = [entry.id for entry in read_entries(listed) if entry.id] if listed is not None else []
    if listed is not None and not ids:
        raise UsageError(f"{listed}: lists no ids to fetch.")
    make_writable(inbox, option="--inbox")
    with hold(inbox, option="--inbox"), opened_web(settings.cache, tell=say) as web:
        ledger, address = Ledger(inbox), settings.europe_pmc.rstrip("/")
        if wanted is None or listed is not None:
            return fetch_listed(web, address, ids=ids, ledger=ledger, tell=tell)
        return fetch(web, address, query=wanted, ledger=ledger, since=since, limit=limit, tell=tell)
