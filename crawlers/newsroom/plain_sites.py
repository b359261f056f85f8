"""What answers at the hosts of outlets without a markup of their own here, be it plain or another outlet's."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from crawlers.newsroom import hosts
from crawlers.newsroom.article import ArticleText
from crawlers.newsroom.blocks import body_blocks
from crawlers.newsroom.furniture import furnished, parse
from crawlers.newsroom.generations import find
from crawlers.newsroom.listings import listing_response, relative
from crawlers.newsroom.odd import not_found
from crawlers.newsroom.outlet_files import OutletFile, outlet_files
from crawlers.newsroom.piece_text import article_text
from crawlers.newsroom.plain import furniture, plain_world
from crawlers.newsroom.render import GENERATIONS, article_html, page_html, render_template
from crawlers.newsroom.response import Request, Response, Shown, html_response, redirect, text_response
from crawlers.newsroom.routes import ListingPage, wordpress_posts
from crawlers.newsroom.stories import Piece
from crawlers.newsroom.validators import validated
from crawlers.newsroom.world import Entry, World

_HOLES = {"page": r"(?P<page>\d+)", "query": r"(?P<query>[^&]*)", "day": r"(?P<day>[^/&]+)"}
_NEWS_SITEMAP = "/sitemap-berita.xml"  # what a sitemap index leads to
_DIGITS = 12  # a number as long as this is no post's
_FEED_FORMS = {"rss": "rss", "atom": "atom", "rdf": "rdf", "json": "json-feed"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A listing that an outlet file names, as it was asked for."""

    outlet: OutletFile
    road: str
    holes: Mapping[str, str]  # what stood for {page}, {query} and {day}


def plain_answer(today: date, request: Request, *, dateless: bool = False) -> Response:
    """The answer at one of `hosts.PLAIN`."""
    outlets = [outlet_files()[name] for name in hosts.PLAIN[request.host]]
    if request.path == "/robots.txt":
        return text_response(render_template("plain_robots.txt", outlets=outlets))
    world = plain_world(today)
    if target := world.targets.get((request.host, _place(request.target))):
        return _article(today, target.piece.record.id, dateless)
    return (
        _by_number(world, request)
        or _listing(world, request, outlets)
        or _moved(world, request, outlets)
        or not_found()
    )


def _place(target: str) -> str:
    """Path and query without what a newsletter appends."""
    path, _, query = target.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if not name.startswith("utm_")]
    return f"{path}?{urlencode(kept)}" if kept else path


def _by_number(world: World, request: Request) -> Response | None:
    """WordPress's `?p=` leads to its post."""
    asked = request.query.get("p", "")
    number = int(asked) if asked.isdecimal() and len(asked) < _DIGITS else 0
    piece = world.numbers.get((request.host, number))
    return redirect(piece.url) if piece else None


def _moved(world: World, request: Request, outlets: list[OutletFile]) -> Response | None:
    """The bare domain and its like lead to the host that has the page."""
    place = _place(request.target)
    hosts_of = [host for outlet in outlets for host in outlet.hosts if (host, place) in world.targets]
    return redirect(f"https://{hosts_of[0]}{request.target}") if hosts_of else None


@lru_cache(maxsize=512)
def _article(today: date, piece_id: str, dateless: bool) -> Response:
    world = plain_world(today)
    piece = world.by_id[piece_id]
    page = _page_of(world, piece, dateless)
    shown = Shown(piece.paragraphs, piece.record.language)
    return validated(Response(200, _html(world, piece, page).encode(), article=shown), piece.published)


def _page_of(world: World, piece: Piece, dateless: bool) -> ArticleText:
    page = article_text(world, piece)
    if piece.record.furniture:
        variant, placement = parse(piece.record.furniture)
        template = outlet_files()[piece.record.outlet].address or ""
        page = furnished(page, variant, template.replace("{host}", piece.host).replace("{ymd}", "20261102"), placement)
    return replace(page, date=None if dateless else piece.published)


def _html(world: World, piece: Piece, page: ArticleText) -> str:
    """In the markup a piece names, on another outlet's content system in its newest one, else plain."""
    outlet = outlet_files()[piece.record.outlet]
    if piece.record.generation:
        return page_html(find(outlet.name, piece.record.generation), page)
    if outlet.markup_of in GENERATIONS:
        return article_html(outlet.markup_of, page, metadata=True, generation=GENERATIONS[outlet.markup_of][0])
    context = {
        "piece": piece,
        "outlet": outlet,
        "page": page,
        "blocks": [block for block in body_blocks(page) if block.kind != "advert"],
        "more": [other for other in world.of(outlet.name) if other is not piece],
        "furniture": furniture(page.language),
    }
    return render_template("plain_article.html", ld=_metadata(piece, outlet, page), **context)


def _metadata(piece: Piece, outlet: OutletFile, page: ArticleText) -> dict[str, object]:
    """schema.org's NewsArticle; the text itself stays on the page."""
    date_published = {"datePublished": page.date.isoformat(timespec="seconds")} if page.date else {}
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.record.headline,
        "description": piece.description,
        "inLanguage": piece.record.language,
        "mainEntityOfPage": piece.url,
        **date_published,
        "author": [{"@type": "Person", "name": name} for name in piece.record.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.title},
    }


