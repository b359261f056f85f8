"""Faults that can be switched on for a host or an outlet while the newsroom runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from crawlers.newsroom import hosts
from crawlers.newsroom.listings import broken
from crawlers.newsroom.odd import challenge
from crawlers.newsroom.response import Request, Response, text_response

KINDS: dict[str, str] = {
    "503": "everything answers 503, robots.txt too",
    "robots503": "robots.txt answers 503, the rest is in order",
    "captcha": "every page is a captcha page with status 200; robots.txt is in order",
    "empty-feed": "feeds and sitemaps hold no item",
    "broken-feed": "feeds and sitemaps are cut off in the middle",
    "slow": "every answer takes a second longer",
    "hang": "requests get no answer at all until the newsroom closes",
    "reset": "the connection is reset in place of an answer",
}
_XML = ("application/rss+xml", "application/atom+xml", "application/xml")


def check_troubles(troubles: Mapping[str, str]) -> dict[str, str]:
    """A copy. Raises ValueError for a host, outlet or kind that is unknown, naming what can be used."""
    for name, kind in troubles.items():
        if name not in hosts.HOSTS and name not in hosts.OUTLETS:
            raise ValueError(
                f"no host or outlet {name!r}: use one of {', '.join((*hosts.OUTLETS, *sorted(hosts.HOSTS)))}"
            )
        if kind not in KINDS:
            raise ValueError(f"no trouble {kind!r}: use one of {', '.join(KINDS)}")
    return dict(troubles)


def trouble_of(troubles: Mapping[str, str], request: Request) -> str | None:
    """The trouble of this request: its host's, else that of the outlet whose page it asks for.

    An outlet that shares its host is troubled in its own pages only: robots.txt belongs to both.
    """
    if request.host in troubles:
        return troubles[request.host]
    chief = hosts.ALIASES.get(request.host, request.host)
    outlets = hosts.OUTLETS_OF.get(chief, ())
    if len(outlets) > 1:
        if request.path == "/robots.txt":
            return None
        english = request.path == "/en" or request.path.startswith("/en/")
        outlets = tuple(name for name in outlets if name.endswith("_en") == english)
    return next((troubles[name] for name in outlets if name in troubles), None)


def replaced(trouble: str | None, request: Request) -> Response | None:
    """The answer a trouble puts in place of the true one; None where the true one is asked for first."""
    robots = request.path == "/robots.txt"
    if trouble == "503" or (trouble == "robots503" and robots):
        busy = text_response("503 Service Unavailable\n", 503)
        return replace(busy, headers=(("Retry-After", "1"),))
    if trouble == "captcha" and not robots:
        return challenge(request.host)
    return None


def spoiled(trouble: str | None, response: Response) -> Response:
    """The true answer after the trouble has been at it."""
    if not response.content_type.startswith(_XML) or trouble not in ("empty-feed", "broken-feed"):
        return response
    text = response.body.decode()
    text = broken(text) if trouble == "broken-feed" else _without_items(text)
    return Response(response.status, text.encode(), response.content_type)


def _without_items(text: str) -> str:
    for opening, closing in (("<item>", "</item>"), ("<entry>", "</entry>"), ("<url>", "</url>")):
        start, end = text.find(opening), text.rfind(closing)
        if start >= 0:
            return text[:start] + text[end + len(closing) :]
    return text
