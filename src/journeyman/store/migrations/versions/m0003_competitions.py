"""Submissions to competitions, their predictions, and where a learner stands with each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.String(28)
INSTANT = sa.String(27)


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "submissions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("form", sa.String(12), nullable=False),
        sa.Column("level", sa.String(2), nullable=False),
        sa.Column("stage", sa.String(12), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("expected", sa.Float),
        sa.Column("margin", sa.Float),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("public", sa.JSON),
        sa.Column("private", sa.JSON),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
    )
    op.create_index("ix_submissions_learner_slug", "submissions", ["learner", "slug"])
    op.create_table(
        "predictions",
        sa.Column("submission", ID, sa.ForeignKey("submissions.id"), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "entrants",
        sa.Column("learner", ID, sa.ForeignKey("learners.id"), primary_key=True),
        sa.Column("slug", sa.String(60), primary_key=True),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("hinted", sa.JSON, nullable=False),
        sa.Column("closed_at", INSTANT),
        sa.Column("outcome", sa.JSON),
    )
