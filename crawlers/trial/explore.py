"""What proposing an outlet file asks of a site: its front, robots.txt, feeds, sitemaps, a search, some articles.

At most `MOST` requests, one after the other; each is decided by the answers to the earlier ones, so that the same
answers lead to the same requests again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from crawlers.trial import links, pattern
from crawlers.trial.answers import Answer, Asker
from crawlers.trial.gather import NONSENSE, search_word, spread
from crawlers.trial.links import Front
from crawlers.trial.pattern import Induced
from pipeline.model import Listing, Page

MOST = 20  # requests to one site, robots.txt included
_FEEDS = 3
_SITEMAPS = 2
_PAGES = 4
_POSTS = "wp-json/wp/v2/posts?per_page=20"


@dataclass(frozen=True, slots=True)
class FoundListing:
    """A feed or sitemap that answered with entries."""

    url: str
    road: str
    entries: tuple[Listing, ...]
    page: Page


@dataclass(frozen=True, slots=True)
class SearchFound:
    """A search form, tried: how many articles a word of a headline finds, and a word that is none."""

    template: str
    word: str
    hits: int
    nonsense: int

    @property
    def searches(self) -> bool:
        return self.hits > 0 and self.nonsense == 0


@dataclass(frozen=True, slots=True)
class Site:
    """All that was learnt of a site."""

    url: str  # as given
    home: str  # the address of its front, redirects followed
    home_page: Page
    front: Front
    robots: Page | None
    listings: tuple[FoundListing, ...]
    induced: Induced
    wordpress: bool  # its REST interface answers
    search: SearchFound | None
    index: tuple[str, ...]  # articles that the front itself links
    pages: tuple[Page, ...]
    failed: tuple[str, ...]  # addresses that gave no answer, each with why

    @property
    def host(self) -> str:
        return urlsplit(self.home).hostname or ""

    @property
    def entries(self) -> tuple[Listing, ...]:
        """Of all listings, each address once."""
        return tuple({entry.url: entry for found in self.listings for entry in found.entries}.values())


async def explore(url: str, asker: Asker) -> Site | None:
    """Look at the site that an address belongs to; `None` where its front gives no answer. Raises as the asker does."""
    return await _Explorer(url, asker).explore()


class _Explorer:
    """One exploration under way: what failed is kept, nothing else changes."""

    def __init__(self, url: str, asker: Asker) -> None:
        self._url = url
        self._asker = asker
        self._failed: list[str] = []
        self._left = MOST
        self._asked: set[str] = set()

    async def explore(self) -> Site | None:
        parts = urlsplit(self._url)
        home = await self._page(f"{parts.scheme}://{parts.netloc}/", "trial")
        if home is None:
            return None
        front = await self._asker.work(links.read_front, home)
        host = urlsplit(home.url).hostname or ""
        robots = await self._page(f"{_origin(home.url)}/robots.txt", "robots", may_fail=True)
        found = [*await self._feeds(front, home.url, host), *await self._sitemaps(robots, home.url, host)]
        around = (*front.links, *(entry.url for listing in found for entry in listing.entries))
        induced = await self._asker.work(_induced, found, around, host)
        index = tuple(dict.fromkeys(url for url in map(induced.canonical, front.links) if induced.accepts(url)))
        entries = _articles(found, induced) or tuple(Listing(url, home.url, "index") for url in index)
        pages = await self._pages(entries)
        return Site(
            url=self._url,
            home=home.url,
            home_page=home,
            front=front,
            robots=robots,
            listings=tuple(found),
            induced=induced,
            wordpress=front.wordpress and await self._has_posts(home.url),
            search=await self._search(front, entries, induced),
            index=index,
            pages=pages,
            failed=tuple(self._failed),
        )

    async def _ask(self, url: str, role: str) -> Answer | None:
        if self._left <= 0 or url in self._asked:
            return None
        self._left -= 1
        self._asked.add(url)
        return await self._asker.ask(url, role)

    async def _page(self, url: str, role: str, *, may_fail: bool = False) -> Page | None:
        """The page at an address that answers 200; a failure is noted unless the address was a guess."""
        answer = await self._ask(url, role)
        if answer is None or answer.failure or answer.page is None:
            if answer is not None and not may_fail:
                self._failed.append(answer.told)
            return None
        return answer.page

    async def _feeds(self, front: Front, home: str, host: str) -> list[FoundListing]:
        declared = front.feeds[:_FEEDS]
        found = [feed for url in declared if (feed := await self._listing(url, "feed", host))]
        for guess in links.COMMON_FEEDS if not found else ():
            feed = await self._listing(_origin(home) + guess, "feed", host, may_fail=True)
            if feed:
                return [feed]
        return found

    async def _sitemaps(self, robots: Page | None, home: str, host: str) -> list[FoundListing]:
        """Those that robots.txt names, news first; of a sitemap index one that it names."""
        named = sorted(links.sitemaps_of(robots), key=lambda url: "news" not in url)
        found: list[FoundListing] = []
        for url in (named or [_origin(home) + guess for guess in links.COMMON_SITEMAPS])[:_SITEMAPS]:
            sitemap = await self._listing(url, "sitemap", host, may_fail=not named)
            found += [sitemap] if sitemap else []
        return found

    async def _listing(self, url: str, road: str, host: str, *, may_fail: bool = False) -> FoundListing | None:
        """A listing with entries; of a sitemap index, judged by the most promising sitemap it names."""
        page = await self._page(url, "listing", may_fail=may_fail)
        if page is None:
            return None
        entries, further = await self._asker.work(links.read_entries, page, road, host)
        if not entries and further:
            child = next((one for one in further if "news" in one or "post" in one), further[0])
            inner = await self._page(child, "listing")
            entries = (await self._asker.work(links.read_entries, inner, road, host))[0] if inner else ()
        return FoundListing(url, road, entries, page) if entries else None

    async def _has_posts(self, home: str) -> bool:
        page = await self._page(f"{_origin(home)}/{_POSTS}", "listing", may_fail=True)
        return page is not None and page.body.lstrip().startswith(b"[")

    async def _pages(self, entries: Sequence[Listing]) -> tuple[Page, ...]:
        pages = [await self._page(entry.url, "trial") for entry in spread(entries, _PAGES)]
        return tuple(page for page in pages if page)

    async def _search(self, front: Front, entries: Sequence[Listing], induced: Induced) -> SearchFound | None:
        word = search_word([entry.headline for entry in entries])
        if front.search is None or word is None:
            return None
        hits = await self._hits(front.search, word, induced)
        if hits is None:
            return None
        nonsense = await self._hits(front.search, NONSENSE, induced)
        return SearchFound(front.search, word, hits, nonsense or 0)

    async def _hits(self, template: str, word: str, induced: Induced) -> int | None:
        """How many articles the search names; `None` when it gives no answer."""
        page = await self._page(template.replace("{query}", quote_plus(word)), "listing", may_fail=True)
        if page is None:
            return None
        results = await self._asker.work(links.read_front, page)
        return len({url for url in map(induced.canonical, results.links) if induced.accepts(url)})


def _induced(found: Sequence[FoundListing], around: Iterable[str], host: str) -> Induced:
    """From feeds, which hold articles; else from what only looks like them: sitemaps list sections and pages too."""
    fed = [entry.url for listing in found if listing.road == "feed" for entry in listing.entries]
    if fed:
        return pattern.induce(fed, around)
    return pattern.induce(pattern.likely_articles(around, host), around, sure=False)


def _articles(found: Sequence[FoundListing], induced: Induced) -> tuple[Listing, ...]:
    entries = {induced.canonical(entry.url): entry for listing in found for entry in listing.entries}
    return tuple(entry for url, entry in entries.items() if induced.accepts(url))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
