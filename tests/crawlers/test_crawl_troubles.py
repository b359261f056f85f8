"""Outlets in trouble, runs that are killed or stopped, and runs that meet."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers import launch
from crawlers.newsroom import Newsroom, serve, truth
from crawlers.request import CrawlRequest
from pipeline.model import Disposition, FailureClass, RunState
from tests.crawlers.crawling import (
    AT_ONCE,
    TODAY,
    Ended,
    Home,
    asked_for,
    check_archive,
    check_ledger,
    place,
    true_articles,
    true_kept,
    wait_until,
)

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
        home = Home(tmp_path_factory.mktemp("troubled"), room)
        ends = home.crawl(*(CrawlRequest(outlet=name, limit=3) for name in TROUBLES))
        check_ledger(home.store)
        yield dict(zip(TROUBLES, ends, strict=True))
        home.close()


@pytest.mark.parametrize(
    ("outlet", "state", "failure", "words"),
    [
        ("antara_en", RunState.FAILED, FailureClass.ROBOTS, "robots.txt answered 503"),
        ("beritajakarta", RunState.FAILED, FailureClass.CONNECT, "connect: "),
        ("inews", RunState.FAILED, FailureClass.BLOCKED, "a challenge or refusal instead of the listing"),
        ("antara", RunState.PARTIAL, None, "empty: no link to any article (3 addresses"),
        ("redaksijakarta", RunState.PARTIAL, None, "/feed/: layout: not well-formed XML"),
    ],
)
def test_a_troubled_outlet_is_told_and_never_passes_for_checked(
    troubled: dict[str, Ended], outlet: str, state: RunState, failure: FailureClass | None, words: str
) -> None:
    ended = troubled[outlet]
    assert (ended.run.state, ended.run.failure) == (state, failure)
    assert words in (ended.run.detail or "")
    assert "\n" not in (ended.run.detail or "")
    assert ended.status == (1 if state is RunState.FAILED else 3)
    assert "Traceback" not in ended.log


def test_killed_crawls_lose_and_repeat_nothing(fresh: Home, newsroom: Newsroom) -> None:
    chance = random.Random(20261103)
    before = len(newsroom.requests)
    kills = 3
    for _ in range(kills):
        target = len(newsroom.requests) + chance.randint(5, 24)
        process = fresh.start(CrawlRequest(outlet="antara"))
        while process.poll() is None and len(newsroom.requests) < target:
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        check_ledger(fresh.store)
    ended = fresh.one(CrawlRequest(outlet="antara"))  # begins at once: the dead runs' leases are taken back
    assert ended.run.failure is None
    assert RunState.RUNNING not in {run.state for run in fresh.store.runs.list(outlet="antara")}
    check_ledger(fresh.store)
    check_archive(fresh)
    assert fresh.kept("antara") == true_kept("antara")
    asked = asked_for(newsroom.requests[before:])
    repeated = sum(asked[page] - 1 for page in (place(article.url) for article in truth(TODAY)) if asked[page] > 1)
    assert repeated <= kills * AT_ONCE  # those under way when the run was killed


def test_a_stopped_crawl_ends_cleanly_and_keeps_what_is_pending(tmp_path: Path) -> None:
    with serve(TODAY, troubles={"redaksijakarta": "slow"}) as room:
        home = Home(tmp_path, room)
        process = home.start(CrawlRequest(outlet="redaksijakarta"))
        wait_until(lambda: home.store.ledger.seen() > 0)
        launch.stop(process)
        ended = home.ended(process)
        assert (ended.status, ended.run.state) == (3, RunState.PARTIAL)
        assert "stopped before its end" in (ended.run.detail or "")
        assert home.store.ledger.counts()[Disposition.PENDING] > 0
        check_ledger(home.store)
        check_archive(home)
        home.close()


def test_two_crawls_of_one_outlet_at_once(fresh: Home, newsroom: Newsroom) -> None:
    """Who is ready to wait comes second; who is not is refused in one line."""
    before = len(newsroom.requests)
    patient = CrawlRequest(outlet="antara_en", wait=90)
    *waited, refused = fresh.crawl(patient, patient, replace(patient, wait=0))
    first, *later = sorted((ended for ended in [*waited, refused] if ended.begun), key=lambda ended: ended.run.id)
    assert (first.status, {ended.status for ended in later}) == (3, {0})  # the first met the page that is too large
    if refused.begun is None:  # else it came first
        assert refused.status == 1
        (line,) = refused.log.splitlines()
        assert "outlet:antara_en: is held by" in line
    asked = asked_for(newsroom.requests[before:])
    assert {page: asked[page] for page in (place(a.url) for a in true_articles("antara_en")) if asked[page] > 1} == {}
    assert "database is locked" not in "".join(ended.log for ended in [*waited, refused])


def test_an_archive_that_cannot_be_written_refuses_the_run_in_one_line(fresh: Home) -> None:
    fresh.settings.archive.write_text("a file where the folder should be")
    ended = fresh.one(CrawlRequest(outlet="antara"))
    assert ended.status == 1
    (line,) = ended.log.splitlines()
    assert str(fresh.settings.archive) in line
    assert (ended.run.state, ended.run.failure) == (RunState.FAILED, FailureClass.STORAGE)
