"""Links of feeds, sitemaps, index, tag and search pages. Pure: bytes in, entries out; runs in worker processes.

What is accounted for: every entry of a feed or a sitemap, article or not, and every link of an HTML listing whose
address is like an article's (it matches a pattern of the outlet file, be it excluded or not). Menus, tag clouds and
account links of HTML pages are page furniture, not URLs of the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from pipeline.document import parse, select, text_of, tidy
from pipeline.model import Disposition, FailureClass, Kind, Listing, Page, Stage, Verdict
from pipeline.outlet import Outlet
from pipeline.store.records import Listed
from pipeline.urls import canonical_url, is_article, normalise
from pipeline.watches import Watches, match_listing

_CLIMB = 5  # levels from a headline up to the list entry that holds its link
_OPTIONAL_ROADS = ("tag", "search")  # may rightly have no result at all


@dataclass(frozen=True, slots=True)
class Discovered:
    """What a listing said."""

    entries: tuple[Listed, ...]  # in the listing's order, each address once
    further: tuple[str, ...] = ()  # sitemaps that a sitemap index names
    failure: FailureClass | None = None  # set when it could not be read, or not whole
    detail: str | None = None  # why, in words

    @property
    def articles(self) -> int:
        """How many entries may be articles."""
        return sum(1 for entry in self.entries if entry.verdict is None)


def read_listing(page: Page, road: str, outlet: Outlet, since: datetime | None = None) -> Discovered:
    """Read a listing of any kind; never raises on bad content. `since` spares old sitemaps of a sitemap index."""
    from crawlers import feeds  # noqa: PLC0415 (feedparser, which only the worker processes need)

    if road == "sitemap":
        sitemap = feeds.read_sitemap(page, since)
        found = Discovered(_account(sitemap.listings, outlet), sitemap.further, detail=sitemap.broken)
    elif road == "feed":
        feed = feeds.read_feed(page, outlet)
        found = Discovered(_account(feed.listings, outlet), detail=feed.broken)
    else:
        found = _read_html(page, road, outlet)
    return _judge(found, road)


def survey(
    page: Page, road: str, outlet: Outlet, watches: Watches, *, since: datetime | None, until: datetime | None
) -> Discovered:
    """Read a listing and settle what it alone can settle: too old or new, or out of scope for a choosy outlet."""
    found = read_listing(page, road, outlet, since)
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
    verdict = out_of_window(listing.date_published, since, until, Stage.DISCOVERY)
    choosy = outlet.fetch == "matching" and listing.road != "search"  # a search result was asked for by a watch's name
    if verdict is None and choosy and not match_listing(listing, watches):
        verdict = Verdict(Disposition.REJECTED, Stage.WATCH, "no watch matched", "what the listing says of it")
    return replace(entry, verdict=verdict)


def out_of_window(
    when: datetime | None, since: datetime | None, until: datetime | None, stage: Stage
) -> Verdict | None:
    """The verdict on a publication date outside `since <= when < until`; `None` when inside or unknown."""
    if when is None or ((since is None or when >= since) and (until is None or when < until)):
        return None
    rule = "older than the window" if since is not None and when < since else "newer than the window"
    return Verdict(Disposition.OUT_OF_WINDOW, stage, rule, f"published {when.isoformat()}")


def _judge(found: Discovered, road: str) -> Discovered:
    """Give the breakage its class: unreadable is `layout`, readable but without a single link is `empty`."""
    if found.failure or found.further:
        return found
    if found.detail:
        return replace(found, failure=FailureClass.LAYOUT)
    if not found.entries and road not in _OPTIONAL_ROADS:
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


# --- HTML listings ---------------------------------------------------------------------------------------------------


def _read_html(page: Page, road: str, outlet: Outlet) -> Discovered:
    document = parse(page, None)
    if document is None:
        return Discovered((), failure=FailureClass.LAYOUT, detail="not an HTML page")
    roots = select(document.tree, outlet.discovery.root) if outlet.discovery.root else [document.tree]
    if not roots and road not in _OPTIONAL_ROADS:
        return Discovered((), failure=FailureClass.LAYOUT, detail=f"nothing matches {outlet.discovery.root}")
    base = _base(document.tree, page.url)
    listings = _html_listings(roots, base, page.url, road, outlet)
    return Discovered(_account(listings, outlet))


def _html_listings(
    roots: Iterable[HtmlElement], base: str, found_on: str, road: str, outlet: Outlet
) -> Iterator[Listing]:
    """One listing per article-like address, with the headline of its entry, else the longest text of its links."""
    headlines: dict[str, str] = {}
    texts: dict[str, str] = {}
    for root in roots:
        links = {link: url for link in root.iter("a") if (url := _article_like(link, base, outlet))}
        for link, url in links.items():
            texts[url] = max(texts.get(url, ""), _words(link), key=len)
        for element in select(root, outlet.discovery.headline):
            for url in _entry_of(element, links):
                headlines.setdefault(url, text_of(element))
    for url, text in texts.items():
        yield Listing(url=url, found_on=found_on, road=road, headline=headlines.get(url) or text or None)


def _article_like(link: HtmlElement, base: str, outlet: Outlet) -> str | None:
    """A link's address in one spelling, if a pattern of the outlet file describes it, excluded or not."""
    try:
        url = normalise(urljoin(base, link.get("href", "").strip()))
        canonical = canonical_url(url, outlet)
    except ValueError:
        return None
    return url if any(re.search(pattern, canonical) for pattern in outlet.discovery.article) else None


def _words(link: HtmlElement) -> str:
    """What a link says: its text, else what stands in for its picture."""
    return text_of(link) or tidy(link.get("title") or str(link.xpath("string(.//img/@alt)")))


def _entry_of(headline: HtmlElement, links: Mapping[HtmlElement, str]) -> set[str]:
    """The address of the list entry a headline stands in: the only one in, around or near it; empty when none is."""
    above: HtmlElement | None = headline
    for _ in range(_CLIMB):
        if above is None:
            break
        urls = {links[link] for link in above.iter("a") if link in links}
        if urls:
            return urls if len(urls) == 1 else set()
        above = above.getparent()
    return set()


def _base(tree: HtmlElement, url: str) -> str:
    href = tree.xpath("string(//base/@href)")
    return urljoin(url, str(href)) if href else url
