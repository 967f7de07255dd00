"""New publications from Europe PMC: a query in, open-access articles with their licence in a folder out."""

from pipeline.sources.europe_pmc.fetching import Fetched, fetch, fetch_listed
from pipeline.sources.europe_pmc.web import FeedError, Pace, Web, opened_web
from pipeline.sources.ledger import MANIFEST, Ledger, Row

__all__ = ["MANIFEST", "FeedError", "Fetched", "Ledger", "Pace", "Row", "Web", "fetch", "fetch_listed", "opened_web"]
