"""Whole crawls of the newsroom, each in its own process."""

from __future__ import annotations

import json
import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from crawlers import launch
from crawlers.loader import load_outlets
from crawlers.newsroom import Newsroom, TrueArticle, listed_on, serve, truth, truth_edition
from crawlers.request import CrawlRequest
from pipeline.config import Settings
from pipeline.model import Disposition, FailureClass, RunState, StoredArticle
from pipeline.store.records import ArticleFilter
from pipeline.urls import canonical_url
from tests.crawlers.crawling import TODAY, Ended, Home, addresses, check_archive, check_ledger, wait_until

OUTLETS = load_outlets(Settings()).outlets
JAKARTA = ZoneInfo("Asia/Jakarta")
NAMES = ("antara", "antara_en", "beritajakarta", "beritajakarta_en", "inews", "redaksijakarta")


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with serve(TODAY) as room:
        yield room


@pytest.fixture(scope="module")
def home(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """All outlets crawled once, all runs begun at the same moment."""
    made = Home(tmp_path_factory.mktemp("home"), newsroom)
    made.ends = dict(zip(NAMES, made.crawl(*(CrawlRequest(outlet=name) for name in NAMES)), strict=True))
    made.first = newsroom.requests
    yield made
    made.close()


@pytest.fixture
def fresh(tmp_path: Path, newsroom: Newsroom) -> Iterator[Home]:
    made = Home(tmp_path, newsroom)
    yield made
    made.close()


def true_articles(name: str | None) -> list[TrueArticle]:
    """Those that the outlet's listings print, as far as the runs read them."""
    return [article for article in truth(TODAY) if article.outlet == name]


def canonical(article: TrueArticle) -> str:
    return canonical_url(article.url, OUTLETS[article.outlet] if article.outlet else None)


def articles(home: Home, outlet: str | None = None) -> list[StoredArticle]:
    return list(home.store.articles.find(ArticleFilter(outlet=outlet)))


# --- a first run over everything -------------------------------------------------------------------------------------


def test_every_listed_page_has_its_true_disposition(home: Home) -> None:
    for name in NAMES:
        listed = {canonical_url(url, OUTLETS[name]) for url in printed(home, name)}
        wrong = []
        for article in true_articles(name):
            record = home.store.ledger.get(canonical(article))
            if canonical(article) not in listed:
                continue
            assert record is not None, article.url
            expected = (
                Disposition.PENDING
                if article.retried and article.failure is not FailureClass.ROBOTS
                else article.disposition
            )
            if record.disposition is not expected:
                wrong.append((article.url, record.disposition, record.rule, record.detail, expected))
        assert wrong == []


def printed(home: Home, name: str) -> set[str]:
    """Addresses printed by the listings that were read for this outlet."""
    found: set[str] = set()
    for entry in home.first:
        url = f"https://{entry.host}{entry.path}"
        if entry.status == 200 and name in outlets_of(url):
            found |= set(listed_on(TODAY, url))
    return found


def outlets_of(url: str) -> set[str]:
    host, path = urlsplit(url).hostname or "", urlsplit(url).path
    english = path.startswith("/en")
    names = {name for name, outlet in OUTLETS.items() if host in outlet.hosts}
    if len(names) > 1:
        return {name for name in names if name.endswith("_en") == english}
    return names


def test_counts_of_every_run_are_the_truth(home: Home) -> None:
    listings = [f"https://{entry.host}{entry.path}" for entry in home.first if entry.status == 200]
    expected = truth_edition(TODAY, failing=(), listings=listings).outlets
    for name in NAMES:
        run, true = home.ends[name].run, expected[name]
        assert run is not None
        counts = run.counts
        assert (counts.listed, counts.new) == (true.listed, true.listed), name
        assert (counts.kept, counts.rejected, counts.duplicate) == (true.kept, true.rejected, true.duplicate), name
        waiting = home.store.ledger.counts(name)[Disposition.PENDING]
        assert counts.failed + waiting == sum(true.failed.values()), name


def test_failures_have_their_class(home: Home) -> None:
    for article in truth(TODAY):
        record = home.store.ledger.get(canonical(article))
        if article.failure and record:
            trail = home.store.ledger.trail(canonical(article))
            assert trail is not None
            assert [attempt.failure for attempt in trail.attempts if attempt.failure] == [article.failure], article.url


def test_runs_end_as_what_they_were(home: Home) -> None:
    states = {name: home.ends[name].run.state for name in NAMES}  # type: ignore[union-attr] # each began
    assert states["beritajakarta"] is RunState.FINISHED
    assert states["beritajakarta_en"] is RunState.FINISHED
    assert states["antara"] is RunState.PARTIAL
    for name in NAMES:
        ended = home.ends[name]
        assert ended.status == (0 if states[name] is RunState.FINISHED else 3)
        assert "Traceback" not in ended.log
    assert "well-formed" in (home.ends["antara"].run.detail or "")  # type: ignore[union-attr] # top-news.xml is cut off


def test_seen_is_the_sum_of_the_dispositions(home: Home) -> None:
    check_ledger(home.store)


def test_archive_is_whole_and_holds_every_exchange(home: Home) -> None:
    check_archive(home)
    captured = [capture for file in home.store.captures.files() for capture in home.store.captures.for_file(file)]
    answered = [entry for entry in home.first if entry.status and not (entry.status == 200 and is_huge(entry.path))]
    assert len(captured) == len(answered)
    roles = {capture.role for capture in captured}
    assert roles == {"robots", "listing", "page", "redirect", "error"}


def is_huge(path: str) -> bool:
    return any(article.failure is FailureClass.LIMIT and path == urlsplit(article.url).path for article in truth(TODAY))


def test_manners(home: Home) -> None:
    """An honest name, no trace of where we come from, robots.txt first, and nothing it forbids."""
    asked: set[str] = set()
    for entry in home.first:
        headers = dict(entry.headers)
        assert headers["user-agent"].startswith("Kliping/")
        assert "(+http" in headers["user-agent"]
        assert headers.keys().isdisjoint({"referer", "cookie", "authorization"})
        if entry.path == "/robots.txt":
            asked.add(entry.host)
        assert entry.host in asked, f"{entry.host} was asked for {entry.path} before robots.txt"
    forbidden = [urlsplit(article.url) for article in truth(TODAY) if article.failure is FailureClass.ROBOTS]
    assert not [entry for entry in home.first if (entry.host, entry.path) in {(u.netloc, u.path) for u in forbidden}]


def test_no_article_is_asked_for_twice(home: Home) -> None:
    pages = {urlsplit(article.url).netloc + urlsplit(article.url).path for article in truth(TODAY)}
    errors = {
        u.netloc + u.path for u in map(urlsplit, (a.url for a in truth(TODAY) if a.failure is FailureClass.HTTP_STATUS))
    }
    asked = addresses(home.first)
    assert {page: asked[page] for page in pages - errors if asked[page] > 1} == {}


def test_paged_article_is_read_whole(home: Home) -> None:
    for article in truth(TODAY):
        if article.in_scope and article.outlet:
            stored = home.store.articles.by_url(canonical(article))
            if stored is not None:
                assert stored.article.article_body[-1:] == article.article_body[-1:], article.url


def test_presence_of_fields_is_counted(home: Home) -> None:
    run = home.ends["antara"].run
    assert run is not None
    presence = home.store.runs.presence(run.id)
    assert presence is not None
    assert presence["headline"] == 1.0
    assert 0 < presence["date_published"] <= 1.0


def test_leases_are_given_back(home: Home) -> None:
    names = [f"outlet:{name}" for name in NAMES] + ["host:www.antaranews.com", "host:www.beritajakarta.id"]
    assert [home.store.leases.held(name, datetime.now(UTC)) for name in names] == [None] * len(names)


# --- later runs ------------------------------------------------------------------------------------------------------


def test_second_crawl_fetches_no_article_again(home: Home, newsroom: Newsroom) -> None:
    before = len(newsroom.requests)
    first, second = home.crawl(CrawlRequest(outlet="antara"), CrawlRequest(outlet="inews"))
    log = newsroom.requests[before:]
    pages = {urlsplit(article.url).path for article in truth(TODAY)}
    assert [entry.path for entry in log if entry.path in pages] == []
    assert 304 in {entry.status for entry in log}
    for ended in (first, second):
        assert ended.run is not None
        assert (ended.run.counts.new, ended.run.counts.fetched) == (0, 0)
        assert ended.run.counts.listings > 0
    check_ledger(home.store)


def test_replay_of_the_archive_gives_the_same_articles(home: Home, tmp_path: Path) -> None:
    again = Home(tmp_path, None)  # no newsroom: whatever touches the network fails
    run = home.ends["antara"].run
    assert run is not None
    assert run.archive_file is not None
    ended = again.one(CrawlRequest(outlet="antara", replay=(home.settings.archive / run.archive_file,)))
    assert ended.status in (0, 3), ended.log
    assert ended.run is not None
    assert ended.run.kind == "replay"
    assert as_read(again, "antara") == as_read(home, "antara")
    check_archive(again)
    captures = {c.record_id for file in again.store.captures.files() for c in again.store.captures.for_file(file)}
    assert {record for stored in articles(again) for record in stored.article.record_ids} <= captures
    again.close()


def as_read(home: Home, outlet: str) -> list[object]:
    return sorted(
        (stored.article.canonical_url, stored.disposition, stored.article) for stored in articles(home, outlet)
    )


# --- troubles --------------------------------------------------------------------------------------------------------

TROUBLES = {
    "antara": "empty-feed",
    "antara_en": "503",
    "beritajakarta": "reset",
    "inews": "captcha",
    "redaksijakarta": "broken-feed",
}


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ended]]:
    with serve(TODAY, troubles=TROUBLES) as room:
        made = Home(tmp_path_factory.mktemp("troubled"), room)
        ends = made.crawl(*(CrawlRequest(outlet=name, limit=3) for name in TROUBLES))
        check_ledger(made.store)
        yield dict(zip(TROUBLES, ends, strict=True))
        made.close()


