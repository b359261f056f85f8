"""What the check of an outlet asks: some listings, a search twice, three articles: nine requests with robots.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote, urlsplit

from crawlers.addresses import ListingAddress, child, day_in, listing_addresses
from crawlers.discovery import Discovered, survey
from crawlers.trial.answers import Answer, Asker
from pipeline.model import Listing
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url
from pipeline.watches import Watches

NONSENSE = "qxzvwkjpy"  # a word of no language: a search that finds it finds anything
_LISTINGS = 3
_PAGES = 3
_LETTERS = 5  # of a word worth searching for
_LONGEST_WORD = 40  # characters; Thai and Khmer print whole phrases without a space
_BETWEEN_WORDS = re.compile(r"""[\s\d_"'“”‘’.,:;!?()\[\]/|–—-]+""")


@dataclass(frozen=True, slots=True)
class ReadListing:
    """A listing that was asked for, and what it said; `found` None: it gave no answer that can be read."""

    address: ListingAddress
    answer: Answer
    found: Discovered | None

    @property
    def articles(self) -> tuple[Listing, ...]:
        """Its entries that are articles by their address."""
        return tuple(entry.listing for entry in self.found.entries if entry.verdict is None) if self.found else ()

    @property
    def fault(self) -> str | None:
        """Why it is no good, in words."""
        if self.found is None:
            return self.answer.told
        return f"{self.address.url}: {self.found.detail or self.found.failure}" if self.found.failure else None


@dataclass(frozen=True, slots=True)
class SearchTried:
    """One search template asked for a word that must be found, and for one that must not."""

    word: str
    relevant: ReadListing
    nonsense: ReadListing


@dataclass(frozen=True, slots=True)
class ReadPage:
    """An article that a listing named, and the answer to its address."""

    listing: Listing
    answer: Answer


@dataclass(frozen=True, slots=True)
class Gathered:
    """All a check judges."""

    outlet: Outlet
    listings: tuple[ReadListing, ...]
    search: SearchTried | None
    pages: tuple[ReadPage, ...]


async def gather(outlet: Outlet, asker: Asker, watches: Watches, *, now: datetime) -> Gathered:
    """Ask, one thing after the other. `now` fills `{day}`. Raises what the asker raises."""
    addresses = _addresses(outlet, now)
    listings: list[ReadListing] = []
    for address in chosen_listings(addresses):
        read = await read_listing(address, outlet, asker, watches)
        if read.found and read.found.further and not read.articles:  # a sitemap index: its newest sitemap
            read = await read_listing(child(address, read.found.further[0]), outlet, asker, watches)
        listings.append(read)
    articles = _distinct((listing for read in listings for listing in read.articles), outlet)
    search = await _search(outlet, articles, asker, watches, now)
    if not articles and search:
        articles = _distinct(search.relevant.articles, outlet)
    pages = [ReadPage(listing, await asker.ask(listing.url, "trial")) for listing in spread(articles, _PAGES)]
    return Gathered(outlet, tuple(listings), search, tuple(pages))


def _addresses(outlet: Outlet, now: datetime) -> tuple[ListingAddress, ...]:
    return listing_addresses(outlet, (), today=day_in(outlet.timezone, now))


def chosen_listings(addresses: Sequence[ListingAddress]) -> tuple[ListingAddress, ...]:
    """The first listing of each road, then more of the first roads; searches are tried by themselves."""
    plain = [address for address in addresses if address.road != "search"]
    firsts = list({address.road: address for address in reversed(plain)}.values())[::-1]
    rest = [address for address in plain if address not in firsts]
    return tuple([*firsts, *rest][:_LISTINGS])


async def read_listing(address: ListingAddress, outlet: Outlet, asker: Asker, watches: Watches) -> ReadListing:
    """Ask for a listing and read it. `fetch = "matching"` is not applied: a check looks at any article."""
    answer = await asker.ask(address.url, "listing")
    if answer.failure or answer.page is None:
        return ReadListing(address, answer, None)
    whole = replace(outlet, fetch="all")
    found = await asker.work(survey, answer.page, address.road, whole, watches, since=None, until=None)
    return ReadListing(address, answer, found)


async def _search(
    outlet: Outlet, articles: Sequence[Listing], asker: Asker, watches: Watches, now: datetime
) -> SearchTried | None:
    if not outlet.discovery.searches:
        return None
    word = search_word([listing.headline or _slug(listing.url) for listing in articles])
    if word is None:
        return None
    relevant, nonsense = (_filled(outlet, term, now) for term in (word, NONSENSE))
    return SearchTried(
        word,
        await read_listing(relevant, outlet, asker, watches),
        await read_listing(nonsense, outlet, asker, watches),
    )


def _filled(outlet: Outlet, term: str, now: datetime) -> ListingAddress:
    addresses = listing_addresses(outlet, [term], today=day_in(outlet.timezone, now))
    return next(address for address in addresses if address.road == "search")


def search_word(headlines: Sequence[str | None]) -> str | None:
    """A word that the outlet's search must find: the longest of its newest headline; `None` where none is printed."""
    for headline in headlines:
        words = [word for word in _BETWEEN_WORDS.split(headline or "") if _LETTERS <= len(word) <= _LONGEST_WORD]
        if words:
            return max(words, key=len)
    return None


def _slug(url: str) -> str:
    """The headline in an address, for a sitemap that prints none."""
    return re.sub(r"\.\w+$", "", unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2])


def spread(articles: Sequence[Listing], count: int) -> tuple[Listing, ...]:
    """So many of them, from the newest to the oldest."""
    if len(articles) <= count:
        return tuple(articles)
    return tuple(articles[number * (len(articles) - 1) // (count - 1)] for number in range(count))


def _distinct(listings: Iterable[Listing], outlet: Outlet) -> tuple[Listing, ...]:
    """Each article once."""
    found: dict[str, Listing] = {}
    for listing in listings:
        found.setdefault(canonical_url(listing.url, outlet), listing)
    return tuple(found.values())
