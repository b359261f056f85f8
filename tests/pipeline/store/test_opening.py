"""Opening a database: made, migrated, or refused with one line that says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

import pipeline.store.migrations
from pipeline.errors import StoreError
from pipeline.store import Store, open_store
from pipeline.store.migrations import HEAD
from pipeline.store.schema import metadata
from tests.pipeline.store.build import NOW, start


def refusal(url: str, *, migrate: bool = True) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(url, migrate=migrate)
    message = str(caught.value)
    assert "\n" not in message
    return message


def execute(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def fill(store: Store) -> None:
    for _ in range(1000):
        start(store)


def test_the_migrated_schema_is_the_one_of_the_code(store_url: str) -> None:
    with open_store(store_url) as store, store.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": metadata})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD


def test_the_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(pipeline.store.migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_open_makes_the_database_and_its_folder(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'home' / '100% kota.sqlite'}"
    with open_store(url) as store:
        start(store)
    with open_store(url, migrate=False) as store:
        assert len(store.runs.list()) == 1


def test_open_without_migrating_makes_nothing(empty_url: str, tmp_path: Path) -> None:
    message = refusal(empty_url, migrate=False)
    assert "is not there yet" in message or "is empty or of an older Kliping" in message
    assert list(tmp_path.iterdir()) == []


def test_the_sqlite_settings_are_durable_and_strict(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store, store.database.engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        }
        assert asked == {"journal_mode": "wal", "synchronous": 2}
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 15_000


def test_foreign_keys_are_checked_right_after_a_migration(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'new.sqlite'}") as store, store.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_newer_database_is_refused(store_url: str) -> None:
    execute(store_url, "UPDATE alembic_version SET version_num = '9999'")
    assert re.search(r"is of a newer Kliping \(schema 9999\); update Kliping to use it$", refusal(store_url))


def test_a_database_with_other_tables_of_our_names_is_refused(empty_url: str) -> None:
    execute(empty_url, "CREATE TABLE urls (address TEXT)")
    assert "holds a table 'urls' that is not Kliping's" in refusal(empty_url)


def test_a_database_with_tables_of_others_is_shared(empty_url: str) -> None:
    execute(empty_url, "CREATE TABLE procrastinate_jobs (id INTEGER)")
    with open_store(empty_url) as store:
        assert store.ledger.seen() == 0


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("kliping.sqlite", "database: not an address such as sqlite:"),
        ("mysql://localhost/kliping", "database: mysql is not supported"),
        ("sqlite://", "database: SQLite needs a file"),
        ("sqlite:///:memory:", "database: SQLite needs a file"),
        ("sqlite:////proc/kliping/db.sqlite", "its folder cannot be made"),
        ("sqlite:////proc/db.sqlite", "cannot be opened; check that its folder exists"),
        ("postgresql://ani:secret@127.0.0.1:1/kliping", "cannot be reached (connection"),
    ],
)
def test_an_address_that_cannot_be_used(url: str, message: str) -> None:
    said = refusal(url)
    assert message in said
    assert "secret" not in said


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite"
    file.write_text("Rapat pukul sepuluh. " * 100, encoding="utf-8")
    assert "is not an SQLite database" in refusal(f"sqlite:///{file}")


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(f"sqlite:///{tmp_path}")


def test_a_damaged_file(sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    raw = bytearray(file.read_bytes())
    raw[4096:] = b"\xa5" * len(raw[4096:])
    file.write_bytes(raw)
    with pytest.raises(StoreError, match="is damaged"), open_store(sqlite_url) as store:
        start(store)


def test_a_full_disk_is_said_in_one_line_and_loses_nothing(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        with store.database.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match=r"is full; free some space on its disk, then run this again$"):
            fill(store)
        seen = len(store.runs.list(limit=None))
        store.close()
        start(store)
        assert len(store.runs.list(limit=None)) == seen + 1


def test_a_file_that_may_only_be_read(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = 1")
        with pytest.raises(StoreError, match="cannot be written; give this user the right"):
            start(store)


def test_a_busy_database_is_waited_for_then_said_in_one_line(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store, open_store(sqlite_url) as other:
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        with other.database.engine.execution_options(kliping_write=True).begin():
            assert store.runs.list() == []  # reading goes on
            with pytest.raises(StoreError, match="is kept busy by another process"):
                store.runs.begin("kota", "crawl", pid=1, host="h", now=NOW)
        start(store)


@pytest.mark.postgresql
def test_a_database_that_the_server_does_not_have(postgresql_url: str) -> None:
    said = refusal(postgresql_url.replace("/kliping_test", "/no_such"))
    assert re.search(r"cannot be used \(database \"no_such\w+\" does not exist\); correct `database`", said)


@pytest.mark.postgresql
def test_a_user_without_rights(postgresql_url: str) -> None:
    execute(postgresql_url, "DROP ROLE IF EXISTS tamu", "CREATE ROLE tamu LOGIN")
    said = refusal(postgresql_url.replace("kliping@", "tamu@"))
    assert "gives this user too few rights" in said


@pytest.mark.postgresql
def test_a_connection_that_the_server_has_ended_is_opened_again(postgresql_url: str) -> None:
    with open_store(postgresql_url) as store:
        start(store)
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kliping'"
        execute(postgresql_url, mine)
        start(store)
        assert len(store.runs.list()) == 2
