"""What a crawl can be asked to do: addresses, windows, limits, and Scrapy's own commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import launch
from crawlers.newsroom import Newsroom, truth
from crawlers.request import CrawlRequest
from pipeline.archive.exchange import Exchange
from pipeline.archive.writer import WarcWriter
from pipeline.model import Disposition, FailureClass, RunState
from tests.crawlers.crawling import JAKARTA, NAMES, TODAY, Home, canonical, true_articles, true_kept

NOW = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)


def test_addresses_of_any_host(fresh: Home) -> None:
    """One of no listed outlet, one of a listed one, and three that cannot be had; each by its own outlet."""
    unlisted = next(article for article in truth(TODAY) if article.outlet is None and article.in_scope)
    listed = next(article for article in true_articles("inews") if article.in_scope)
    hopeless = ("ftp://www.kabarkota.test/x", "http://2130706433/latest", "https://nobody.invalid/a")
    ended = fresh.one(CrawlRequest(urls=(unlisted.url, listed.url, *hopeless)))
    assert ended.status == 3, ended.log
    assert (ended.run.kind, ended.run.outlet, ended.run.counts.kept) == ("address", None, 2)
    for article in (unlisted, listed):
        stored = fresh.store.articles.by_url(canonical(article))
        assert stored is not None
        assert (stored.article.outlet, stored.article.headline) == (article.outlet, article.headline)
    forbidden = fresh.store.ledger.get("http://2130706433/latest")
    assert forbidden is not None
    assert (forbidden.disposition, forbidden.rule) == (Disposition.FAILED, "forbidden_address")
    unknown = fresh.store.ledger.trail("https://nobody.invalid/a")
    assert unknown is not None
    tries = 1 + fresh.settings.crawl.retries
    assert [attempt.failure for attempt in unknown.attempts] == [FailureClass.DNS] * tries
    assert "ftp://www.kabarkota.test/x: not_an_article" in (ended.run.detail or "")


@pytest.mark.shared
def test_real_pages_in_a_warc_are_replayed_by_their_addresses(shared: Callable[..., Path], tmp_path: Path) -> None:
    """Any tool's WARC will do; pages of listed and of unlisted outlets; nothing touches the network."""
    lines = shared("pages", "gold.jsonl").read_text().splitlines()
    gold = {page["url"]: page for page in map(json.loads, lines)}
    with WarcWriter(tmp_path, "pages", run_id=1, now=NOW) as writer:
        for url, page in gold.items():
            body = shared("pages", page["file"]).read_bytes()
            headers = ((b"Content-Type", b"text/html"),)
            writer.write(Exchange(url, None, (), 200, "OK", headers, body, NOW, "page"))
    (tmp_path / "home").mkdir()
    home = Home(tmp_path / "home", None)
    request = CrawlRequest(urls=tuple(gold), replay=(tmp_path / "pages.warc.gz",))
    ended = home.one(request)
    assert ended.status in (0, 3), ended.log
    assert "Traceback" not in ended.log
    stored = {url: home.store.articles.by_url(url) for url in gold}
    right = [url for url, article in stored.items() if article and article.article.headline == gold[url].get("title")]
    assert len(right) >= 16, [url for url in gold if url not in right]  # one more is a photo page, one has no title
    trail = home.store.ledger.trail(next(url for url in gold if "//photo." in url))
    assert trail is not None
    photo = trail.canonical or trail.record
    assert (photo.disposition, photo.rule) == (Disposition.REJECTED, "photo")
    assert all(article.article.fetched_at == NOW for article in stored.values() if article)
    home.close()


def test_window_and_limit_leave_the_rest_for_later_runs(fresh: Home, newsroom: Newsroom) -> None:
    until = datetime.combine(TODAY, datetime.min.time(), JAKARTA).astimezone(UTC)
    since = until - timedelta(days=1)
    ended = fresh.one(CrawlRequest(outlet="antara", since=since, until=until, limit=2))
    assert ended.run.counts.fetched <= 2 + 1  # a paged article takes more than one request
    counts = fresh.store.ledger.counts("antara")
    assert counts[Disposition.OUT_OF_WINDOW] > 0
    assert counts[Disposition.PENDING] > 0
    dates = [stored.article.date_published for stored in fresh.articles("antara")]
    assert all(when is None or since <= when < until for when in dates)
    before = len(newsroom.requests)
    fresh.one(CrawlRequest(outlet="antara"))
    assert 304 not in {entry.status for entry in newsroom.requests[before:]}  # a window's judgement hides nothing
    assert fresh.kept("antara") == true_kept("antara")


def test_scrapy_lists_and_crawls_as_in_any_project(fresh: Home) -> None:
    listed = fresh.scrapy("list")
    assert listed.returncode == 0, listed.stderr
    assert set(NAMES) <= set(listed.stdout.split())
    crawled = fresh.scrapy("crawl", "beritajakarta_en", "-a", "limit=1")
    assert crawled.returncode == 0, crawled.stderr
    run = fresh.store.runs.latest("beritajakarta_en")
    assert run is not None
    assert (run.state, run.counts.fetched) == (RunState.FINISHED, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps({"outlet": "nobody"}), "no outlet is called 'nobody'; there are: antara"),
        ("{", "crawl request"),
        (json.dumps({"outlet": "antara", "limit": "many"}), "crawl request: limit"),
    ],
)
def test_a_wrong_request_ends_with_status_2_and_one_line(
    text: str, words: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLIPING_HOME", str(tmp_path))
    assert launch.main([text]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
