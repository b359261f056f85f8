"""Answers to requests for listings: into the ledger with their entries and validators, in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING

from scrapy import Request

from crawlers.addresses import ListingAddress, child, next_page
from crawlers.answers import header, page_of, reason_of, request_of
from crawlers.discovery import Discovered, survey
from crawlers.errors import StoppedError
from crawlers.failures import Failure, of_error, of_status
from crawlers.middlewares.replay import NotRecordedError
from crawlers.middlewares.robots import ROLE
from crawlers.workers import WorkerDiedError, WorkerTimeoutError
from pipeline.model import FailureClass
from pipeline.outlet import Outlet
from pipeline.store.records import ListingRead

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.spider import OutletSpider

_FIRST = 10  # priority: what a feed drops while a long backlog of articles is fetched would be lost


class Listings:
    """The listings of one run."""

    def __init__(self, spider: OutletSpider) -> None:
        self._spider = spider
        self._session = spider.session
        self._asked: set[str] = set()

    def requests(self, addresses: Iterable[ListingAddress]) -> Iterator[Request]:
        """Each listing once a run: a sitemap index may name itself."""
        for address in addresses:
            if address.url not in self._asked:
                self._asked.add(address.url)
                yield Request(
                    address.url,
                    callback=self.read,
                    errback=self.failed,
                    cb_kwargs={"address": address},
                    meta={ROLE: "listing"},
                    priority=_FIRST,
                    dont_filter=True,
                )

    @property
    def _outlet(self) -> Outlet:
        outlet = self._spider.outlet
        if outlet is None:
            raise RuntimeError("a run over addresses reads no listings")
        return outlet

    async def read(self, response: Response, address: ListingAddress) -> AsyncIterator[Request]:
        """Commit what it says; then ask for its next page, and for what the ledger now holds pending."""
        session = self._session
        session.tally.bytes += len(response.body)
        if response.status == 304:
            session.tally.listings += 1
            await session.storage(session.store.ledger.unchanged, session.run_id, address.url, session.now())
            session.vitals.note_unchanged(address)
            goes_on, further = True, []
        else:
            found = await self._survey(response, address)
            if found is None:
                return
            await self._commit(response, address, found)
            session.vitals.note_listing(address, found)
            goes_on, further = found.articles > 0, [child(address, url) for url in found.further]
        # The next page also behind an unchanged one: an earlier run may have been killed between the two.
        following = next_page(address) if goes_on else None
        for listing in self.requests([*([following] if following else []), *further]):
            yield listing
        for page in await self._spider.due():
            yield page

    async def _survey(self, response: Response, address: ListingAddress) -> Discovered | None:
        """What the listing says; `None`, with the failure noted, when it says nothing."""
        session = self._session
        failure = of_status(response.status, response.headers, now=session.now())
        if failure is None:
            found = await self._read_in_worker(response, address)
            if isinstance(found, Discovered):
                return found
            failure = found
        if failure.status == 404 and address.page > self._outlet.discovery.first_page:
            return None  # past the last page
        session.note_listing_failure(address.url, failure)
        return None

    async def _read_in_worker(self, response: Response, address: ListingAddress) -> Discovered | Failure:
        session, outlet = self._session, self._outlet
        page = page_of(response, outlet, session.now())
        window = {"since": session.since, "until": session.request.until}
        try:
            found = await session.workers.run(survey, page, address.road, outlet, session.watches, **window)
        except (WorkerTimeoutError, WorkerDiedError) as error:
            return of_error(error)
        failure = Failure(found.failure, found.detail or found.failure.value) if found.failure else None
        if failure and not found.entries:
            return failure
        session.tally.listings += 1
        if failure:  # read in part
            session.note_listing_failure(address.url, failure)
        return found

    async def _commit(self, response: Response, address: ListingAddress, found: Discovered) -> None:
        session, outlet = self._session, self._outlet
        # Validators promise that nothing is hidden behind a 304: not where the listing was read in part, leads on to
        # other listings, was redirected, or was judged by a window that later runs will not have.
        whole = not found.failure and not found.further and "redirect_urls" not in response.meta
        keep = whole and session.daily
        read = ListingRead(
            url=address.url,
            outlet=outlet.name,
            outlet_digest=session.listing_digest,
            entries=found.entries,
            etag=header(response, "ETag") if keep else None,
            last_modified=header(response, "Last-Modified") if keep else None,
            template=address.template,
            road=address.road,
            page=address.page,
            further=found.further,
            whole=not found.failure,
        )
        await session.storage(session.store.ledger.record_listing, session.run_id, read, session.now())

    async def failed(self, failure: TwistedFailure) -> None:
        """No answer to a listing."""
        if isinstance(failure.value, StoppedError):
            return
        if isinstance(failure.value, NotRecordedError):
            self._session.tally.unrecorded += 1
            return
        reason = reason_of(failure)
        if reason.failure is FailureClass.STORAGE:
            self._spider.stop_for(reason)
        self._session.note_listing_failure(request_of(failure).cb_kwargs["address"].url, reason)
