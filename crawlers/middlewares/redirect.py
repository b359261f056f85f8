"""Redirects as Scrapy follows them, without ever saying where we come from, and never to a page that is had already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from crawlers.current import spider_of
from crawlers.middlewares.robots import ROLE

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response

# meta keys: with the first, the request would wait in the queue of the host it comes from, beside one of its own host
_OF_ONE_REQUEST = ("download_slot", "autothrottle_dont_adjust_delay")


class LeadsElsewhereError(IgnoreRequest):
    """The redirect's target is another article that is stored, or asked for in this run."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(f"leads to {url}")
        self.url = url
        self.status = status


class QuietRedirectMiddleware(RedirectMiddleware):
    """Scrapy's own looks for its referer middleware and warns that it is off; here it is off on purpose."""

    def _engine_started(self) -> None:
        """Nothing to look for: without a referer middleware the header is removed on redirects."""

    async def process_response(  # type: ignore[override]  # Scrapy awaits what a middleware returns
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 (Scrapy's signature)
    ) -> Request | Response:
        """Raises `LeadsElsewhereError`."""
        result = super().process_response(request, response)
        if not isinstance(result, Request):
            return result
        for name in _OF_ONE_REQUEST:
            result.meta.pop(name, None)
        if request.meta.get(ROLE) == "page":
            task = request.cb_kwargs["task"]
            if not await spider_of(self.crawler).may_follow(task, result.url):
                raise LeadsElsewhereError(result.url, response.status)
        return result
