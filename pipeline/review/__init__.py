"""The review page: a dataset's store in, an application out in which people check its records, a key a record."""

from pipeline.review.access import add_user, open_door
from pipeline.review.app import build_app

__all__ = ["add_user", "build_app", "open_door"]
