"""Entries of index, tag and search pages in HTML: address, headline, and the date printed beside it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from crawlers.entries import Entries
from pipeline.dates import Instant
from pipeline.dates import parse as parse_date
from pipeline.document import parse, select, text_of, tidy
from pipeline.model import Listing, Page
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url, normalise

_CLIMB = 5  # levels from a headline or date up to the list entry that holds its link
_AHEAD = timedelta(hours=1)  # clocks of newsrooms run ahead by minutes; a later date is an event's
_LONGEST_DATE = 60  # characters of an element that prints a date and little else
_LONGEST_BARE = 40  # of one that nothing else marks as a date
_MOST_CANDIDATES = 2000  # elements that are looked at for dates
_NAMED = re.compile(r"(?i)date|time|tanggal|\btgl|waktu|publi|posted|created|clock|ngay|\bjam\b")
_TAGS = ("time", "span", "div", "p", "small", "em", "i", "li", "abbr", "td", "font", "label")

Links = Mapping[HtmlElement, str]  # link: the article's address


def read_index(page: Page, road: str, outlet: Outlet, *, may_be_empty: bool) -> Entries:
    """Every article-like address once. `broken` where the outlet's list is not there; of a list that may be empty,
    only where articles stand elsewhere on the page.
    """
    document = parse(page, None)
    if document is None:
        return Entries((), broken="not an HTML page")
    roots = select(document.tree, outlet.discovery.root) if outlet.discovery.root else [document.tree]
    base = _base(document.tree, page.url)
    optional = may_be_empty and (road in ("tag", "search") or not _links(document.tree, base, outlet))
    if not roots and not optional:
        return Entries((), broken=f"nothing matches {outlet.discovery.root}")
    return Entries(tuple(_listings(roots, base, page, road, outlet)))


def _listings(roots: Iterable[HtmlElement], base: str, page: Page, road: str, outlet: Outlet) -> Iterator[Listing]:
    """With the headline of the entry, else the longest text of its links."""
    headlines: dict[str, str] = {}
    texts: dict[str, str] = {}
    dates: dict[str, Instant] = {}
    for root in roots:
        links = _links(root, base, outlet)
        for link, url in links.items():
            texts[url] = max(texts.get(url, ""), _words(link), key=len)
        for element in select(root, outlet.discovery.headline):
            for url in _entry_of(element, links):
                headlines.setdefault(url, text_of(element))
        for url, instant in _dates(root, links, page.fetched_at, outlet):
            dates.setdefault(url, instant)
    for url, text in texts.items():
        when = dates.get(url)
        yield Listing(
            url=url,
            found_on=page.url,
            road=road,
            headline=headlines.get(url) or text or None,
            date_published=when.when if when else None,
            date_published_text=when.text if when else None,
        )


def _links(root: HtmlElement, base: str, outlet: Outlet) -> dict[HtmlElement, str]:
    return {link: url for link in root.iter("a") if (url := _article_like(link, base, outlet))}


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


def _entry_of(element: HtmlElement, links: Links) -> set[str]:
    """The address of the list entry an element stands in: the only one in, around or near it; empty when none is."""
    above: HtmlElement | None = element
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


# --- dates of entries ------------------------------------------------------------------------------------------------


def _dates(root: HtmlElement, links: Links, read_at: datetime, outlet: Outlet) -> Iterator[tuple[str, Instant]]:
    """(address, when its entry says it was published): by the outlet's selector, else by what looks like a date."""
    if not links:
        return
    selector = outlet.discovery.date
    marked = ((element, True) for element in select(root, selector))
    for element, is_marked in marked if selector else _candidates(root):
        instant = _instant(element, is_marked, read_at, outlet)
        if instant is not None:
            for url in _entry_of(element, links):
                yield url, instant


def _candidates(root: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """(element, whether its tag or name marks it as a date): also leaves that may print nothing else."""
    for _, element in zip(range(_MOST_CANDIDATES), root.iter(*_TAGS), strict=False):
        named = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))
        if element.tag == "time" or _NAMED.search(named):
            yield element, True
        elif len(element) == 0 and 4 <= len(element.text or "") <= _LONGEST_BARE:
            yield element, False


def _instant(element: HtmlElement, is_marked: bool, read_at: datetime, outlet: Outlet) -> Instant | None:
    """What an element prints or states, an exact time first; relative times count back from when it was read."""
    zone = ZoneInfo(outlet.timezone)
    text = text_of(element)
    stated = (element.get("datetime"), text if len(text) <= _LONGEST_DATE else None, element.get("title"))
    found: Instant | None = None
    for value in filter(None, stated):
        instant = parse_date(value, zone, order=outlet.dates.order, now=read_at)
        if instant is None or instant.when > read_at + _AHEAD or not (is_marked or _is_alone(instant, text)):
            continue
        if instant.has_time and not instant.relative:
            return instant
        found = found or instant
    return found


def _is_alone(instant: Instant, text: str) -> bool:
    """Whether what nothing marks as a date prints one and little else; "Kemarin hujan di Jakarta" is a headline."""
    return len(instant.text) >= 0.6 * len(text) and (len(text.split()) <= 2 or any(c.isdigit() for c in text))
