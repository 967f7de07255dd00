"""A decision knows the reading it was made on; files are found by their bytes; a run knows that it was thinned out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from pipeline.store.migrations.triggers import allow_changes, refuse_changes

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Columns are added in place: making a table anew would drop its triggers, and what points at its rows."""
    op.execute("ALTER TABLE decisions ADD COLUMN reading_id INTEGER REFERENCES readings (id)")
    op.add_column("runs", sa.Column("pruned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_run_documents_sha256", "run_documents", ["sha256"])
    op.create_index("ix_decisions_reading_id", "decisions", ["reading_id"])
    allow_changes(op.get_bind(), table="decisions")
    op.execute(
        "UPDATE decisions SET reading_id ="
        " (SELECT max(records.reading_id) FROM records WHERE records.record_id = decisions.record_id)"
    )
    refuse_changes(op.get_bind(), table="decisions")
