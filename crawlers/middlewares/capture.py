"""Every exchange into the archive: robots.txt, redirects, 304, errors, listings and articles.

The WARC record is on the disk before its row is committed, and both are there before anybody else sees the response.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached
from twisted.web.http import RESPONSES

from crawlers.current import session_of
from crawlers.limits import is_cut, refuse_cut
from crawlers.middlewares.replay import EXCHANGE
from crawlers.middlewares.robots import ROLE
from pipeline.archive.exchange import Exchange, Headers

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.http.headers import Headers as ScrapyHeaders

RECORD_ID = "record_id"  # meta key: WARC-Record-ID of the response
FETCHED_AT = "fetched_at"  # meta key: what the record says of when


class CaptureMiddleware:
    """Sees responses raw: content-encoded, before redirects are followed."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Raises `ArchiveError` or `StoreError`: the response then counts as not fetched; and `TooLargeError`."""
        session = session_of(self._crawler)
        replayed: Exchange | None = request.meta.pop(EXCHANGE, None)
        if replayed:
            exchange = replace(replayed, role=role_of(request, replayed.status))
        else:
            waited = timedelta(seconds=request.meta.get("download_latency") or 0)  # until the answer began
            exchange = exchange_of(request, response, session.now() - waited)
        capture = await session.record(exchange)
        request.meta[RECORD_ID] = capture.record_id
        request.meta[FETCHED_AT] = exchange.fetched_at
        refuse_cut(request, response)
        return response


def exchange_of(request: Request, response: Response, fetched_at: datetime) -> Exchange:
    """What goes into the archive; `fetched_at` is when the request was sent. Pure."""
    phrase = RESPONSES.get(response.status, b"")
    host = (b"Host", urlparse_cached(request).netloc.encode("latin-1", "replace"))
    return Exchange(
        url=request.url,
        method=request.method,
        request_headers=(host, *_pairs(request.headers)),
        status=response.status,
        reason=phrase.decode("ascii"),
        response_headers=_pairs(response.headers),
        body=response.body,
        fetched_at=fetched_at,
        role=role_of(request, response.status),
        remote_address=str(response.ip_address) if response.ip_address else None,
        truncated="length" if is_cut(response) else "disconnect" if "partial" in response.flags else None,
        protocol=response.protocol or "HTTP/1.1",
    )


def role_of(request: Request, status: int) -> str:
    """redirect and error by status; else what the request was made for."""
    if 300 <= status < 400 and status != 304:
        return "redirect"
    return "error" if status >= 400 else str(request.meta.get(ROLE, "page"))


def _pairs(headers: ScrapyHeaders) -> Headers:
    return tuple((name, value) for name, values in headers.items() for value in values)
