"""Runs the migrations with Alembic, inside the caller's transaction."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory


def _script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def known() -> set[str]:
    """Every revision that this program knows."""
    return {script.revision for script in _script().walk_revisions()}


def head() -> str:
    """The newest revision."""
    return str(_script().get_current_head())


def upgrade(db: sa.Connection) -> None:
    """Bring the store to the newest revision."""
    script = _script()
    with EnvironmentContext(Config(), script) as environment:
        environment.configure(
            connection=db,
            target_metadata=None,
            fn=lambda revision, _context: script._upgrade_revs("head", revision),  # noqa: SLF001
        )
        environment.run_migrations()
