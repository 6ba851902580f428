"""The first record: learners, sittings, attempts, the ledger and what is derived from it.

A migration is history: it spells its tables out and never imports today's.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.String(27)
ID = sa.String(28)
SLUG = sa.String(60)


def upgrade() -> None:
    """Create the tables, and make the ledger refuse changes and deletions."""
    _people()
    _attempts()
    _evidence()
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER evidence_no_{verb.lower()} BEFORE {verb} ON evidence "
                "BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"
            )
    elif op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION evidence_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$"
        )
        op.execute(
            "CREATE TRIGGER evidence_only_grows BEFORE UPDATE OR DELETE ON evidence "
            "FOR EACH ROW EXECUTE FUNCTION evidence_only_grows()"
        )


def _people() -> None:
    op.create_table(
        "learners",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("preferences", sa.JSON, nullable=False),
    )
    op.create_table(
        "sittings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, sa.ForeignKey("learners.id"), nullable=False, index=True),
        sa.Column("only", SLUG),
        sa.Column("most", sa.Integer, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
        sa.Column("why", sa.String(300), nullable=False),
    )
    op.create_table(
        "mastery",
        sa.Column("learner", ID, sa.ForeignKey("learners.id"), primary_key=True),
        sa.Column("fold", sa.String(120), nullable=False),
        sa.Column("through_at", INSTANT),
        sa.Column("through_id", ID, nullable=False),
        sa.Column("rows", sa.JSON, nullable=False),
    )
    op.create_table(
        "workings",
        sa.Column("learner", ID, sa.ForeignKey("learners.id"), primary_key=True),
        sa.Column("slug", SLUG, primary_key=True),
        sa.Column("draft", sa.Text),
        sa.Column("hints", sa.Integer, nullable=False),
        sa.Column("gave_up_at", INSTANT),
        sa.Column("saved_at", INSTANT, nullable=False),
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("sitting", ID, sa.ForeignKey("sittings.id")),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("slug", SLUG, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("given", sa.Text),
        sa.Column("result", sa.JSON),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
    )
    op.create_index("ix_attempts_learner_slug", "attempts", ["learner", "kind", "slug"])
    op.create_index("ix_attempts_sitting", "attempts", ["sitting"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", ID, primary_key=True),
        sa.Column("learner", ID, sa.ForeignKey("learners.id"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("slug", SLUG, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("skills", sa.JSON, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("guess", sa.Float, nullable=False),
        sa.Column("slip", sa.Float, nullable=False),
        sa.Column("strength", sa.Float, nullable=False),
        sa.Column("difficulty", sa.Float, nullable=False),
        sa.Column("hints", sa.Integer, nullable=False),
        sa.Column("isolation", sa.String(20), nullable=False),
        sa.Column("attempt", ID, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )
    op.create_index("ix_evidence_order", "evidence", ["learner", "at", "id"])
