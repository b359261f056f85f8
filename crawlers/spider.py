"""The one spider: it reads an outlet's listings into the ledger, then asks for what the ledger holds pending.

It begins with what earlier runs left pending. Here stands what is asked for and in which order; answers are handled in
`crawlers.listings` and `crawlers.pages`. Reading is done in worker processes, deciding in pure functions, writing down
in `crawlers.accounts`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider

from crawlers.accounts import Accounts
from crawlers.addresses import day_in, listing_addresses
from crawlers.desk import Desk
from crawlers.discovery import outside
from crawlers.failures import Failure
from crawlers.handler import newsroom_hosts
from crawlers.listings import Listings
from crawlers.loader import load_outlets
from crawlers.pages import Pages, PageTask
from crawlers.platforms import back_fill
from crawlers.request import CrawlRequest, of_options
from crawlers.run import RunSession
from crawlers.settings import BOT_NAME, VERSION
from pipeline.config import Settings, load_settings
from pipeline.errors import KlipingError
from pipeline.model import Disposition, FailureClass, RunState
from pipeline.outlet import Outlet
from pipeline.store.crawl_records import UrlRecord
from pipeline.urls import canonical_url, is_article, normalise
from pipeline.watches import load_watches, search_terms

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_LEAST_DELAY = 0.001  # seconds; without any Scrapy sends all that waits at once, one request at a time or not
_POLL_SECONDS = 0.05  # between two looks whether anything is on its way
_UNTOUCHABLE = (Disposition.WITHHELD, Disposition.TAKEN_DOWN)


class OutletSpider(Spider):
    """`outlet` None: a run over addresses of any host."""

    name = "addresses"
    outlet: Outlet | None = None
    state: RunState | None = None  # how the run ended
    session: RunSession  # not set when `refusal` is
    accounts: Accounts
    desk: Desk | None = None  # of the back-fill that the run works on

    def __init__(self, request: CrawlRequest | None = None, **options: str) -> None:
        """`request` is from `crawlers.launch`; `options` are those of `scrapy crawl -a NAME=VALUE`."""
        super().__init__()
        self.refusal: KlipingError | None = None  # why the run could not begin
        self._asked: set[str] = set()  # article addresses of this run
        self._closing: asyncio.Task[None] | None = None
        self.stopping = False  # it ends before its end
        try:
            settings = load_settings()
            name = self.outlet.name if self.outlet else None
            self._open(settings, request or of_options(name, options, settings.zone))
        except KlipingError as error:
            self.refusal = error

    def _open(self, settings: Settings, request: CrawlRequest) -> None:
        outlets = tuple(load_outlets(settings).outlets.values())
        self.session = RunSession(settings, request, self.outlet, outlets, load_watches(settings.watches))
        self.accounts = Accounts(self.session)
        self.pages = Pages(self)
        self.listings = Listings(self)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """What `kliping.toml` and the outlet file say, over the project's settings."""
        super().update_settings(settings)
        crawl = load_settings().crawl
        values = {
            "USER_AGENT": f"{BOT_NAME}/{VERSION} (+{crawl.contact})",
            "DOWNLOAD_DELAY": max(cls.outlet.delay, _LEAST_DELAY) if cls.outlet else settings["DOWNLOAD_DELAY"],
            "DOWNLOAD_TIMEOUT": crawl.timeout,
            "DOWNLOAD_MAXSIZE": crawl.max_bytes,
            "RETRY_TIMES": crawl.retries,
        }
        if settings.get("KLIPING_NEWSROOM"):  # on this machine: no need to spare it
            slots = {host: {"delay": _LEAST_DELAY} for host in newsroom_hosts()}
            values |= {"DOWNLOAD_SLOTS": slots, "AUTOTHROTTLE_ENABLED": False}
        settings.setdict(values, priority="spider")

    async def start(self) -> AsyncIterator[Request]:
        """Pending addresses of earlier runs, then the listings; or the addresses a person gave."""
        request = self.session.request
        if self.outlet is None or request.urls:
            async for page in self._given():
                yield page
            return
        if request.backfill_id is not None:
            async for asked in self._back_fill():
                yield asked
            return
        for page in (*await self.due(), *await self.revisits()):
            yield page
        zone = self.outlet.timezone
        addresses = listing_addresses(
            self.outlet,
            search_terms(self.session.watches, self.outlet.language),
            today=day_in(zone, self.session.now()),
            since=day_in(zone, request.since) if request.since else None,
            until=day_in(zone, request.until, last=True) if request.until else None,
        )
        earlier = back_fill(self.outlet) if request.since else ()
        for listing in self.listings.requests((*addresses, *earlier)):
            yield listing

    async def _back_fill(self) -> AsyncIterator[Request]:
        """What earlier runs of it left pending, then the listings that none of them read.

        Paged listings that print no dates wait until the articles they named are read: these tell how far back it is.
        """
        self.desk = desk = await self.session.storage(self.session.desk)
        looking_up = False
        while not self.stopping and not self._limit_is_reached():
            for page in await self.due():
                yield page
            today = day_in(desk.zone, self.session.now())
            left = await self.session.storage(desk.remaining, today, looking_up=looking_up)
            listings = list(self.listings.requests(left))
            if looking_up and not listings:
                return
            for listing in listings:
                yield listing
            await self._quiet()
            looking_up = True

    async def _quiet(self) -> None:
        """Until nothing is on its way any more."""
        engine = self.crawler.engine
        while not self.stopping:
            await asyncio.sleep(_POLL_SECONDS)
            waiting = engine.scheduler is not None and engine.scheduler.has_pending_requests()
            reading = engine.scraper.slot is not None and not engine.scraper.slot.is_idle()
            if not (waiting or reading or engine.downloader.active):
                return

    async def _given(self) -> AsyncIterator[Request]:
        """The addresses of `--url`; of a replay without any, every article-like address that is recorded."""
        session = self.session
        for given in session.request.urls or self._recorded_articles():
            try:
                url = normalise(given)
            except ValueError as error:
                failure = Failure(FailureClass.NOT_AN_ARTICLE, str(error), final=True)
                session.note_url_failure(given, failure)
                continue
            outlet = session.outlet_of(url)
            name = outlet.name if outlet else None
            record = await session.storage(
                session.store.ledger.add, url, canonical_url(url, outlet), name, None, session.run_id, session.now()
            )
            if record.disposition not in _UNTOUCHABLE and self._take(record):
                yield self.pages.request(PageTask(record, outlet), record.url)

    def _recorded_articles(self) -> Iterator[str]:
        for url in self.session.recorded_urls():
            outlet = self.session.outlet_of(url)
            if is_article(canonical_url(url, outlet), outlet):
                yield url

    async def due(self) -> list[Request]:
        """Requests for pending addresses not asked for yet in this run, as far as the limit allows."""
        session, outlet = self.session, self.outlet
        if outlet is None:
            return []
        pending = await session.storage(session.store.ledger.pending, outlet.name, session.now())
        held = await session.storage(session.store.backfills.held, outlet.name)
        return self._requests(pending, held, outlet)

    async def due_among(self, addresses: Sequence[str]) -> list[Request]:
        """The same of these addresses only: after each listing a backlog need not be gone through anew."""
        session, outlet = self.session, self.outlet
        if outlet is None or not addresses:
            return []
        pending = await session.storage(session.store.ledger.pending_among, outlet.name, addresses, session.now())
        held = await session.storage(session.store.backfills.held, outlet.name, [record.id for record in pending])
        return self._requests(pending, held, outlet)

    def _requests(
        self, pending: Iterable[UrlRecord], held: Mapping[str, tuple[date, date]], outlet: Outlet
    ) -> list[Request]:
        wanted = [record for record in pending if self._is_ours(record, held.get(record.url)) and self._take(record)]
        return [self.pages.request(PageTask(record, outlet), record.url) for record in wanted]

    async def revisits(self) -> list[Request]:
        """Requests for stored articles whose time has come again; a trial run with a limit is about new ones."""
        session, outlet = self.session, self.outlet
        if outlet is None or not session.daily or session.request.limit is not None:
            return []
        records = await session.storage(self._revisited if session.rebuilt else self._to_revisit, outlet)
        return list(self.pages.revisits((record for record in records if self._take(record)), outlet))

    def _to_revisit(self, outlet: Outlet) -> Sequence[UrlRecord]:
        return self.session.store.ledger.revisits(outlet.name, self.session.now())

    def _revisited(self, outlet: Outlet) -> Sequence[UrlRecord]:
        """The stored articles that the recorded run asked for again."""
        addresses = {canonical_url(url, outlet) for url in self.session.recorded_urls()}
        known = [self.session.store.ledger.get(address) for address in sorted(addresses)]
        return [one for one in known if one is not None and one.disposition is Disposition.KEPT]

    def _is_ours(self, record: UrlRecord, holder: tuple[date, date] | None) -> bool:
        """Whether this run may ask for it: its page would be put out of any window but its own.

        `holder` is the window of the open back-fill that made it pending. What an earlier run listed outside the window
        asked for now is left pending.
        """
        request = self.session.request
        dated = record.listing is not None and record.listing.date_published is not None
        if self.desk is not None:
            mine = holder == (self.desk.backfill.since, self.desk.backfill.until)
            return mine or (dated and self._within(record, request.since, request.until))
        if holder is not None:
            return dated and self._within(record, self.session.since, request.until)
        return not dated or self._within(record, request.since, request.until)

    def _within(self, record: UrlRecord, since: datetime | None, until: datetime | None) -> bool:
        """By the date that the listing printed, which is as exact as its words."""
        if self.outlet is None or record.listing is None:
            return True
        return outside(record.listing, self.outlet, since, until) is None

    def _limit_is_reached(self) -> bool:
        limit = self.session.request.limit
        return limit is not None and len(self._asked) >= limit

    def _take(self, record: UrlRecord) -> bool:
        """Count an address against the limit; `False` when it was asked for before, or the limit is reached."""
        if record.url in self._asked or self._limit_is_reached():
            return False
        self._asked.add(record.url)
        return True

    async def may_follow(self, task: PageTask, url: str) -> bool:
        """Whether a redirect is to be followed: not to another article that is had, or asked for in its own right."""
        try:
            canonical = canonical_url(url, task.outlet)
        except ValueError:
            return True  # the guard has its word to say
        if canonical == task.record.canonical_url:
            return True
        if task.again:
            return False
        known = await self.session.storage(self.session.store.ledger.get, canonical)
        if canonical in self._asked or (known is not None and known.disposition is not Disposition.PENDING):
            return False
        self._asked.add(canonical)
        return True

    def stop_for(self, failure: Failure) -> None:
        """End the run now: what is pending stays so."""
        if self._closing is None:
            self.stopping = True
            self.session.fatal = failure
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="stopped"))


def spider_class(outlet: Outlet) -> type[OutletSpider]:
    """The spider of an outlet, for Scrapy, which knows spiders by class."""
    attributes: dict[str, Any] = {"name": outlet.name, "outlet": outlet}
    return type(f"{outlet.name.title().replace('_', '')}Spider", (OutletSpider,), attributes)
