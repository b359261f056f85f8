"""A home to crawl into, over a running newsroom; crawls are real child processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crawlers import launch
from crawlers.newsroom import Logged, Newsroom
from crawlers.request import CrawlRequest
from pipeline.config import Settings, load_settings
from pipeline.model import Disposition, Run
from pipeline.store import Store, open_store

ROOT = Path(__file__).parents[2]
TODAY: date = datetime.now(ZoneInfo("Asia/Jakarta")).date()  # crawls read the real clock


@dataclass(frozen=True)
class Ended:
    """A crawl that is over."""

    status: int
    run: Run | None
    log: str


class Home:
    """One KLIPING_HOME; use `close` at the end."""

    def __init__(self, path: Path, newsroom: Newsroom | None) -> None:
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
        """As `crawlers.launch.start`, with the newsroom in the child's environment."""
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
        run = launch.wait(self.store, process, timeout=90)
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
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=90, check=False
        )

    def archive_files(self) -> list[Path]:
        return sorted(self.settings.archive.glob("*")) if self.settings.archive.is_dir() else []

    def close(self) -> None:
        self.store.close()


def check_ledger(store: Store) -> None:
    """Promise 1: seen = the sum of the dispositions."""
    assert sum(store.ledger.counts().values()) == store.ledger.seen()


def check_archive(home: Home) -> None:
    """Every file is closed, whole, and `warcio check` has nothing to say."""
    files = home.archive_files()
    assert files
    assert [path.name for path in files if not path.name.endswith(".warc.gz")] == []
    command = [sys.executable, "-m", "warcio.cli", "check", *map(str, files)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stdout.strip()) == (0, ""), result.stdout + result.stderr


def dispositions(store: Store, urls: Iterable[str]) -> dict[str, Disposition | None]:
    found = {}
    for url in urls:
        record = store.ledger.get(url)
        found[url] = record.disposition if record else None
    return found


def addresses(log: Sequence[Logged]) -> Counter[str]:
    """How often each address was asked for; the newsroom speaks plain HTTP for all schemes."""
    return Counter(f"{entry.host}{entry.path}" for entry in log)


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
