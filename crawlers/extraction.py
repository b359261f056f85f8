"""What a worker process does with fetched pages: find the rest of a paged article, or read the article. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from pipeline.document import parse, select, text_of
from pipeline.model import Article, Listing, Page, Verdict
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url, is_article, normalise
from pipeline.watches import Watches

MAX_PAGES = 30  # of one article; the longest paged text seen had 9
_WHOLE = (
    "show all", "all", "semua", "tampilkan semua", "lihat semua", "semua halaman", "view all", "single page",
    "xem tất cả", "papar semua",
)  # fmt: skip
_NEXT = (
    "next", "next page", "selanjutnya", "halaman selanjutnya", "halaman berikutnya", "berikutnya", "lanjut",
    "seterusnya", "trang sau", "trang tiếp", "ถัดไป", "susunod",
)  # fmt: skip
_PAGING_TEXT = re.compile("|".join([r"(?:(?:page|halaman|hal|trang)\W*)?\d{1,2}", *map(re.escape, (*_WHOLE, *_NEXT))]))
_PAGE_PARAMETERS = ("page", "halaman", "hal", "pg", "paged", "trang")
_PAGE_NUMBER = re.compile(r"[1-9]\d?")


@dataclass(frozen=True, slots=True)
class FurtherPages:
    """The article goes on elsewhere. `whole`: the one address holds all of it, this page's part included."""

    urls: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article with what is stored beside it."""

    article: Article
    verdict: Verdict
    content_digest: str
    keys: tuple[int, ...]
    code_digest: str  # of our code, the outlet file and the watches
    canonical: str  # the address the page itself declares, where that can be one; else the article's own


def examine(
    pages: tuple[Page, ...], listing: Listing | None, outlet: Outlet | None, watches: Watches, *, complete: bool
) -> FurtherPages | Extracted:
    """Read an article, unless it goes on elsewhere: then where. `complete` with one page: that page holds all of it."""
    further = _still_missing(pages, outlet, complete=complete)
    if further.urls:
        return further
    pages = in_order(pages)
    # Heavy (numpy, trafilatura), and only the worker processes need them: the crawl itself starts without.
    from pipeline import fingerprint  # noqa: PLC0415
    from pipeline.process import code_digest, process_page, verdict  # noqa: PLC0415

    article = process_page(pages, listing, outlet, watches)
    return Extracted(
        article=article,
        verdict=verdict(article),
        content_digest=fingerprint.content_digest(article),
        keys=fingerprint.keys(article),
        code_digest=code_digest(outlet, watches),
        canonical=declared_canonical(pages[0], outlet) or article.canonical_url,
    )


def declared_canonical(page: Page, outlet: Outlet | None) -> str | None:
    """The page's `<link rel=canonical>`, if it is an article's address of the same outlet (or host, where unlisted)."""
    document = parse(page, outlet)
    for link in select(document.tree, "link[rel~=canonical][href]") if document else ():
        url = _address(link, page.url)
        if url is None:
            continue
        canonical = canonical_url(url, outlet)
        same = outlet is not None or urlsplit(url).hostname == urlsplit(page.url).hostname
        if same and is_article(canonical, outlet):
            return canonical
    return None


def _still_missing(pages: tuple[Page, ...], outlet: Outlet | None, *, complete: bool) -> FurtherPages:
    """What the pages had so far name beside themselves: the first may show "1 2 3 … 9", and the third "4 5"."""
    if len(pages) == 1:
        return FurtherPages(()) if complete else further_pages(pages[0], outlet)
    had = {normalise(page.url) for page in pages}
    if len(had) < len(pages):  # a page led back to one that is had: what its site counts is no paging
        return FurtherPages(())
    named = [further for page in pages if not (further := further_pages(page, outlet)).whole]
    missing = dict.fromkeys(url for further in named for url in further.urls if url not in had)
    return FurtherPages(tuple(missing)[: max(MAX_PAGES - len(pages), 0)])


def in_order(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """By the numbers in their addresses; the first, which may have none, stays the first."""
    return (*pages[:1], *sorted(pages[1:], key=lambda page: _number(page.url) or MAX_PAGES))


def further_pages(page: Page, outlet: Outlet | None) -> FurtherPages:
    """The other pages of this page's article, in the order of its links; the one-page form where there is one."""
    document = parse(page, outlet)
    if document is None:
        return FurtherPages(())
    canonical = canonical_url(page.url, outlet)
    here = {normalise(page.url), canonical}
    own = canonical.rstrip("/")
    found: dict[str, None] = {}
    selector = document.markup.pages if document.markup else None
    for link in select(document.tree, selector) if selector else _paging_links(document.tree):
        url = _address(link, page.url)
        if url is None or url in here or _number(url) == 1 or canonical_url(url, outlet).rstrip("/") != own:
            continue
        if _holds_all(link, url):
            return FurtherPages((url,), whole=True)
        if selector or _number(url):
            found[url] = None
    return FurtherPages(tuple(found)[: MAX_PAGES - 1])


def _paging_links(tree: HtmlElement) -> Iterator[HtmlElement]:
    """`rel=next`, and links that say a number, "next" or "show all"; whose article they are their addresses tell."""
    for link in tree.iter("a", "link"):
        follows = "next" in (link.get("rel") or "").lower().split()
        if follows or (link.tag == "a" and _PAGING_TEXT.fullmatch(text_of(link).lower())):
            yield link


def _number(url: str) -> int | None:
    """The number of an article's page, where its address ends in one: /2, /page/2, ?page=2, ?halaman=2."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    numbers = [value for name, value in parse_qsl(parts.query) if name.lower() in _PAGE_PARAMETERS]
    number = next(iter(numbers), last)
    return int(number) if _PAGE_NUMBER.fullmatch(number) else None


def _address(link: HtmlElement, base: str) -> str | None:
    reference = link.get("href", "").strip()
    try:
        return normalise(urljoin(base, reference)) if reference else None
    except ValueError:
        return None


def _holds_all(link: HtmlElement, url: str) -> bool:
    parts = urlsplit(url)
    named = [parts.path.rstrip("/").rpartition("/")[2], *(value for _, value in parse_qsl(parts.query))]
    return not {"all", "semua"}.isdisjoint(named) or text_of(link).lower() in _WHOLE
