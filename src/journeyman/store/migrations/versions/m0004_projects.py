"""Projects: which were started, how often their hold-out was looked at, what was handed in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.String(28)
INSTANT = sa.String(27)


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "projects",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("holdout", sa.JSON),
        sa.Column("checked", sa.JSON),
        sa.Column("reproduced", sa.JSON),
        sa.Column("submitted", sa.JSON),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
    )
    op.create_index("ix_projects_learner_slug", "projects", ["learner", "slug"])
