"""Which listing stands at an address, and which entries it names; how it looks is `listings.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from crawlers.newsroom import hosts
from crawlers.newsroom.printed import JAKARTA
from crawlers.newsroom.stories import Piece
from crawlers.newsroom.world import Entry, World, entries, search, tagged

_PER_PAGE = {"antara": 10, "antara_en": 10, "inews": 15}  # entries of one HTML page; elsewhere 12
_FEED = 20  # entries of a feed: the newest


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One listing. `form` names its markup."""

    outlet: str
    form: str
    title: str
    entries: tuple[Entry, ...]
    page: int = 1
    pages: int = 1

    @property
    def is_feed(self) -> bool:
        return self.form not in ("html", "old-html")


Query = Mapping[str, str]


def find_listing(world: World, host: str, path: str, query: Query) -> ListingPage | None:
    """The listing at an address; None where none stands. Unknown tags, words and days give an empty one."""
    if host in (hosts.ANTARA, hosts.ANTARA_MOBILE, hosts.MEGAPOLITAN, hosts.ANTARA_EN):
        return _antara(world, host, path, query)
    if host in (hosts.BERITAJAKARTA, hosts.BERITAJAKARTA_MOBILE):
        return _beritajakarta(world, path, query)
    finders: dict[str, Callable[[World, str, Query], ListingPage | None]] = {
        hosts.INEWS: _inews,
        hosts.REDAKSI: _redaksi,
        hosts.KABARKOTA: _kabarkota,
    }
    return finders[host](world, path, query) if host in finders else None


def _antara(world: World, host: str, path: str, query: Query) -> ListingPage | None:
    outlet = hosts.OUTLETS_OF[host][0]
    pieces = world.of(outlet, host)
    if match := re.fullmatch(r"/rss/([a-z-]+?)(?:\.xml)?", path):
        return _antara_feed(world, host, match[1])
    if path in ("/sitemap/sitemap.xml", "/sitemap-news.xml"):
        return ListingPage(outlet, "sitemap", "Sitemap", entries(pieces)[:_FEED])  # a news sitemap holds the newest too
    if match := re.fullmatch(r"/indeks/(\d\d-\d\d-\d{4})(?:/(\d+))?", path):
        return _paged(outlet, "Indeks", entries(_of_day(pieces, match[1])), match[2])
    found = _antara_archive(pieces, path, query)
    return None if found is None else _paged(outlet, path.strip("/") or "Terkini", found, query.get("page"))


def _antara_archive(pieces: tuple[Piece, ...], path: str, query: Query) -> tuple[Entry, ...] | None:
    """The entries of an HTML archive: latest, search, tag, category."""
    if path in ("/", "/terkini", "/latest", "/top-news"):
        return entries(pieces)
    if path == "/search":
        return _plainly(search(pieces, query.get("q", "")))
    if match := re.fullmatch(r"/tag/(?:\d+/)?([^/]+)", path):
        return _plainly(tagged(pieces, hosts.slugify(unquote_plus(match[1]))))
    return entries(_of_section(pieces, path.lstrip("/"))) or None


def _plainly(pieces: tuple[Piece, ...]) -> tuple[Entry, ...]:
    """Each piece under its canonical address only."""
    return tuple(Entry(piece, piece.url) for piece in pieces)


def _of_section(pieces: tuple[Piece, ...], slug: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.record.section and hosts.slugify(piece.record.section) == slug)


def _antara_feed(world: World, host: str, name: str) -> ListingPage | None:
    """Feeds of ANTARA: the regional one keeps the shape of 2017; the others that of 2022."""
    outlet = hosts.OUTLETS_OF[host][0]
    pieces = world.of(outlet, host)
    form = "rss-2017" if host == hosts.MEGAPOLITAN else "rss-2022"
    if name == "top-news":
        return ListingPage(outlet, form, "Top News", entries(pieces)[:_FEED])
    if name in ("terkini", "news", "latest"):
        return ListingPage(outlet, form, "Berita Terkini", entries(pieces)[:_FEED])
    section = _of_section(pieces, name)
    return ListingPage(outlet, form, name, entries(section)[:_FEED]) if section else None


def _beritajakarta(world: World, path: str, query: Query) -> ListingPage | None:
    english = path == "/en" or path.startswith("/en/")
    outlet = "beritajakarta_en" if english else "beritajakarta"
    rest = path.removeprefix("/en") if english else path
    pieces = world.of(outlet)
    if rest in ("", "/"):
        return ListingPage(outlet, "html", "Beritajakarta", entries(pieces))
    if rest == "/news_index":
        return _paged(outlet, "Indeks", entries(pieces), query.get("p"), form="old-html")
    if rest == "/news_index/search":
        found = _plainly(search(pieces, query.get("q", "")))
        return _paged(outlet, "Pencarian", found, query.get("p"), form="old-html")
    if match := re.fullmatch(r"/tag/([^/]+)", rest):
        return _paged(outlet, f"Tag: {match[1]}", _plainly(tagged(pieces, match[1])), query.get("p"))
    return None


