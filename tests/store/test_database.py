"""What can be wrong with a store gets one sentence, and the store stays as it was."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from journeyman.errors import Conflict, Invalid, Unavailable
from journeyman.store.database import HEAD, Database
from journeyman.store.migrating import head, known
from journeyman.store.tables import metadata

TEMPORARY = Path(tempfile.gettempdir())


def test_the_newest_migration_is_the_one_the_program_expects():
    assert head() == HEAD
    assert HEAD in known()


def test_migrations_make_exactly_the_tables_of_the_program(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    found = sa.inspect(database.engine)
    assert set(found.get_table_names()) == {*metadata.tables, "alembic_version"}
    for name, table in metadata.tables.items():
        there = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        assert there == {column.name: bool(column.nullable) for column in table.columns}
        assert {i["name"] for i in found.get_indexes(name)} == {i.name for i in table.indexes}
    database.close()


def test_a_store_from_a_newer_version_is_refused_and_untouched(tmp_path):
    file = tmp_path / "journeyman.db"
    Database(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    with pytest.raises(Conflict, match="newer Journeyman.*untouched.*JOURNEYMAN_HOME"):
        Database(f"sqlite:///{file}")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


def test_a_file_that_is_no_database(tmp_path):
    file = tmp_path / "journeyman.db"
    file.write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    with pytest.raises(Unavailable, match="not a Journeyman record"):
        Database(f"sqlite:///{file}")
    assert file.read_bytes().startswith(b"not a database")


def test_a_data_directory_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable, match="cannot be created"):
        Database(f"sqlite:///{tmp_path / 'file' / 'home' / 'journeyman.db'}")


def test_an_address_that_means_nothing():
    with pytest.raises(Invalid, match="cannot be used"):
        Database("nonsense://x")


READ_ONLY = """
import os, sys
from pathlib import Path
from journeyman.cli.main import run
from journeyman.app import App
from journeyman.settings import Settings
import journeyman.cli.study
home, other = sys.argv[1:]
App(Settings(home=Path(other))).map()  # imports everything that nobody could not read later
os.environ["JOURNEYMAN_HOME"] = home
os.setgid(65534); os.setuid(65534)
run(["status"])
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root to become nobody")
@pytest.mark.parametrize("existing", [False, True])
def test_a_read_only_data_directory_gets_a_sentence(tmp_path, existing):
    home = tmp_path / "home"
    home.mkdir()
    if existing:
        Database(f"sqlite:///{home / 'journeyman.db'}").close()
    for folder in home.parents:
        if folder != TEMPORARY and folder.is_relative_to(TEMPORARY):
            folder.chmod(0o755)
    home.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(home), str(tmp_path / "other")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("\n") == 1
    assert "JOURNEYMAN_HOME" in done.stderr


def test_a_full_disk_gets_a_sentence_and_loses_nothing(app):
    with app.database.engine.connect() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
    sa.event.listen(
        app.database.engine,
        "begin",
        lambda db: db.exec_driver_sql(f"PRAGMA max_page_count = {pages}"),
    )
    app.database.engine.dispose()
    with pytest.raises(Unavailable, match="full"):
        for number in range(50):
            app.save_draft("euclidean-distances", f"# {number}\n" + "x" * 60_000)
    assert app.learner.name == "Me"
    assert app.exercises()


def test_many_threads_write_without_a_failure(app):
    skills = [slug for slug, items in app.bank.items_of.items() if items]

    def one(number):
        asked = app.practise(skills[number % len(skills)])
        return app.answer_practice(asked.attempt, "dont-know")

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(one, range(24)))
    assert {outcome.attempt for outcome in outcomes}
    assert app.progress().total == len({outcome.attempt for outcome in outcomes})


@pytest.mark.slow
def test_two_first_starts_at_once_make_one_learner(tmp_path):
    code = (
        "from journeyman.app import App; from journeyman.settings import Settings; "
        f"import pathlib; print(App(Settings(home=pathlib.Path({str(tmp_path)!r}))).learner.id)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    found = [process.communicate() for process in started]
    assert all(process.returncode == 0 for process in started), found
    assert len({out for out, _ in found}) == 1
