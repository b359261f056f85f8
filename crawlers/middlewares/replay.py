"""Answers every request from WARC files, by URL: no robots.txt is consulted, no network is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes

from crawlers.current import session_of
from crawlers.limits import CUT

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from pipeline.archive.exchange import Exchange

EXCHANGE = "exchange"  # meta key: the recorded exchange, for the copy into this run's file


class NotRecordedError(IgnoreRequest):
    """The files that are replayed hold no answer to this address."""


class ReplayMiddleware:
    """The last middleware before the network, which it stands in for."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReplayMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """The recorded response. Raises `NotRecordedError`, `ArchiveError`."""
        session = session_of(self._crawler)
        if not session.replaying:
            return None
        exchange = await session.storage(session.recorded, request.url)
        if exchange is None:
            raise NotRecordedError("the replayed files hold no answer to this address")
        request.meta[EXCHANGE] = exchange
        return response_of(exchange, request.url)


def response_of(exchange: Exchange, url: str) -> Response:
    """The recorded exchange as Scrapy would have made it from the network, under the address asked for. Pure."""
    headers = Headers()
    for name, value in exchange.response_headers:
        headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=url, body=exchange.body)
    flags = [CUT] if exchange.truncated == "length" else None
    return kind(url=url, status=exchange.status, headers=headers, body=exchange.body, flags=flags)