@pytest.mark.parametrize(
    ("outlet", "state", "failure"),
    [
        ("antara_en", RunState.FAILED, FailureClass.ROBOTS),  # robots.txt answers 503: nothing may be fetched
        ("beritajakarta", RunState.FAILED, FailureClass.CONNECT),
        ("inews", RunState.FAILED, FailureClass.BLOCKED),
        ("antara", RunState.PARTIAL, None),
        ("redaksijakarta", RunState.PARTIAL, None),
    ],
)
def test_a_troubled_outlet_is_told_and_never_passes_for_checked(
    troubled: dict[str, Ended], outlet: str, state: RunState, failure: FailureClass | None
) -> None:
    ended = troubled[outlet]
    assert ended.run is not None
    assert (ended.run.state, ended.run.failure) == (state, failure)
    assert ended.run.detail
    assert "\n" not in ended.run.detail
    assert ended.status == (1 if state is RunState.FAILED else 3)
    assert "Traceback" not in ended.log


def test_empty_and_broken_feeds_are_named(troubled: dict[str, Ended]) -> None:
    assert "terkini.xml: empty: no link to any article" in (troubled["antara"].run.detail or "")  # type: ignore[union-attr] # began
    assert "/feed/: layout: not well-formed" in (troubled["redaksijakarta"].run.detail or "")  # type: ignore[union-attr] # began


