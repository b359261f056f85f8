"""Retries within a run; `crawlers.handler` keeps the pause that a server asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.utils.httpobj import urlparse_cached

from crawlers.current import session_of, spider_of
from crawlers.errors import refuse_paused
from crawlers.failures import Failure, of_error, of_status
from crawlers.middlewares.capture import RECORD_ID
from crawlers.middlewares.robots import ROLE

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response


class PoliteRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, each after the pause the server asked for."""

    def process_request(self, request: Request) -> None:
        """Raises `HostPausedError` while a host's pause lasts."""
        refuse_paused(session_of(self.crawler), _host(request))

    async def process_response(  # type: ignore[override]  # Scrapy awaits what a middleware returns
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 (Scrapy's signature)
    ) -> Request | Response:
        """Scrapy's interface."""
        session = session_of(self.crawler)
        failure = of_status(response.status, response.headers, now=session.now())
        if session.replaying or failure is None:
            return response
        if session.pause_of(_host(request)):
            return response  # no try at once
        result = super().process_response(request, response)
        if result is not response:
            await self._note(request, result, failure)
        return result

    async def process_exception(  # type: ignore[override]  # as above
        self,
        request: Request,
        exception: Exception,
        spider: Spider | None = None,  # noqa: ARG002 (Scrapy's signature)
    ) -> Request | Response | None:
        """Scrapy's interface."""
        again = super().process_exception(request, exception)
        if again is not None:
            await self._note(request, again, of_error(exception, _host(request)))
        return again

    async def _note(self, request: Request, again: Request | Response, failure: Failure) -> None:
        """A row for the try that failed, where the ledger knows the address; the next try has a record of its own."""
        record_id = again.meta.pop(RECORD_ID, None)
        if request.meta.get(ROLE) == "page":
            task = request.cb_kwargs["task"]
            await spider_of(self.crawler).accounts.retrying(task.record, failure, record_id)


def _host(request: Request) -> str:
    return urlparse_cached(request).hostname or ""
