"""One newsroom, crawled once by all outlets, for every test that only looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.newsroom import Newsroom, serve
from crawlers.request import CrawlRequest
from tests.crawlers.crawling import NAMES, TODAY, FirstRun, Home
from tests.crawlers.forking import CrawlServer


@pytest.fixture(scope="session")
def newsroom() -> Iterator[Newsroom]:
    with serve(TODAY) as room:
        yield room


@pytest.fixture(scope="session")
def first_run(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirstRun]:
    """All runs are begun at the same moment; those that share a host take turns."""
    before = len(newsroom.requests)
    home = Home(tmp_path_factory.mktemp("home"), newsroom)
    ends = home.crawl(*(CrawlRequest(outlet=name) for name in NAMES))
    yield FirstRun(home, dict(zip(NAMES, ends, strict=True)), newsroom.requests[before:])
    home.close()


@pytest.fixture(scope="session")
def crawl_server() -> Iterator[CrawlServer]:
    """For tests that begin crawls by the dozen."""
    with CrawlServer() as server:
        yield server


@pytest.fixture
def fresh(tmp_path: Path, newsroom: Newsroom) -> Iterator[Home]:
    home = Home(tmp_path, newsroom)
    yield home
    home.close()
