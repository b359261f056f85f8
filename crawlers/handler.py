"""The download handler: Scrapy's own, but for hosts that the bundled newsroom speaks for, when it is set.

Only the connection is redirected. Download slots, robots.txt, redirects, URLs and the Host header stay those of the
outlet; rewriting URLs in a middleware would put all outlets into one slot and fail on Host headers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.utils.httpobj import urlparse_cached

from crawlers.middlewares.guard import NEWSROOM_HOST, loopback

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class NewsroomHandler(HTTP11DownloadHandler):
    """HTTP and HTTPS; requests for the newsroom's hosts go to it in plain HTTP."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._newsroom: str | None = crawler.settings.get("KLIPING_NEWSROOM")
        self._hosts = newsroom_hosts() if self._newsroom else frozenset()
        if self._newsroom:
            loopback(self._newsroom)

    async def download_request(self, request: Request) -> Response:
        """Scrapy's interface."""
        host = urlparse_cached(request).hostname
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
