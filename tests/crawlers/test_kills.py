"""Daily runs that are killed at random: what a listing's validators stand for is in the ledger, always."""

from __future__ import annotations

import hashlib
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from crawlers.newsroom import Newsroom, serve
from crawlers.newsroom.response import Request, Response
from crawlers.request import CrawlRequest
from pipeline.model import Disposition
from pipeline.outlet import parse_outlet
from pipeline.store.schema import listings
from pipeline.urls import canonical_url
from tests.crawlers.crawling import AT_ONCE, TODAY, Home, check_archive, check_ledger, wait_until
from tests.crawlers.forking import CrawlServer, of_session

KILLS = 100
ROUNDS = 5  # each with a store of its own
STEPS = 40  # after how many runs a feed shows all of its entries

# Only feeds: no index would find again what a 304 has hidden.
KAWAT = """
name = "kawat"
title = "Kawat"
country = "ID"
language = "id"
timezone = "Asia/Jakarta"
hosts = ["www.antaranews.com", "megapolitan.antaranews.com"]
markup_of = "antara"
[terms]
summary = "Made up for a test."
[discovery]
article = ['^https://[a-z0-9.-]*antaranews\\.com/(?:berita|news)/\\d+/[^/]+']
feeds = ["https://www.antaranews.com/rss/terkini.xml", "https://megapolitan.antaranews.com/rss/terkini.xml"]
"""


class GrowingFeeds:
    """Feeds that show more of their entries, the oldest first, with every step; what each ETag showed is noted."""

    def __init__(self) -> None:
        self.step = 0
        self._lock = threading.Lock()
        self._shown: dict[str, frozenset[str]] = {}

    def __call__(self, request: Request, response: Response) -> Response:
        if "/rss/" not in request.path or response.status != 200:
            return response
        items = re.findall(rb"<item>.*?</item>", response.body, re.DOTALL)
        hidden = items[: max(len(items) - 1 - len(items) * self.step // STEPS, 0)]
        body = response.body
        for item in hidden:
            body = body.replace(item, b"", 1)
        links = re.findall(rb"<link>(?:<!\[CDATA\[)?\s*([^<\]\s]+)", b"".join(items[len(hidden) :]))
        with self._lock:
            self._shown[f'"{hashlib.sha256(body).hexdigest()[:20]}"'] = frozenset(link.decode() for link in links)
        return replace(response, body=body)

    def shown(self, etag: str) -> frozenset[str]:
        """The addresses that the answer of this ETag printed."""
        with self._lock:
            return self._shown[etag]


@pytest.fixture(scope="module")
def feeds() -> GrowingFeeds:
    return GrowingFeeds()


@pytest.fixture(scope="module")
def growing(feeds: GrowingFeeds) -> Iterator[Newsroom]:
    with serve(TODAY, change=feeds) as room:
        yield room


def kawat(path: Path, room: Newsroom) -> Home:
    """A home that has the outlet."""
    (path / "outlets").mkdir(parents=True)
    (path / "outlets" / "kawat.toml").write_text(KAWAT)
    return Home(path, room)


def check_validators(home: Home, feeds: GrowingFeeds) -> int:
    """Every address of a listing whose validators are stored is in the ledger; how many listings have some."""
    outlet = parse_outlet(KAWAT)
    with home.store.database.engine.connect() as connection:
        etags = [row.etag for row in connection.execute(select(listings.c.etag)) if row.etag]
    for etag in etags:
        missing = {url for url in feeds.shown(etag) if home.store.ledger.get(canonical_url(url, outlet)) is None}
        assert missing == set()
    return len(etags)


def killed_run(home: Home, server: CrawlServer, chance: random.Random, room: Newsroom) -> bool:
    """A run that is killed after some requests and some milliseconds more; whether it was not done before."""
    target = len(room.requests) + chance.randint(1, 4)
    crawl = server.start(CrawlRequest(outlet="kawat"), home.environment(), home.path / "log")
    while not crawl.over and len(room.requests) < target:
        time.sleep(0.001)
    time.sleep(chance.random() * 0.06)
    killed = not crawl.over
    crawl.kill()
    crawl.wait()
    return killed


def test_no_url_is_lost_however_often_runs_are_killed(
    growing: Newsroom, feeds: GrowingFeeds, crawl_server: CrawlServer, tmp_path: Path
) -> None:
    """A hundred kills; a listing answers 304 as soon as its validators are stored, and says nothing again."""
    chance = random.Random(304)
    kills = unchanged = 0
    for number in range(ROUNDS):
        home = kawat(tmp_path / str(number), growing)
        feeds.step, before = 0, len(growing.requests)
        begun = kills
        while kills - begun < KILLS // ROUNDS:
            kills += killed_run(home, crawl_server, chance, growing)
            feeds.step += chance.choice((0, 1, 1, 4))
            check_ledger(home.store)
            check_validators(home, feeds)
        feeds.step = STEPS
        status = crawl_server.start(CrawlRequest(outlet="kawat"), home.environment(), home.path / "log").wait()
        assert status in {0, 3}, (home.path / "log").read_text()
        log = growing.requests[before:]
        unchanged += sum(1 for entry in log if entry.status == 304)
        check_everything_was_found(home, feeds)
        asked = Counter(f"{entry.host}{entry.path}" for entry in log if "/berita/" in entry.path)
        assert sum(asked.values()) - len(asked) <= (kills - begun) * AT_ONCE
        check_archive(home)
        home.close()
    assert kills == KILLS
    assert unchanged > ROUNDS  # else nothing was tried
    wait_until(lambda: not crawl_server.workers(), 15)


def test_a_killed_crawl_leaves_no_process_behind(growing: Newsroom, feeds: GrowingFeeds, tmp_path: Path) -> None:
    """A crawl as the command starts it, with workers of its own, of which only the first process is killed."""
    feeds.step = STEPS
    home = kawat(tmp_path / "home", growing)
    before = len(growing.requests)
    process = home.start(CrawlRequest(outlet="kawat"))
    wait_until(lambda: len(growing.requests) > before + 4 or process.poll() is not None)
    assert len(of_session(process.pid)) > 1
    process.kill()
    process.wait()
    wait_until(lambda: not of_session(process.pid), 20)
    home.close()


def check_everything_was_found(home: Home, feeds: GrowingFeeds) -> None:
    """Both feeds' last answers are in the ledger, and nothing of them waits but what is to be tried again."""
    assert check_validators(home, feeds) == 2
    waiting = home.store.ledger.pending("kawat", home.store.runs.list("kawat")[0].started_at)
    assert [record.url for record in waiting if not record.attempts] == []
    check_ledger(home.store)
    assert home.store.ledger.counts("kawat")[Disposition.KEPT] > 0


def test_a_second_run_right_after_asks_listings_only(
    growing: Newsroom, feeds: GrowingFeeds, crawl_server: CrawlServer, tmp_path: Path
) -> None:
    """Unchanged ones answer 304; no article is due for a visit again, and robots.txt is still known."""
    feeds.step = STEPS
    home = kawat(tmp_path / "home", growing)
    request = CrawlRequest(outlet="kawat", limit=6)
    crawl_server.start(request, home.environment(), home.path / "log").wait()
    for _ in range(3):  # the rest of the articles
        crawl_server.start(replace(request, limit=None), home.environment(), home.path / "log").wait()
    before = len(growing.requests)
    assert crawl_server.start(replace(request, limit=None), home.environment(), home.path / "log").wait() == 0
    asked = [(entry.path, entry.status) for entry in growing.requests[before:]]
    assert asked == [("/rss/terkini.xml", 304)] * 2
    home.close()