def _inews(world: World, path: str, query: Query) -> ListingPage | None:
    pieces = world.of("inews")
    if path in ("/", "/news", "/indeks"):
        return _paged("inews", "Indeks Berita", entries(pieces), query.get("page"))
    if match := re.fullmatch(r"/indeks/[a-z-]+(?:/(\d\d-\d\d-\d{4}))?(?:/(\d+))?", path):
        return _paged("inews", "Indeks Berita", _inews_day(world, match[1]), match[2])
    if match := re.fullmatch(r"/tag/([^/]+)", path):
        found = _plainly(tagged(pieces, hosts.slugify(unquote_plus(match[1])), in_text=True))
        return _paged("inews", f"Tag: {match[1]}", found, query.get("page"))
    if path == "/sitemap-news.xml":
        return ListingPage("inews", "sitemap", "Sitemap", entries(pieces))
    return None


def _inews_day(world: World, day: str | None) -> tuple[Entry, ...]:
    """The stories of one day; today's page, on which nothing came out yet, lists the latest of all days."""
    pieces = world.of("inews")
    if day is None or day == f"{world.today:%d-%m-%Y}":
        return entries(pieces)
    return entries(_of_day(pieces, day))


def _of_day(pieces: tuple[Piece, ...], day: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if f"{piece.published:%d-%m-%Y}" == day)


def _redaksi(world: World, path: str, query: Query) -> ListingPage | None:
    outlet = "redaksijakarta"
    pieces = world.of(outlet)
    if path.startswith("/wp-json/wp/v2/posts"):
        return ListingPage(outlet, "json", "Posts", wordpress_posts(pieces, query))
    if path.startswith("/wp-sitemap"):
        return ListingPage(outlet, "sitemap", "Sitemap", _plainly(pieces)) if path.endswith("-post-1.xml") else None
    feed = query.get("feed") is not None or re.search(r"/feed(?:/rss2)?/?$", path) is not None
    rest = re.sub(r"/feed(?:/rss2)?/?$", "/", path)
    page = query.get("paged")
    if match := re.search(r"page/(\d+)/?$", rest):
        page, rest = match[1], rest[: match.start()]
    found = _wordpress_archive(world, rest, query)
    if found is None:
        return None
    size, form = (_FEED, "wordpress-feed") if feed else (12, "html")
    shown = _paged(outlet, "Redaksi Jakarta", found, page, form=form, size=size)
    return shown if shown.page <= shown.pages else None  # WordPress answers 404 past the last page


def _wordpress_archive(world: World, path: str, query: Query) -> tuple[Entry, ...] | None:
    """The entries of a WordPress archive: home, search, tag, category."""
    pieces = world.of("redaksijakarta")
    if path == "/" and "s" in query:
        pieces = search(pieces, query["s"])
    elif match := re.fullmatch(r"/search/([^/]+)/", path):
        pieces = search(pieces, unquote_plus(match[1]))
    elif match := re.fullmatch(r"/tag/([^/]+)/?", path):
        pieces = tagged(pieces, match[1])
    elif match := re.fullmatch(r"/category/([^/]+)/?", path):
        pieces = _of_section(pieces, match[1])
    elif path != "/":
        return None
    return _plainly(pieces)


Search = Callable[[tuple[Piece, ...], str], tuple[Piece, ...]]


def wordpress_posts(pieces: tuple[Piece, ...], query: Query, find: Search = search) -> tuple[Entry, ...]:
    """What the REST interface answers: `search`, `after` and `before` narrow it down, `order=asc` turns it round."""
    if query.get("search"):
        pieces = find(pieces, query["search"])
    if after := wordpress_moment(query.get("after")):
        pieces = tuple(piece for piece in pieces if piece.published > after)
    if before := wordpress_moment(query.get("before")):
        pieces = tuple(piece for piece in pieces if piece.published < before)
    return _plainly(pieces[::-1] if query.get("order") == "asc" else pieces)


def wordpress_moment(text: str | None) -> datetime | None:
    """A moment of a query, in the site's zone where it names no offset; a plus sign sent bare came as a space."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+")) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=JAKARTA) if moment and moment.tzinfo is None else moment


def _kabarkota(world: World, path: str, query: Query) -> ListingPage | None:
    found = entries(world.of("kabarkota"))
    if path in ("/feed.xml", "/atom.xml"):
        return ListingPage("kabarkota", "atom", "Kabar Kota", found)
    return _paged("kabarkota", "Kabar Kota", found, query.get("page")) if path in ("/", "/arsip") else None


def _paged(
    outlet: str, title: str, found: tuple[Entry, ...], page: str | None, *, form: str = "html", size: int | None = None
) -> ListingPage:
    number = int(page) if page and page.isdecimal() and len(page) < 6 else 1
    size = size or _PER_PAGE.get(outlet, 12)
    shown = found[(number - 1) * size : number * size] if number else ()
    return ListingPage(outlet, form, title, shown, number, max(-(-len(found) // size), 1))
