"""Which listings a run reads: the outlet file's templates, filled in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import quote, quote_plus
from zoneinfo import ZoneInfo

from pipeline.outlet import Outlet

_MAX_DAYS = 366  # of one back-fill by {day}; a longer one is asked for year by year


@dataclass(frozen=True, slots=True)
class ListingAddress:
    """One listing to read. `template` still holds `{page}` where further pages may follow."""

    url: str
    road: str  # feed | sitemap | index | tag | search
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
    roads = (
        ("feed", discovery.feeds, pages),
        ("sitemap", discovery.sitemaps, pages),
        ("index", discovery.indexes, pages),
        ("tag", discovery.tags, pages),
        ("search", discovery.searches, pages if since else 1),
    )
    found: dict[str, ListingAddress] = {}
    for road, templates, count in roads:
        for template in templates:
            for filled in _fill(template, terms, days, discovery.day_format):
                address = _at(filled, road, discovery.first_page, count)
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


def _at(template: str, road: str, first: int, count: int) -> ListingAddress:
    return ListingAddress(template.replace("{page}", str(first)), road, template, first, first + count - 1)


def _days(today: date, since: date | None, until: date | None) -> tuple[date, ...]:
    """Newest first."""
    last = min(until or today, today)
    first = since or last - timedelta(days=1)
    count = min(max((last - first).days + 1, 0), _MAX_DAYS)
    return tuple(last - timedelta(days=number) for number in range(count))


def _fill(template: str, terms: Sequence[str], days: Sequence[date], day_format: str) -> Iterator[str]:
    """All of a template's addresses, `{page}` left open. A query in the path is a slug, elsewhere it is quoted."""
    queries = [_query(template, term) for term in terms] if "{query}" in template else [""]
    printed = [quote(day.strftime(day_format), safe="/-") for day in days] if "{day}" in template else [""]
    for query in queries:
        for day in printed:
            yield template.replace("{query}", query).replace("{day}", day)


def _query(template: str, term: str) -> str:
    if "?" in template.partition("{query}")[0]:
        return quote_plus(term)
    return quote(re.sub(r"[\W_]+", "-", term.lower()).strip("-"))
