"""Answers to requests for articles: paged ones are gathered, redirects followed in the ledger, the rest extracted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scrapy import Request

from crawlers.answers import page_of, reason_of, request_of
from crawlers.errors import NotTriedError
from crawlers.extraction import FurtherPages, examine
from crawlers.failures import of_error, of_status
from crawlers.item_pipelines import ProcessedPage
from crawlers.limits import TooLargeError
from crawlers.middlewares.capture import RECORD_ID
from crawlers.middlewares.redirect import LeadsElsewhereError
from crawlers.middlewares.replay import NotRecordedError
from crawlers.middlewares.robots import ROLE
from crawlers.workers import WorkerDiedError, WorkerTimeoutError
from pipeline.model import FailureClass, Page
from pipeline.outlet import Outlet
from pipeline.store.records import UrlRecord
from pipeline.urls import canonical_url

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
    complete: bool = False  # the pages are known: do not look for more


class Pages:
    """The articles of one run."""

    def __init__(self, spider: OutletSpider) -> None:
        self._spider = spider
        self._session = spider.session
        self._accounts = spider.accounts

    def request(self, task: PageTask, url: str) -> Request:
        """For one page of the task's article."""
        return Request(
            url,
            callback=self.read,
            errback=self.failed,
            cb_kwargs={"task": task},
            meta={ROLE: "page"},
            dont_filter=True,
        )

    async def read(self, response: Response, task: PageTask) -> AsyncIterator[Request | ProcessedPage]:
        """One page of an article: the next one is asked for, or all are read together."""
        session = self._session
        session.tally.bytes += len(response.body)
        record_id = response.meta.get(RECORD_ID)
        failure = of_status(response.status, response.headers, now=session.now())
        if failure:
            await self._accounts.failed(task.record, failure, record_id)
            return
        await self._accounts.fetched(task.record, response.status, record_id)
        record = await self._record_after_redirect(response, task)
        if record is None:
            return
        page = page_of(response, task.outlet, session.now())
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
            yield self.request(replace(task, pages=pages, waiting=result.urls, complete=True), result.urls[0])
            return
        session.tally.url_successes += 1
        yield ProcessedPage(task.record, result, task.outlet, task.pages[0].status, task.record.url)

    async def _record_after_redirect(self, response: Response, task: PageTask) -> UrlRecord | None:
        """The record the page belongs to; `None` when a redirect led to what is no article, or is stored already."""
        if "redirect_urls" not in response.meta:
            return task.record
        if canonical_url(response.url, task.outlet) == task.record.canonical_url:
            return task.record
        return await self._accounts.leads_to(task.record, response.url, task.outlet, "redirect")

    async def failed(self, failure: TwistedFailure) -> None:
        """No answer to an article's address."""
        task: PageTask = request_of(failure).cb_kwargs["task"]
        error = failure.value
        if isinstance(error, NotTriedError):
            await self._accounts.not_tried(task.record)
            return
        if isinstance(error, NotRecordedError):
            self._session.tally.unrecorded += 1
            return
        if isinstance(error, LeadsElsewhereError):
            await self._accounts.fetched(task.record, error.status, request_of(failure).meta.get(RECORD_ID))
            await self._accounts.leads_to(task.record, error.url, task.outlet, "redirect")
            return
        reason = reason_of(failure)
        if reason.failure is FailureClass.STORAGE:
            self._spider.stop_for(reason)
        else:
            record_id = request_of(failure).meta.get(RECORD_ID) if isinstance(error, TooLargeError) else None
            await self._accounts.failed(task.record, reason, record_id)
