"""Decisions are append-only: the database itself refuses to change or delete one."""

from collections.abc import Sequence

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """One trigger for each way to lose a decision."""
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER decisions_refuse_{change.lower()} BEFORE {change} ON decisions "
            "BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END"
        )