# --- kills -----------------------------------------------------------------------------------------------------------


def test_killed_crawls_lose_and_repeat_nothing(fresh: Home, newsroom: Newsroom) -> None:
    chance = random.Random(20261103)
    before = len(newsroom.requests)
    in_flight = 0
    for _ in range(3):
        begun = len(newsroom.requests)
        process = fresh.start(CrawlRequest(outlet="antara"))
        target = begun + chance.randint(5, 24)
        wait_until(
            lambda target=target, process=process: len(newsroom.requests) >= target or process.poll() is not None
        )  # type: ignore[misc] # defaults bind the loop's values
        process.send_signal(signal.SIGKILL)
        process.wait()
        in_flight += 4  # requests under way at most: CONCURRENT_REQUESTS
        check_ledger(fresh.store)
    ended = fresh.one(CrawlRequest(outlet="antara"))
    assert ended.run is not None
    assert ended.run.state is RunState.PARTIAL  # begins at once: dead runs' leases are taken back
    check_ledger(fresh.store)
    check_archive(fresh)
    states = [run.state for run in fresh.store.runs.list(outlet="antara")]
    assert states.count(RunState.RUNNING) == 0
    kept = {canonical(a) for a in true_articles("antara") if a.in_scope}
    assert {
        stored.article.canonical_url for stored in articles(fresh) if stored.disposition is Disposition.KEPT
    } == kept
    pages = {urlsplit(article.url).netloc + urlsplit(article.url).path for article in truth(TODAY)}
    asked = addresses(newsroom.requests[before:])
    assert sum(asked[page] - 1 for page in pages if asked[page] > 1) <= in_flight


