"""robots.txt as RFC 9309 says, in place of Scrapy's middleware, which fetches on when robots.txt answers 503.

2xx: the first 500 KiB are obeyed. 4xx: there are no rules. 5xx, 429 and unreachable: nothing may be fetched.
Crawl-delay, which the RFC leaves out, is applied to the host's download slot.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawlers.current import session_of
from crawlers.errors import StoppedError
from pipeline.errors import ArchiveError, StoreError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ROLE = "role"  # meta key: page | listing | robots
PARSED_BYTES = 500 * 1024  # RFC 9309 §2.5
_CACHED = timedelta(hours=24).total_seconds()  # RFC 9309 §2.4
_PRIORITY = 1000
_TOO_MANY_REQUESTS = 429


class RobotsForbiddenError(IgnoreRequest):
    """robots.txt disallows the address."""


class RobotsUnreachableError(IgnoreRequest):
    """robots.txt cannot be had, so nothing may be fetched."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What one robots.txt says to us."""

    rules: Protego | None  # None: no rules
    crawl_delay: float | None = None  # seconds
    unreachable: str | None = None  # why nothing may be fetched

    def check(self, url: str, agent: str) -> None:
        """Raises `RobotsForbiddenError` or `RobotsUnreachableError`."""
        if self.unreachable:
            raise RobotsUnreachableError(self.unreachable)
        if self.rules is not None and not self.rules.can_fetch(url, agent):
            raise RobotsForbiddenError("robots.txt disallows the address")


def policy_of(status: int, body: bytes, agent: str) -> Policy:
    """The policy of an answer to a request for robots.txt, redirects followed. Pure."""
    if 200 <= status < 300:
        rules = Protego.parse(body[:PARSED_BYTES].decode("utf-8-sig", "replace"))
        return Policy(rules, rules.crawl_delay(agent))
    if 300 <= status < 500 and status != _TOO_MANY_REQUESTS:
        return Policy(None)
    return Policy(None, unreachable=f"robots.txt answered {status}, so nothing may be fetched")


class RobotsMiddleware:
    """Asks every origin for its robots.txt before anything else, once a run (or day)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["BOT_NAME"]
        self._policies: dict[str, tuple[float, asyncio.Task[Policy]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises `RobotsForbiddenError`, `RobotsUnreachableError`, or why the host itself cannot be reached."""
        if request.meta.get(ROLE) == "robots" or session_of(self._crawler).replaying:
            return
        parts = urlparse_cached(request)
        policy = await asyncio.shield(self._policy(f"{parts.scheme}://{parts.netloc}"))
        policy.check(request.url, self._agent)
        if policy.crawl_delay:
            self._slow_down(request, policy.crawl_delay)

    def _policy(self, origin: str) -> asyncio.Task[Policy]:
        """One look-up per origin, shared by all requests that wait for it."""
        known = self._policies.get(origin)
        if known is None or known[0] < monotonic() - _CACHED:
            known = (monotonic(), asyncio.ensure_future(self._fetch(origin)))
            self._policies[origin] = known
        return known[1]

    async def _fetch(self, origin: str) -> Policy:
        request = Request(f"{origin}/robots.txt", priority=_PRIORITY, meta={ROLE: "robots"}, callback=NO_CALLBACK)
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except (ArchiveError, StoreError, StoppedError):
            raise
        except IgnoreRequest as error:
            if str(error).startswith("max redirections"):
                return Policy(None)  # RFC 9309 §2.3.1.2: more than five redirects are "unavailable"
            return Policy(None, unreachable=f"robots.txt cannot be had: {error}")
        return policy_of(response.status, response.body, self._agent)

    def _slow_down(self, request: Request, delay: float) -> None:
        """Crawl-delay, where it is longer than what the outlet file and AutoThrottle ask for."""
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        usual = downloader.per_slot_settings.get(key, {}).get(
            "delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        )
        delay = max(delay, usual)
        downloader.per_slot_settings[key] = {"delay": delay}  # a slot that was idle is made anew
        if key in downloader.slots:
            downloader.slots[key].delay = max(downloader.slots[key].delay, delay)
        request.meta["autothrottle_dont_adjust_delay"] = True
