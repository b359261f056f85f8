"""Entries of RSS, Atom, RDF and JSON feeds and of sitemaps. Pure. Of what is broken what is readable is read."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urljoin

import feedparser
from lxml import etree

from crawlers.entries import Entries, moment, opening, plain, teaser
from crawlers.json_listings import is_json, read_json_feed
from pipeline.document import tidy
from pipeline.model import Listing, Page
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url, is_article, normalise

_MAX_SITEMAP = 50 * 1024 * 1024  # bytes of one sitemap, unpacked (sitemaps.org)
_MAX_CHILDREN = 20  # sitemaps of one sitemap index that a run reads, newest first
_LONGEST_TEASER = 500  # characters; what is longer and stands as the content too is the text itself
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/](0?[1-9]|1[0-2])(?!\d)")
# A wrong label of type or character set is noted by feedparser and overcome; nothing is lost by it.
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


def read_feed(page: Page, outlet: Outlet) -> Entries:
    """RSS 0.9x to 2.0, Atom, RDF, JSON Feed 1.0 and 1.1."""
    if is_json(page):
        return read_json_feed(page, outlet)
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
        headline=plain(entry.get("title")),
        description=_description(entry),
        date_published=moment(printed, outlet.timezone),
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


def _description(entry: Mapping[str, object]) -> str | None:
    """The summary, else how the whole text begins (`content:encoded`), which feedparser gives as the summary too."""
    content = entry.get("content")
    text = content[0].get("value") if isinstance(content, list) and content else None
    summary = teaser(entry.get("summary"))
    is_text = entry.get("summary") == text and len(summary or "") > _LONGEST_TEASER
    return opening(text) if is_text or not summary else summary


def _names(entry: Mapping[str, object]) -> tuple[str, ...]:
    authors = entry.get("authors")
    names = [_text(author.get("name")) for author in authors] if isinstance(authors, list) else []
    return tuple(dict.fromkeys(name for name in names if name))


def _keywords(entry: Mapping[str, object]) -> tuple[str, ...]:
    tags = entry.get("tags")
    terms = [_text(tag.get("term")) for tag in tags] if isinstance(tags, list) else []
    return tuple(dict.fromkeys(term for term in terms if term))


# --- sitemaps --------------------------------------------------------------------------------------------------------


def read_sitemap(page: Page, since: datetime | None, until: datetime | None = None) -> Entries:
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
        return Entries((), _children(root, since, until), broken=broken)
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


def _children(root: etree._Element, since: datetime | None, until: datetime | None) -> tuple[str, ...]:
    """The child sitemaps that may hold something asked for, newest first; those without a date first of all."""
    dated = []
    for element in root:
        fields = _fields(element) if isinstance(element.tag, str) else {}
        if "loc" in fields and _reaches(fields["loc"], since, until):
            changed = moment(fields.get("lastmod"), "UTC")
            if changed is None or since is None or changed >= since:
                dated.append((changed or datetime.max.replace(tzinfo=UTC), fields["loc"]))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(_spelled(url for _, url in dated))[:_MAX_CHILDREN]


def _reaches(url: str, since: datetime | None, until: datetime | None) -> bool:
    """Whether the month in a sitemap's name (sitemap-2015-11.xml), if there is one, may hold a day asked for."""
    match = _MONTH.search(url)
    if match is None:
        return True
    first = date(int(match[1]), int(match[2]), 1)
    after = first + timedelta(days=33)  # a day in the next month, and the hours by which zones differ
    return (since is None or after >= since.date()) and (until is None or first <= until.date() + timedelta(days=1))


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
            headline=plain(fields.get("title")),
            date_published=moment(printed, "UTC"),
            date_published_text=printed,
            keywords=tuple(word for word in map(tidy, fields.get("keywords", "").split(",")) if word),
        )
