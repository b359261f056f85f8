"""Conditional GET, with the validators that were committed together with what was read: a listing's URLs, a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from crawlers.current import session_of
from crawlers.middlewares.robots import ROLE

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from pipeline.store.crawl_records import Validators

CONDITIONAL = "validators"  # meta key: the `Validators` to ask for a page with


class ConditionalMiddleware:
    """Sends If-None-Match and If-Modified-Since for listings that were read whole before, and for revisited pages."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ConditionalMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Only the first request for a listing: what it redirects to has validators of its own."""
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        if "redirect_urls" in request.meta:
            return
        known = await self._known(request)
        if known and known.etag:
            request.headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified

    async def _known(self, request: Request) -> Validators | None:
        """A page's come with its request; a listing's are asked of the ledger, and only by a daily run."""
        session = session_of(self._crawler)
        if request.meta.get(ROLE) != "listing" or not session.daily:
            return cast("Validators | None", request.meta.get(CONDITIONAL))
        return await session.storage(session.store.ledger.validators, request.url, session.listing_digest)
