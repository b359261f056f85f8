"""The download handler: Scrapy's own, but for hosts that the bundled newsroom speaks for, when it is set.

Only the connection is redirected. Download slots, robots.txt, redirects, URLs and the Host header stay those of the
outlet; rewriting URLs in a middleware would put all outlets into one slot and fail on Host headers.
"""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.utils.httpobj import urlparse_cached

from crawlers.current import session_of
from crawlers.errors import refuse_paused
from crawlers.failures import of_status
from crawlers.middlewares.guard import NEWSROOM_HOST, loopback

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_LONGEST_PAUSE = timedelta(seconds=30)  # that a run waits for a host; a longer wish ends the host's part of the run


class NewsroomHandler(HTTP11DownloadHandler):
    """HTTP and HTTPS; requests for the newsroom's hosts go to it in plain HTTP."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._default_maxsize = 0  # `crawlers.limits` stops a download earlier, and keeps what came
        self._newsroom: str | None = crawler.settings.get("KLIPING_NEWSROOM")
        self._hosts = newsroom_hosts() if self._newsroom else frozenset()
        if self._newsroom:
            loopback(self._newsroom)

    async def download_request(self, request: Request) -> Response:
        """Scrapy's interface."""
        session = session_of(self._crawler)
        host = urlparse_cached(request).hostname or ""
        refuse_paused(session, host)  # the request may have waited for its turn since before the pause
        response = await self._download(request, host)
        # Here, for the next request leaves as soon as this one has its answer.
        failure = of_status(response.status, response.headers, now=session.now())
        if failure and failure.retry_after and failure.retry_after > _LONGEST_PAUSE:
            session.pause(host, failure.retry_after, failure.failure)
        elif failure and failure.retry_after:
            self._hold_back(request, failure.retry_after.total_seconds())
        return response

    def _hold_back(self, request: Request, seconds: float) -> None:
        """No request to this host before the pause is over: the slot behaves as if its last one were sent then."""
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is not None:
            slot.delay = max(slot.delay, 0.1)  # a slot without any delay looks at no clock
            slot.lastseen = max(slot.lastseen, monotonic() + seconds - slot.delay)

    async def _download(self, request: Request, host: str) -> Response:
        if self._newsroom is None or host not in self._hosts:
            return await super().download_request(request)
        mapped = _to_newsroom(request, self._newsroom)
        try:
            response = await super().download_request(mapped)
        finally:
            request.meta["download_latency"] = mapped.meta.get("download_latency")
        return response.replace(url=request.url)


def _to_newsroom(request: Request, newsroom: str) -> Request:
    """The same request, to the newsroom's port, with the outlet's Host header."""
    parts = urlparse_cached(request)
    port = newsroom.rpartition(":")[2]
    url = parts._replace(scheme="http", netloc=f"{NEWSROOM_HOST}:{port}", fragment="").geturl()
    mapped = request.replace(url=url)
    mapped.headers["Host"] = parts.netloc
    return mapped


def newsroom_hosts() -> frozenset[str]:
    """The hosts the bundled newsroom speaks for."""
    from crawlers.newsroom import HOSTS  # noqa: PLC0415 (the newsroom is needed by demo and tests only)

    return HOSTS
