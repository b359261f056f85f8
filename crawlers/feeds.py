"""Entries of RSS, Atom and RDF feeds and of sitemaps. Pure. Of broken XML what is readable is read, the rest told."""

from __future__ import annotations

import gzip
import html
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import feedparser
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from pipeline import dates
from pipeline.document import text_of, tidy
from pipeline.model import Listing, Page
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url, is_article, normalise

_MAX_SITEMAP = 50 * 1024 * 1024  # bytes of one sitemap, unpacked (sitemaps.org)
_MAX_CHILDREN = 20  # sitemaps of one sitemap index that a run reads, newest first
# A wrong label of type or character set is noted by feedparser and overcome; nothing is lost by it.
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


@dataclass(frozen=True, slots=True)
class Entries:
    """What a feed or sitemap holds."""

    listings: tuple[Listing, ...]
    further: tuple[str, ...] = ()  # of a sitemap index
    broken: str | None = None  # what is wrong with it, in words


def read_feed(page: Page, outlet: Outlet) -> Entries:
    """RSS 0.9x to 2.0, Atom and RDF."""
    # A blank line before the XML declaration is common (ANTARA, Detik, Republika) and harmless.
    parsed = feedparser.parse(
        io.BytesIO(page.body.lstrip()),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers=_charset(page),
    )
    listings = []
    addressless = 0
    for entry in parsed.entries:
        listing = _listing(entry, page, outlet)
        if listing:
            listings.append(listing)
        else:
            addressless += 1
    return Entries(tuple(listings), broken=_breakage(parsed, addressless))


def _charset(page: Page) -> dict[str, str]:
    types = [value for name, value in page.headers if name.lower() == "content-type"]
    return {"content-type": types[-1]} if types else {}


def _breakage(parsed: Mapping[str, object], addressless: int) -> str | None:
    if not parsed.get("version"):
        return "not a feed"
    problem = parsed.get("bozo_exception")
    if problem is not None and not isinstance(problem, _HARMLESS):
        entries = parsed["entries"]
        count = len(entries) if isinstance(entries, list) else 0
        return f"not well-formed XML ({tidy(str(problem))[:120]}); {count} entries could be read"
    return f"{addressless} entries without an address" if addressless else None


def _listing(entry: Mapping[str, object], page: Page, outlet: Outlet) -> Listing | None:
    url = _address(entry, page, outlet)
    if url is None:
        return None
    printed = _text(entry.get("published")) or _text(entry.get("updated"))
    return Listing(
        url=url,
        found_on=page.url,
        road="feed",
        headline=_plain(entry.get("title")),
        description=_teaser(entry.get("summary")),
        date_published=_moment(printed, outlet.timezone),
        date_published_text=printed,
        authors=_names(entry),
        keywords=_keywords(entry),
    )


def _address(entry: Mapping[str, object], page: Page, outlet: Outlet) -> str | None:
    """The first of link, original link and guid that is an article's address, else the link.

    Some outlets' feeds pass through a counting service; the true address is then the guid (seen at Detik).
    """
    spellings = []
    for key in ("link", "feedburner_origlink", "id"):
        text = _text(entry.get(key))
        if text and (key == "link" or text.startswith(("http://", "https://"))):
            try:
                spellings.append(normalise(urljoin(page.url, text)))
            except ValueError:
                continue
    articles = [url for url in spellings if is_article(canonical_url(url, outlet), outlet)]
    return next(iter(articles or spellings), None)


def _text(value: object) -> str | None:
    return (tidy(value) or None) if isinstance(value, str) else None


