"""Opening a database: made when it is not there, migrated when it is older, refused when it is newer or not ours.

The migration is one transaction under one lock (SQLite's write lock, an advisory lock on PostgreSQL): of two processes
that open a new database at once, one migrates and the other finds it done; a kill in the middle leaves the old state.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table, text

from pipeline.errors import StoreError
from pipeline.store.database import Database, sqlite_file
from pipeline.store.failures import place
from pipeline.store.migrations import HEAD
from pipeline.store.schema import metadata

_LOCK = 0x6B6C6970  # "klip": the key of the advisory lock
_VERSION = table("alembic_version", column("version_num"))


def open_database(url: str, *, migrate: bool) -> Database:
    """Connect and see to the schema. Raises `StoreError` in one line."""
    database = Database(url)
    try:
        file = sqlite_file(database.url)
        if file is not None:
            _prepare_folder(file, create=migrate)
        if database.read(_revision) != HEAD:
            _bring_up(database, migrate=migrate)
    except BaseException:
        database.close()
        raise
    return database


def _prepare_folder(file: Path, *, create: bool) -> None:
    if not create and not file.exists():
        raise StoreError(f"database {file}: is not there yet; run `kliping crawl` or `kliping demo` first")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"database {file}: its folder cannot be made ({reason}); correct KLIPING_HOME") from None


def _revision(connection: Connection) -> str | None:
    """The revision of the database, `None` for an empty one. Raises `StoreError` when its tables are not ours."""
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        return connection.execute(select(_VERSION.c.version_num)).scalar()
    clash = sorted(names & metadata.tables.keys())
    if clash:
        where = place(connection.engine.url)
        raise StoreError(f"{where}: holds a table {clash[0]!r} that is not Kliping's; name another in `database`")
    return None


def _bring_up(database: Database, *, migrate: bool) -> None:
    # Imported here: it takes Alembic 0.2 s, and an open of an up-to-date database has no use for it.
    from alembic.command import upgrade  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}

    where = place(database.url)

    def work(connection: Connection) -> None:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        current = _revision(connection)
        if current == HEAD:
            return  # another process was faster
        if current is not None and current not in known:
            raise StoreError(f"{where}: is of a newer Kliping (schema {current}); update Kliping to use it")
        if not migrate:
            raise StoreError(f"{where}: is empty or of an older Kliping; open it with `kliping run` first")
        config.attributes["connection"] = connection
        upgrade(config, "head")
        _check_foreign_keys(connection)

    database.migrate(work)


def _check_foreign_keys(connection: Connection) -> None:
    """They were off while tables were rebuilt on SQLite; rolls the migration back when one is broken."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        where = place(connection.engine.url)
        raise StoreError(f"{where}: cannot be brought up to date, rows of {broken[0][0]!r} point nowhere; report this")
