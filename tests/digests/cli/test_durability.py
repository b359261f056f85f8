"""The main job where something gives way in the middle: killed processes, a full disk; and on PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from crawlers.newsroom import Newsroom, TrueEdition, serve, truth, truth_edition
from pipeline.model import Disposition, FailureClass, RunState
from pipeline.store import ArticleFilter, Store, open_store
from pipeline.store.holders import process_lives
from pipeline.store.schema import sightings
from tests.digests.cli.running import kliping, warcio

TODAY: date = datetime.now(ZoneInfo("Asia/Jakarta")).date()
UNDER_WAY = 2 * 4  # crawls that one command runs at once, and addresses that each has asked for and not yet stored


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with serve(TODAY) as room:
        yield room


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Its edition is made when a test asks for it, at whatever hour that is."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "kliping.toml").write_text('[digest]\nat = "23:59:59"\n')
    return folder


def at(newsroom: Newsroom, **more: str) -> Mapping[str, str]:
    return {"KLIPING_NEWSROOM": newsroom.address, **more}


def expected(store: Store) -> TrueEdition:
    """What the newsroom knows to be true of the listings that were read."""
    with store.database.engine.connect() as connection:
        read = connection.execute(select(sightings.c.found_on).distinct()).scalars().all()
    return truth_edition(TODAY, failing=(), listings=read)


def check_edition(home: Path, store: Store, environment: Mapping[str, str]) -> None:
    """Build today's edition; it tells the newsroom's stories, counts and failure classes."""
    assert kliping(home, "digest", "build", environment=environment).status == 0
    edition: Any = kliping(home, "digest", "show", "--format", "json", environment=environment).json
    true = expected(store)
    address = _canonical(store)
    told = {frozenset(address[p["url"]] for p in story["placements"]) for story in edition["stories"]}
    assert told == {frozenset(story.urls) for story in true.stories}
    assert edition["totals"]["older"] == len(true.older)
    for row in edition["coverage"]:
        counts = true.outlets[row["outlet"]]
        found = {count["failure"]: count["urls"] for count in row["failures"]}
        assert (row["outlet"], row["kept"], row["rejected"]) == (row["outlet"], counts.kept, counts.rejected)
        assert (row["outlet"], found) == (row["outlet"], {str(name): urls for name, urls in counts.failed.items()})
        assert row["failed"] == sum(counts.failed.values())
        assert row["state"] == "checked"


def _canonical(store: Store) -> dict[str, str]:
    """The kept articles' canonical addresses by the addresses they were read at."""
    kept = store.articles.find(ArticleFilter(disposition=Disposition.KEPT))
    return {stored.article.url: stored.article.canonical_url for stored in kept}


def check_whole(home: Path, store: Store) -> None:
    """Seen is the sum of the dispositions, and every archive file is whole and closed."""
    assert store.ledger.seen() == sum(store.ledger.counts().values()) > 0
    files = sorted(home.glob("archive/*"))
    assert [file.name for file in files if not file.name.endswith(".warc.gz")] == []
    assert warcio("check", *map(str, files)) == ""


@pytest.mark.postgresql
def test_the_main_job_on_postgresql(home: Path, newsroom: Newsroom, postgresql_url: str) -> None:
    environment = at(newsroom, KLIPING_DATABASE=postgresql_url)
    ran = kliping(home, "run", "--all", "--json", environment=environment)
    assert ran.status == 3, ran.err  # some pages fail for good
    assert ran.err == ""
    with open_store(postgresql_url) as store:
        check_edition(home, store, environment)
        check_whole(home, store)
    again = kliping(home, "run", "--all", "--json", environment=environment)
    assert [each["run"]["counts"]["fetched"] for each in again.json["runs"]] == [0] * 6
    assert not list(home.glob("*.sqlite"))


