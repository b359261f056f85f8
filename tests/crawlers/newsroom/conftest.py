"""A running newsroom and a small client that names the host itself."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from crawlers.newsroom import Newsroom, Request, serve

TODAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]  # names lower-case
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask_at(newsroom: Newsroom, url: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for an outlet's address at the newsroom. `accept_encoding="gzip"` sends Accept-Encoding."""
    parts = urlsplit(url)
    host, _, port = newsroom.address.partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        target = parts._replace(scheme="", netloc="", fragment="").geturl()
        connection.request(method, target, headers={"Host": parts.netloc, **sent})
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with serve(TODAY) as running:
        yield running


@pytest.fixture
def ask(newsroom: Newsroom) -> Callable[..., Answer]:
    def asking(url: str, method: str = "GET", **headers: str) -> Answer:
        return ask_at(newsroom, url, method, **headers)

    return asking


def asked(url: str, **headers: str) -> Request:
    """A request as the server makes one of an address, for tests that need no socket."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    query = dict(reversed(parse_qsl(parts.query, keep_blank_values=True)))
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(parts.netloc, unquote(parts.path or "/"), target, query, sent)
