"""A back-fill of ninety days over the newsroom, killed twenty times; and the smaller things it is made of."""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.backfill import window_of
from crawlers.desk import Desk
from crawlers.loader import load_outlets
from crawlers.newsroom import Logged, Newsroom, TrueArticle, serve, truth
from crawlers.plans import digest_now
from crawlers.request import CrawlRequest
from pipeline.model import Disposition
from pipeline.outlet import Outlet
from pipeline.receipts import checksum
from pipeline.store.crawl_records import Backfill, BackfillState
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
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
WATCHES = load_watches(None)


@pytest.fixture(scope="module")
def archive() -> Iterator[Newsroom]:
    """Three months of news."""
    with serve(TODAY, archive_days=DAYS + 10) as room:
        yield room


def begin(home: Home, outlet: Outlet | str, since: date = FIRST, until: date = YESTERDAY) -> CrawlRequest:
    """A planned back-fill; the request that works on it."""
    planned = OUTLETS[outlet] if isinstance(outlet, str) else outlet
    digest = digest_now(home.settings, planned, WATCHES)
    begun = home.store.backfills.begin(
        planned.name, since, until, listing_digest=digest, actor="ani", now=datetime.now(UTC)
    )
    start, end = window_of(planned, since, until)
    return CrawlRequest(outlet=planned.name, since=start, until=end, backfill_id=begun.id)


def desk(home: Home, request: CrawlRequest) -> Desk:
    assert request.outlet is not None
    assert request.backfill_id is not None
    return Desk(home.settings, home.store, OUTLETS[request.outlet], WATCHES, request.backfill_id)


def backfill(home: Home, request: CrawlRequest) -> Backfill:
    found = home.store.backfills.get(request.backfill_id or 0)
    assert found is not None
    return found


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
        target = len(archive.requests) + chance.randint(0, 20)  # of some 400 in all
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


def test_a_daily_run_in_between_leaves_what_waits_for_the_back_fill(
    archive: Newsroom, crawl_server: CrawlServer, tmp_path: Path
) -> None:
    """It would put these articles out of its own window, and the back-fill does not read their listing again."""
    home = Home(tmp_path, archive)
    since, until = TODAY - timedelta(days=35), TODAY - timedelta(days=20)
    request = begin(home, "redaksijakarta", since, until)
    crawl_server.start(replace(request, limit=2), home.environment(), tmp_path / "log").wait()
    held = home.store.backfills.held("redaksijakarta")
    assert held
    assert backfill(home, request).ended_at is None
    crawl_server.start(CrawlRequest(outlet="redaksijakarta"), home.environment(), tmp_path / "log").wait()
    assert home.store.backfills.held("redaksijakarta") == held
    before = len(archive.requests)
    crawl_server.start(request, home.environment(), tmp_path / "log").wait()
    true = {canonical(one) for one in true_of("redaksijakarta", since, until) if one.in_scope}
    assert true <= home.kept("redaksijakarta")
    assert len(archive.requests) - before == len(held)  # the articles that waited, and nothing else
    assert backfill(home, request).ended_at is not None
    check_ledger(home.store)
    home.close()


URUT = """
name = "urut"
title = "Urut"
country = "ID"
language = "id"
timezone = "Asia/Jakarta"
hosts = ["www.antaranews.com"]
markup_of = "antara"
[terms]
summary = "Made up for a test."
[discovery]
article = ['^https://www\\.antaranews\\.com/berita/\\d+/[^/]+']
indexes = ["https://www.antaranews.com/terkini?page={page}"]
root = ".wrapper__list__article, .card__post__list, .post-content, article.simple-post"
headline = ".card__post__title a, h3 a"
"""


@pytest.fixture
def undated(archive: Newsroom) -> Iterator[Newsroom]:
    """Its indexes print no dates."""
    archive.set_change(lambda _, answer: replace(answer, body=re.sub(rb"\d+ hari lalu", b"", answer.body)))
    yield archive
    archive.set_change(None)


def test_a_listing_without_dates_is_followed_back_by_the_dates_of_its_articles(
    undated: Newsroom, crawl_server: CrawlServer, tmp_path: Path
) -> None:
    """Page after page, each only once the articles of the one before are read; and no further than asked for."""
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "urut.toml").write_text(URUT)
    home = Home(tmp_path, undated)
    outlet = load_outlets(home.settings).outlets["urut"]
    since, until = TODAY - timedelta(days=12), TODAY - timedelta(days=9)
    request = begin(home, outlet, since, until)
    crawl_server.start(request, home.environment(), tmp_path / "log").wait()
    readings = home.store.readings.of_backfill(request.backfill_id or 0)
    assert {one.newest for one in readings} == {None}
    assert [one.page for one in readings] == list(range(1, len(readings) + 1))
    true = [one for one in true_of("antara", since, until) if "://www." in one.url]
    found = {one.url: one for one in home.store.backfills.urls_of("urut")}
    assert {canonical(one) for one in true} <= found.keys()
    days = home.store.backfills.days(request.backfill_id or 0)
    assert {day.state for day in days} == {BackfillState.COMPLETE}, days
    older = [one for one in found.values() if one.date_published and one.date_published < (request.since or NEVER)]
    assert 0 < len(older) <= 2 * 10  # the rest of the page that reached the first day, and the one that is all older
    assert backfill(home, request).ended_at is not None
    home.close()
