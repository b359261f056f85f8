"""A back-fill of ninety days over the newsroom, killed twenty times; and the smaller things it is made of."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.backfill import window_of
from crawlers.desk import Desk
from crawlers.newsroom import Logged, Newsroom, TrueArticle, serve, truth
from crawlers.plans import digest_now
from crawlers.request import CrawlRequest
from pipeline.model import Disposition
from pipeline.receipts import checksum
from pipeline.store.records import Backfill, BackfillState
from pipeline.watches import load_watches
from tests.crawlers.crawling import (
    AT_ONCE,
    JAKARTA,
    OUTLETS,
    TODAY,
    Home,
    canonical,
    check_archive,
    check_ledger,
    place,
    wait_until,
)
from tests.crawlers.forking import CrawlServer

DAYS = 90
KILLS = 20
YESTERDAY = TODAY - timedelta(days=1)
FIRST = TODAY - timedelta(days=DAYS)
WATCHES = load_watches(None)


@pytest.fixture(scope="module")
def archive() -> Iterator[Newsroom]:
    """Three months of news."""
    with serve(TODAY, archive_days=DAYS + 10) as room:
        yield room


def begin(home: Home, outlet: str, since: date = FIRST, until: date = YESTERDAY) -> CrawlRequest:
    """A planned back-fill; the request that works on it."""
    digest = digest_now(home.settings, OUTLETS[outlet], WATCHES)
    begun = home.store.backfills.begin(outlet, since, until, listing_digest=digest, actor="ani", now=datetime.now(UTC))
    start, end = window_of(OUTLETS[outlet], since, until)
    return CrawlRequest(outlet=outlet, since=start, until=end, backfill_id=begun.id)


def desk(home: Home, request: CrawlRequest) -> Desk:
    assert request.outlet is not None
    assert request.backfill_id is not None
    return Desk(home.settings, home.store, OUTLETS[request.outlet], WATCHES, request.backfill_id)


def backfill(home: Home, request: CrawlRequest) -> Backfill:
    return desk(home, request).backfill


def true_of(outlet: str, since: date = FIRST, until: date = YESTERDAY) -> list[TrueArticle]:
    found = truth(TODAY, archive_days=DAYS + 10)
    return [one for one in found if one.outlet == outlet and since <= one.came_out.astimezone(JAKARTA).date() <= until]


def repeats(log: Sequence[Logged], kills: Sequence[int]) -> dict[str, int]:
    """Addresses asked for again although no kill found them under way; `kills`: how long the log was at each.

    Under way: asked for, or answered and not yet read, when the crawl was killed.
    """
    under_way = {number for kill in kills for number in range(kill - AT_ONCE, kill + AT_ONCE)}
    asked: dict[str, list[int]] = {}
    for number, entry in enumerate(log):
        asked.setdefault(f"{entry.host}{entry.path}", []).append(number)
    return {url: len(numbers) for url, numbers in asked.items() if not under_way.issuperset(numbers[:-1])}


def test_ninety_days_killed_twenty_times(archive: Newsroom, crawl_server: CrawlServer, tmp_path: Path) -> None:
    """The final set is the truth, nothing was asked for twice but what was under way, and the receipt is true."""
    home = Home(tmp_path, archive)
    request = begin(home, "antara")
    chance = random.Random(20261121)
    before = len(archive.requests)
    kills: list[int] = []
    while len(kills) < KILLS:
        target = len(archive.requests) + chance.randint(0, 30)
        crawl = crawl_server.start(request, home.environment(), tmp_path / "log")
        while not crawl.over and len(archive.requests) < target:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.05)
        assert not crawl.over, "it was done before it was killed so many times"
        crawl.kill()
        assert crawl.wait() == -9
        kills.append(len(archive.requests) - before)
        check_ledger(home.store)
    last = crawl_server.start(request, home.environment(), tmp_path / "log")
    assert last.wait() in {0, 3}, (tmp_path / "log").read_text()
    wait_until(lambda: not crawl_server.workers(), 15)  # no orphan stays
    log = archive.requests[before:]
    assert "Traceback" not in (tmp_path / "log").read_text()
    check_ledger(home.store)
    check_archive(home)

    true = true_of("antara")
    assert home.kept("antara") == {canonical(one) for one in true if one.in_scope}
    retried = {place(one.url) for one in true if one.failure}
    assert {url: times for url, times in repeats(log, kills).items() if url not in retried} == {}
    check_receipt(home, request, true)
    assert backfill(home, request).ended_at is not None or home.store.ledger.counts()[Disposition.PENDING]

    again = len(archive.requests)
    if backfill(home, request).ended_at is not None:
        crawl_server.start(request, home.environment(), tmp_path / "log").wait()
        assert archive.requests[again:] == ()
    home.close()


def check_receipt(home: Home, request: CrawlRequest, true: Sequence[TrueArticle]) -> None:
    """Every day complete, but those with an article that could not be had; the counts are the truth's."""
    file = desk(home, request).receipt_file
    receipt = json.loads(file.read_text())
    assert receipt["sha256"] == checksum(receipt)
    assert (receipt["since"], receipt["until"]) == (str(FIRST), str(YESTERDAY))
    assert KILLS / 2 < len(receipt["runs"]) <= KILLS + 1  # some are killed before they begin
    assert {one["state"] for one in receipt["runs"][:-1]} == {"killed"}
    troubled = {str(one.came_out.date()) for one in true if one.failure}
    kept = Counter(str(one.came_out.date()) for one in true if one.in_scope)
    for day in receipt["days"]:
        expected = "partial" if day["day"] in troubled else "complete"
        assert (day["state"], day["day"]) == (expected, day["day"]), day
        assert day["counts"].get("kept", 0) == kept[day["day"]], day
    assert receipt["totals"]["listings_left"] == 0


def test_a_wordpress_site_is_followed_back_until_all_is_older(
    archive: Newsroom, crawl_server: CrawlServer, tmp_path: Path
) -> None:
    home = Home(tmp_path, archive)
    since, until = TODAY - timedelta(days=40), TODAY - timedelta(days=30)
    request = begin(home, "redaksijakarta", since, until)
    assert crawl_server.start(request, home.environment(), tmp_path / "log").wait() in {0, 3}
    true = true_of("redaksijakarta", since, until)
    assert home.kept("redaksijakarta") == {canonical(one) for one in true if one.in_scope}
    days = home.store.backfills.days(request.backfill_id or 0)
    assert {day.state for day in days} == {BackfillState.COMPLETE}, days
    assert sum(sum(day.counts.values()) for day in days) == len(true)
    pages = [one for one in home.store.readings.of_backfill(request.backfill_id or 0) if one.road in {"feed", "api"}]
    assert max(one.page for one in pages) > 1
    deepest = min(one.newest for one in pages if one.newest)
    assert deepest < window_of(OUTLETS["redaksijakarta"], since, until)[0]
    home.close()
