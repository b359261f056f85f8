"""The one spider: it reads an outlet's listings into the ledger, then asks for what the ledger holds pending.

It begins with what earlier runs left pending. Callbacks only carry: reading is done in worker processes, deciding in
pure functions, writing down in `crawlers.accounts`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, Spider
from scrapy.utils.httpobj import urlparse_cached

from crawlers.accounts import Accounts
from crawlers.addresses import ListingAddress, child, day_in, listing_addresses, next_page
from crawlers.discovery import Discovered, out_of_window, survey
from crawlers.extraction import FurtherPages, examine
from crawlers.failures import Failure, of_error, of_status
from crawlers.handler import newsroom_hosts
from crawlers.item_pipelines import ProcessedPage
from crawlers.loader import load_outlets
from crawlers.middlewares.capture import FETCHED_AT, RECORD_ID
from crawlers.middlewares.redirect import LeadsElsewhereError
from crawlers.middlewares.replay import NotRecordedError
from crawlers.middlewares.retry import HostPausedError
from crawlers.middlewares.robots import ROLE
from crawlers.request import CrawlRequest, moment
from crawlers.run import RunSession
from crawlers.settings import BOT_NAME, VERSION
from crawlers.workers import WorkerDiedError, WorkerTimeoutError
from pipeline.config import Settings, load_settings
from pipeline.errors import KlipingError, SettingsError
from pipeline.model import Disposition, FailureClass, Page, RunState, Stage
from pipeline.outlet import Outlet
from pipeline.store.records import ListingRead, UrlRecord
from pipeline.urls import canonical_url, is_article, normalise
from pipeline.watches import load_watches, search_terms

if TYPE_CHECKING:
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure as TwistedFailure

_LISTINGS_FIRST = 10  # priority: what a feed drops while a long backlog is fetched would be lost
_UNTOUCHABLE = (Disposition.WITHHELD, Disposition.TAKEN_DOWN)


@dataclass(frozen=True, slots=True)
class PageTask:
    """One article address on its way; a paged article is fetched page by page."""

    record: UrlRecord
    outlet: Outlet | None
    pages: tuple[Page, ...] = ()  # fetched so far
    waiting: tuple[str, ...] = ()  # still to fetch
    complete: bool = False  # the pages are known: do not look for more


class OutletSpider(Spider):
    """`outlet` None: a run over addresses of any host."""

    name = "addresses"
    outlet: Outlet | None = None
    state: RunState | None = None  # how the run ended
    session: RunSession  # not set when `refusal` is
    accounts: Accounts

    def __init__(self, request: CrawlRequest | None = None, **options: str) -> None:
        """`request` is from `crawlers.launch`; `options` are those of `scrapy crawl -a NAME=VALUE`."""
        super().__init__()
        self.refusal: KlipingError | None = None  # why the run could not begin
        self._asked: set[str] = set()
        self._closing: asyncio.Task[None] | None = None
        try:
            settings = load_settings()
            self._open(settings, request or _request_of(settings, self.outlet, options))
        except KlipingError as error:
            self.refusal = error

    def _open(self, settings: Settings, request: CrawlRequest) -> None:
        outlets = tuple(load_outlets(settings).outlets.values())
        self.session = RunSession(settings, request, self.outlet, outlets, load_watches(settings.watches))
        self.accounts = Accounts(self.session)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """What `kliping.toml` and the outlet file say, over the project's settings."""
        super().update_settings(settings)
        crawl = load_settings().crawl
        values = {
            "USER_AGENT": f"{BOT_NAME}/{VERSION} (+{crawl.contact})",
            "DOWNLOAD_DELAY": cls.outlet.delay if cls.outlet else settings.getfloat("DOWNLOAD_DELAY"),
            "DOWNLOAD_TIMEOUT": crawl.timeout,
            "DOWNLOAD_MAXSIZE": crawl.max_bytes,
            "RETRY_TIMES": crawl.retries,
        }
        if settings.get("KLIPING_NEWSROOM"):  # on this machine: no need to spare it
            slots = {host: {"delay": 0.0} for host in newsroom_hosts()}
            values |= {"DOWNLOAD_SLOTS": slots, "AUTOTHROTTLE_ENABLED": False}
        settings.setdict(values, priority="spider")

    # --- what to ask for ---------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """Pending addresses of earlier runs, then the listings; or the addresses a person gave."""
        request = self.session.request
        if self.outlet is None or request.urls:
            async for page in self._given():
                yield page
            return
        for page in await self._due():
            yield page
        zone = self.outlet.timezone
        terms = search_terms(self.session.watches, self.outlet.language)
        for address in listing_addresses(
            self.outlet,
            terms,
            today=day_in(zone, self.session.now()),
            since=day_in(zone, request.since) if request.since else None,
            until=day_in(zone, request.until, last=True) if request.until else None,
        ):
            yield self._listing(address)

    async def _given(self) -> AsyncIterator[Request]:
        """The addresses of `--url`; of a replay without any, every article-like address that is recorded."""
        session = self.session
        for url in session.request.urls or self._recorded_articles():
            try:
                url = normalise(url)  # noqa: PLW2901 (the same address, in its one spelling)
            except ValueError as error:
                session.note_url_failure(url, Failure(FailureClass.NOT_AN_ARTICLE, str(error), final=True))
                continue
            outlet = session.outlet_of(url)
            name = outlet.name if outlet else None
            record = await session.storage(
                session.store.ledger.add, url, canonical_url(url, outlet), name, None, session.run_id, session.now()
            )
            if record.disposition not in _UNTOUCHABLE and self._take(record):
                yield self._page(PageTask(record, outlet), record.url)

    def _recorded_articles(self) -> Iterator[str]:
        for url in self.session.recorded_urls():
            outlet = self.session.outlet_of(url)
            if is_article(canonical_url(url, outlet), outlet):
                yield url

    async def _due(self) -> list[Request]:
        """Pending addresses not asked for yet in this run, as far as the limit allows."""
        session = self.session
        if self.outlet is None:
            return []
        pending = await session.storage(session.store.ledger.pending, self.outlet.name, session.now())
        wanted = (record for record in pending if self._in_window(record))
        return [self._page(PageTask(record, self.outlet), record.url) for record in wanted if self._take(record)]

    def _in_window(self, record: UrlRecord) -> bool:
        """What an earlier run listed outside the window asked for now is left pending."""
        request = self.session.request
        when = record.listing.date_published if record.listing else None
        return out_of_window(when, request.since, request.until, Stage.DISCOVERY) is None

    def _take(self, record: UrlRecord) -> bool:
        """Count an address against the limit; `False` when it was asked for before, or the limit is reached."""
        limit = self.session.request.limit
        if record.url in self._asked or (limit is not None and len(self._asked) >= limit):
            return False
        self._asked.add(record.url)
        return True

    def _listing(self, address: ListingAddress) -> Request:
        return Request(
            address.url,
            callback=self.read_listing,
            errback=self.listing_failed,
            cb_kwargs={"address": address},
            meta={ROLE: "listing"},
            priority=_LISTINGS_FIRST,
            dont_filter=True,
        )

    def _page(self, task: PageTask, url: str) -> Request:
        return Request(
            url,
            callback=self.read_page,
            errback=self.page_failed,
            cb_kwargs={"task": task},
            meta={ROLE: "page"},
            dont_filter=True,
        )

    # --- listings ----------------------------------------------------------------------------------------------------

    async def read_listing(self, response: Response, address: ListingAddress) -> AsyncIterator[Request]:
        """Into the ledger with it, validators included, in one transaction; then ask for what is pending."""
        session = self.session
        session.tally.bytes += len(response.body)
        if response.status == 304:
            session.tally.listings += 1
            await session.storage(session.store.ledger.unchanged, session.run_id, address.url, session.now())
            found = None
        else:
            found = await self._discover(response, address)
            if found is None:
                return
            await self._commit_listing(response, address, found)
        following = next_page(address) if found is None or found.articles else None
        if following:  # also behind an unchanged page: an earlier run may have been killed between the two
            yield self._listing(following)
        for url in found.further if found else ():
            yield self._listing(child(address, url))
        for page in await self._due():
            yield page

    async def _discover(self, response: Response, address: ListingAddress) -> Discovered | None:
        """What the listing says; `None`, with the failure noted, when it says nothing."""
        session, outlet = self.session, cast("Outlet", self.outlet)
        failure = of_status(response.status, response.headers, now=session.now())
        if failure is None:
            try:
                page = self._page_of(response, outlet)
                found = await session.workers.run(
                    survey,
                    page,
                    address.road,
                    outlet,
                    session.watches,
                    since=session.since,
                    until=session.request.until,
                )
            except (WorkerTimeoutError, WorkerDiedError) as error:
                failure = of_error(error)
            else:
                if found.failure:
                    failure = Failure(found.failure, found.detail or found.failure.value)
                if failure is None or found.entries:
                    session.tally.listings += 1
                if failure:
                    session.note_listing_failure(address.url, failure)
                return found if found.entries or failure is None else None
        if failure.status == 404 and address.page > outlet.discovery.first_page:
            return None  # past the last page
        session.note_listing_failure(address.url, failure)
        return None

    async def _commit_listing(self, response: Response, address: ListingAddress, found: Discovered) -> None:
        session, outlet = self.session, cast("Outlet", self.outlet)
        # Validators promise that nothing is hidden behind a 304: not where the listing was read in part, leads on to
        # other listings, was redirected, or was judged by a window that later runs will not have.
        whole = not found.failure and not found.further and "redirect_urls" not in response.meta
        keep = whole and session.daily
        read = ListingRead(
            url=address.url,
            outlet=outlet.name,
            outlet_digest=session.listing_digest,
            entries=found.entries,
            etag=_header(response, "ETag") if keep else None,
            last_modified=_header(response, "Last-Modified") if keep else None,
        )
        await session.storage(session.store.ledger.record_listing, session.run_id, read, session.now())

    async def listing_failed(self, failure: TwistedFailure) -> None:
        """No answer to a listing."""
        if isinstance(failure.value, NotRecordedError):
            self.session.tally.unrecorded += 1
            return
        reason = self._reason(failure)
        self.session.note_listing_failure(_request(failure).cb_kwargs["address"].url, reason)

    # --- articles ----------------------------------------------------------------------------------------------------

    async def read_page(self, response: Response, task: PageTask) -> AsyncIterator[Request | ProcessedPage]:
        """One page of an article: the next one is asked for, or all are read together."""
        session = self.session
        session.tally.bytes += len(response.body)
        record_id = response.meta.get(RECORD_ID)
        failure = of_status(response.status, response.headers, now=session.now())
        if failure:
            await self.accounts.failed(task.record, failure, record_id)
            return
        await self.accounts.fetched(task.record, response.status, record_id)
        record = await self._record_after_redirect(response, task)
        if record is None:
            return
        page = self._page_of(response, task.outlet)
        task = replace(task, record=record, pages=(*task.pages, page), waiting=task.waiting[1:])
        if task.waiting:
            yield self._page(task, task.waiting[0])
            return
        async for outcome in self._examined(task):
            yield outcome

    async def _examined(self, task: PageTask) -> AsyncIterator[Request | ProcessedPage]:
        session = self.session
        try:
            result = await session.workers.run(
                examine, task.pages, task.record.listing, task.outlet, session.watches, complete=task.complete
            )
        except (WorkerTimeoutError, WorkerDiedError) as error:
            await self.accounts.failed(task.record, of_error(error), task.pages[0].record_id)
            return
        if isinstance(result, FurtherPages):
            pages = () if result.whole else task.pages
            yield self._page(replace(task, pages=pages, waiting=result.urls, complete=True), result.urls[0])
            return
        session.tally.url_successes += 1
        yield ProcessedPage(task.record, result, task.outlet, task.pages[0].status, task.record.url)

    async def may_follow(self, task: PageTask, url: str) -> bool:
        """Whether a redirect is to be followed: not to another article that is had, or asked for in its own right."""
        try:
            canonical = canonical_url(url, task.outlet)
        except ValueError:
            return True  # the guard has its word to say
        if canonical == task.record.canonical_url:
            return True
        known = await self.session.storage(self.session.store.ledger.get, canonical)
        if canonical in self._asked or (known is not None and known.disposition is not Disposition.PENDING):
            return False
        self._asked.add(canonical)
        return True

    async def _record_after_redirect(self, response: Response, task: PageTask) -> UrlRecord | None:
        """The record the page belongs to; `None` when a redirect led to what is no article, or is stored already."""
        if "redirect_urls" not in response.meta:
            return task.record
        if canonical_url(response.url, task.outlet) == task.record.canonical_url:
            return task.record
        return await self.accounts.leads_to(task.record, response.url, task.outlet, "redirect")

    async def page_failed(self, failure: TwistedFailure) -> None:
        """No answer to an article's address."""
        task: PageTask = _request(failure).cb_kwargs["task"]
        if isinstance(failure.value, HostPausedError):
            return  # nothing was tried: it stays pending
        if isinstance(failure.value, NotRecordedError):
            self.session.tally.unrecorded += 1
            return
        if isinstance(failure.value, LeadsElsewhereError):
            await self.accounts.fetched(task.record, failure.value.status, _request(failure).meta.get(RECORD_ID))
            await self.accounts.leads_to(task.record, failure.value.url, task.outlet, "redirect")
            return
        reason = self._reason(failure)
        if reason.failure is not FailureClass.STORAGE:
            await self.accounts.failed(task.record, reason)

    # --- shared ------------------------------------------------------------------------------------------------------

    def _reason(self, failure: TwistedFailure) -> Failure:
        """The failure in our words; where nothing can be stored any more the run stops."""
        reason = of_error(failure.value, urlparse_cached(_request(failure)).hostname or "")
        if reason.failure is FailureClass.STORAGE:
            self.stop_for(reason)
        return reason

    def stop_for(self, failure: Failure) -> None:
        """End the run now: what is pending stays so."""
        if self._closing is None:
            self.session.fatal = failure
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="stopped"))

    def _page_of(self, response: Response, outlet: Outlet | None) -> Page:
        headers = [(name, value) for name, values in response.headers.items() for value in values]
        return Page(
            url=normalise(response.url),
            status=response.status,
            headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers),
            body=response.body,
            fetched_at=response.meta.get(FETCHED_AT) or self.session.now(),
            outlet=outlet.name if outlet else None,
            record_id=response.meta.get(RECORD_ID),
        )


