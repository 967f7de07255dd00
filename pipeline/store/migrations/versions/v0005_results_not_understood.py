"""Coverage: which left-over numbers look like results, and how many a document has of them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Readings of older programs have none: what they left over was not looked at so."""
    op.add_column("leftovers", sa.Column("result", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("readings", sa.Column("not_understood", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("run_documents", sa.Column("not_understood", sa.Integer(), nullable=False, server_default="0"))
