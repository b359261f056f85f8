"""Retries within a run, and the server's wish for a pause (Retry-After) for the whole host."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.utils.httpobj import urlparse_cached

from crawlers.current import session_of
from crawlers.failures import HostPausedError, retry_after

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response

_LONGEST_PAUSE = 30.0  # seconds a run waits for a host; a longer wish ends the host's part of the run


class PoliteRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, each after the pause the server asked for."""

    def process_request(self, request: Request) -> None:
        """Raises `HostPausedError` while a host's pause lasts."""
        session = session_of(self.crawler)
        host = urlparse_cached(request).hostname or ""
        if session.paused_until.get(host, 0.0) > monotonic():
            raise HostPausedError(f"{host} asked for a pause, or blocks us")

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 (Scrapy's signature)
    ) -> Request | Response:
        """Scrapy's interface."""
        session = session_of(self.crawler)
        if session.replaying or response.status < 400:
            return response
        pause = retry_after(response.headers.get(b"Retry-After"), session.now())
        if pause is None:
            return super().process_response(request, response)
        if pause.total_seconds() > _LONGEST_PAUSE:
            host = urlparse_cached(request).hostname or ""
            session.paused_until[host] = monotonic() + pause.total_seconds()
            return response
        self._hold_back(request, pause.total_seconds())
        return super().process_response(request, response)

    def _hold_back(self, request: Request, seconds: float) -> None:
        """No request to this host before the pause is over: the slot behaves as if its last one were sent then."""
        downloader = self.crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is not None:
            slot.delay = max(slot.delay, 0.1)  # a slot without any delay looks at no clock
            slot.lastseen = max(slot.lastseen, monotonic() + seconds - slot.delay)
