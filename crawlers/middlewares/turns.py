"""One crawl at a time asks a host, across all processes and machines on one store.

A run holds the hosts of its outlet from the beginning. Here it claims any further one (a regional portal under the
bare domain, the target of a redirect) before its first request there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

from crawlers.current import session_of
from crawlers.errors import HostBusyError
from crawlers.failures import of_error
from crawlers.middlewares.robots import ROLE
from pipeline.errors import LeasedError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class TurnsMiddleware:
    """Stands before the robots middleware: robots.txt too is asked of the host."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> TurnsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises `HostBusyError` where another run asks the host; the address then stays pending."""
        session = session_of(self._crawler)
        host = urlparse_cached(request).hostname
        if session.replaying or not host:
            return
        try:
            await session.claim_host(host)
        except LeasedError as error:
            busy = HostBusyError(f"{error}; the next run asks again")
            if request.meta.get(ROLE) == "page":  # a listing's failure is noted where listings are read
                session.note_url_failure(request.url, of_error(busy, host))
            raise busy from None