def test_a_stopped_crawl_ends_cleanly_and_keeps_what_is_pending(tmp_path: Path) -> None:
    with serve(TODAY, troubles={"redaksijakarta": "slow"}) as room:
        home = Home(tmp_path, room)
        process = home.start(CrawlRequest(outlet="redaksijakarta"))
        wait_until(lambda: home.store.ledger.seen() > 0)
        launch.stop(process)
        ended = home.ended(process)
        assert ended.status == 3
        assert ended.run is not None
        assert ended.run.state is RunState.PARTIAL
        assert "stopped" in (ended.run.detail or "")
        assert home.store.ledger.counts()[Disposition.PENDING] > 0
        check_ledger(home.store)
        check_archive(home)
        home.close()


# --- leases ----------------------------------------------------------------------------------------------------------


def test_two_crawls_of_one_outlet_at_once(fresh: Home, newsroom: Newsroom) -> None:
    before = len(newsroom.requests)
    request = CrawlRequest(outlet="antara_en")
    first, waiting, refused = fresh.crawl(replace(request, wait=60), replace(request, wait=60), request)
    statuses = sorted([first.status, waiting.status])
    assert statuses == [3, 3], first.log + waiting.log
    if refused.status != 3:  # it may have been the first to come
        assert refused.status == 1
        assert refused.run is None
        (line,) = refused.log.splitlines()
        assert "outlet:antara_en: is held by" in line
    pages = {urlsplit(article.url).path for article in true_articles("antara_en")}
    asked = [entry.path for entry in newsroom.requests[before:] if entry.path in pages and entry.host.startswith("en.")]
    assert len(asked) == len(set(asked))
    assert "database is locked" not in first.log + waiting.log + refused.log


# --- addresses, windows, Scrapy --------------------------------------------------------------------------------------


def test_addresses_of_any_host(fresh: Home) -> None:
    """One of no listed outlet, one of a listed one, one that is none; each by its own outlet."""
    unlisted = next(article for article in truth(TODAY) if article.outlet is None and article.in_scope)
    listed = next(article for article in true_articles("inews") if article.in_scope)
    urls = (unlisted.url, listed.url, "ftp://kabarkota.test/x", "http://2130706433/latest", "https://nobody.invalid/a")
    ended = fresh.one(CrawlRequest(urls=urls))
    assert ended.status == 3, ended.log
    assert ended.run is not None
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
    assert [attempt.failure for attempt in unknown.attempts] == [FailureClass.DNS]
    assert "ftp://kabarkota.test/x" in (ended.run.detail or "")


def test_window_and_limit(fresh: Home, newsroom: Newsroom) -> None:
    day = datetime.combine(TODAY, datetime.min.time(), JAKARTA).astimezone(UTC)
    ended = fresh.one(CrawlRequest(outlet="antara", since=day - timedelta(days=1), until=day, limit=2))
    assert ended.run is not None
    assert ended.run.counts.fetched <= 2 + 1  # a paged article may take more than one request
    counts = fresh.store.ledger.counts("antara")
    assert counts[Disposition.OUT_OF_WINDOW] > 0
    assert counts[Disposition.PENDING] > 0
    for stored in articles(fresh, "antara"):
        when = stored.article.date_published
        assert when is None or day - timedelta(days=1) <= when < day
    before = len(newsroom.requests)
    wider = fresh.one(CrawlRequest(outlet="antara"))
    assert wider.run is not None
    assert 304 not in {entry.status for entry in newsroom.requests[before:]}  # a window's judgement hides nothing
    kept = {canonical(a) for a in true_articles("antara") if a.in_scope}
    assert {
        stored.article.canonical_url for stored in articles(fresh) if stored.disposition is Disposition.KEPT
    } == kept


def test_scrapy_lists_and_crawls_as_in_any_project(fresh: Home) -> None:
    listed = fresh.scrapy("list")
    assert listed.returncode == 0, listed.stderr
    assert set(NAMES) <= set(listed.stdout.split())
    crawled = fresh.scrapy("crawl", "beritajakarta_en", "-a", "limit=1")
    assert crawled.returncode == 0, crawled.stderr
    run = fresh.store.runs.latest("beritajakarta_en")
    assert run is not None
    assert run.state is RunState.FINISHED
    assert run.counts.fetched == 1


@pytest.mark.parametrize(
    ("request_", "words"),
    [(CrawlRequest(outlet="nobody"), "no outlet is called 'nobody'"), (None, "crawl request")],
    ids=["outlet", "json"],
)
def test_wrong_requests_end_with_status_2_and_one_line(
    request_: CrawlRequest | None,
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KLIPING_HOME", str(tmp_path))
    text = json.dumps({"outlet": "nobody"}) if request_ else "{"
    assert launch.main([text]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
