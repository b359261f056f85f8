"""Fixtures with a real store: the same test runs over SQLite and PostgreSQL. A pytest plugin: `tests.store_fixtures`.

`store` is open and empty; `store_url` is the address of an empty, migrated database, for tests that open it themselves
or in other processes; `empty_url` is that of a database without tables.

PostgreSQL is the server of KLIPING_TEST_POSTGRESQL (a URL whose user may create databases), else a private one, started
from the installed binaries for this session and stopped at its end. Where there is neither, these tests are skipped.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from pipeline.store import Store, open_store

_NUMBERS = itertools.count(1)
_START_SECONDS = 60  # how long a server may take to start on a busy machine
# A test ends before the power fails: nothing waits for the disk, nothing is compiled or tidied up.
_HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "jit": "off"}
BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open, empty store."""
    with open_store(store_url) as opened:
        yield opened


@pytest.fixture(params=BACKENDS)
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    with _database(request.getfixturevalue("postgresql_server"), template=None) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied."""
    file = tmp_path_factory.mktemp("store") / "template.sqlite"
    open_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    file = tmp_path / "kliping.sqlite"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(postgresql_server: URL, postgresql_template: str) -> Iterator[str]:
    with _database(postgresql_server, template=postgresql_template) as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: URL) -> Iterator[str]:
    """The name of a migrated database, to be copied."""
    with _database(postgresql_server, template=None) as url:
        open_store(url).close()
        yield make_url(url).database or ""


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """The address of a server on which databases may be created."""
    pytest.importorskip("psycopg", reason="the PostgreSQL driver is not installed: pip install 'kliping[postgresql]'")
    given = os.environ.get("KLIPING_TEST_POSTGRESQL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql, or set KLIPING_TEST_POSTGRESQL")
    with _cluster(binaries) as url:
        yield url


def _binaries() -> Path | None:
    """The folder with `initdb` and `postgres`, of the newest version on Debian, else from PATH or `pg_config`."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0])
    )
    if debian:
        return debian[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    config = shutil.which("pg_config")
    if config is None:
        return None
    folder = Path(subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True).stdout.strip())
    return folder if (folder / "initdb").exists() else None


@contextmanager
def _cluster(binaries: Path) -> Iterator[URL]:
    """A private server on a Unix socket. PostgreSQL refuses to run as root, so root runs it as another user."""
    folder = Path(tempfile.mkdtemp(prefix="kliping-pg-"))
    user = _other_user()
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        with _server(binaries, folder, user) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(binaries: Path, folder: Path, user: pwd.struct_passwd | None) -> Iterator[URL]:
    data, log = folder / "data", folder / "log"
    initdb: list[str | Path] = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "kliping",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    _start(initdb, folder, user, subprocess.DEVNULL).communicate()
    options = {"listen_addresses": "", "unix_socket_directories": str(folder), "max_connections": "50", **_HASTY}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        server = _start([binaries / "postgres", "-D", data, *settings], folder, user, output.fileno())
    try:
        url = URL.create("postgresql+psycopg", username="kliping", database="postgres", query={"host": str(folder)})
        _wait_for(url, server, log)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # "fast": it ends open connections and stops
        server.wait(timeout=30)


def _start(
    command: list[str | Path], folder: Path, user: pwd.struct_passwd | None, output: int
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd=folder,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        start_new_session=True,  # an interrupt from the keyboard must not reach it before its tests have ended
        preexec_fn=_end_with_the_tests if sys.platform == "linux" else None,  # noqa: PLW1509 (one thread runs here)
    )


def _end_with_the_tests() -> None:
    """Let Linux interrupt the server when the tests are killed and cannot stop it themselves."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG, linux/prctl.h


def _other_user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _wait_for(url: URL, server: subprocess.Popen[bytes], log: Path) -> None:
    engine = create_engine(url, poolclass=NullPool)
    until = time.monotonic() + _START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            engine.connect().close()
        except OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def _database(server: URL, *, template: str | None) -> Iterator[str]:
    """A database of its own, dropped at the end."""
    name = f"kliping_test_{os.getpid()}_{next(_NUMBERS)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        # copied file by file, which PostgreSQL 15 does only when told to: 37 ms instead of 91
        files = " STRATEGY FILE_COPY" if (connection.dialect.server_version_info or (0,)) >= (15,) else ""
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}{files}"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
