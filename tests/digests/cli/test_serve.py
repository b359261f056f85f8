"""`kliping serve` as real processes: beside an operator's crawl, stopped, doubled, and killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from crawlers.newsroom import Newsroom, serve, truth
from pipeline.model import FailureClass, Run, RunState
from pipeline.store import Store, open_store
from pipeline.store.holders import process_lives
from tests.digests.cli.running import kliping

TODAY: date = datetime.now(ZoneInfo("Asia/Jakarta")).date()
WATCHED = ("antara", "redaksijakarta")
OTHERS = ("antara_en", "beritajakarta", "beritajakarta_en", "inews")
FILE = (
    '[crawl]\ncontact = "https://example.org/x"\nevery_minutes = 1440\n[web]\nlisten = ""\n'
    '[digest]\nat = "00:00"\nexpires_hours = 72\n'  # today's edition leaves, whatever o'clock it is
)
END_SECONDS = 12  # five of grace for requests under way, and a busy machine


@dataclass
class Serving:
    """A `kliping serve` in the background."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text()

    def end(self, number: int = signal.SIGTERM) -> float:
        """Send the signal and wait; the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(60)
        return time.monotonic() - begun


@dataclass
class Place:
    """A home that watches two outlets of a newsroom whose requests are logged."""

    home: Path
    store: Store
    newsroom: Newsroom
    opened: ExitStack

    @property
    def environment(self) -> dict[str, str]:
        return {"KLIPING_NEWSROOM": self.newsroom.address}

    def serve(self) -> Serving:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("KLIPING_")}
        log = self.home / f"serve-{time.monotonic_ns()}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "digests.cli", "serve"],
                env={**clean, **self.environment, "KLIPING_HOME": str(self.home)},
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
            )
        self.opened.callback(_kill, process)
        return Serving(process, log)

    def run_of(self, outlet: str, state: RunState = RunState.RUNNING) -> Run | None:
        latest = self.store.runs.latest(outlet)
        return latest if latest and latest.state is state else None

    def asked_twice(self) -> dict[str, int]:
        """Article addresses that were asked for more than once, but for those that the newsroom answers with 500."""
        articles = {_place(article.url) for article in truth(TODAY) if not article.retried}
        asked = Counter(f"{entry.host}{entry.path}" for entry in self.newsroom.requests)
        return {page: asked[page] for page in sorted(articles) if asked[page] > 1}

    def outbox(self) -> list[Path]:
        return sorted(self.home.glob("outbox/*.eml"))


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


@contextmanager
def place(home: Path, **troubles: str) -> Iterator[Place]:
    home.mkdir(exist_ok=True)
    (home / "kliping.toml").write_text(FILE)
    with ExitStack() as opened:
        newsroom = opened.enter_context(serve(TODAY, troubles=troubles))
        store = opened.enter_context(open_store(f"sqlite:///{home / 'kliping.sqlite'}"))
        for name in OTHERS:
            store.outlets.set_enabled(name, False, actor="test", now=datetime.now(UTC))
        yield Place(home, store, newsroom, opened)


def wait_until(condition: Callable[[], object], serving: Serving, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, serving.said
        assert serving.process.poll() is None, serving.said
        time.sleep(0.05)


def check_ended(here: Place, *servings: Serving) -> None:
    """Nothing is left running or held, and nothing went wrong that a person would not understand."""
    for run in here.store.runs.list():
        assert not process_lives(run.pid), run
    for name in ("scheduler", "assembler", "deliveries", "outlet:antara", "host:www.antaranews.com"):
        assert here.store.leases.held(name, datetime.now(UTC)) is None, name
    said = "".join(serving.said for serving in servings)
    assert "Traceback" not in said
    assert "locked" not in said
    assert "maximum number of running instances" not in said
    assert sum(here.store.ledger.counts().values()) == here.store.ledger.seen() > 0


def test_beside_an_operators_crawl_no_request_is_doubled(tmp_path: Path) -> None:
    """The second is refused in one line; one that is ready to wait comes after, and fetches no article again."""
    with place(tmp_path / "home") as here:
        serving = here.serve()
        wait_until(lambda: here.run_of("antara"), serving)
        refused = kliping(here.home, "crawl", "antara", environment=here.environment)
        if refused.status == 1:  # else serve's was over already
            assert refused.err.count("outlet:antara: is held by") == 1
            assert "Traceback" not in refused.err
        waited = kliping(here.home, "crawl", "antara", "--wait", "60", "--json", environment=here.environment)
        assert waited.json["run"]["counts"]["fetched"] == 0
        wait_until(lambda: here.store.editions.list("daily"), serving)
        seconds = serving.end()
        assert (serving.process.returncode, seconds < END_SECONDS) == (0, True), serving.said
        assert here.asked_twice() == {}
        assert "locked" not in refused.err + waited.err
        check_ended(here, serving)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_its_crawls_in_order(tmp_path: Path, number: int) -> None:
    with place(tmp_path / "home", antara="slow", redaksijakarta="slow") as here:
        serving = here.serve()
        wait_until(lambda: here.store.ledger.seen() > 0 and here.run_of("antara"), serving)
        seconds = serving.end(number)
        assert (serving.process.returncode, seconds < END_SECONDS) == (0, True), serving.said
        ends = {(run.state, run.failure) for run in here.store.runs.list() if run.outlet == "antara"}
        assert ends == {(RunState.PARTIAL, FailureClass.KILLED)}
        assert serving.said.splitlines()[-1] == "stopped; what was under way goes on at the next start"
        assert here.store.editions.list("daily") == []  # it waits for the crawls of the start
        assert sorted(path.suffix for path in here.home.glob("archive/*")) == [".gz"] * 2
        check_ended(here, serving)


def test_killed_in_the_middle_the_one_that_stands_by_takes_over_and_mails_once(tmp_path: Path) -> None:
    with place(tmp_path / "home", antara="slow") as here:  # it must not be done before it is killed
        kliping(here.home, "subscribers", "add", "tim@kota.example")
        first = here.serve()
        wait_until(lambda: here.run_of("antara") and here.store.ledger.seen() > 0, first)
        second = here.serve()
        wait_until(lambda: "standing by: scheduler: is held by" in second.said, second)
        first.process.kill()
        first.process.wait()
        assert here.outbox() == []
        here.newsroom.set_trouble("antara", None)
        wait_until(here.outbox, second)
        second.end()
        assert second.process.returncode == 0, second.said
        (edition,) = here.store.editions.list("daily")
        assert edition.period == TODAY.isoformat()
        assert len(here.outbox()) == 1
        assert (
            here.run_of("antara", RunState.PARTIAL) is not None
        )  # what stays is the newsroom's 500, to be tried again
        assert sum(here.asked_twice().values()) <= 2 * len(WATCHED)  # those under way when it was killed
        check_ended(here, first, second)
        again = here.serve()  # the same day, once more
        wait_until(lambda: "watching" in again.said, again)
        time.sleep(3)
        again.end()
        assert len(here.outbox()) == len(here.store.editions.list("daily")) == 1
