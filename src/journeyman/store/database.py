"""Opens the database, begins its transactions, and turns its failures into sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from journeyman.errors import Conflict, Invalid, JourneymanError, Unavailable

HEAD = "0004"
"""The newest migration; a test holds it equal to Alembic's own answer."""

BUSY_MILLISECONDS = 15_000


class Database:
    """One database, SQLite by default.

    Args:
        url: SQLAlchemy address.

    Raises:
        Invalid: the address cannot be used.
        Conflict: the store was written by a newer version; it is left untouched.
        Unavailable: the store cannot be opened or created.
    """

    def __init__(self, url: str) -> None:
        try:
            self.url = sa.make_url(url)
            self._prepare_folder()
            self.engine = sa.create_engine(self.url)
        except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError) as error:
            raise Invalid(f"The database address {url!r} cannot be used: {error}.") from error
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)
        try:
            self._migrate()
        except JourneymanError:
            self.close()
            raise

    def _prepare_folder(self) -> None:
        if self.url.get_backend_name() == "sqlite" and self.url.database not in {
            None,
            "",
            ":memory:",
        }:
            folder = Path(str(self.url.database)).parent
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Unavailable(
                    f"The data directory {folder} cannot be created ({error.strerror}); "
                    "name another one in JOURNEYMAN_HOME."
                ) from error

    def _migrate(self) -> None:
        with self.reading() as db:
            found = _revision(db)
        if found == HEAD:
            return
        from journeyman.store.migrating import known, upgrade  # noqa: PLC0415 - Alembic is slow

        if found is not None and found not in known():
            raise Conflict(
                f"This record was written by a newer Journeyman (format {found}, this program "
                f"knows up to {HEAD}); it was left untouched. Update Journeyman, or name another "
                "data directory in JOURNEYMAN_HOME."
            )
        with self.writing() as db:
            # Looked at again: another first start may have been quicker.
            if _revision(db) is None and sa.inspect(db).get_table_names():
                raise Conflict(
                    f"{self.url.database or self.url} is a database of another program and "
                    "was left untouched. Name another data directory in JOURNEYMAN_HOME."
                )
            upgrade(db)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction that takes the write lock at once and commits at the end."""
        with _sentences(self.url), self.engine.begin() as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One transaction that only reads; it never waits for a writer."""
        with _sentences(self.url), self.engine.connect() as raw:
            db = raw.execution_options(journeyman_reading=True)
            with db.begin():
                yield db

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _revision(db: sa.Connection) -> str | None:
    if not sa.inspect(db).has_table("alembic_version"):
        return None
    return db.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _prepare_sqlite(connection: Any, record: Any) -> None:
    del record
    # We begin transactions ourselves: the driver's own rule begins them too late and deferred,
    # and a read that turns into a write then fails under a second process.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    # FULL, not NORMAL: an answer that was acknowledged must survive a power cut as well.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(db: sa.Connection) -> None:
    reading = db.get_execution_options().get("journeyman_reading", False)
    db.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def _sentences(url: sa.URL) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise Unavailable(_sentence(error, url)) from error
    except (sqlite3.Error, OSError) as error:
        raise Unavailable(f"The record at {url.database} cannot be used: {error}.") from error


def _sentence(error: DBAPIError, url: sa.URL) -> str:
    text = str(error.orig).lower()
    place = url.database or url.render_as_string(hide_password=True)
    known = {
        "disk is full": f"The disk that holds {place} is full: free some space and try again. "
        "Nothing that was recorded is lost.",
        "disk i/o": f"The disk that holds {place} is full or failing: free some space and try "
        "again. Nothing that was recorded is lost.",
        "readonly": f"The record {place} cannot be written: give yourself write access to it and "
        "its folder, or name another data directory in JOURNEYMAN_HOME.",
        "unable to open": f"The record {place} cannot be opened or created: check the folder's "
        "permissions, or name another data directory in JOURNEYMAN_HOME.",
        "locked": f"Another program has held the record {place} for over "
        f"{BUSY_MILLISECONDS // 1000} seconds: close it and try again.",
        "not a database": f"The file {place} is not a Journeyman record: move it away, or name "
        "another data directory in JOURNEYMAN_HOME.",
        "malformed": f"The record {place} is damaged: restore it from a backup, or import your "
        "last export into a new data directory. The file was left as it is.",
    }
    for words, sentence in known.items():
        if words in text:
            return sentence
    kind = "does not answer" if isinstance(error, OperationalError) else "refused the request"
    return f"The record {place} {kind}: {error.orig}."
