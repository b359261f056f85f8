"""Links by which a page names the original of its text: in its source line, or as its canonical address elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from pipeline.byline import parse_line
from pipeline.document import Document, folded, text_of, tidy
from pipeline.extract import Reading
from pipeline.model import Article
from pipeline.outlet import Outlet
from pipeline.provenance import with_source
from pipeline.urls import domain, normalise

_NAMES = ("original-source", "syndication-source")  # meta elements that news searches read
_MOST_LINKS = 2000  # of a page that are looked at
_MOST_LINES = 20  # that are read whole
_MOST_FOUND = 3
_LONGEST_LINE = 200  # characters of a source line
_INLINE = frozenset({"b", "strong", "i", "em", "u", "span", "font", "small", "mark", "cite", "sup", "sub"})


def set_source_links(article: Article, reading: Reading) -> Article:
    """Addresses of the original that the page itself names, none of its own site; other links say nothing."""
    document = reading.document
    found = {url: source for source, url in (*_stated(document), *_printed(article, document)) if url}
    links = tuple(islice(found, _MOST_FOUND))
    if not links:
        return article
    return with_source(replace(article, source_links=links), "source_links", found[links[0]])


def _stated(document: Document) -> Iterator[tuple[str, str | None]]:
    """(where, address) of what the head names; a canonical address that is a site's front page is a mistake."""
    for element in document.tree.iter("link", "meta"):
        if element.tag == "link" and "canonical" in (element.get("rel") or "").lower().split():
            url = _elsewhere(element.get("href"), document)
            yield "link:canonical", url if url and urlsplit(url).path.strip("/") else None
        elif element.tag == "meta" and (element.get("name") or "").lower() in _NAMES:
            yield f"meta:{(element.get('name') or '').lower()}", _elsewhere(element.get("content"), document)


def _printed(article: Article, document: Document) -> Iterator[tuple[str, str | None]]:
    """The links that carry the name of the source in a line that says it is one: "Sumber: <a>Kabar Kota</a>"."""
    named = folded(article.syndicated_from or "")
    if not named:
        return
    links = islice(document.tree.iter("a"), _MOST_LINKS)
    carrying = (link for link in links if _carries(text_of(link), named))
    for link in islice(carrying, _MOST_LINES):
        url = _elsewhere(link.get("href"), document)
        if url and _is_in_source_line(link):
            yield "text:source-link", url


def _carries(text: str, named: str) -> bool:
    plain = folded(text)
    return bool(plain) and (plain in named or named in plain)


def _is_in_source_line(link: HtmlElement) -> bool:
    line = _line_of(link)
    return len(line) <= _LONGEST_LINE and parse_line(line).source is not None


def _line_of(link: HtmlElement) -> str:
    """The line that a link is printed in: what stands around it up to a break or the edge of its block."""
    block = link.getparent()
    while block is not None and block.tag in _INLINE:
        block = block.getparent()
    if block is None:
        return ""
    line: list[str] = []
    is_there = False
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if element is not block and element.tag not in _INLINE and element.tag != "a":
            if is_there:
                break
            line = []
        is_there |= element is link
        line.append((element.text if event == "start" else element.tail if element is not block else "") or "")
    return tidy("".join(line))


def _elsewhere(href: str | None, document: Document) -> str | None:
    """The address, normalised, where it is on a site of somebody else; `None` of any other."""
    if not href:
        return None
    try:
        url = normalise(urljoin(document.page.url, href.strip()))
        own = urlsplit(document.page.url).hostname or ""
    except ValueError:
        return None
    host = urlsplit(url).hostname or ""
    return None if not own or _is_of(host, own, document.outlet) else url


def _is_of(host: str, own: str, outlet: Outlet | None) -> bool:
    if outlet and any(host == name or host.endswith(f".{name}") for name in outlet.hosts):
        return True
    return domain(host) == domain(own)
