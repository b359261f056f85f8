"""A home to crawl into, over a running newsroom; crawls are real child processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawlers import launch
from crawlers.loader import load_outlets
from crawlers.newsroom import Logged, TrueArticle, truth
from crawlers.request import CrawlRequest
from pipeline.config import Settings, load_settings
from pipeline.model import Disposition, Run, StoredArticle
from pipeline.store import Store, open_store
from pipeline.store.records import ArticleFilter
from pipeline.urls import canonical_url

ROOT = Path(__file__).parents[2]
JAKARTA = ZoneInfo("Asia/Jakarta")
TODAY: date = datetime.now(JAKARTA).date()  # crawls read the real clock
OUTLETS = load_outlets(Settings()).outlets
NAMES = ("antara", "antara_en", "beritajakarta", "beritajakarta_en", "inews", "redaksijakarta")
AT_ONCE = 4  # requests under way in one crawl at most: CONCURRENT_REQUESTS


class Served(Protocol):
    """A server that speaks for the newsroom's hosts."""

    @property
    def address(self) -> str: ...


@dataclass(frozen=True)
class Ended:
    """A crawl that is over."""

    status: int
    begun: Run | None  # its record; None: it was refused
    log: str

    @property
    def run(self) -> Run:
        assert self.begun is not None, self.log
        return self.begun


class Home:
    """One KLIPING_HOME; `close` at the end."""

    def __init__(self, path: Path, newsroom: Served | None) -> None:
        self.path = path
        self.newsroom = newsroom
        self.settings: Settings = load_settings(path)
        self.store: Store = open_store(self.settings.database_url)
        self._logs: dict[int, Path] = {}

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KLIPING_", "SCRAPY_"))}
        address = {"KLIPING_NEWSROOM": self.newsroom.address} if self.newsroom else {}
        return {**kept, **address, "KLIPING_HOME": str(self.path), "PYTHONPATH": str(ROOT)}

    def start(self, request: CrawlRequest) -> subprocess.Popen[bytes]:
        """`crawlers.launch.start`, with the newsroom in the child's environment."""
        log = self.path / f"{len(self._logs)}.log"
        before = dict(os.environ)
        os.environ.update(self.environment())
        try:
            process = launch.start(self.settings, request, log=log)
        finally:
            os.environ.clear()
            os.environ.update(before)
        self._logs[process.pid] = log
        return process

    def ended(self, process: subprocess.Popen[bytes]) -> Ended:
        run = launch.wait(self.store, process, timeout=120)
        return Ended(process.returncode, run, self._logs[process.pid].read_text())

    def crawl(self, *requests: CrawlRequest) -> list[Ended]:
        """All at once; their ends in the order given."""
        processes = [self.start(request) for request in requests]
        return [self.ended(process) for process in processes]

    def one(self, request: CrawlRequest) -> Ended:
        (ended,) = self.crawl(request)
        return ended

    def scrapy(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=120, check=False
        )

    def articles(self, outlet: str | None = None) -> list[StoredArticle]:
        return list(self.store.articles.find(ArticleFilter(outlet=outlet)))

    def kept(self, outlet: str) -> set[str]:
        found = self.articles(outlet)
        return {stored.article.canonical_url for stored in found if stored.disposition is Disposition.KEPT}

    def close(self) -> None:
        self.store.close()


@dataclass(frozen=True)
class FirstRun:
    """All outlets crawled once into a fresh home."""

    home: Home
    ends: Mapping[str, Ended]
    log: tuple[Logged, ...]  # the requests


def true_articles(outlet: str) -> list[TrueArticle]:
    return [article for article in truth(TODAY) if article.outlet == outlet]


def canonical(article: TrueArticle) -> str:
    return canonical_url(article.url, OUTLETS[article.outlet] if article.outlet else None)


def true_kept(outlet: str) -> set[str]:
    return {canonical(article) for article in true_articles(outlet) if article.in_scope}


def place(url: str) -> str:
    """Host and path: the newsroom speaks plain HTTP for both schemes."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


def asked_for(log: Sequence[Logged]) -> Counter[str]:
    """How often each address was asked for."""
    return Counter(f"{entry.host}{entry.path}" for entry in log)


def check_ledger(store: Store) -> None:
    """Promise 1: seen = the sum of the dispositions."""
    assert sum(store.ledger.counts().values()) == store.ledger.seen()


def check_archive(home: Home) -> None:
    """Every file is closed, whole, and `warcio check` has nothing to say."""
    files = sorted(home.settings.archive.glob("*"))
    assert files
    assert [path.name for path in files if not path.name.endswith(".warc.gz")] == []
    command = [sys.executable, "-m", "warcio.cli", "check", *map(str, files)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stdout.strip()) == (0, ""), result.stdout + result.stderr


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
