"""Robots.txt that answers 503, Crawl-delay and Retry-After, each shown by the newsroom's own request log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest

from crawlers.newsroom import Logged, serve, truth
from crawlers.request import CrawlRequest
from pipeline.model import Disposition, FailureClass, Run
from tests.crawlers.crawling import OUTLETS, TODAY, Home, canonical, place
from tests.crawlers.forking import CrawlServer

ROBOTS = "/robots.txt"
# outlet: what befalls it
WISHES = {"redaksijakarta": "robots503", "inews": "crawl-delay", "antara_en": "retry-after"}
SECONDS = 2.0  # between requests, of Crawl-delay; before the next one, of Retry-After
LATE = 0.2  # the machine may log an answer so much late, not the crawl ask so much early


@dataclass(frozen=True)
class Asked:
    """What an outlet was asked for by a crawl of three of its articles, and the crawl's record."""

    log: tuple[Logged, ...]
    run: Run
    pages: tuple[str, ...]  # canonical URLs


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, crawl_server: CrawlServer) -> Iterator[dict[str, Asked]]:
    with serve(TODAY, troubles=WISHES) as room:
        home = Home(tmp_path_factory.mktemp("home"), room)
        pages = {
            name: tuple(canonical(one) for one in truth(TODAY) if fits(one.outlet, one.in_scope, name))[:3]
            for name in WISHES
        }
        crawls = [
            crawl_server.start(CrawlRequest(outlet=name, urls=urls), home.environment(), home.path / f"{name}.log")
            for name, urls in pages.items()
        ]
        assert [crawl.wait() for crawl in crawls][1:] == [0, 0]
        found = {}
        for name, urls in pages.items():
            run = home.store.runs.latest(name)
            assert run is not None
            log = tuple(entry for entry in room.requests if entry.host in OUTLETS[name].hosts)
            found[name] = Asked(log, run, urls)
            records = [home.store.ledger.get(url) for url in urls]
            settled = {record.disposition for record in records if record}
            assert settled == ({Disposition.PENDING} if name == "redaksijakarta" else {Disposition.KEPT})
        yield found
        home.close()


def fits(outlet: str | None, in_scope: bool, name: str) -> bool:
    return outlet == name and in_scope


def test_a_robots_txt_that_answers_503_lets_no_page_be_asked_for(asked: dict[str, Asked]) -> None:
    """The pages themselves were in order, and would have been answered."""
    met = asked["redaksijakarta"]
    assert {(entry.path, entry.status) for entry in met.log} == {(ROBOTS, 503)}
    assert met.run.failure is FailureClass.ROBOTS


def test_a_crawl_delay_is_kept_between_all_requests(asked: dict[str, Asked]) -> None:
    met = asked["inews"]
    assert met.log[0].path == ROBOTS
    assert {f"{entry.host}{entry.path}" for entry in met.log[1:]} >= {place(url) for url in met.pages}
    gaps = [(after.time - before.time).total_seconds() for before, after in pairwise(met.log)]
    assert min(gaps) >= SECONDS - LATE, gaps


def test_a_retry_after_is_waited_for_and_the_page_is_asked_for_again(asked: dict[str, Asked]) -> None:
    met = asked["antara_en"]
    (refused,) = [entry for entry in met.log if entry.status == 429]
    assert len([entry for entry in met.log if entry.path == refused.path]) == 2  # asked for again
    later = [entry for entry in met.log if entry.time > refused.time]  # the whole host is left alone for so long
    assert min((entry.time - refused.time).total_seconds() for entry in later) >= SECONDS - LATE
    answered = [f"{entry.host}{entry.path}" for entry in met.log if entry.status == 200 and entry.path != ROBOTS]
    assert sorted(answered) == sorted(place(url) for url in met.pages)
