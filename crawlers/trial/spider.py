"""The crawl of a trial: a few addresses, one after the other on each host, captured; the ledger learns of none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawlers.answers import page_of
from crawlers.failures import Failure, of_error, of_status
from crawlers.middlewares.robots import ROLE
from crawlers.spider import OutletSpider
from crawlers.trial.answers import Answer
from crawlers.trial.explore import explore
from crawlers.trial.gather import gather
from crawlers.workers import WorkerDiedError, WorkerTimeoutError
from pipeline.archive.reader import read_response
from pipeline.errors import ArchiveError, StoreError
from pipeline.model import FailureClass
from pipeline.outlet import Outlet
from pipeline.urls import normalise

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawlers.run import RunSession

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_AT_ONCE = 16  # outlets under way; a host is asked one thing at a time all the same


class TrialSpider(OutletSpider):
    """Asks what `explore` or `gather` want to know; the captures are what the command then works on."""

    name = "trial"

    async def start(self) -> AsyncIterator[Request]:
        """Asks directly: no request goes through the scheduler, and the run ends when all are answered."""
        web = Web(self)
        self.session.notes = {"unanswered": web.unanswered}  # as `store.mending.unanswered` reads it
        gate = asyncio.Semaphore(_AT_ONCE)
        outlets = {outlet.name: outlet for outlet in self.session.outlets}
        wanted = self.session.request.trial
        await asyncio.gather(*(self._one(web, gate, outlets.get(name), name) for name in wanted))
        nothing: tuple[Request, ...] = ()
        for request in nothing:  # an async generator, as Scrapy wants it
            yield request

    async def _one(self, web: Web, gate: asyncio.Semaphore, outlet: Outlet | None, name: str) -> None:
        """One outlet, or one address of a site that is none yet. What goes wrong with it stays with it."""
        async with gate:
            try:
                await self._asking(web, outlet, name)
            except (ArchiveError, StoreError) as error:
                self.stop_for(Failure(FailureClass.STORAGE, str(error)))
            except (WorkerDiedError, WorkerTimeoutError) as error:
                self.session.note_url_failure(name, of_error(error))

    def _asking(self, web: Web, outlet: Outlet | None, name: str) -> Coroutine[object, object, object]:
        if outlet is None:
            return explore(name, web)
        self._slow_down(outlet)
        return gather(outlet, web, self.session.watches, now=self.session.now())

    def _slow_down(self, outlet: Outlet) -> None:
        """The outlet's own delay, where it is longer than the usual one; Crawl-delay still wins."""
        if self.settings.get("KLIPING_NEWSROOM"):
            return
        delay = max(outlet.delay, self.settings.getfloat("DOWNLOAD_DELAY"))
        for host in outlet.hosts:
            self.crawler.engine.downloader.per_slot_settings.setdefault(host, {"delay": delay})


class Web:
    """Asks the web, within the manners of the crawl, and captures what it answers."""

    def __init__(self, spider: TrialSpider) -> None:
        self._spider = spider
        self._session: RunSession = spider.session
        self.unanswered: dict[str, tuple[str, str]] = {}  # {address: (failure class, detail)}: no capture tells it

    async def ask(self, url: str, role: str) -> Answer:
        """Raises `ArchiveError` or `StoreError`; every other failure is an answer."""
        if role == "robots" and (known := await self._session.storage(self._captured_robots, url)):
            return known
        request = Request(
            url, meta={ROLE: role, "dont_retry": True}, callback=NO_CALLBACK, errback=None, dont_filter=True
        )
        try:
            response: Response = await self._spider.crawler.engine.download_async(request)
        except (ArchiveError, StoreError):
            raise
        except Exception as error:  # noqa: BLE001 (whatever stops a request is this address's failure: see of_error)
            return self._failed(url, of_error(error, urlsplit(url).hostname or ""))
        self._session.tally.bytes += len(response.body)
        page = page_of(response, None, self._session.now())
        failure = of_status(response.status, response.headers, now=self._session.now())
        if failure is None:
            self._session.tally.url_successes += 1
            return Answer(url, page)
        return Answer(url, page, failure.failure, failure.detail)

    def _failed(self, url: str, failure: Failure) -> Answer:
        """Kept in the run's row: a recording of answers cannot tell why there was none."""
        self.unanswered[normalise(url)] = (failure.failure.value, failure.detail)
        self._session.note_url_failure(url, failure)
        return Answer(url, None, failure.failure, failure.detail)

    def _captured_robots(self, url: str) -> Answer | None:
        """What the robots middleware was answered a moment ago, without asking again."""
        captures = self._session.store.captures.for_url(url)
        pages = [capture for capture in captures if 200 <= capture.status < 300]
        if not pages:
            return None
        return Answer(url, read_response(self._session.settings.archive, pages[-1]))

    async def work(
        self, function: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Result:
        """In a worker process, with a time limit."""
        return await self._session.workers.run(function, *args, **kwargs)
