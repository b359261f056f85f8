"""Which listings a run reads: the outlet file's templates, filled in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import quote, quote_plus
from zoneinfo import ZoneInfo

from pipeline.outlet import Outlet

_FIRST_POSTS = 1  # WordPress counts its pages from one
_POSTS = "/wp-json/wp/v2/posts?per_page=100&page={page}"  # 100 is the most it gives
_POST_FIELDS = "&_fields=date,date_gmt,link,title,excerpt"  # without the texts: an answer is a tenth as long
_MAX_DAYS = 366  # of one back-fill by {day}; a longer one is asked for year by year


@dataclass(frozen=True, slots=True)
class ListingAddress:
    """One listing to read. `template` still holds `{page}` where further pages may follow."""

    url: str
    road: str  # feed | sitemap | index | tag | search | api
    template: str
    page: int
    last_page: int


def listing_addresses(
    outlet: Outlet, terms: Sequence[str], *, today: date, since: date | None = None, until: date | None = None
) -> tuple[ListingAddress, ...]:
    """The first page of every listing of an outlet, in the order of its file, each address once.

    `since` and `until` are the days asked for (both inclusive). Without `since` a daily run reads the indexes of
    today and yesterday, and of search results only the first page.
    """
    discovery = outlet.discovery
    days = _days(today, since, until)
    pages = discovery.pages
    first = discovery.first_page
    roads = (
        ("feed", discovery.feeds, first, pages),
        ("sitemap", discovery.sitemaps, first, pages),
        ("api", _posts(outlet), _FIRST_POSTS, pages if since else 1),
        ("index", discovery.indexes, first, pages),
        ("tag", discovery.tags, first, pages),
        ("search", discovery.searches, first, pages if since else 1),
        ("search", _post_searches(outlet), _FIRST_POSTS, pages if since else 1),
    )
    found: dict[str, ListingAddress] = {}
    for road, templates, page, count in roads:
        for template in templates:
            for filled in _fill(template, terms, days, discovery.day_format):
                address = _at(filled, road, page, count)
                found.setdefault(address.url, address)
    return tuple(found.values())


def day_in(zone: str, moment: datetime, *, last: bool = False) -> date:
    """The day a moment falls on in a zone; with `last`, the last day that an exclusive end at that moment lets in."""
    return (moment - timedelta(microseconds=1) if last else moment).astimezone(ZoneInfo(zone)).date()


def next_page(address: ListingAddress) -> ListingAddress | None:
    """The following page of a paged listing; `None` after the last one a run reads."""
    if "{page}" not in address.template or address.page >= address.last_page:
        return None
    page = address.page + 1
    return replace(address, url=address.template.replace("{page}", str(page)), page=page)


def child(address: ListingAddress, url: str) -> ListingAddress:
    """A sitemap that a sitemap index names."""
    return replace(address, url=url, template=url)


def _posts(outlet: Outlet) -> tuple[str, ...]:
    """WordPress's REST interface, newest first.

    No `after` and `before`: the pages' own dates must show without a gap how far back it was read, and a listing that
    answers another window each day is never 304.
    """
    root = outlet.discovery.wordpress
    return (f"{root.rstrip('/')}{_POSTS}{_POST_FIELDS}",) if root else ()


def _post_searches(outlet: Outlet) -> tuple[str, ...]:
    """Its search over whole texts, for an outlet of which only what is in scope is fetched."""
    if outlet.fetch != "matching":
        return ()
    return tuple(f"{template}&search={{query}}" for template in _posts(outlet))


def _at(template: str, road: str, first: int, count: int) -> ListingAddress:
    return ListingAddress(template.replace("{page}", str(first)), road, template, first, first + count - 1)


def _days(today: date, since: date | None, until: date | None) -> tuple[date, ...]:
    """Newest first."""
    last = min(until or today, today)
    first = since or last - timedelta(days=1)
    count = min(max((last - first).days + 1, 0), _MAX_DAYS)
    return tuple(last - timedelta(days=number) for number in range(count))


def _fill(template: str, terms: Sequence[str], days: Sequence[date], day_format: str) -> Iterator[str]:
    """All of a template's addresses, `{page}` left open. A query in the path is a slug, elsewhere it is quoted.

    `{day}` is one address a day; `{since}` and `{until}` are the first and the last day of the window, in one address.
    """
    if days:
        first, last = (quote(day.strftime(day_format), safe="/-") for day in (days[-1], days[0]))
        template = template.replace("{since}", first).replace("{until}", last)
    queries = [_query(template, term) for term in terms] if "{query}" in template else [""]
    printed = [quote(day.strftime(day_format), safe="/-") for day in days] if "{day}" in template else [""]
    for query in queries:
        for day in printed:
            yield template.replace("{query}", query).replace("{day}", day)


def _query(template: str, term: str) -> str:
    if "?" in template.partition("{query}")[0]:
        return quote_plus(term)
    return quote(re.sub(r"[\W_]+", "-", term.lower()).strip("-"))
