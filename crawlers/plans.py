"""What a back-fill will cost, said before it begins: listings, articles, requests, time, bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from protego import Protego

from crawlers.addresses import ListingAddress, day_in
from crawlers.backfill import BOUND, first_addresses, listing_digest, roads_of, window_of
from crawlers.desk import Desk
from crawlers.settings import BOT_NAME
from pipeline.config import Settings
from pipeline.model import Disposition
from pipeline.outlet import Outlet
from pipeline.store import Store
from pipeline.store.crawl_records import Backfill, OutletUrl
from pipeline.watches import Watches, search_terms

_ROBOTS_KEPT = timedelta(days=30)  # a robots.txt of so long ago still tells how long its host wants us to wait
_RECENT_DAYS = 60  # with articles, from which the mean of a day is taken
_RECENT_RUNS = 50  # from which the mean size of an answer is taken
_PAGE_LINKS = 10  # articles on one page of a listing, where none was read yet; what WordPress prints


@dataclass(frozen=True, slots=True)
class Plan:
    """One outlet's back-fill and its cost. What nothing is known of is `None`, never zero."""

    outlet: str
    since: date
    until: date
    days: int
    backfill_id: int | None  # the open one that is taken up; None: a new one
    note: str  # planned | taken up | planned anew, and why
    listings: int  # pages of feeds, indexes … to read at least
    listings_followed: int | None  # paged listings that are followed back: pages beyond the first, about
    articles: int | None  # to fetch, about; None: the store knows no day of this outlet
    pending: int  # of these, known and waiting
    requests: int | None
    delay: float  # seconds between two requests, the outlet's own or its robots.txt's Crawl-delay
    seconds: float | None
    bytes: int | None


def open_one(store: Store, outlet: Outlet, since: date, until: date) -> Backfill | None:
    """The outlet's open back-fill over this window."""
    return next((one for one in store.backfills.open(outlet.name) if (one.since, one.until) == (since, until)), None)


def digest_now(settings: Settings, outlet: Outlet, watches: Watches) -> str:
    """What a back-fill that is planned now is planned by."""
    return listing_digest(outlet, watches.digest, settings.crawl.window_days)


def take_up(
    settings: Settings, store: Store, outlet: Outlet, watches: Watches, plan: Plan, *, actor: str, now: datetime
) -> Backfill:
    """The open back-fill that the plan takes up, or a new one."""
    if plan.backfill_id is not None and (found := store.backfills.get(plan.backfill_id)):
        return found
    digest = digest_now(settings, outlet, watches)
    return store.backfills.begin(outlet.name, plan.since, plan.until, listing_digest=digest, actor=actor, now=now)


def plan(
    settings: Settings, store: Store, outlet: Outlet, watches: Watches, *, since: date, until: date, now: datetime
) -> Plan:
    """What a back-fill of these days would do now. Fetches and changes nothing."""
    today = day_in(outlet.timezone, now)
    found = open_one(store, outlet, since, until)
    stale = found is not None and found.listing_digest != digest_now(settings, outlet, watches)
    terms = search_terms(watches, outlet.language)
    urls = store.backfills.urls_of(outlet.name)
    mean = daily_mean(urls, ZoneInfo(outlet.timezone), today)
    if found and not stale:
        left = Desk(settings, store, outlet, watches, found.id).left(today)
        addresses, waiting, note = left.listings, left.pending, f"back-fill {found.id} is taken up"
    else:
        addresses = first_addresses(outlet, terms, since=since, until=until, today=today)
        waiting, note = 0, "planned"
        if found:
            note = f"planned anew: outlet file or watches have changed since back-fill {found.id} was planned"
    days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    own = roads_of(outlet, days).families
    followed = _followed(addresses, own, mean, (today - since).days + 1)
    articles = _articles(urls, outlet, days, mean, waiting) if addresses else waiting
    # The index of a day is at its end when a further page is empty: one more request each.
    listings = len(addresses) + sum(1 for one in addresses if one.template in own and "{page}" in one.template)
    requests = None if articles is None or followed is None else listings + followed + articles
    delay = _delay(settings, store, outlet)
    size = _mean_size(store, outlet)
    return Plan(
        outlet=outlet.name,
        since=since,
        until=until,
        days=len(days),
        backfill_id=found.id if found and not stale else None,
        note=note,
        listings=listings,
        listings_followed=followed,
        articles=articles,
        pending=waiting,
        requests=requests,
        delay=delay,
        seconds=None if requests is None else requests * delay,
        bytes=None if requests is None or size is None else requests * size,
    )


def daily_mean(urls: Sequence[OutletUrl], zone: ZoneInfo, today: date) -> float | None:
    """Articles a day, over the newest days before today of which the store knows any; `None` when it knows none. Pure.

    Days between them without an article count too.
    """
    dated = (url.date_published for url in urls if url.disposition is not Disposition.DUPLICATE)
    counts = Counter(when.astimezone(zone).date() for when in dated if when)
    known = sorted((day for day in counts if day < today), reverse=True)[:_RECENT_DAYS]
    # From the newest day back, as long as no week lies between: a back-dated story of 2019 is no day of this stretch.
    stretch = known[:1]
    for day in known[1:]:
        if stretch[-1] - day > timedelta(days=7):
            break
        stretch.append(day)
    if not stretch:
        return None
    return sum(counts[day] for day in stretch) / ((stretch[0] - stretch[-1]).days + 1)


def _articles(
    urls: Sequence[OutletUrl], outlet: Outlet, days: Sequence[date], mean: float | None, waiting: int
) -> int | None:
    """To fetch: what is published on these days, without what is had."""
    if mean is None:
        return None
    first, last = window_of(outlet, days[0], days[-1])
    aside = (Disposition.PENDING, Disposition.DUPLICATE, Disposition.OUT_OF_WINDOW)
    had = sum(
        1 for url in urls if url.date_published and first <= url.date_published < last and url.disposition not in aside
    )
    return max(round(mean * len(days)) - had, waiting)


def _followed(addresses: Sequence[ListingAddress], own: Collection[str], mean: float | None, days: int) -> int | None:
    """Pages beyond the first of the listings that are followed back over all the days since."""
    deep = (one for one in addresses if "{page}" in one.template and one.last_page - one.page + 1 >= BOUND)
    count = sum(1 for one in deep if one.template not in own)
    if not count:
        return 0
    return None if mean is None else count * min(round(mean * days / _PAGE_LINKS), BOUND)


def _delay(settings: Settings, store: Store, outlet: Outlet) -> float:
    own = 0.0 if settings.newsroom else outlet.delay
    since = datetime.now(UTC) - _ROBOTS_KEPT
    known = store.robots.get(f"https://{outlet.hosts[0]}", since)
    wished = Protego.parse(known.body).crawl_delay(BOT_NAME) if known and known.status == 200 else None
    return max(own, float(wished or 0))


def _mean_size(store: Store, outlet: Outlet) -> int | None:
    """Bytes of one answer, in the outlet's recent runs."""
    counts = [run.counts for run in store.runs.list(outlet.name, limit=_RECENT_RUNS)]
    answers = sum(one.listings + one.fetched for one in counts)
    return sum(one.bytes for one in counts) // answers if answers else None
