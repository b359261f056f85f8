"""Entries of JSON Feed 1.0 and 1.1, and of WordPress's REST interface (/wp-json/wp/v2/posts). Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urljoin, urlsplit

from crawlers.entries import Entries, moment, opening, plain, teaser
from pipeline.document import tidy
from pipeline.model import Listing, Page
from pipeline.outlet import Outlet
from pipeline.urls import normalise

Json = Mapping[str, object]
_PAST_THE_END = "rest_post_invalid_page_number"  # the code of WordPress's error 400 behind the last page


def is_json(page: Page) -> bool:
    """Whether a body begins as a JSON object or array does."""
    return page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def past_the_end(status: int, body: bytes) -> bool:
    """Whether an answer is WordPress's way to say that the page asked for is behind the last."""
    return status == 400 and _PAST_THE_END.encode() in body[:10_000]


# --- JSON Feed -------------------------------------------------------------------------------------------------------


def read_json_feed(page: Page, outlet: Outlet) -> Entries:
    """What jsonfeed.org defines; an item without an address, or that is no object, is told of."""
    feed = _loaded(page)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return Entries((), broken="not a feed")
    items = feed["items"]
    listings = [_item(item, page, outlet) for item in items if isinstance(item, dict)]
    found = tuple(listing for listing in listings if listing)
    missing = len(items) - len(found)
    return Entries(found, broken=f"{missing} entries without an address" if missing else None)


def _loaded(page: Page) -> object:
    try:
        return json.loads(page.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None


def _item(item: Json, page: Page, outlet: Outlet) -> Listing | None:
    url = next(_addresses(item, page), None)
    if url is None:
        return None
    printed = _text(item, "date_published") or _text(item, "date_modified")
    return Listing(
        url=url,
        found_on=page.url,
        road="feed",
        headline=plain(item.get("title")),
        description=teaser(item.get("summary")) or opening(item.get("content_html") or item.get("content_text")),
        date_published=moment(printed, outlet.timezone),
        date_published_text=printed,
        authors=tuple(dict.fromkeys(_authors(item))),
        keywords=tuple(dict.fromkeys(tidy(tag) for tag in _list(item, "tags") if isinstance(tag, str) and tidy(tag))),
    )


def _addresses(item: Json, page: Page) -> Iterator[str]:
    """`url`, else an `id` that is an address; `external_url` is another site's page that the item is about."""
    for key in ("url", "id", "external_url"):
        text = _text(item, key)
        if text and (key == "url" or text.startswith(("http://", "https://"))):
            try:
                yield normalise(urljoin(page.url, text))
            except ValueError:
                continue


def _authors(item: Json) -> Iterator[str]:
    """`authors` of version 1.1, the one `author` of version 1.0."""
    for author in [*_list(item, "authors"), item.get("author")]:
        name = _text(author, "name") if isinstance(author, dict) else None
        if name:
            yield name


def _text(item: Json, key: str) -> str | None:
    value = item.get(key)
    return (tidy(value) or None) if isinstance(value, str) else None


def _list(item: Json, key: str) -> list[object]:
    value = item.get(key)
    return value if isinstance(value, list) else []


# --- WordPress -------------------------------------------------------------------------------------------------------


def read_posts(page: Page, road: str, outlet: Outlet) -> Entries:
    """The posts of one page of the interface, newest first. An error of the interface is told by its message."""
    posts = _loaded(page)
    if isinstance(posts, dict) and posts.get("code"):
        told = tidy(str(posts.get("message") or ""))[:120]
        return Entries((), broken=f"the interface answered {posts['code']!s:.60} ({told})")
    if not isinstance(posts, list):
        return Entries((), broken="not a list of posts")
    listings = [_post(post, page, road, outlet) for post in posts if isinstance(post, dict)]
    found = tuple(listing for listing in listings if listing)
    missing = len(posts) - len(found)
    broken = f"{missing} entries without an address" if missing else None
    return Entries(found, last=_is_last(page), broken=broken)


def _post(post: Json, page: Page, road: str, outlet: Outlet) -> Listing | None:
    link = _text(post, "link")
    try:
        url = normalise(urljoin(page.url, link)) if link else None
    except ValueError:
        url = None
    if url is None:
        return None
    universal, local = _text(post, "date_gmt"), _text(post, "date")
    when = moment(f"{universal}Z", "UTC") if universal else None
    return Listing(
        url=url,
        found_on=page.url,
        road=road,
        headline=plain(_rendered(post, "title")),
        description=teaser(_rendered(post, "excerpt")),
        date_published=when or moment(local, outlet.timezone),
        date_published_text=local or universal,
    )


def _rendered(post: Json, key: str) -> object:
    value = post.get(key)
    return value.get("rendered") if isinstance(value, dict) else value


def _is_last(page: Page) -> bool:
    """By the header X-WP-TotalPages, where a proxy has left it there."""
    totals = [value for name, value in page.headers if name.lower() == "x-wp-totalpages"]
    asked = parse_qs(urlsplit(page.url).query).get("page", ["1"])[-1]
    return bool(totals) and totals[-1].isdecimal() and asked.isdecimal() and int(asked) >= int(totals[-1])
