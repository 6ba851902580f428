"""Later grades of stored attempts, beside the first ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.String(28)


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "regrades",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("attempt", ID, sa.ForeignKey("attempts.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
    )
    op.create_index("ix_regrades_attempt", "regrades", ["attempt"])
