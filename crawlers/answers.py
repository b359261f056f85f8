"""Scrapy's responses and failures in this project's words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from scrapy.utils.httpobj import urlparse_cached

from crawlers.failures import Failure, of_error
from crawlers.middlewares.capture import FETCHED_AT, RECORD_ID
from pipeline.model import Page
from pipeline.outlet import Outlet
from pipeline.store.crawl_records import Validators
from pipeline.urls import normalise

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure


def page_of(response: Response, outlet: Outlet | None, now: datetime) -> Page:
    """The recorded response as a page; `now` stands in where it was not recorded."""
    headers = [(name, value) for name, values in response.headers.items() for value in values]
    return Page(
        url=normalise(response.url),
        status=response.status,
        headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers),
        body=response.body,
        fetched_at=response.meta.get(FETCHED_AT) or now,
        outlet=outlet.name if outlet else None,
        record_id=response.meta.get(RECORD_ID),
    )


def header(response: Response, name: str) -> str | None:
    """The last header of that name."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def validators_of(response: Response) -> Validators | None:
    """What may be sent back to ask whether the page is still as it is here; not of an answer that was redirected."""
    etag, modified = header(response, "ETag"), header(response, "Last-Modified")
    return Validators(etag, modified) if (etag or modified) and "redirect_urls" not in response.meta else None


def request_of(failure: TwistedFailure) -> Request:
    """Scrapy hangs the request on the failure."""
    return cast("Request", vars(failure)["request"])


def reason_of(failure: TwistedFailure) -> Failure:
    """Why there is no response."""
    return of_error(failure.value, urlparse_cached(request_of(failure)).hostname or "")
