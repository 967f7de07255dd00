"""The store: a SQLite file or PostgreSQL database that keeps every reading, every run and every decision."""

from pipeline.store.database import HEAD, open_engine
from pipeline.store.decisions import Placed
from pipeline.store.history import ReadingSummary
from pipeline.store.place import StorePlace
from pipeline.store.shelf import Held
from pipeline.store.store import Store, open_store

__all__ = ["HEAD", "Held", "Placed", "ReadingSummary", "Store", "StorePlace", "open_engine", "open_store"]
