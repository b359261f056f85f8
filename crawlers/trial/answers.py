"""What a trial asks, and what it is answered: by the web, by this archive, or by recordings of another machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ParamSpec, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit

from crawlers.middlewares.robots import RobotsForbiddenError, RobotsUnreachableError, policy_of
from crawlers.settings import BOT_NAME
from pipeline.model import FailureClass, Page
from pipeline.urls import normalise

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request; `page` is what redirects led to. `failure` None: a page with status 200 to 299."""

    url: str  # as asked for
    page: Page | None
    failure: FailureClass | None = None
    detail: str | None = None

    @property
    def told(self) -> str:
        """The failure in words."""
        return f"{self.url}: {self.detail or self.failure}"


class Asker(Protocol):
    """Whoever answers. `role`: what the request is for (trial | listing | robots)."""

    async def ask(self, url: str, role: str) -> Answer: ...

    async def work(
        self, function: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Result:
        """Run a pure function over answers where it cannot hold anything up. Raises what a worker process raises."""
        ...


def judged(url: str, page: Page) -> Answer:
    """An answer by its status alone; 304 is never asked for. Pure."""
    if 200 <= page.status < 300:
        return Answer(url, page)
    failure = FailureClass.BLOCKED if page.status in (401, 403, 407, 429) else FailureClass.HTTP_STATUS
    return Answer(url, page, failure, f"the server answered {page.status}")


class Recorded:
    """Answers from what was recorded: the same requests get the same answers again, and nothing is asked."""

    def __init__(
        self,
        find: Callable[[str], Page | None],
        failures: Mapping[str, tuple[FailureClass, str]] | None = None,
        *,
        absent: str = "the recording holds no answer to this address",
    ) -> None:
        """`find`: the recorded response to an address, redirects not followed; `failures`: why there was none."""
        self._find = find
        self._failures = failures or {}
        self._absent = absent
        self.pages: dict[str, Page] = {}  # what was answered, by the address asked for

    async def ask(self, url: str, role: str) -> Answer:
        """As the web answered then. What robots.txt of the recording forbids is not answered."""
        return self.answer(url, robots=role == "robots")

    def answer(self, url: str, *, robots: bool = False) -> Answer:
        """`ask` without an event loop."""
        try:
            address = normalise(url)
        except ValueError as error:
            return Answer(url, None, FailureClass.FORBIDDEN_ADDRESS, str(error))
        if address in self._failures:
            return Answer(url, None, *self._failures[address])
        for _ in range(_MOST_REDIRECTS + 1):
            if not robots and (reason := self._forbidden(address)):
                return Answer(url, None, FailureClass.ROBOTS, reason)
            page = self._find(address)
            if page is None:
                return Answer(url, None, FailureClass.CONNECT, self._absent)
            target = location(page)
            if target is None:
                self.pages[url] = page
                return judged(url, page)
            address = target
        return Answer(url, None, FailureClass.HTTP_STATUS, "a redirect that leads to a redirect again and again")

    def _forbidden(self, address: str) -> str | None:
        """Why the recorded robots.txt forbids an address; without one in the recording nothing is forbidden."""
        parts = urlsplit(address)
        answer = self.answer(f"{parts.scheme}://{parts.netloc}/robots.txt", robots=True)
        if answer.page is None:
            return answer.detail if answer.failure is FailureClass.ROBOTS else None
        try:
            policy_of(answer.page.status, answer.page.body, BOT_NAME).check(address, BOT_NAME)
        except (RobotsForbiddenError, RobotsUnreachableError) as error:
            return str(error)
        return None

    async def work(
        self, function: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Result:
        """At once: nobody waits for this process."""
        return await asyncio.to_thread(function, *args, **kwargs)


def location(page: Page) -> str | None:
    """Where a redirect leads, in one spelling; `None` for any other response."""
    if page.status not in (301, 302, 303, 307, 308):
        return None
    target = next((value for name, value in page.headers if name.lower() == "location"), None)
    try:
        return normalise(urljoin(page.url, target)) if target else None
    except ValueError:
        return None
