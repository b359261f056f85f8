"""A first run over the whole newsroom, and what later runs make of it. Every crawl is a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.newsroom import Newsroom, listed_on, truth, truth_edition
from crawlers.request import CrawlRequest
from pipeline.model import Disposition, FailureClass, RunState
from pipeline.urls import canonical_url
from tests.crawlers.crawling import (
    NAMES,
    OUTLETS,
    TODAY,
    FirstRun,
    Home,
    asked_for,
    canonical,
    check_archive,
    check_ledger,
    place,
    true_articles,
)


def listings_read(run: FirstRun) -> list[str]:
    return [f"https://{entry.host}{entry.path}" for entry in run.log if entry.status == 200]


def test_every_listed_page_has_its_true_disposition(first_run: FirstRun) -> None:
    printed = {url for listing in listings_read(first_run) for url in listed_on(TODAY, listing)}
    for name in NAMES:
        listed = {canonical_url(url, OUTLETS[name]) for url in printed}
        for article in true_articles(name):
            if canonical(article) not in listed:
                continue
            record = first_run.home.store.ledger.get(canonical(article))
            assert record is not None, article.url
            again = article.retried and article.failure is not FailureClass.ROBOTS  # what robots.txt forbids is final
            expected = Disposition.PENDING if again else article.disposition
            assert record.disposition is expected, (article.url, record.rule, record.detail)


def test_counts_of_every_run_are_the_truth(first_run: FirstRun) -> None:
    expected = truth_edition(TODAY, failing=(), listings=listings_read(first_run)).outlets
    for name in NAMES:
        counts, true = first_run.ends[name].run.counts, expected[name]
        assert (counts.listed, counts.new) == (true.listed, true.listed), name
        assert (counts.kept, counts.rejected, counts.duplicate) == (true.kept, true.rejected, true.duplicate), name
        waiting = first_run.home.store.ledger.counts(name)[Disposition.PENDING]
        assert counts.failed + waiting == sum(true.failed.values()), name


def test_failures_have_their_class(first_run: FirstRun) -> None:
    """A 404, 410, 500, captcha, robots.txt, redirect to 127.0.0.1, 12 MB page: the rest goes on.

    What the run tried again at once, the 500, has a row for each try, each with its record.
    """
    found = set()
    tries = 1 + first_run.home.settings.crawl.retries
    for article in truth(TODAY):
        trail = first_run.home.store.ledger.trail(canonical(article))
        if article.failure and trail:
            failed = [one for one in trail.attempts if one.failure]
            again = article.failure is FailureClass.HTTP_STATUS and article.retried
            assert [one.failure for one in failed] == [article.failure] * (tries if again else 1), article.url
            assert len({one.record_id for one in failed}) == len(failed)
            found.add(article.failure)
    assert found == {
        FailureClass.HTTP_STATUS,
        FailureClass.BLOCKED,
        FailureClass.ROBOTS,
        FailureClass.FORBIDDEN_ADDRESS,
        FailureClass.LIMIT,
    }


def test_runs_end_as_what_they_were(first_run: FirstRun) -> None:
    states = {name: first_run.ends[name].run.state for name in NAMES}
    assert states["beritajakarta"] is RunState.FINISHED
    assert states["beritajakarta_en"] is RunState.FINISHED
    assert states["antara"] is RunState.PARTIAL
    for name, ended in first_run.ends.items():
        assert ended.status == (0 if states[name] is RunState.FINISHED else 3)
        assert "Traceback" not in ended.log
    assert "robots: robots.txt disallows the address" in (first_run.ends["antara"].run.detail or "")
    assert "limit: larger than crawl.max_bytes" in (first_run.ends["antara_en"].run.detail or "")


def test_seen_is_the_sum_of_the_dispositions(first_run: FirstRun) -> None:
    check_ledger(first_run.home.store)


def test_archive_is_whole_and_holds_every_exchange(first_run: FirstRun) -> None:
    check_archive(first_run.home)
    captures = first_run.home.store.captures
    captured = [capture for file in captures.files() for capture in captures.for_file(file)]
    assert len(captured) == len(first_run.log)
    assert {capture.role for capture in captured} == {"robots", "listing", "page", "redirect", "error"}


def test_manners(first_run: FirstRun) -> None:
    """An honest name, no trace of where we come from, robots.txt first, and nothing that it forbids."""
    asked: set[str] = set()
    for entry in first_run.log:
        headers = dict(entry.headers)
        assert headers["user-agent"].startswith("Kliping/")
        assert "(+http" in headers["user-agent"]
        assert headers.keys().isdisjoint({"referer", "cookie", "authorization"})
        if entry.path == "/robots.txt":
            asked.add(entry.host)
        assert entry.host in asked, f"{entry.host} was asked for {entry.path} before robots.txt"
    forbidden = {place(article.url) for article in truth(TODAY) if article.failure is FailureClass.ROBOTS}
    assert forbidden.isdisjoint(asked_for(first_run.log))


def test_no_article_is_asked_for_twice(first_run: FirstRun) -> None:
    retried = {place(article.url) for article in truth(TODAY) if article.failure is FailureClass.HTTP_STATUS}
    asked = asked_for(first_run.log)
    twice = {page: asked[page] for page in (place(article.url) for article in truth(TODAY)) if asked[page] > 1}
    assert twice.keys() <= retried


def test_articles_are_read_whole(first_run: FirstRun) -> None:
    """The last paragraph too, which in paged articles stands on another page."""
    for article in truth(TODAY):
        stored = first_run.home.store.articles.by_url(canonical(article))
        if article.in_scope and article.outlet and stored:
            assert stored.article.article_body[-1:] == article.article_body[-1:], article.url


def test_presence_of_fields_is_counted(first_run: FirstRun) -> None:
    presence = first_run.home.store.runs.presence(first_run.ends["antara"].run.id)
    assert presence is not None
    assert presence["headline"] == 1.0
    assert 0 < presence["date_published"] <= 1.0


def test_leases_are_given_back(first_run: FirstRun) -> None:
    names = [f"outlet:{name}" for name in NAMES] + ["host:www.antaranews.com", "host:www.beritajakarta.id"]
    assert [first_run.home.store.leases.held(name, datetime.now(UTC)) for name in names] == [None] * len(names)


def test_second_crawl_fetches_no_article_again(first_run: FirstRun, newsroom: Newsroom) -> None:
    before = len(newsroom.requests)
    ends = first_run.home.crawl(CrawlRequest(outlet="antara"), CrawlRequest(outlet="inews"))
    log = newsroom.requests[before:]
    pages = {urlsplit(article.url).path for article in truth(TODAY)}
    assert [entry.path for entry in log if entry.path in pages] == []
    assert 304 in {entry.status for entry in log}
    for ended in ends:
        assert (ended.run.counts.new, ended.run.counts.fetched) == (0, 0)
        assert ended.run.counts.listings > 0
    check_ledger(first_run.home.store)


def test_replay_of_the_archive_gives_the_same_articles(first_run: FirstRun, tmp_path: Path) -> None:
    again = Home(tmp_path, None)  # no newsroom: whatever touches the network fails
    file = first_run.ends["antara"].run.archive_file
    assert file is not None
    ended = again.one(CrawlRequest(outlet="antara", replay=(first_run.home.settings.archive / file,)))
    assert ended.run.kind == "replay"
    assert as_read(again, "antara") == as_read(first_run.home, "antara")
    check_archive(again)
    captures = again.store.captures
    held = {capture.record_id for file in captures.files() for capture in captures.for_file(file)}
    assert {record for stored in again.articles() for record in stored.article.record_ids} <= held
    again.close()


def as_read(home: Home, outlet: str) -> Sequence[object]:
    found = [(stored.article.canonical_url, stored.disposition, stored.article) for stored in home.articles(outlet)]
    return sorted(found, key=lambda each: each[0])
