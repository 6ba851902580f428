"""The tables. SQLAlchemy Core throughout: rows become dataclasses in the functions beside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData()


class Instant(sa.types.TypeDecorator[datetime]):
    """An instant in UTC, kept as ISO text of fixed width so that text order is time order."""

    impl = sa.String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To text with microseconds and a Z."""
        del dialect
        if value is None:
            return None
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Back to an aware datetime."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


learners = sa.Table(
    "learners",
    metadata,
    sa.Column("id", sa.String(28), primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("preferences", sa.JSON, nullable=False),
)

sittings = sa.Table(
    "sittings",
    metadata,
    sa.Column("id", sa.String(28), primary_key=True),
    sa.Column("learner", sa.ForeignKey("learners.id"), nullable=False, index=True),
    sa.Column("only", sa.String(60)),
    sa.Column("most", sa.Integer, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
    sa.Column("why", sa.String(300), nullable=False),
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", sa.String(28), primary_key=True),
    sa.Column("learner", sa.ForeignKey("learners.id"), nullable=False),
    sa.Column("sitting", sa.ForeignKey("sittings.id")),
    sa.Column("purpose", sa.String(20), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("slug", sa.String(60), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("reason", sa.String(300), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("given", sa.Text),
    sa.Column("result", sa.JSON),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
    sa.Index("ix_attempts_learner_slug", "learner", "kind", "slug"),
    sa.Index("ix_attempts_sitting", "sitting"),
)

evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("id", sa.String(28), primary_key=True),
    sa.Column("learner", sa.ForeignKey("learners.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("source", sa.String(20), nullable=False),
    sa.Column("how", sa.String(20), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("slug", sa.String(60), nullable=False),
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
    sa.Column("attempt", sa.String(28), nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),
    sa.Index("ix_evidence_order", "learner", "at", "id"),
)

mastery = sa.Table(
    "mastery",
    metadata,
    sa.Column("learner", sa.ForeignKey("learners.id"), primary_key=True),
    sa.Column("fold", sa.String(120), nullable=False),
    sa.Column("through_at", Instant),
    sa.Column("through_id", sa.String(28), nullable=False),
    sa.Column("rows", sa.JSON, nullable=False),
)

workings = sa.Table(
    "workings",
    metadata,
    sa.Column("learner", sa.ForeignKey("learners.id"), primary_key=True),
    sa.Column("slug", sa.String(60), primary_key=True),
    sa.Column("draft", sa.Text),
    sa.Column("hints", sa.Integer, nullable=False),
    sa.Column("gave_up_at", Instant),
    sa.Column("saved_at", Instant, nullable=False),
)

regrades = sa.Table(
    "regrades",
    metadata,
    sa.Column("id", sa.String(28), primary_key=True),
    sa.Column("learner", sa.ForeignKey("learners.id"), nullable=False),
    sa.Column("attempt", sa.ForeignKey("attempts.id"), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("result", sa.JSON, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_regrades_attempt", "attempt"),
)
"""A later grade of an attempt, beside the first one, which stays in ``attempts``."""

submissions = sa.Table(
    "submissions",
    metadata,
    sa.Column("id", sa.String(28), primary_key=True),
    sa.Column("learner", sa.ForeignKey("learners.id"), nullable=False),
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
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
    sa.Index("ix_submissions_learner_slug", "learner", "slug"),
)
"""What was handed in to competitions: a file of predictions, code, or a policy."""

predictions = sa.Table(
    "predictions",
    metadata,
    sa.Column("submission", sa.ForeignKey("submissions.id"), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
"""The predictions of a submission as the bytes of a Parquet file, in the order of the test rows."""

entrants = sa.Table(
    "entrants",
    metadata,
    sa.Column("learner", sa.ForeignKey("learners.id"), primary_key=True),
    sa.Column("slug", sa.String(60), primary_key=True),
    sa.Column("joined_at", Instant, nullable=False),
    sa.Column("hinted", sa.JSON, nullable=False),
    sa.Column("closed_at", Instant),
    sa.Column("outcome", sa.JSON),
)
"""Where a learner stands with a competition: hints on traps that were seen, and its closing."""

projects = sa.Table(
    "projects",
    metadata,
    sa.Column("id", sa.String(28), primary_key=True),
    sa.Column("learner", sa.ForeignKey("learners.id"), nullable=False),
    sa.Column("slug", sa.String(60), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("folder", sa.Text, nullable=False),
    sa.Column("holdout", sa.JSON),
    sa.Column("checked", sa.JSON),
    sa.Column("reproduced", sa.JSON),
    sa.Column("submitted", sa.JSON),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
    sa.Index("ix_projects_learner_slug", "learner", "slug"),
)
"""A project: the looks at its hold-out, its last check and re-run, and what was handed in."""
