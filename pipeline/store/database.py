"""The engine, and the two kinds of transaction that every verb is made of.

SQLite: WAL; `synchronous = FULL`, because a row must be as durable as the fsynced capture it points to, and a delivery
marked `sending` must never be forgotten; `BEGIN IMMEDIATE` for writes, so that a lock is waited for at the start and a
read never has to be upgraded. PostgreSQL: READ COMMITTED with row locks for writes, one snapshot for each read.
"""

from __future__ import annotations

import functools
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.schema import Table

from pipeline.errors import StoreError
from pipeline.store.failures import explain, is_busy, place

BUSY_SECONDS = 15  # how long one statement waits for a lock
_PAUSES = (0.05, 0.2, 0.8)  # seconds between the tries of one transaction: 60 s of waiting in all
_OLDEST_SQLITE = (3, 35)  # has RETURNING

P = ParamSpec("P")
T = TypeVar("T")
PartT = TypeVar("PartT", bound="Part")


class Database:
    """One database of either kind. Safe to share between threads; never carried over a fork."""

    def __init__(self, url: str) -> None:
        """Prepare, without connecting. Raises `StoreError` when the address names no database we can use."""
        self.url = _parse(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url)
        self._reader = self.engine
        if not self.is_sqlite:
            self._reader = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._writer = self.engine.execution_options(kliping_write=True)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` over one snapshot. Raises `StoreError` in one line."""
        return self._run(self._reader, work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction; run it again from the start when the database is busy."""
        return self._run(self._writer, work)

    def migrate(self, work: Callable[[Connection], None]) -> None:
        """Run `work` in one transaction that may rebuild tables: without foreign keys on SQLite."""
        self._run(self._writer.execution_options(kliping_migrating=True), work)
        self.engine.dispose()  # the next connections check foreign keys again

    def close(self) -> None:
        """Close the connections; the last one to close an SQLite file folds its WAL into it."""
        self.engine.dispose()

    def _run(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        for pause in (*_PAUSES, None):
            try:
                with engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if pause is None or not is_busy(error):
                    raise explain(error, self.url) or error from None
                time.sleep(pause)
        raise AssertionError("unreachable")


class Part:
    """One subject's verbs over the shared database."""

    def __init__(self, database: Database) -> None:
        self.database = database


def reads(verb: Callable[Concatenate[PartT, Connection, P], T]) -> Callable[Concatenate[PartT, P], T]:
    """A verb that only reads, over one snapshot. Callers leave `connection` out."""

    @functools.wraps(verb)
    def call(part: PartT, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return part.database.read(lambda connection: verb(part, connection, *args, **kwargs))

    return call


def writes(verb: Callable[Concatenate[PartT, Connection, P], T]) -> Callable[Concatenate[PartT, P], T]:
    """A verb that is one transaction, begun again when the database is busy. Callers leave `connection` out."""

    @functools.wraps(verb)
    def call(part: PartT, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return part.database.write(lambda connection: verb(part, connection, *args, **kwargs))

    return call


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, which both databases have and SQL has not."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _parse(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise StoreError("database: not an address such as sqlite:////path/kliping.sqlite or postgresql://…") from None
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}:
        raise StoreError(f"database: {url.drivername} is not supported; use sqlite:///FILE or postgresql://…")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise StoreError("database: SQLite needs a file; use sqlite:////path/kliping.sqlite")
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    arguments: dict[str, object] = {"connect_timeout": 10, "application_name": "kliping"}
    if "options" not in url.query:
        arguments["options"] = f"-c lock_timeout={BUSY_SECONDS}s -c timezone=UTC"
    for name in arguments.keys() & url.query.keys():
        del arguments[name]
    try:
        return create_engine(url, connect_args=arguments, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError(f"{place(url)}: needs the PostgreSQL driver; pip install 'kliping[postgresql]'") from None


def _sqlite_engine(url: URL) -> Engine:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old; Kliping needs 3.35 or later")
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the module must not begin transactions by itself: `_begin_sqlite` does
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")  # stays with the file: a no-op from the second time on
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("kliping_migrating"):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")  # inside a transaction it would be ignored
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("kliping_write") else "BEGIN")


def sqlite_file(url: URL) -> Path | None:
    """The file of an SQLite database; `None` for PostgreSQL."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