# --- listings --------------------------------------------------------------------------------------------------------


def _listing(world: World, request: Request, outlets: list[OutletFile]) -> Response | None:
    asked = _asked(f"https://{request.host}{request.target}", outlets)
    if asked:
        return _named(world, request, asked)
    if request.path == _NEWS_SITEMAP:
        return _sitemap(world, request, outlets[0])
    if request.path == f"{_NEWS_SITEMAP}.gz":
        return Response(200, gzip.compress(_sitemap(world, request, outlets[0]).body, mtime=0), "application/gzip")
    for outlet in outlets:
        if outlet.wordpress and (response := _wordpress(world, request, outlet)):
            return response
    if request.path == "/":
        pieces = tuple(piece for piece in world.pieces if piece.record.outlet in hosts.PLAIN[request.host])
        return _page(outlets[0], pieces, request)
    return None


def _asked(url: str, outlets: list[OutletFile]) -> _Asked | None:
    for outlet in outlets:
        for road, template in outlet.listings:
            if match := _pattern(template).fullmatch(url):
                return _Asked(outlet, road, match.groupdict())
    return None


@lru_cache(maxsize=512)
def _pattern(template: str) -> re.Pattern[str]:
    """An outlet file's template as a pattern of whole addresses."""
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile("".join(_HOLES.get(p, ".*?") if n % 2 else re.escape(p) for n, p in enumerate(parts)))


def _named(world: World, request: Request, asked: _Asked) -> Response:
    outlet = asked.outlet
    if asked.road == "sitemap":
        return _sitemap_index(request, outlet) if outlet.sitemaps != "plain" else _sitemap(world, request, outlet)
    pieces = _pieces(world, outlet, request.host)
    if asked.road == "feed":
        form = _FEED_FORMS[outlet.format]
        return listing_response(ListingPage(outlet.name, form, outlet.title, _entries(pieces)), request.host, {})
    if "query" in asked.holes:
        pieces = _found(pieces, unquote_plus(asked.holes["query"]))
    if day := asked.holes.get("day"):
        pieces = tuple(piece for piece in pieces if piece.published.strftime(outlet.day_format) == day)
    later = int(asked.holes.get("page", outlet.first_page)) > outlet.first_page
    return _page(outlet, () if later else pieces, request)


def _pieces(world: World, outlet: OutletFile, host: str) -> tuple[Piece, ...]:
    """An outlet's pieces; a publisher with a site for each region lists there what stands there."""
    pieces = world.of(outlet.name)
    own = tuple(piece for piece in pieces if piece.host == host)
    return own if len({piece.host for piece in pieces}) > 1 else pieces


def _found(pieces: tuple[Piece, ...], query: str) -> tuple[Piece, ...]:
    """Pieces in whose text every word of the query stands; not all scripts part their words, so anywhere in it."""
    words = query.casefold().split()
    return tuple(piece for piece in pieces if words and all(word in _said(piece) for word in words))


def _said(piece: Piece) -> str:
    return " ".join((piece.record.headline, *piece.paragraphs)).casefold()


def _entries(pieces: tuple[Piece, ...]) -> tuple[Entry, ...]:
    return tuple(Entry(piece, piece.url) for piece in pieces)


def _page(outlet: OutletFile, pieces: tuple[Piece, ...], request: Request) -> Response:
    """An HTML listing, in the outlet's language."""
    context = {"outlet": outlet, "pieces": pieces, "furniture": furniture(outlet.language)}
    text = render_template("plain_listing.html", relative=lambda url: relative(url, request.host), **context)
    return html_response(text)


def _sitemap(world: World, request: Request, outlet: OutletFile) -> Response:
    listing = ListingPage(outlet.name, "sitemap", "", _entries(_pieces(world, outlet, request.host)))
    return listing_response(listing, request.host, {})


def _sitemap_index(request: Request, outlet: OutletFile) -> Response:
    packed = ".gz" if outlet.sitemaps == "gzip" else ""
    text = render_template("sitemap_index.xml", sitemaps=[f"https://{request.host}{_NEWS_SITEMAP}{packed}"])
    return validated(Response(200, text.encode(), "application/xml; charset=utf-8"), None)


def _wordpress(world: World, request: Request, outlet: OutletFile) -> Response | None:
    """What a WordPress site answers besides: REST, its search and its feeds; 404 past the last page."""
    pieces = world.of(outlet.name)
    if outlet.wordpress and request.path.startswith(
        f"{urlsplit(outlet.wordpress).path.rstrip('/')}/wp-json/wp/v2/posts"
    ):
        found = wordpress_posts(pieces, request.query, _found)
        return listing_response(ListingPage(outlet.name, "json", "Posts", found), request.host, request.query)
    feed = "feed" in request.query or re.search(r"/feed/?$", request.path) is not None
    if request.query.get("paged", "1") != "1" or not (feed or "s" in request.query):
        return None
    if "s" in request.query:
        pieces = _found(pieces, request.query["s"])
    if not feed:
        return _page(outlet, pieces, request)
    return listing_response(ListingPage(outlet.name, "rss", outlet.title, _entries(pieces)), request.host, {})
