"""The size limit of a response: what came until then is kept for the archive, where Scrapy's own limit drops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import IgnoreRequest, StopDownload

from crawlers.middlewares.robots import PARSED_BYTES, ROLE

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

_RECEIVED = "received"  # meta key: bytes of the body so far
CUT = "download_stopped"  # the flag that Scrapy gives a response whose download was stopped


class TooLargeError(IgnoreRequest):
    """The response is larger than `crawl.max_bytes`; its beginning is in the archive."""


class SizeLimit:
    """Stops a download whose header announces too much before its body begins, any other where it grows too large.

    Of a robots.txt as much is read as is obeyed.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._limit: int = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        crawler.signals.connect(self.headers_received, signals.headers_received)
        crawler.signals.connect(self.bytes_received, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SizeLimit:
        return cls(crawler)

    def headers_received(
        self,
        headers: Headers,  # noqa: ARG002 (Scrapy's signal)
        body_length: int | str,
        request: Request,
        spider: Spider,  # noqa: ARG002 (as above)
    ) -> None:
        """Raises `StopDownload`. `body_length` is no number where the header does not tell."""
        request.meta[_RECEIVED] = 0  # a retry and a redirect inherit the meta of the request before
        if isinstance(body_length, int) and body_length > self._limit and not _is_robots(request):
            raise StopDownload(fail=False)

    def bytes_received(
        self,
        data: bytes,
        request: Request,
        spider: Spider,  # noqa: ARG002 (as above)
    ) -> None:
        """Raises `StopDownload`."""
        received = request.meta[_RECEIVED] = request.meta.get(_RECEIVED, 0) + len(data)
        if received > (PARSED_BYTES if _is_robots(request) else self._limit):
            raise StopDownload(fail=False)


def is_cut(response: Response) -> bool:
    """Whether the limit stopped its download."""
    return CUT in response.flags


def refuse_cut(request: Request, response: Response) -> None:
    """Raises `TooLargeError` for what is not to be read in part."""
    if is_cut(response) and not _is_robots(request):
        raise TooLargeError("larger than crawl.max_bytes")


def _is_robots(request: Request) -> bool:
    return bool(request.meta.get(ROLE) == "robots")
