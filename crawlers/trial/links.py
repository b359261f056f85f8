"""What a site's own pages say of where its articles are listed: feeds, sitemaps, a search form, links. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus, urljoin, urlsplit

from lxml.html import HtmlElement

from crawlers import feeds
from crawlers.trial.pattern import domain_of
from pipeline.document import parse, select, text_of
from pipeline.model import Listing, Page
from pipeline.outlet import Discovery, Outlet, Terms
from pipeline.urls import normalise

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_FEED_ADDRESS = re.compile(
    r"(?i)/(?:rss|feeds?|atom)(?:[/.?]|$)|\.(?:rss|rdf)(?:$|\?)|//(?:rss|feeds?)\.|rss\.xml|atom\.xml"
)
_COMMENTS = re.compile(r"(?i)comment|komentar")
_TERMS = re.compile(r"(?i)terms|syarat|ketentuan|disclaimer|copyright|hak[ -]cipta|pedoman|điều khoản|penafian")
_SEARCH_FIELDS = ("q", "s", "query", "keyword", "keywords", "search", "cari", "k", "key", "term")
COMMON_FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml")
COMMON_SITEMAPS = ("/sitemap.xml",)


@dataclass(frozen=True, slots=True)
class Front:
    """What a site's first page tells."""

    title: str | None
    language: str | None  # the html element's, as printed: "id", "en-MY"
    feeds: tuple[str, ...]
    links: tuple[str, ...]  # every link to the same site, in order
    search: str | None  # a template with {query}
    terms: str | None  # an address whose link is called so
    wordpress: bool


def read_front(page: Page) -> Front:
    """Read it; a page without markup tells nothing."""
    document = parse(page, None)
    if document is None:
        return Front(None, None, (), (), None, None, wordpress=False)
    tree = document.tree
    links = tuple(dict.fromkeys(_links(tree, page.url)))
    return Front(
        title=_title(tree),
        language=(tree.get("lang") or "").replace("_", "-") or None,
        feeds=_feeds(tree, page.url, links),
        links=links,
        search=_search(tree, page.url),
        terms=next(_addresses(tree, page.url, _TERMS), None),
        wordpress=_is_wordpress(tree),
    )


def _title(tree: HtmlElement) -> str | None:
    """og:site_name, else the title's shorter half, which is the name more often than the slogan."""
    for element in select(tree, "meta[property='og:site_name'][content]"):
        return str(element.get("content")).strip() or None
    for element in select(tree, "title"):
        parts = [part.strip() for part in re.split(r"\s+[|–—:-]+\s+", text_of(element)) if part.strip()]
        return min(parts, key=len) if parts else None
    return None


def _links(tree: HtmlElement, base: str) -> Iterator[str]:
    domain = domain_of(urlsplit(base).hostname or "")
    for element in tree.iter("a"):
        url = absolute(element.get("href"), base)
        if url and domain_of(urlsplit(url).hostname or "") == domain:
            yield url


def absolute(reference: str | None, base: str) -> str | None:
    """A reference in one spelling; `None` for what is no address of the web."""
    if not reference or not reference.strip():
        return None
    try:
        return normalise(urljoin(base, reference.strip()))
    except ValueError:
        return None


def _feeds(tree: HtmlElement, base: str, links: Iterable[str]) -> tuple[str, ...]:
    """Those it declares, else those it links; never those of comments."""
    declared = [
        url
        for element in select(tree, "link[rel~=alternate][href]")
        if (element.get("type") or "").lower().split(";")[0].strip() in _FEED_TYPES
        and (url := absolute(element.get("href"), base))
    ]
    found = declared or [url for url in links if _FEED_ADDRESS.search(url)]
    return tuple(dict.fromkeys(url for url in found if not _COMMENTS.search(url)))


def _search(tree: HtmlElement, base: str) -> str | None:
    """A form that asks by GET with one text field of a telling name."""
    for form in select(tree, "form"):
        if (form.get("method") or "get").lower() != "get":
            continue
        fields = [field.get("name") or "" for field in select(form, "input[name]")]
        name = next((field for field in fields if field.lower() in _SEARCH_FIELDS), None)
        action = absolute(form.get("action") or base, base)
        if name and action:
            joint = "&" if "?" in action else "?"
            return f"{action}{joint}{quote_plus(name)}={{query}}"
    return None


def _addresses(tree: HtmlElement, base: str, words: re.Pattern[str]) -> Iterator[str]:
    for element in tree.iter("a"):
        if words.search(text_of(element)) and (url := absolute(element.get("href"), base)):
            yield url


def _is_wordpress(tree: HtmlElement) -> bool:
    generators = [element.get("content") or "" for element in select(tree, "meta[name=generator]")]
    return bool(select(tree, "link[rel='https://api.w.org/']")) or any("WordPress" in text for text in generators)


def any_outlet(host: str) -> Outlet:
    """An outlet file that takes every address of a site for an article: to read its feeds by, before more is known."""
    domain = re.escape(domain_of(host))
    return Outlet(
        name="site",
        title=host,
        country="ID",
        language="id",
        timezone="UTC",
        hosts=(host, domain_of(host)),
        discovery=Discovery(article=(rf"^https?://(?:[^/]*\.)?{domain}/.*[^/]",)),
        terms=Terms(""),
    )


def read_entries(page: Page, road: str, host: str) -> tuple[tuple[Listing, ...], tuple[str, ...]]:
    """(entries, further sitemaps) of a feed or a sitemap of a site of which nothing is known yet."""
    if road == "sitemap":
        sitemap = feeds.read_sitemap(page, None)
        return sitemap.listings, sitemap.further
    return feeds.read_feed(page, any_outlet(host)).listings, ()


def sitemaps_of(robots: Page | None) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names."""
    text = robots.body.decode("utf-8", "replace") if robots else ""
    named = re.findall(r"(?im)^\s*sitemap\s*:\s*(\S+)", text)
    return tuple(dict.fromkeys(url for name in named if (url := absolute(name, robots.url if robots else ""))))
