"""What a server wishes and what we refuse: pauses, blocks, pages that are too large, a stop while requests hang."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import launch
from crawlers.request import CrawlRequest
from pipeline.archive.records import iter_records
from pipeline.model import Disposition, FailureClass, RunState
from pipeline.store.crawl_records import Trail
from tests.crawlers.crawling import Home, check_archive, check_ledger, wait_until
from tests.crawlers.scripted import Answer, Site, site

HOST = "www.kabarkota.test"  # of no listed outlet; the newsroom speaks for it
ROBOTS = "/robots.txt"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
PAGES = tuple(f"/arsip/{n}/berita-kota" for n in range(1, 9))
REFUSED = Answer(403, b"no")
Serve = Callable[[Mapping[str, Answer]], tuple[Site, Home]]


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[Serve]:
    """Gives a site and a home that crawls it."""
    with ExitStack() as opened:

        def serve(answers: Mapping[str, Answer]) -> tuple[Site, Home]:
            served = opened.enter_context(site(answers))
            home = Home(tmp_path, served)
            opened.callback(home.close)
            return served, home

        yield serve


def urls(paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"https://{HOST}{path}" for path in paths)


def trails(home: Home, paths: tuple[str, ...]) -> list[Trail]:
    found = [home.store.ledger.trail(url) for url in urls(paths)]
    return [trail for trail in found if trail]


@pytest.mark.parametrize(
    ("status", "failure"), [(503, FailureClass.HTTP_STATUS), (429, FailureClass.BLOCKED)], ids=["busy", "too many"]
)
def test_a_wish_for_a_long_pause_is_honoured_for_the_whole_host(
    scripted: Serve, status: int, failure: FailureClass
) -> None:
    busy = Answer(status, headers=(("Retry-After", "7200"),))
    served, home = scripted(dict.fromkeys(PAGES, busy))
    begun = datetime.now(UTC)
    ended = home.one(CrawlRequest(urls=urls(PAGES)))
    asked = sum(served.asked[page] for page in PAGES)
    assert asked == 1
    first, *others = sorted(trails(home, PAGES), key=lambda trail: -len(trail.attempts))
    assert [(one.failure, one.status) for one in first.attempts] == [(failure, status)]
    assert [trail.attempts for trail in others] == [()] * (len(PAGES) - 1)
    for trail in (first, *others):  # those not asked for are left alone just as long
        assert trail.record.disposition is Disposition.PENDING
        assert trail.record.retry_at is not None
        assert begun + timedelta(hours=2) <= trail.record.retry_at <= datetime.now(UTC) + timedelta(hours=2)
    assert ended.run.state is RunState.FAILED  # not one address could be read
    assert ended.run.failure is failure
    check_ledger(home.store)


def test_a_short_pause_is_waited_for(scripted: Serve) -> None:
    served, home = scripted({PAGES[0]: Answer(503, headers=(("Retry-After", "1"),))})
    begun = time.monotonic()
    home.one(CrawlRequest(urls=urls(PAGES[:1])))
    assert served.asked[PAGES[0]] == 1 + home.settings.crawl.retries
    assert time.monotonic() - begun >= home.settings.crawl.retries


def test_a_host_that_blocks_three_times_in_a_row_is_asked_nothing_more(scripted: Serve) -> None:
    first = {ROBOTS: Answer(200, b"User-agent: *\nCrawl-delay: 0.5\n"), PAGES[0]: Answer(200, b"<p>short</p>", HTML)}
    served, home = scripted(dict.fromkeys(PAGES, REFUSED) | first)  # a delay as between requests to a real outlet
    ended = home.one(CrawlRequest(urls=urls(PAGES)))
    asked = [path for path in PAGES if served.asked[path]]
    assert len(asked) == 1 + 3
    left = [trail for trail in trails(home, PAGES) if not trail.attempts]
    assert len(left) == len(PAGES) - len(asked)
    assert {trail.record.disposition for trail in left} == {Disposition.PENDING}
    assert {trail.record.retry_at for trail in left} == {None}  # the next run may try
    assert ended.run.failure is FailureClass.BLOCKED
    assert f"{HOST} blocked us again and again" in (ended.run.detail or "")
    check_ledger(home.store)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "not announced"])
def test_of_a_page_that_is_too_large_the_beginning_is_kept_and_it_counts_as_failed(
    scripted: Serve, announced: bool
) -> None:
    pieces = tuple(b"<p>" + b"x" * 99_993 + b"</p>" for _ in range(20))
    large = Answer(200, b"".join(pieces), HTML) if announced else Answer(200, headers=HTML, pieces=pieces)
    served, home = scripted({PAGES[0]: large})
    (home.path / "kliping.toml").write_text("[crawl]\nmax_bytes = 500_000\n")
    ended = home.one(CrawlRequest(urls=urls(PAGES[:1])))
    (trail,) = trails(home, PAGES[:1])
    assert (trail.record.disposition, trail.record.rule) == (Disposition.FAILED, "limit")
    assert trail.record.detail == "larger than crawl.max_bytes"
    assert served.asked[PAGES[0]] == 1
    (attempt,) = trail.attempts
    assert ended.run.archive_file is not None
    file = home.settings.archive / ended.run.archive_file
    record = next(each for each in iter_records(file) if each.id == attempt.record_id)
    assert record.get("WARC-Truncated") == "length"
    _, _, body = record.block.partition(b"\r\n\r\n")
    assert body == large.body[:0] if announced else b"".join(pieces).startswith(body) and 500_000 < len(body) < 10**6
    check_archive(home)
    again = home.one(CrawlRequest(urls=urls(PAGES[:1]), replay=(file,)))  # what was cut is no whole page then either
    assert again.run.failure is FailureClass.LIMIT


def test_a_stop_does_not_wait_for_a_server_that_hangs(scripted: Serve) -> None:
    served, home = scripted({path: Answer(hangs=True) for path in PAGES})
    process = home.start(CrawlRequest(urls=urls(PAGES)))
    wait_until(lambda: any(served.asked[path] for path in PAGES))
    begun = time.monotonic()
    launch.stop(process)
    assert time.monotonic() - begun < 9  # five seconds of grace; the time limit of a request is thirty
    ended = home.ended(process)
    assert (ended.run.state, ended.run.failure) == (RunState.PARTIAL, FailureClass.KILLED)
    assert ended.status == 3
    assert "Traceback" not in ended.log
    assert {trail.attempts for trail in trails(home, PAGES)} == {()}
    assert home.store.leases.held(f"host:{HOST}", datetime.now(UTC)) is None
    check_ledger(home.store)
    check_archive(home)
