"""The run's record: begun when the spider opens, a heartbeat with counters every second, and how it ended."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import CloseSpider

from crawlers.accounts import describe
from crawlers.failures import Failure, of_error
from crawlers.launch import exit_status
from crawlers.leases import RENEW_SECONDS
from crawlers.waiting import let_go
from pipeline.errors import KlipingError, LeasedError
from pipeline.model import FailureClass, RunState

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.item_pipelines import ProcessedPage
    from crawlers.run import RunSession
    from crawlers.spider import OutletSpider
    from crawlers.tally import Pause, Tally

logger = logging.getLogger("kliping.crawl")
# What these say per request is in the ledger.
for _name in ("scrapy.core.downloader.handlers.http11", "scrapy.downloadermiddlewares.httpcompression", "alembic"):
    logging.getLogger(_name).setLevel(logging.ERROR)


def _is_news(record: logging.LogRecord) -> bool:
    """A full disk is no defect: what stops the run is told once, by the run, and without a traceback."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, KlipingError)


logging.getLogger("scrapy.core.scraper").addFilter(_is_news)
_BEAT_SECONDS = 1.0
_SAMPLE_SECONDS = 0.1
_GRACE_SECONDS = 5.0  # for requests under way when the run is stopped; then it ends without them


class RunExtension:
    """Opens and closes the run's session; its heart beats in between."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._tasks: list[asyncio.Task[None]] = []
        self._delays: list[float] = []  # seconds by which the event loop was late
        self._ended = False
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        crawler.signals.connect(self.spider_error, signals.spider_error)
        crawler.signals.connect(self.item_error, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunExtension:
        return cls(crawler)

    async def spider_opened(self, spider: OutletSpider) -> None:
        """Raises `CloseSpider` when the run cannot begin."""
        self._begin(self._watch_parent())
        try:
            if spider.refusal:
                raise spider.refusal
            await spider.session.open()
        except KlipingError as error:
            spider.refusal = error
            logger.error("%s", error)  # noqa: TRY400 (one line for a person; the traceback says nothing more)
            raise CloseSpider("refused") from None
        self._begin(self._beat(spider), self._sample(), self._hasten(spider))

    def _begin(self, *tasks: Coroutine[object, object, None]) -> None:
        """Beside the crawl, until the run ends."""
        self._tasks.extend(asyncio.ensure_future(task) for task in tasks)

    async def _beat(self, spider: OutletSpider) -> None:
        """Until cancelled. A run that lost its leases or was declared dead stops: another one may have begun."""
        session = spider.session
        beats = 0
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            beats += 1
            try:
                if beats % int(RENEW_SECONDS / _BEAT_SECONDS) == 0:
                    await session.renew()
                if not await session.beat():
                    raise LeasedError("this run was declared dead: its heartbeat had stopped")
            except KlipingError as error:
                spider.stop_for(Failure(_class_of(error), str(error)))
                return

    async def _watch_parent(self) -> None:
        """A crawl that a command started ends with it, in order, also when the command was killed."""
        parent = self._crawler.settings.getint("KLIPING_PARENT")
        while parent and os.getppid() == parent:
            await asyncio.sleep(_SAMPLE_SECONDS)
        if parent:
            os.kill(os.getpid(), signal.SIGTERM)  # as if somebody had stopped it: Scrapy knows what to do

    async def _hasten(self, spider: OutletSpider) -> None:
        """Once the run is stopped nothing more is sent, and what does not answer is not waited for long."""
        while self._crawler.crawling and not spider.stopping:
            await asyncio.sleep(_SAMPLE_SECONDS)
        until = asyncio.get_running_loop().time() + _GRACE_SECONDS
        while asyncio.get_running_loop().time() < until:
            let_go(self._crawler)
            await asyncio.sleep(_SAMPLE_SECONDS)
        await self._end(spider, stopped=True)
        logging.shutdown()
        os._exit(exit_status(spider.state))  # requests that hang would hold the reactor up to their time limit

    async def _sample(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _SAMPLE_SECONDS
            await asyncio.sleep(_SAMPLE_SECONDS)
            self._delays.append(max(loop.time() - due, 0.0))

    async def spider_error(self, failure: TwistedFailure, response: Response, spider: OutletSpider) -> None:
        """A defect of ours in a callback: the address it was about is not lost."""
        request = getattr(response, "request", None)
        await self._defect(failure.value, spider, (request.cb_kwargs if request is not None else {}).get("task"))

    async def item_error(self, item: ProcessedPage, failure: TwistedFailure, spider: OutletSpider) -> None:
        """The same in an item pipeline."""
        await self._defect(failure.value, spider, item)

    async def _defect(self, error: BaseException | None, spider: OutletSpider, about: object) -> None:
        reason = of_error(error)
        if reason.failure is FailureClass.STORAGE:
            spider.stop_for(reason)
            return
        record = getattr(about, "record", None)
        if record is not None:
            await spider.accounts.failed(record, reason)
        else:
            spider.session.tally.failures.append((None, reason.detail))

    async def spider_closed(self, spider: OutletSpider, reason: str) -> None:
        """The run is over."""
        await self._end(spider, stopped=reason not in ("finished", "refused"))

    async def _end(self, spider: OutletSpider, *, stopped: bool) -> None:
        """Judge the run and end it, once."""
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        if self._ended:
            return
        self._ended = True
        if not hasattr(spider, "session"):
            return  # the settings were refused
        state, failure, detail = judge(spider.session, stopped=stopped)
        try:
            await spider.session.close(state, failure, detail)
        except KlipingError as error:
            spider.refusal = error
            logger.error("%s", error)  # noqa: TRY400 (one line for a person)
        spider.state = state
        if spider.refusal is None:
            self._tell(spider, state, detail)

    def _tell(self, spider: OutletSpider, state: RunState, detail: str | None) -> None:
        delays = sorted(self._delays) or [0.0]
        p95, worst = delays[int(0.95 * (len(delays) - 1))], delays[-1]
        logger.info("event loop late by %.1f ms (p95), %.1f ms (worst)", 1000 * p95, 1000 * worst)
        level = logging.INFO if state is RunState.FINISHED else logging.WARNING
        logger.log(level, "%s: %s%s", spider.name, state.value, f": {detail}" if detail else "")


def _class_of(error: KlipingError) -> FailureClass:
    return FailureClass.KILLED if isinstance(error, LeasedError) else FailureClass.STORAGE


def judge(session: RunSession, *, stopped: bool) -> tuple[RunState, FailureClass | None, str | None]:
    """How a run ended: state, failure class and one line of detail."""
    tally = session.tally
    detail = describe(tally.failures)
    if session.fatal:
        return RunState.FAILED, session.fatal.failure, session.fatal.detail
    if stopped:
        line = "stopped before its end; what is pending is asked for by the next run"
        return RunState.PARTIAL, FailureClass.KILLED, f"{line}; {detail}" if detail else line
    if nothing_read(tally):
        classes = tally.listing_classes or tally.url_classes
        failure = classes.most_common(1)[0][0] if classes else FailureClass.CONNECT
        return RunState.FAILED, failure, detail or "the replayed files answer none of the addresses asked for"
    if session.pauses:
        host, pause = next(iter(session.pauses.items()))
        line = f"{host} {_wish(pause)}; its other pages stay pending"
        return RunState.PARTIAL, pause.failure, f"{line}; {detail}" if detail else line
    if tally.failures:
        return RunState.PARTIAL, None, detail
    return RunState.FINISHED, None, None


def _wish(pause: Pause) -> str:
    if pause.ends_at is None:
        return "blocked us again and again"
    return f"asked for a pause until {pause.ends_at:%Y-%m-%d %H:%M} UTC"


def nothing_read(tally: Tally) -> bool:
    """Not one listing could be read; without listings (a run over addresses): not one address. Pure."""
    if tally.listings or tally.listings_failed:
        return tally.listings == 0
    return tally.url_failures + tally.unrecorded > 0 and tally.url_successes == 0
