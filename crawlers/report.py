"""The run's record: begun when the spider opens, a heartbeat with counters every second, and how it ended."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import CloseSpider

from crawlers.accounts import describe
from crawlers.failures import Failure, of_error
from crawlers.leases import RENEW_SECONDS
from pipeline.errors import KlipingError, LeasedError
from pipeline.model import FailureClass, RunState

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.item_pipelines import ProcessedPage
    from crawlers.run import RunSession, Tally
    from crawlers.spider import OutletSpider

logger = logging.getLogger("kliping.crawl")
# What these say per request is in the ledger.
for _name in ("scrapy.core.downloader.handlers.http11", "scrapy.downloadermiddlewares.httpcompression", "alembic"):
    logging.getLogger(_name).setLevel(logging.ERROR)
_BEAT_SECONDS = 1.0
_SAMPLE_SECONDS = 0.1


class RunExtension:
    """Opens and closes the run's session; its heart beats in between."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self._delays: list[float] = []  # seconds by which the event loop was late
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        crawler.signals.connect(self.spider_error, signals.spider_error)
        crawler.signals.connect(self.item_error, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunExtension:
        return cls(crawler)

    async def spider_opened(self, spider: OutletSpider) -> None:
        """Raises `CloseSpider` when the run cannot begin."""
        try:
            if spider.refusal:
                raise spider.refusal
            await spider.session.open()
        except KlipingError as error:
            spider.refusal = error
            logger.error("%s", error)  # noqa: TRY400 (one line for a person; the traceback says nothing more)
            raise CloseSpider("refused") from None
        self._tasks = (asyncio.ensure_future(self._beat(spider)), asyncio.ensure_future(self._watch_loop()))

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

    async def _watch_loop(self) -> None:
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
        """Judge the run and end it."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if spider.session is None:
            return
        state, failure, detail = judge(spider.session, stopped=reason not in ("finished", "refused"))
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
        return RunState.PARTIAL, None, f"{line}; {detail}" if detail else line
    if nothing_read(tally):
        classes = tally.listing_classes or tally.url_classes
        failure = classes.most_common(1)[0][0] if classes else FailureClass.CONNECT
        return RunState.FAILED, failure, detail or "the replayed files answer none of the addresses asked for"
    if tally.failures or session.paused_until:
        return RunState.PARTIAL, None, detail or "a host asked for a pause; its pages stay pending"
    return RunState.FINISHED, None, None


def nothing_read(tally: Tally) -> bool:
    """Not one listing could be read; without listings (a run over addresses): not one address. Pure."""
    if tally.listings or tally.listings_failed:
        return tally.listings == 0
    return tally.url_failures + tally.unrecorded > 0 and tally.url_successes == 0
