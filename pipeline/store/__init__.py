"""The store: one SQLite file that keeps every reading of every document, every run and every decision."""

from pipeline.store.database import HEAD, open_engine
from pipeline.store.decisions import Placed
from pipeline.store.shelf import Held
from pipeline.store.store import ReadingSummary, Store, open_store

__all__ = ["HEAD", "Held", "Placed", "ReadingSummary", "Store", "open_engine", "open_store"]
