"""Tables in SQLite, DuckDB and PostgreSQL."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pandas as pd
import sqlalchemy as sa

from journeyman.audit.table.table import Table
from journeyman.errors import Invalid, NotFound, Unavailable

ADDRESS = re.compile(r"^(sqlite|duckdb|postgresql|postgres)(\+\w+)?://")


def read_database(url: str, query: str) -> Table:
    """Through DuckDB where it can (its own files), else through SQLAlchemy."""
    address, _, table = url.partition("#")
    shown = re.sub(r"//[^@/]*@", "//", address)
    kind = ADDRESS.match(url)
    assert kind is not None
    if kind[1] == "duckdb":
        return _from_duckdb(address, table, query, shown)
    if kind[1] == "sqlite" and not Path(address.split("///", 1)[-1]).exists():
        raise NotFound(f"There is no file {address.split('///', 1)[-1]}; check the path.")
    try:
        engine = sa.create_engine(address.replace("postgres://", "postgresql://", 1))
        with engine.connect() as connection:
            names = sa.inspect(connection).get_table_names()
            statement = (
                sa.text(query)
                if query
                else sa.select(sa.text("*")).select_from(sa.table(_table_name(table, names, shown)))
            )
            parts = list(pd.read_sql(statement, connection, chunksize=100_000))
        engine.dispose()
    except ModuleNotFoundError as error:
        raise Unavailable(
            f"Reading {kind[1]} needs the package {error.name}; install it with "
            "`pip install psycopg[binary]`."
        ) from None
    except sa.exc.SQLAlchemyError as error:
        first = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise Invalid(f"{shown} cannot be read: {first}.") from None
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return Table(frame, shown, len(frame), (), "SQL")


def _from_duckdb(address: str, table: str, query: str, shown: str) -> Table:
    file = address.split("///", 1)[-1]
    if not Path(file).exists():
        raise NotFound(f"There is no file {file}; check the path.")
    try:
        with opened(file, read_only=True) as database:
            names = [str(row[0]) for row in database.execute("SHOW TABLES").fetchall()]
            if not query:
                name = _table_name(table, names, shown).replace('"', '""')
                query = f'SELECT * FROM "{name}"'  # noqa: S608 - the name is one of SHOW TABLES
            frame = database.execute(query).df()
    except duckdb.Error as error:
        raise Invalid(f"{shown} cannot be read: {str(error).splitlines()[0]}.") from None
    return Table(frame, shown, len(frame), (), "DuckDB")


def opened(file: str = ":memory:", *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that keeps quiet: DuckDB would draw a bar of progress on standard output."""
    database = duckdb.connect(file, read_only=read_only)
    database.execute("SET enable_progress_bar = false")
    return database


def _table_name(asked: str, names: list[str], shown: str) -> str:
    if asked in names:
        return asked
    if not asked and len(names) == 1:
        return names[0]
    known = ", ".join(sorted(names)[:12]) or "none"
    raise Invalid(f"Name one of the tables of {shown} after a # ({known}).")
