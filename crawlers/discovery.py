"""Links of feeds, sitemaps, interfaces, index, tag and search pages. Pure: bytes in, entries out; runs in workers.

What is accounted for: every entry of a feed or a sitemap, article or not, and every link of an HTML listing whose
address is like an article's (it matches a pattern of the outlet file, be it excluded or not). Menus, tag clouds and
account links of HTML pages are page furniture, not URLs of the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from crawlers.indexes import read_index
from pipeline.dates import parse as parse_date
from pipeline.model import Disposition, FailureClass, Kind, Listing, Page, Stage, Verdict
from pipeline.outlet import Outlet
from pipeline.store.crawl_records import Listed
from pipeline.urls import canonical_url, is_article
from pipeline.watches import Watches, match_listing

_OPTIONAL_ROADS = ("tag", "search")  # may rightly have no result at all


@dataclass(frozen=True, slots=True)
class Discovered:
    """What a listing said."""

    entries: tuple[Listed, ...]  # in the listing's order, each address once
    further: tuple[str, ...] = ()  # sitemaps that a sitemap index names
    last: bool = False  # it says that no further page follows
    failure: FailureClass | None = None  # set when it could not be read, or not whole
    detail: str | None = None  # why, in words

    @property
    def articles(self) -> int:
        """How many entries may be articles."""
        return sum(1 for entry in self.entries if entry.verdict is None)


def read_listing(
    page: Page, road: str, outlet: Outlet, since: datetime | None = None, until: datetime | None = None
) -> Discovered:
    """Read a listing of any kind; never raises on bad content. The window spares other times' child sitemaps."""
    from crawlers import feeds, json_listings  # noqa: PLC0415 (feedparser, which only the worker processes need)

    if road == "sitemap":
        found = feeds.read_sitemap(page, since, until)
    elif road == "feed":
        found = feeds.read_feed(page, outlet)
    elif road == "api" or is_interface(page.url):
        found = json_listings.read_posts(page, road, outlet)
    else:
        index = read_index(page, road, outlet, may_be_empty=may_be_empty(page.url, road, outlet))
        failure = FailureClass.LAYOUT if index.broken else None
        return _judge(
            Discovered(_account(index.listings, outlet), failure=failure, detail=index.broken), page, road, outlet
        )
    entries = _account(found.listings, outlet)
    return _judge(Discovered(entries, found.further, found.last, detail=found.broken), page, road, outlet)


def is_interface(url: str) -> bool:
    """Whether an address is one of WordPress's REST interface, whatever it is asked for."""
    return "/wp-json/" in urlsplit(url).path


def may_be_empty(url: str, road: str, outlet: Outlet) -> bool:
    """Whether a listing may rightly name nothing: a search, one day's index, or a page behind the first."""
    if road in _OPTIONAL_ROADS:
        return True
    if is_interface(url):
        return parse_qs(urlsplit(url).query).get("page", ["1"]) != ["1"]
    discovery = outlet.discovery
    for template in (*discovery.indexes, *discovery.archives, *discovery.feeds, *discovery.sitemaps):
        match = re.fullmatch(_template_pattern(template), url)
        if match and ("{day}" in template or match.groupdict().get("page", "") != str(discovery.first_page)):
            return "{" in template
    return False


def _template_pattern(template: str) -> str:
    """A listing's template as a regular expression; `page` is the number of the page."""
    plain = re.escape(template).replace(r"\{page\}", r"(?P<page>\d+)", 1)
    return re.sub(r"\\\{\w+\\\}", ".+", plain)


def survey(
    page: Page, road: str, outlet: Outlet, watches: Watches, *, since: datetime | None, until: datetime | None
) -> Discovered:
    """Read a listing and settle what it alone can settle: too old or new, or out of scope for a choosy outlet."""
    found = read_listing(page, road, outlet, since, until)
    if not (found.entries or found.further) and _is_block_page(page, outlet, watches):
        return replace(found, failure=FailureClass.BLOCKED, detail="a challenge or refusal instead of the listing")
    return replace(found, entries=tuple(_settled(entry, outlet, since, until, watches) for entry in found.entries))


