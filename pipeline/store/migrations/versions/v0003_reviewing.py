"""Reviewing: decisions know their role, assignments, and records that reviewers added."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from pipeline.store.migrations.triggers import refuse_changes

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Columns are added in place: a table made anew would lose its triggers."""
    op.add_column("decisions", sa.Column("role", sa.String(), nullable=False, server_default="single"))
    op.add_column("decisions", sa.Column("sampled", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("decisions", sa.Column("document", sa.String(), nullable=True))
    op.create_table(
        "assignments",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "reviewer"),
    )
    op.create_index("ix_assignments_reviewer", "assignments", ["reviewer"], unique=False)
    op.create_table(
        "added_records",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("record_id"),
    )
    op.create_index("ix_added_records_sha256", "added_records", ["sha256"], unique=False)
    refuse_changes(op.get_bind(), table="added_records")
