"""Answers to requests for listings: into the ledger with their entries and validators, in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING

from scrapy import Request

from crawlers.addresses import ListingAddress, child, next_page
from crawlers.answers import header, page_of, reason_of, request_of
from crawlers.backfill import beyond
from crawlers.discovery import Discovered, survey
from crawlers.errors import StoppedError
from crawlers.failures import Failure, of_error, of_status
from crawlers.json_listings import past_the_end
from crawlers.middlewares.replay import NotRecordedError
from crawlers.middlewares.robots import ROLE
from crawlers.workers import WorkerDiedError, WorkerTimeoutError
from pipeline.model import FailureClass
from pipeline.outlet import Outlet
from pipeline.store.crawl_records import ListingRead

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.desk import Desk
    from crawlers.spider import OutletSpider

_FIRST = 10  # priority: what a feed drops while a long backlog of articles is fetched would be lost


class Listings:
    """The listings of one run."""

    def __init__(self, spider: OutletSpider) -> None:
        self._spider = spider
        self._session = spider.session
        self._asked: set[str] = set()
        self._shown: dict[str, frozenset[str]] = {}  # template: what its last page named

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
        named: tuple[str, ...] = ()
        if response.status == 304:
            session.tally.listings += 1
            await session.storage(session.store.ledger.unchanged, session.run_id, address.url, session.now())
            session.vitals.note_unchanged(address)
            # The next page also behind an unchanged one: an earlier run may have been killed between the two.
            onward = [next_page(address)]
        else:
            found = await self._survey(response, address)
            if found is None:
                return
            following = self._page_after(address, found)
            await self._commit(response, address, found, following)
            session.vitals.note_listing(address, found)
            onward = [following if self._is_wanted(following, address, found) else None]
            onward += [child(address, url) for url in found.further]
            named = tuple(entry.listing.url for entry in found.entries)
        for listing in self.requests(one for one in onward if one):
            yield listing
        for page in await self._spider.due_among(named):
            yield page

    def _page_after(self, address: ListingAddress, found: Discovered) -> ListingAddress | None:
        """Where a paged listing goes on, read or not; `None` at its end.

        Past the last page some servers answer an empty page, others the last one again.
        """
        urls = frozenset(entry.listing.url for entry in found.entries)
        repeated = self._is_further(address) and urls == self._shown.get(address.template)
        self._shown[address.template] = urls
        return None if repeated or found.last or not urls else beyond(address)

    def _is_further(self, address: ListingAddress) -> bool:
        """Whether it is not the first page of its listing; an interface counts from 1, whatever the site's pages do."""
        return address.page > (1 if address.road == "api" else self._outlet.discovery.first_page)

    def _is_wanted(self, following: ListingAddress | None, address: ListingAddress, found: Discovered) -> bool:
        if following is None or address.page >= address.last_page:
            return False
        desk = self._spider.desk
        if desk is None:
            return found.articles > 0
        dates = (entry.listing.date_published for entry in found.entries)
        return desk.trail.goes_on(address, max((when for when in dates if when), default=None))

    async def _survey(self, response: Response, address: ListingAddress) -> Discovered | None:
        """What the listing says; `None`, with the failure noted, when it says nothing."""
        session = self._session
        further_page = self._is_further(address)
        failure = of_status(response.status, response.headers, now=session.now())
        if failure is None:
            found = await self._read_in_worker(response, address)
            if isinstance(found, Discovered):
                return found
            failure = found
        desk = self._spider.desk
        if desk is not None and _may_be_empty(failure, address, desk, further_page=further_page):
            session.tally.listings += 1
            return Discovered(())  # committed, so that a back-fill that is taken up again does not ask once more
        if further_page and (failure.status == 404 or past_the_end(response.status, response.body)):
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

    async def _commit(
        self, response: Response, address: ListingAddress, found: Discovered, following: ListingAddress | None
    ) -> None:
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
            further=(*([following.url] if following else []), *found.further),
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


def _may_be_empty(failure: Failure, address: ListingAddress, desk: Desk, *, further_page: bool) -> bool:
    """Whether a back-fill takes it for an answer: a page past the last one, or a day on which nothing came out."""
    if failure.failure is FailureClass.EMPTY:
        return further_page or address.template in desk.trail.days
    # WordPress's interface answers 400 past the last page.
    return further_page and (failure.status == 404 or (failure.status == 400 and address.road == "api"))
