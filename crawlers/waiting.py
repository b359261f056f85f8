"""Requests that wait for their turn in the downloader, and are not to be sent any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twisted.python.failure import Failure as TwistedFailure

from crawlers.errors import StoppedError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def let_go(crawler: Crawler) -> None:
    """Fail them all; the ones under way are left to end.

    Scrapy would send them still, one `delay` after the other, before a run that was stopped could end.
    """
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:
            _, answer = slot.queue.popleft()
            error = TwistedFailure(StoppedError("the run is ending"))  # type: ignore[no-untyped-call]  # Twisted's
            answer.errback(error)
