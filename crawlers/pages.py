"""Answers to requests for articles: paged ones are gathered, redirects followed in the ledger, the rest extracted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request

from crawlers.answers import page_of, reason_of, request_of, validators_of
from crawlers.errors import NotTriedError
from crawlers.extraction import FurtherPages, examine
from crawlers.failures import Failure, of_error, of_status
from crawlers.item_pipelines import ProcessedPage
from crawlers.limits import TooLargeError
from crawlers.middlewares.capture import RECORD_ID
from crawlers.middlewares.conditional import CONDITIONAL
from crawlers.middlewares.redirect import LeadsElsewhereError
from crawlers.middlewares.replay import NotRecordedError
from crawlers.middlewares.robots import ROLE
from crawlers.workers import WorkerDiedError, WorkerTimeoutError
from pipeline.model import Disposition, FailureClass, Page
from pipeline.outlet import Outlet
from pipeline.store.crawl_records import UrlRecord, Validators
from pipeline.urls import canonical_url, is_article

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.spider import OutletSpider


@dataclass(frozen=True, slots=True)
class PageTask:
    """One article address on its way; a paged article is fetched page by page."""

    record: UrlRecord
    outlet: Outlet | None
    pages: tuple[Page, ...] = ()  # fetched so far
    waiting: tuple[str, ...] = ()  # being fetched, and still to fetch
    had: tuple[Page, ...] = ()  # in place of which the one-page form is being fetched
    complete: bool = False  # the pages are known: do not look for more
    validators: Validators | None = None  # of the first page, as it answered
    revisit: bool = False  # a stored article whose time has come again: the server may say that nothing changed

    @property
    def again(self) -> bool:
        """Whether the article is stored already, on whosever wish it is asked for."""
        return self.record.disposition is Disposition.KEPT


_LAST = -10  # priority: what is new goes before what is had


class Pages:
    """The articles of one run."""

    def __init__(self, spider: OutletSpider) -> None:
        self._spider = spider
        self._session = spider.session
        self._accounts = spider.accounts

    def request(self, task: PageTask, url: str) -> Request:
        """For one page of the task's article."""
        first = not task.pages and not task.complete
        return Request(
            url,
            callback=self.read,
            errback=self.failed,
            cb_kwargs={"task": task},
            meta={ROLE: "page", CONDITIONAL: task.record.validators if task.revisit and first else None},
            priority=_LAST if task.revisit else 0,
            dont_filter=True,
        )

    def revisits(self, records: Iterable[UrlRecord], outlet: Outlet) -> Iterator[Request]:
        """For stored articles whose time has come again."""
        for record in records:
            yield self.request(PageTask(record, outlet, revisit=True), record.url)

    async def read(self, response: Response, task: PageTask) -> AsyncIterator[Request | ProcessedPage]:
        """One page of an article: the next one is asked for, or all are read together."""
        session = self._session
        session.tally.bytes += len(response.body)
        record_id = response.meta.get(RECORD_ID)
        failure = of_status(response.status, response.headers, now=session.now())
        if failure:
            async for outcome in self._failed(task, failure, record_id):
                yield outcome
            return
        if response.status == 304 and task.revisit:
            await self._accounts.unchanged(task.record, record_id)
            return
        await self._accounts.fetched(task.record, response.status, record_id)
        record = await self._record_after_redirect(response, task)
        if record is None:
            return
        page = page_of(response, task.outlet, session.now())
        if not task.pages and not task.complete:
            task = replace(task, validators=validators_of(response))
        task = replace(task, record=record, pages=(*task.pages, page), waiting=task.waiting[1:])
        if task.waiting:
            yield self.request(task, task.waiting[0])
            return
        async for outcome in self._examine(task):
            yield outcome

    async def _examine(self, task: PageTask) -> AsyncIterator[Request | ProcessedPage]:
        session = self._session
        try:
            result = await session.workers.run(
                examine, task.pages, task.record.listing, task.outlet, session.watches, complete=task.complete
            )
        except (WorkerTimeoutError, WorkerDiedError) as error:
            await self._accounts.failed(task.record, of_error(error), task.pages[0].record_id)
            return
        if isinstance(result, FurtherPages):
            pages = () if result.whole else task.pages
            # That this page is as it was will say nothing of the others: a paged article is always read whole.
            had = task.pages if result.whole else ()
            task = replace(task, pages=pages, waiting=result.urls, had=had, complete=True, validators=None)
            yield self.request(task, result.urls[0])
            return
        session.tally.url_successes += 1
        status, url = task.pages[0].status, task.record.url
        yield ProcessedPage(task.record, result, task.outlet, status, url, task.validators)

    async def _record_after_redirect(self, response: Response, task: PageTask) -> UrlRecord | None:
        """The record the page belongs to; `None` when a redirect led to what is no article, or is stored already."""
        if "redirect_urls" not in response.meta:
            return task.record
        if canonical_url(response.url, task.outlet) == task.record.canonical_url:
            return task.record
        return await self._accounts.leads_to(task.record, response.url, task.outlet, "redirect")

    async def _failed(
        self, task: PageTask, failure: Failure, record_id: str | None
    ) -> AsyncIterator[Request | ProcessedPage]:
        """Of an article whose further pages cannot be had the rest is read, and the try is noted."""
        had = task.pages or task.had
        if not (failure.final and had) or task.again:
            await self._accounts.failed(task.record, failure, record_id)
            return
        await self._accounts.retrying(task.record, failure, record_id)
        async for outcome in self._examine(replace(task, pages=had, waiting=(), had=(), complete=True)):
            yield outcome

    async def failed(self, failure: TwistedFailure) -> AsyncIterator[Request | ProcessedPage]:
        """No answer to an article's address."""
        task: PageTask = request_of(failure).cb_kwargs["task"]
        error = failure.value
        if isinstance(error, NotTriedError):
            await self._accounts.not_tried(task.record)
            return
        if isinstance(error, NotRecordedError):
            async for outcome in self._not_recorded(task):
                yield outcome
            return
        if isinstance(error, LeadsElsewhereError):
            await self._led_elsewhere(task, error, request_of(failure).meta.get(RECORD_ID))
            return
        reason = reason_of(failure)
        if reason.failure is FailureClass.STORAGE:
            self._spider.stop_for(reason)
        else:
            record_id = request_of(failure).meta.get(RECORD_ID) if isinstance(error, TooLargeError) else None
            async for outcome in self._failed(task, reason, record_id):
                yield outcome

    async def _not_recorded(self, task: PageTask) -> AsyncIterator[Request | ProcessedPage]:
        """The replayed files do not answer it; of a run that is rebuilt it is known why, if it was asked for."""
        session = self._session
        session.tally.unrecorded += 1
        reason = session.rebuilt.unanswered(task.record.url) if session.rebuilt else None
        if reason is not None:
            async for outcome in self._failed(task, reason, None):
                yield outcome

    async def _led_elsewhere(self, task: PageTask, error: LeadsElsewhereError, record_id: str | None) -> None:
        if task.again:
            reason = moved(error.url, task.outlet)
            await self._accounts.failed(task.record, Failure(reason, str(error), error.status), record_id)
            return
        await self._accounts.fetched(task.record, error.status, record_id)
        await self._accounts.leads_to(task.record, error.url, task.outlet, "redirect")


def moved(url: str, outlet: Outlet | None) -> FailureClass:
    """What a stored article's redirect elsewhere says: to the home page or another article, that it is gone.

    To anything else, a login, a consent or a maintenance page say, it says nothing of the article. Pure.
    """
    parts = urlsplit(url)
    ours = outlet is not None and parts.hostname in outlet.hosts
    home = ours and parts.path in ("", "/")
    return FailureClass.GONE if home or is_article(canonical_url(url, outlet), outlet) else FailureClass.NOT_AN_ARTICLE