def _request(failure: TwistedFailure) -> Request:
    """Scrapy hangs it on the failure."""
    return cast("Request", vars(failure)["request"])


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _request_of(settings: Settings, outlet: Outlet | None, options: dict[str, str]) -> CrawlRequest:
    """`scrapy crawl NAME -a since=2026-11-01 -a until=2026-11-07 -a limit=20`. Raises `SettingsError`."""
    known = {"since", "until", "limit", "url", "wait", "replay"}
    if unknown := sorted(options.keys() - known):
        raise SettingsError(f"-a {unknown[0]}: unknown; there are {', '.join(sorted(known))}")
    try:
        limit = int(options["limit"]) if "limit" in options else None
        wait = float(options.get("wait", 0))
    except ValueError:
        raise SettingsError("-a limit and -a wait take a number") from None
    return CrawlRequest(
        outlet=outlet.name if outlet else None,
        since=moment(options["since"], settings.zone) if "since" in options else None,
        until=moment(options["until"], settings.zone, end=True) if "until" in options else None,
        urls=tuple(options["url"].split()) if "url" in options else (),
        limit=limit,
        replay=(Path(options["replay"]),) if "replay" in options else (),
        wait=wait,
    )


def spider_class(outlet: Outlet) -> type[OutletSpider]:
    """The spider of an outlet, for Scrapy, which knows spiders by class."""
    attributes: dict[str, Any] = {"name": outlet.name, "outlet": outlet}
    return type(f"{outlet.name.title().replace('_', '')}Spider", (OutletSpider,), attributes)
