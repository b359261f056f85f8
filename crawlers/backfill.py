"""A back-fill: what it reads, what of that is still to be read, and which days the readings prove. Mostly pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from crawlers.addresses import ListingAddress, child, listing_addresses, next_page
from crawlers.platforms import back_fill
from pipeline.model import Disposition
from pipeline.outlet import Outlet
from pipeline.spans import DayUrl, Roads, believed, day_bounds
from pipeline.store.crawl_records import Named, OutletUrl, Reading

BOUND = 1000  # pages of one listing that a back-fill reads; reaching it is told in the receipt
LONGEST = 366  # days of one back-fill: `crawlers.addresses` fills {day} for no more
_CHOSEN_ROADS = ("tag", "search")  # never name everything: read as deep as a daily run reads them
_UNSETTLED = (Disposition.PENDING, Disposition.FAILED)

GoesOn = Callable[[ListingAddress, datetime | None], bool]  # whether a page's next one is wanted, by its newest date


def listing_digest(outlet: Outlet, watches_digest: str, window_days: int) -> str:
    """What listings are judged by: their validators are void, and a back-fill is planned anew, when it changes."""
    watches = watches_digest if outlet.fetch == "matching" else ""
    return hashlib.sha256(f"{outlet.digest} {watches} {window_days}".encode()).hexdigest()


def window_of(outlet: Outlet, since: date, until: date) -> tuple[datetime, datetime]:
    """From the first instant of the first day to the first that is no longer of the last day, in the outlet's zone."""
    zone = ZoneInfo(outlet.timezone)
    return day_bounds(since, zone)[0], day_bounds(until, zone)[1]


# --- which listings --------------------------------------------------------------------------------------------------


def first_addresses(
    outlet: Outlet, terms: Sequence[str], *, since: date, until: date, today: date
) -> tuple[ListingAddress, ...]:
    """The first page of every listing of a back-fill.

    Where the outlet has an index of each day, that one is read to its end and the others as a daily run reads them;
    else each listing that names everything is followed back, as far as `BOUND`.
    """
    discovery = outlet.discovery
    deep = replace(outlet, discovery=replace(discovery, indexes=(*discovery.archives, *discovery.indexes)))
    found = listing_addresses(deep, terms, today=today, since=since, until=until)
    by_day = _day_templates(outlet, since, until)
    return tuple(
        _bounded(address)
        if address.template in by_day or (not by_day and address.road not in _CHOSEN_ROADS)
        else address
        for address in (*found, *back_fill(outlet))
    )


def _bounded(address: ListingAddress) -> ListingAddress:
    return replace(address, last_page=address.page + BOUND - 1)


def beyond(address: ListingAddress) -> ListingAddress | None:
    """The next page of a paged listing, whether or not a run may read it."""
    following = next_page(replace(address, last_page=address.page + 1))
    return replace(following, last_page=address.last_page) if following else None


def roads_of(outlet: Outlet, days: Sequence[date]) -> Roads:
    """The listings of the outlet file, by what they can prove of these days (in order, oldest first)."""
    if not days:
        return Roads()
    own = _day_templates(outlet, days[0], days[-1])
    by_day: dict[date, list[str]] = {}
    for template, (covered, _) in own.items():
        for day in covered:
            by_day.setdefault(day, []).append(template)
    series: dict[str, list[str]] = {}
    for address in _series(outlet):
        series.setdefault(address.road, []).append(address.template)
    heads = [template for templates in series.values() for template in templates]
    return Roads(
        days={day: tuple(templates) for day, templates in by_day.items()},
        families={template: family for template, (_, family) in own.items()},
        series={road: tuple(templates) for road, templates in series.items()},
        continues=_continued(outlet, heads),
    )


def _day_templates(outlet: Outlet, since: date, until: date) -> dict[str, tuple[tuple[date, ...], str]]:
    """{template of the index of a day, or of the whole stretch: (its days, the outlet file's template)}."""
    discovery = outlet.discovery
    days = tuple(since + timedelta(days=number) for number in range((until - since).days + 1))
    found: dict[str, tuple[tuple[date, ...], str]] = {}
    for family in (*discovery.archives, *discovery.indexes, *discovery.sitemaps, *discovery.feeds):
        stretches = [(day,) for day in days] if "{day}" in family else [days] if "{since}" in family else []
        for stretch in stretches:
            window = {"today": stretch[-1], "since": stretch[0], "until": stretch[-1]}
            for address in listing_addresses(_with_index(outlet, family), (), **window):
                found[address.template] = (stretch, family)
    return found


def _with_index(outlet: Outlet, template: str) -> Outlet:
    """The outlet as if this were all of its listings."""
    none: dict[str, tuple[str, ...]] = dict.fromkeys(("feeds", "sitemaps", "tags", "searches"), ())
    return replace(outlet, discovery=replace(outlet.discovery, **none, wordpress=None, indexes=(template,)))  # type: ignore[arg-type]  # all are tuples of addresses


def _series(outlet: Outlet) -> tuple[ListingAddress, ...]:
    """The listings that run over many days and name everything of them."""
    discovery = outlet.discovery
    roads = ("feeds", "sitemaps", "indexes")
    without = {road: tuple(filter(_runs_on, getattr(discovery, road))) for road in roads}
    archives = tuple(filter(_runs_on, discovery.archives))
    bare = replace(discovery, **without, tags=(), searches=())  # type: ignore[arg-type]  # all are tuples of addresses
    bare = replace(bare, indexes=(*archives, *bare.indexes))
    today = date(2000, 1, 1)  # no template has a day to fill in
    return listing_addresses(replace(outlet, discovery=bare), (), today=today, since=today, until=today)