def _is_block_page(page: Page, outlet: Outlet, watches: Watches) -> bool:
    """A captcha answers 200 too, and must not pass for a search without results."""
    from pipeline.process import process_page  # noqa: PLC0415 (heavy, and only the worker processes need it)

    return process_page((page,), None, outlet, watches).kind is Kind.BLOCK_PAGE


def _settled(entry: Listed, outlet: Outlet, since: datetime | None, until: datetime | None, watches: Watches) -> Listed:
    if entry.verdict:
        return entry
    listing = entry.listing
    verdict = outside(listing, outlet, since, until)
    choosy = outlet.fetch == "matching" and listing.road != "search"  # a search result was asked for by a watch's name
    if verdict is None and choosy and not match_listing(listing, watches):
        verdict = Verdict(Disposition.REJECTED, Stage.WATCH, "no watch matched", _heard(listing))
    return replace(entry, verdict=verdict)


def _heard(listing: Listing) -> str:
    """What there was to judge by, for whoever asks why it was not fetched."""
    if listing.headline and listing.description:
        return "what the listing says of it: headline and description"
    if listing.headline or listing.description:
        return f"what the listing says of it: {'a headline' if listing.headline else 'a description'} only"
    return "what the listing says of it: nothing but the words of its address"


def out_of_window(
    when: datetime | None, since: datetime | None, until: datetime | None, stage: Stage
) -> Verdict | None:
    """The verdict on a publication date outside `since <= when < until`; `None` when inside or unknown."""
    if when is None or ((since is None or when >= since) and (until is None or when < until)):
        return None
    rule = "older than the window" if since is not None and when < since else "newer than the window"
    return Verdict(Disposition.OUT_OF_WINDOW, stage, rule, f"published {when.isoformat()}")


def outside(listing: Listing, outlet: Outlet, since: datetime | None, until: datetime | None) -> Verdict | None:
    """`out_of_window` for the date a listing prints, which is as exact as its words: "3 hari lalu" is any hour of two
    days. An address is outside when all it can mean is.
    """
    when, text = listing.date_published, listing.date_published_text
    verdict = out_of_window(when, since, until, Stage.DISCOVERY)
    if verdict is None or when is None or not text:
        return verdict
    instant = parse_date(text, ZoneInfo(outlet.timezone), order=outlet.dates.order, now=when)
    if instant is None:
        return verdict
    earliest, latest = when - (instant.when - instant.earliest), when + (instant.latest - instant.when)
    overlaps = (since is None or latest > since) and (until is None or earliest < until)
    return None if overlaps else verdict


def _judge(found: Discovered, page: Page, road: str, outlet: Outlet) -> Discovered:
    """Give the breakage its class: unreadable is `layout`, readable but without a single link is `empty`."""
    if found.failure or found.further:
        return found
    if found.detail:
        return replace(found, failure=FailureClass.LAYOUT)
    if not found.entries and not may_be_empty(page.url, road, outlet):
        return replace(found, failure=FailureClass.EMPTY, detail="no link to any article")
    return found


def _account(listings: Iterable[Listing], outlet: Outlet) -> tuple[Listed, ...]:
    """Each address once, the first entry's; the verdict is set where the address cannot be an article's."""
    found: dict[str, Listed] = {}
    for listing in listings:
        canonical = canonical_url(listing.url, outlet)
        found.setdefault(listing.url, Listed(listing, canonical, refusal(canonical, outlet)))
    return tuple(found.values())


def refusal(canonical: str, outlet: Outlet) -> Verdict | None:
    """Why an address is no article of this outlet; `None` when it may be one."""
    if is_article(canonical, outlet):
        return None
    host = urlsplit(canonical).hostname or ""
    if not any(host == name or host.endswith("." + name) for name in outlet.hosts):
        return Verdict(Disposition.REJECTED, Stage.DISCOVERY, "other_host", f"{host} is not a host of {outlet.name}")
    for pattern in outlet.discovery.exclude:
        if re.search(pattern, canonical):
            return Verdict(Disposition.REJECTED, Stage.DISCOVERY, "excluded", f"the address matches {pattern}")
    return Verdict(Disposition.REJECTED, Stage.DISCOVERY, "no_article_address", "no article pattern matches")