def _plain(value: object) -> str | None:
    """Text of an HTML fragment: images and scripts gone, entities resolved (twice, where the feed escaped twice)."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = html.unescape(value) if "<" not in value else value
    if "<" in text:
        try:
            node: HtmlElement = fragment_fromstring(text, create_parent="div")
        except (etree.LxmlError, ValueError):
            return tidy(text) or None
        text = text_of(node)
    return tidy(html.unescape(text)) or None


def _teaser(value: object) -> str | None:
    """A description without the dots that show where the outlet cut it."""
    text = _plain(value)
    return (text.removesuffix("…").removesuffix("...").rstrip() or None) if text else None


def _names(entry: Mapping[str, object]) -> tuple[str, ...]:
    authors = entry.get("authors")
    names = [_text(author.get("name")) for author in authors] if isinstance(authors, list) else []
    return tuple(dict.fromkeys(name for name in names if name))


def _keywords(entry: Mapping[str, object]) -> tuple[str, ...]:
    tags = entry.get("tags")
    terms = [_text(tag.get("term")) for tag in tags] if isinstance(tags, list) else []
    return tuple(dict.fromkeys(term for term in terms if term))


def _moment(printed: str | None, zone: str) -> datetime | None:
    """RFC 822 or any other print of a moment; without an offset the clock is the outlet's. `None`: none is printed."""
    if not printed:
        return None
    try:
        moment = parsedate_to_datetime(printed)
    except ValueError:
        instant = dates.parse(printed, ZoneInfo(zone))
        return instant.when if instant else None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


# --- sitemaps --------------------------------------------------------------------------------------------------------


def read_sitemap(page: Page, since: datetime | None) -> Entries:
    """Sitemaps with or without the news extension, and sitemap indexes; gzipped ones too."""
    try:
        body = _unzipped(page.body)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        return Entries((), broken=f"not a sitemap ({error})")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(body.lstrip() or b"<empty/>", parser)
    if root is None or not isinstance(root.tag, str) or _local(root) not in ("urlset", "sitemapindex"):
        return Entries((), broken="not a sitemap")
    broken = f"not well-formed XML ({tidy(str(parser.error_log[0].message))[:120]})" if len(parser.error_log) else None
    if _local(root) == "sitemapindex":
        return Entries((), _children(root, since), broken)
    return Entries(tuple(_sitemap_listings(root, page)), broken=broken)


def _unzipped(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
        plain = file.read(_MAX_SITEMAP + 1)
    if len(plain) > _MAX_SITEMAP:
        raise ValueError("larger than 50 MB when unpacked")
    return plain


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _fields(element: etree._Element) -> dict[str, str]:
    """Local names of all descendants that hold text; the first of a name wins."""
    found: dict[str, str] = {}
    for child in element.iterdescendants("*"):
        text = tidy(child.text or "")
        if text:
            found.setdefault(_local(child), text)
    return found


def _children(root: etree._Element, since: datetime | None) -> tuple[str, ...]:
    """The child sitemaps that may hold something new, newest first; those without a date first of all."""
    dated = []
    for element in root:
        fields = _fields(element) if isinstance(element.tag, str) else {}
        if "loc" in fields:
            changed = _moment(fields.get("lastmod"), "UTC")
            if changed is None or since is None or changed >= since:
                dated.append((changed or datetime.max.replace(tzinfo=UTC), fields["loc"]))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(_spelled(url for _, url in dated))[:_MAX_CHILDREN]


def _spelled(urls: Iterator[str]) -> Iterator[str]:
    for url in urls:
        try:
            yield normalise(url)
        except ValueError:
            continue


def _sitemap_listings(root: etree._Element, page: Page) -> Iterator[Listing]:
    for element in root:
        fields = _fields(element) if isinstance(element.tag, str) else {}
        try:
            url = normalise(urljoin(page.url, fields["loc"]))
        except (KeyError, ValueError):
            continue
        printed = fields.get("publication_date")  # `lastmod` is when the page changed, not when it was published
        yield Listing(
            url=url,
            found_on=page.url,
            road="sitemap",
            headline=_plain(fields.get("title")),
            date_published=_moment(printed, "UTC"),
            date_published_text=printed,
            keywords=tuple(word for word in map(tidy, fields.get("keywords", "").split(",")) if word),
        )