def _runs_on(template: str) -> bool:
    return "{day}" not in template and "{since}" not in template


def _continued(outlet: Outlet, heads: Sequence[str]) -> dict[str, str]:
    """Further pages whose template differs from that of their listing's first page, as `feed/?paged=2` of `feed/`."""
    found: dict[str, str] = {}
    for address in back_fill(outlet):
        above = [head for head in heads if address.template.startswith(head)]
        if above and address.template not in heads:
            found[address.template] = max(above, key=len)
    return found


# --- what is still to be read ----------------------------------------------------------------------------------------


def unread(
    addresses: Iterable[ListingAddress],
    readings: Mapping[str, Reading],
    goes_on: GoesOn,
) -> tuple[ListingAddress, ...]:
    """The listings that no reading (by address) answers yet, below these addresses too, each once."""
    waiting = list(addresses)
    seen: set[str] = set()
    missing: list[ListingAddress] = []
    for address in waiting:
        if address.url in seen:
            continue
        seen.add(address.url)
        reading = readings.get(address.url)
        if reading is None or not reading.whole:
            missing.append(address)
        if reading is not None:
            waiting += _onward(address, reading, goes_on)
    return tuple(missing)


def _onward(address: ListingAddress, reading: Reading, goes_on: GoesOn) -> list[ListingAddress]:
    following = beyond(address)
    further = [child(address, url) for url in reading.further if following is None or url != following.url]
    if following is None or following.url not in reading.further or address.page >= address.last_page:
        return further
    return [following, *further] if goes_on(address, reading.newest) else further


@dataclass(frozen=True, slots=True)
class Trail:
    """Whether a paged listing is followed to its next page: until a page is all older than what was asked for.

    A page that prints no dates is judged by the articles it named, once none of them is pending any more.
    """

    since: datetime
    days: frozenset[str]  # templates of the days' own indexes, which are read to their end
    dates: Mapping[str, datetime | None] | None  # {article's URL: its date}; None: not looked up, undated pages wait
    named: Mapping[str, Sequence[str]]  # {listing's address: URLs it named}

    def goes_on(self, address: ListingAddress, newest: datetime | None) -> bool:
        """`newest`: the newest date that the page prints; `None`: it prints none."""
        if address.template in self.days or address.road in _CHOSEN_ROADS:
            return True
        if newest is None:
            if self.dates is None:
                return False
            dates = (self.dates.get(url) for url in self.named.get(address.url, ()))
            newest = max((when for when in dates if when), default=None)
        return newest is None or newest >= self.since


# --- what the readings prove -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the store knows of an outlet's days."""

    readings: tuple[Reading, ...]
    urls: tuple[OutletUrl, ...]
    named: tuple[Named, ...]


def dated(evidence: Evidence) -> tuple[Reading, ...]:
    """The readings, those of listings that print no dates with the dates of the articles they named."""
    dates = {url.url: url.date_published for url in evidence.urls}
    by_page: dict[tuple[int, str], list[datetime]] = {}
    for one in evidence.named:
        when = dates.get(one.url)
        if when is not None:
            by_page.setdefault((one.run_id, one.found_on), []).append(when)
    return tuple(_dated(reading, by_page.get((reading.run_id, reading.url), [])) for reading in evidence.readings)


def _dated(reading: Reading, dates: Sequence[datetime]) -> Reading:
    span = believed(dates)
    if reading.oldest is not None or span is None or not reading.links:  # pages "about us" date no news
        return reading
    return replace(reading, oldest=span[0], newest=span[1])


def day_urls(evidence: Evidence, days: Sequence[date], roads: Roads, zone: ZoneInfo) -> tuple[DayUrl, ...]:
    """The URLs that are, or may be, of these days. An undated one is of the day whose index named it, if one did.

    Where none did, it came out between the oldest article of the page that named it and that page's reading; one that
    was seen in no run looked at here, on the day it was first seen.
    """
    index_day = {template: day for day, templates in roads.days.items() for template in templates}
    stretched = [template for template, days_ in Counter(chain(*roads.days.values())).items() if days_ > 1]
    for template in stretched:
        del index_day[template]
    pages = {(reading.run_id, reading.url): reading for reading in dated(evidence)}
    found_on: dict[str, list[Reading]] = {}
    for one in evidence.named:
        reading = pages.get((one.run_id, one.found_on))
        if reading is not None:
            found_on.setdefault(one.url, []).append(reading)
    first, last = days[0], days[-1]
    result: list[DayUrl] = []
    for url in evidence.urls:
        if url.date_published is not None:
            day = url.date_published.astimezone(zone).date()
            stretch = (day, day)
        else:
            stretch = _stretch(url, found_on.get(url.url, []), index_day, first, zone)
        settled = url.disposition not in _UNSETTLED and stretch[0] != stretch[1]
        if stretch[0] <= last and stretch[1] >= first and not settled:
            result.append(DayUrl(url.disposition, max(stretch[0], first), min(stretch[1], last)))
    return tuple(result)


def _stretch(
    url: OutletUrl, pages: Sequence[Reading], index_day: Mapping[str, date], first: date, zone: ZoneInfo
) -> tuple[date, date]:
    own = [index_day[reading.template] for reading in pages if reading.template in index_day]
    if own:
        return own[0], own[0]
    if not pages:
        seen = url.first_seen_at.astimezone(zone).date()
        return seen, seen
    begun = [reading.oldest.astimezone(zone).date() if reading.oldest else first for reading in pages]
    return max(begun), max(min(reading.read_at for reading in pages).astimezone(zone).date(), *begun)
