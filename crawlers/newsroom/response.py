"""What the newsroom is asked and what it answers, apart from any socket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """A GET or HEAD. Header names are lower-case; `query` holds the first value of each parameter."""

    host: str
    path: str
    target: str  # path and query as sent
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The article that an answer shows, for those who change answers."""

    paragraphs: tuple[str, ...] = ()  # as they are in truth; empty where the page is none to be read
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer; `body` is not compressed, unless `headers` name a Content-Encoding."""

    status: int
    body: bytes = field(repr=False)
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    article: Shown | None = None  # set where the address is an article's; None: listings, robots.txt, anything else


def html_response(text: str, status: int = 200) -> Response:
    return Response(status, text.encode())


def text_response(text: str, status: int = 200) -> Response:
    return Response(status, text.encode(), "text/plain; charset=utf-8")


def redirect(location: str, status: int = 301) -> Response:
    return Response(status, b"", headers=(("Location", location),))
