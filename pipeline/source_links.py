"""Links by which a page names the original of its text: in its source line, or as its canonical address elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from pipeline.byline import parse_line
from pipeline.document import Document, folded, lines_of, text_of
from pipeline.extract import Reading
from pipeline.model import Article
from pipeline.outlet import Outlet
from pipeline.provenance import with_source
from pipeline.urls import normalise

_NAMES = ("original-source", "syndication-source")  # meta elements that news searches read
_MOST_LINKS = 2000  # of a page that are looked at
_MOST_FOUND = 3
_LONGEST_LINE = 200  # characters of a source line
_HIGHEST = 3  # elements around a link, in which the line that it ends may stand
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gob", "gov", "mil", "net", "or", "org", "sch", "web"})


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
    for link in islice(document.tree.iter("a"), _MOST_LINKS):
        url = _elsewhere(link.get("href"), document)
        if url and _carries(text_of(link), named) and _is_in_source_line(link):
            yield "text:source-link", url


def _carries(text: str, named: str) -> bool:
    plain = folded(text)
    return bool(plain) and (plain in named or named in plain)


def _is_in_source_line(link: HtmlElement) -> bool:
    element: HtmlElement | None = link
    for _ in range(_HIGHEST):
        element = element.getparent() if element is not None else None
        if element is None:
            return False
        lines = [line for line in lines_of(element) if len(line) <= _LONGEST_LINE]
        text = text_of(link)
        if any(text in line and parse_line(line).source for line in lines):
            return True
    return False


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
    return _domain(host) == _domain(own)


def _domain(host: str) -> str:
    """What is registered: kota.example of news.kota.example, kota.co.id of news.kota.co.id."""
    labels = host.split(".")
    length = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-length:])
