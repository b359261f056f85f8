"""A crawl in a process of its own: a reactor cannot be restarted, and a crash must not take the digest down.

`python -m crawlers.launch REQUEST` is the child; `start` runs it. Its Run record is the truth of how it ended; its
exit status says the same in short: 0 finished, 1 failed or refused, 2 wrong configuration, 3 partial.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.request import CrawlRequest, from_json, to_json
from pipeline.errors import KlipingError, SettingsError
from pipeline.model import Run, RunState

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

    from crawlers.spider import OutletSpider
    from pipeline.config import Settings
    from pipeline.outlet import Outlet
    from pipeline.store import Store

__all__ = ["CrawlRequest", "run_of", "start", "stop", "wait"]

_STATUS: dict[RunState | None, int] = {RunState.FINISHED: 0, RunState.PARTIAL: 3}
_STOP_SECONDS = 20.0  # for a clean end; `crawlers.report` gives the requests under way five


def start(
    settings: Settings, *requests: CrawlRequest, log: Path | None = None, log_level: str = "WARNING"
) -> subprocess.Popen[bytes]:
    """Begin a crawl, or several one after another. The log goes to `log` (appended), else to our standard error."""
    packages = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "KLIPING_HOME": str(settings.home.resolve()), "PYTHONPATH": packages}
    if settings.newsroom:  # one that was started for this command: the file may only say "bundled"
        environment["KLIPING_NEWSROOM"] = settings.newsroom
    options = ["--log-level", log_level, "--parent", str(os.getpid())]
    command = [sys.executable, "-m", "crawlers.launch", *options, *map(to_json, requests)]
    # No pipe: a parent that dies or does not read must never make the child wait.
    if log is None:
        return _popen(command, environment, None)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as stream:
        return _popen(command, environment, stream.fileno())


def _popen(command: list[str], environment: dict[str, str], stream: int | None) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C at the terminal reaches the command alone, which then ends its crawls in order.
    return subprocess.Popen(  # noqa: S603 (our own module, no shell)
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stream,
        start_new_session=True,
    )


def run_of(store: Store, process: subprocess.Popen[bytes], since: datetime | None = None) -> Run | None:
    """The Run record of a crawl started here; `None` before it began, and for one that was refused.

    `since`: when it was started, for whoever knows; an earlier process may have had its number.
    """
    recent = store.runs.list(limit=200, since=since)
    return next((run for run in recent if run.pid == process.pid and run.host == os.uname().nodename), None)


def wait(
    store: Store, process: subprocess.Popen[bytes], timeout: float | None = None, since: datetime | None = None
) -> Run | None:
    """Wait for the end; the Run record, `None` when the crawl was refused. Raises `subprocess.TimeoutExpired`."""
    process.wait(timeout)
    return run_of(store, process, since)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask for a clean end: requests under way end, the rest stays pending. Killed only when it does not obey."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def main(arguments: list[str] | None = None) -> int:
    """The child."""
    parser = argparse.ArgumentParser(prog="python -m crawlers.launch", description="Run one crawl.")
    parser.add_argument("requests", nargs="+", metavar="request", help="a CrawlRequest as JSON")
    parser.add_argument("--log-level", default="WARNING", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    parser.add_argument("--parent", type=int, default=0, help="the process whose end is this crawl's too")
    options = parser.parse_args(arguments)
    from pipeline.config import load_settings  # noqa: PLC0415 (worker processes run the head of this module too)

    try:
        requests = [from_json(request) for request in options.requests]
        return _crawl(load_settings(), requests, options.log_level, options.parent)
    except KlipingError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, SettingsError) else 1


def exit_status(state: RunState | None) -> int:
    """What the child ends with; `None`: the run never began."""
    return _STATUS.get(state, 1)


def _crawl(settings: Settings, requests: Sequence[CrawlRequest], log_level: str, parent: int) -> int:
    """Run the spiders to their end; the exit status of the last. Raises `SettingsError` for an unknown outlet."""
    from crawlers.workers import PRELOAD, prepare  # noqa: PLC0415

    prepare(PRELOAD)
    from crawlers.loader import load_outlets  # noqa: PLC0415 (beside the forkserver's own imports)

    outlets = load_outlets(settings).outlets
    for request in requests:
        if request.outlet is not None and request.outlet not in outlets:
            raise SettingsError(f"no outlet is called {request.outlet!r}; there are: {', '.join(outlets)}")
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415 (installs the reactor; only the child may)
    from scrapy.settings import Settings as ScrapySettings  # noqa: PLC0415

    scrapy_settings = ScrapySettings()
    scrapy_settings.setmodule("crawlers.settings", priority="project")
    scrapy_settings.setdict({"LOG_LEVEL": log_level, "KLIPING_PARENT": parent}, priority="cmdline")
    process = AsyncCrawlerProcess(scrapy_settings)
    asked = [(_spider(request, outlets), request) for request in requests]
    return _run(process, *asked[0]) if len(asked) == 1 else _run_all(process, asked)


def _spider(request: CrawlRequest, outlets: Mapping[str, Outlet]) -> type[OutletSpider]:
    from crawlers.spider import OutletSpider, spider_class  # noqa: PLC0415
    from crawlers.trial.spider import TrialSpider  # noqa: PLC0415

    if request.trial:
        return TrialSpider
    return spider_class(outlets[request.outlet]) if request.outlet else OutletSpider


def _run(process: AsyncCrawlerProcess, spider_of_request: type[OutletSpider], request: CrawlRequest) -> int:
    crawler = process.create_crawler(spider_of_request)
    process.crawl(crawler, request=request)
    process.start()
    return _status(crawler.spider)


def _run_all(process: AsyncCrawlerProcess, asked: Sequence[tuple[type[OutletSpider], CrawlRequest]]) -> int:
    """One after another in one reactor, until one does not begin: what they share is read and compiled once."""
    from twisted.internet import reactor  # noqa: PLC0415 (the process has installed it)

    status = 1

    async def crawl() -> None:
        nonlocal status
        try:
            for spider_of_request, request in asked:
                crawler = process.create_crawler(spider_of_request)
                await process.crawl(crawler, request=request)
                status = _status(crawler.spider)
                if getattr(crawler.spider, "state", None) is None:
                    return
        finally:
            if reactor.running:
                reactor.stop()  # type: ignore[misc]  # Twisted types its reactor, a module, as if it were a class

    reactor.callWhenRunning(lambda: asyncio.ensure_future(crawl()))
    process.start(stop_after_crawl=False)
    return status


def _status(spider: object) -> int:
    """What the child ends with after this spider."""
    from crawlers.spider import OutletSpider  # noqa: PLC0415

    return 1 if not isinstance(spider, OutletSpider) or spider.refusal else exit_status(spider.state)


if __name__ == "__main__":
    sys.exit(main())