def test_killed_with_its_crawls_the_next_run_completes_the_work(home: Path, newsroom: Newsroom) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KLIPING_")}
    environment = at(newsroom)
    kills = 2
    with open_store(f"sqlite:///{home / 'kliping.sqlite'}") as store:
        for number in range(kills):
            process = subprocess.Popen(
                [sys.executable, "-m", "digests.cli", "run", "--all"],
                env={**clean, **environment, "KLIPING_HOME": str(home)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            wanted = len(newsroom.requests) + 30 + 15 * number
            while len(newsroom.requests) < wanted:
                assert process.poll() is None
                time.sleep(0.01)
            process.kill()
            process.wait()
            _kill_crawls(store)
            assert store.ledger.seen() == sum(store.ledger.counts().values()) > 0
        ran = kliping(home, "run", "--all", "--json", environment=environment)
        assert ran.status == 3, ran.err
        assert RunState.RUNNING not in {run.state for run in store.runs.list()}
        assert RunState.KILLED in {run.state for run in store.runs.list()}
        check_edition(home, store, environment)
        check_whole(home, store)
    asked = Counter(f"{entry.host}{entry.path}" for entry in newsroom.requests)
    articles = {_place(article.url) for article in truth(TODAY) if not article.retried}
    assert sum(asked[page] - 1 for page in articles if asked[page] > 1) <= kills * UNDER_WAY


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_command_that_is_stopped_takes_its_crawls_along(
    home: Path, newsroom: Newsroom, number: int, status: int
) -> None:
    """Ctrl-C reaches the command alone, which ends its crawls in order; SIGTERM ends it at once, and they notice."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KLIPING_")}
    newsroom.set_trouble("antara", "slow")
    with open_store(f"sqlite:///{home / 'kliping.sqlite'}") as store:
        process = subprocess.Popen(
            [sys.executable, "-m", "digests.cli", "crawl", "antara"],
            env={**clean, **at(newsroom), "KLIPING_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        while not store.ledger.seen():
            assert process.poll() is None
            time.sleep(0.05)
        begun = time.monotonic()
        process.send_signal(number)
        _, error = process.communicate(timeout=30)
        assert process.returncode == status
        assert "Traceback" not in error
        assert number != signal.SIGINT or error.splitlines()[-1].startswith("kliping: stopped; what was done")
        (run,) = store.runs.list()
        while process_lives(run.pid):
            assert time.monotonic() - begun < 12
            time.sleep(0.05)
        (run,) = store.runs.list()
        assert (run.state, run.failure) == (RunState.PARTIAL, FailureClass.KILLED)
        assert store.ledger.counts()[Disposition.PENDING] > 0
        check_whole(home, store)


def _kill_crawls(store: Store) -> None:
    """Those that lost their parent just now; none is left behind."""
    running = [run for run in store.runs.list() if run.state is RunState.RUNNING and process_lives(run.pid)]
    for run in running:
        os.kill(run.pid, signal.SIGKILL)
    end = time.monotonic() + 20
    while any(process_lives(run.pid) for run in running):
        assert time.monotonic() < end
        time.sleep(0.05)


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A disk of that size mounted there; skips the test where we may not mount one."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a full disk is tried on a small one, which only root may mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def make_room(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=100m", str(folder)], check=True)


def check_antara(home: Path, store: Store, environment: Mapping[str, str]) -> None:
    """The next crawl, which has room, ends with the newsroom's truth."""
    ran = kliping(home, "crawl", "antara", environment=environment)
    assert ran.status in {0, 3}, ran.err  # 3: it met one of the pages that fail
    run = store.runs.latest("antara")
    assert run is not None
    assert run.failure is None
    counts, true = store.ledger.counts("antara"), expected(store).outlets["antara"]
    assert (counts[Disposition.KEPT], counts[Disposition.REJECTED]) == (true.kept, true.rejected)
    assert counts[Disposition.FAILED] + counts[Disposition.PENDING] == sum(true.failed.values())
    check_whole(home, store)


def test_an_archive_that_is_full_ends_the_run_as_failed_and_the_next_one_completes_it(
    home: Path, newsroom: Newsroom
) -> None:
    archive = home / "archive"
    with small_disk(archive, "64k"), open_store(f"sqlite:///{home / 'kliping.sqlite'}") as store:
        ran = kliping(home, "crawl", "antara", environment=at(newsroom))
        assert ran.status == 3, ran.err
        assert ran.err == ""
        run = store.runs.latest("antara")
        assert run is not None
        assert (run.state, run.failure) == (RunState.FAILED, FailureClass.STORAGE)
        assert str(archive) in (run.detail or "")
        assert "cannot be written: No space left on device; check free space" in (run.detail or "")
        assert run.counts.bytes > 0  # in the middle of it; how much was listed by then depends on the machine
        assert (run.detail or "") in ran.out
        check_whole(home, store)
        make_room(archive)
        check_antara(home, store, at(newsroom))


def test_a_full_disk_that_holds_the_database_too_loses_nothing(home: Path, newsroom: Newsroom) -> None:
    """Where the run cannot write down how it ended, the next one finds it and says so."""
    file = home / "kliping.toml"
    text = file.read_text()
    with small_disk(home, "1300k"):
        file.write_text(text)
        ran = kliping(home, "crawl", "antara", environment=at(newsroom))
        told = f"{home / 'kliping.sqlite'}: is full; free some space on its disk, then run this again"
        assert "Traceback" not in ran.err
        if ran.status == 3:  # what was freed as it ended was just enough to write down why
            assert "is full; free some space on its disk, then run this again" in ran.out
        else:
            assert ran.status == 1
            assert {line.partition("database ")[2] for line in ran.err.splitlines()} == {told}
        make_room(home)
        with open_store(f"sqlite:///{home / 'kliping.sqlite'}") as store:
            check_antara(home, store, at(newsroom))
            _, full = store.runs.list()
            ends = {(RunState.KILLED, FailureClass.KILLED), (RunState.FAILED, FailureClass.STORAGE)}  # as room was left
            assert (full.state, full.failure) in ends
