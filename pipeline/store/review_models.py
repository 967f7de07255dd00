"""The tables of reviewing beside the log of decisions: who is to look at what, and records that reviewers added."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.store.models import Table


class Assignment(Table):
    """A record that a reviewer is to decide; one that several are to decide is reviewed blind."""

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_reviewer", "reviewer"),)

    record_id: Mapped[str] = mapped_column(primary_key=True)
    reviewer: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    assigned_by: Mapped[str]


class AddedRecord(Table):
    """A record that extraction missed, as a reviewer added it: its flat row, never changed (triggers refuse it)."""

    __tablename__ = "added_records"
    __table_args__ = (Index("ix_added_records_sha256", "sha256"),)

    record_id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    row: Mapped[dict[str, Any]]
