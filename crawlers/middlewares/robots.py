"""robots.txt as RFC 9309 says, in place of Scrapy's middleware, which fetches on when robots.txt answers 503.

2xx: the first 500 KiB are obeyed. 4xx: there are no rules. 5xx, 429 and unreachable: nothing may be fetched.
An answer is good for 24 hours, in every run; a failure for the run that met it. The RFC lets a crawler go on with an
older copy while a robots.txt is unreachable (§2.4); we do not: whoever cannot tell us his wish is not asked for pages.
Crawl-delay, which the RFC leaves out, is applied to the host's download slot.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawlers.current import session_of
from crawlers.errors import NotTriedError
from pipeline.errors import ArchiveError, StoreError
from pipeline.store.robots import RobotsRecord

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ROLE = "role"  # meta key: page | listing | robots
PARSED_BYTES = 500 * 1024  # RFC 9309 §2.5
_CACHED = timedelta(hours=24)  # RFC 9309 §2.4
_LONGEST_DELAY = 120.0  # seconds between two requests; a run's 300 requests then take ten hours
_UNAVAILABLE = 404  # stands for "more than five redirects" in the store
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
    crawl_delay: float | None = None  # seconds, as applied
    remark: str | None = None  # where what is applied is not what was asked for
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
        return Policy(rules, *applied_delay(rules.crawl_delay(agent)))
    if 300 <= status < 500 and status != _TOO_MANY_REQUESTS:
        return Policy(None)
    return Policy(None, unreachable=f"robots.txt answered {status}, so nothing may be fetched")


def applied_delay(stated: float | None) -> tuple[float | None, str | None]:
    """(the Crawl-delay that is applied in seconds, why it is not the stated one). Pure."""
    if stated is None or stated <= _LONGEST_DELAY:
        return stated, None
    return _LONGEST_DELAY, f"asks for a Crawl-delay of {stated:g} seconds; {_LONGEST_DELAY:g} are kept"


class RobotsMiddleware:
    """Asks every origin for its robots.txt before anything else, once a day."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["BOT_NAME"]
        # What the made-up newsroom says under an outlet's name must never be taken for the outlet's own wish.
        self._speaker = " (newsroom)" if crawler.settings.get("KLIPING_NEWSROOM") else ""
        self._policies: dict[str, tuple[datetime, asyncio.Task[Policy]]] = {}  # from when they are

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
        now = session_of(self._crawler).now()
        known = self._policies.get(origin)
        if known is None or known[0] <= now - _CACHED:
            known = (now, asyncio.ensure_future(self._look_up(origin)))
            self._policies[origin] = known
        return known[1]

    async def _look_up(self, origin: str) -> Policy:
        """What the store holds of this day, else what the origin answers now."""
        session = session_of(self._crawler)
        record = await session.storage(session.store.robots.get, origin + self._speaker, session.now() - _CACHED)
        if record is None:
            policy = await self._fetch(origin)
        else:
            policy = policy_of(record.status, record.body.encode(), self._agent)
            self._policies[origin] = (record.fetched_at, self._policies[origin][1])
        if policy.remark:
            session.tally.failures.append((f"{origin}/robots.txt", f"limit: {policy.remark}"))
        return policy

    async def _fetch(self, origin: str) -> Policy:
        request = Request(f"{origin}/robots.txt", priority=_PRIORITY, meta={ROLE: "robots"}, callback=NO_CALLBACK)
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except (ArchiveError, StoreError):
            raise
        except NotTriedError:
            self._policies.pop(origin, None)
            raise
        except IgnoreRequest as error:
            if not str(error).startswith("max redirections"):
                return Policy(None, unreachable=f"robots.txt cannot be had: {error}")
            status, body = _UNAVAILABLE, b""  # RFC 9309 §2.3.1.2
        else:
            status, body = response.status, response.body[:PARSED_BYTES]
        policy = policy_of(status, body, self._agent)
        if policy.unreachable is None:
            await self._keep(origin, status, body)
        return policy

    async def _keep(self, origin: str, status: int, body: bytes) -> None:
        """For the runs of the next 24 hours."""
        session = session_of(self._crawler)
        text = body.decode("utf-8-sig", "replace") if 200 <= status < 300 else ""
        record = RobotsRecord(origin + self._speaker, status, text, session.now())
        await session.storage(session.store.robots.put, record)

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
