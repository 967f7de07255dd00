"""The report of a dataset: the store comes in, one HTML page that needs nothing else goes out."""

from pipeline.report.gathering import Report, gather
from pipeline.report.page import spell_page

__all__ = ["Report", "gather", "spell_page"]
