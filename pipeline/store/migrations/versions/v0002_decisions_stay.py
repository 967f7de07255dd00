"""Decisions are append-only: the database itself refuses to change or delete one."""

from collections.abc import Sequence

from alembic import op

from pipeline.store.migrations.triggers import refuse_changes

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """One trigger for each way to lose a decision."""
    refuse_changes(op.get_bind(), table="decisions")
