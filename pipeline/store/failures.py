"""Errors of the database as one line for a person: what happened, where, and what to do."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from pipeline.errors import StoreError

# SQLite's primary result codes, https://www.sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_FULL: "is full; free some space on its disk, then run this again",
    sqlite3.SQLITE_READONLY: "cannot be written; give this user the right to write the file and its folder",
    sqlite3.SQLITE_PERM: "may not be used by this user; give it the right to read and write the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder exists and that this user may write there",
    sqlite3.SQLITE_IOERR: "cannot be read or written on its disk; check the disk and its free space",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database; move the file away, or name another in `database`",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a copy, or read it with `sqlite3 FILE .recover`",
    sqlite3.SQLITE_BUSY: "is kept busy by another process; end that process (see `kliping status`) and run this again",
    sqlite3.SQLITE_LOCKED: "is kept busy by this process; run this again",
    sqlite3.SQLITE_TOOBIG: "refuses a value that is larger than SQLite allows",
}
_SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

# PostgreSQL's SQLSTATE, whole or its class, https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "53100": "is full; free some space on the server's disk, then run this again",
    "53300": "accepts no more connections; end some of them or raise the server's max_connections",
    "25006": "can only be read; connect to the primary server",
    "42501": "gives this user too few rights; grant it the right to create and write tables",
    "40": "is kept busy by other processes; run this again",
    "55P03": "is kept busy by other processes; run this again",
    "57": "was shut down by its administrator; start it and run this again",
    "08": "broke off the connection; check the server and run this again",
    "XX": "is damaged; see the server's log",
}
_POSTGRESQL_BUSY = frozenset({"40001", "40P01", "55P03"})  # serialization failure, deadlock, lock timeout


def place(url: URL) -> str:
    """The database as a person knows it, without its password."""
    if url.get_backend_name() == "sqlite":
        return f"database {url.database}"
    return f"database {url.set(query={}).render_as_string(hide_password=True)}"


def is_busy(error: DBAPIError) -> bool:
    """Whether the same transaction may succeed when it is simply run again."""
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_code(error.orig) in _SQLITE_BUSY
    return _sqlstate(error.orig) in _POSTGRESQL_BUSY


def explain(error: DBAPIError, url: URL) -> StoreError | None:
    """The error in one line; `None` when it is a defect of ours (a broken constraint, wrong SQL)."""
    known = _sqlite(error.orig) if isinstance(error.orig, sqlite3.Error) else _postgresql(error)
    return StoreError(f"{place(url)}: {known}") if known else None


def _sqlite(error: sqlite3.Error) -> str | None:
    return _SQLITE.get(_sqlite_code(error))


def _postgresql(error: DBAPIError) -> str | None:
    state = _sqlstate(error.orig)
    if state is None:  # psycopg gives no SQLSTATE when it never got as far as the server
        if error.statement is not None and not error.connection_invalidated:
            return None
        first_line = (str(error.orig).strip() or "no answer").splitlines()[0]
        _, refused, reason = first_line.partition("FATAL:")
        if refused:
            return f"cannot be used ({reason.strip()}); correct `database`, or the server's users and databases"
        return f"cannot be reached ({first_line}); start the server or correct `database`"
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])


def _sqlite_code(error: sqlite3.Error) -> int:
    """The primary result code; 0 when Python's own module raised the error."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _sqlstate(error: BaseException | None) -> str | None:
    state = getattr(error, "sqlstate", None)
    return state if isinstance(state, str) else None
