"""What a worker process does with fetched pages: find the rest of a paged article, or read the article. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from pipeline.document import parse, select, text_of
from pipeline.model import Article, Listing, Page, Verdict
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url, is_article, normalise
from pipeline.watches import Watches

MAX_PAGES = 30  # of one article; the longest paged text seen had 9
_WHOLE = ("show all", "all", "semua", "tampilkan semua", "lihat semua", "semua halaman")


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
    keys: tuple[str, ...]
    code_digest: str  # of our code, the outlet file and the watches
    canonical: str  # the address the page itself declares, where that can be one; else the article's own


def examine(
    pages: tuple[Page, ...], listing: Listing | None, outlet: Outlet | None, watches: Watches, *, complete: bool
) -> FurtherPages | Extracted:
    """Read an article, unless it is paged and not `complete`: then where the rest is."""
    if not complete and len(pages) == 1:
        further = further_pages(pages[0], outlet)
        if further.urls:
            return further
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


def further_pages(page: Page, outlet: Outlet | None) -> FurtherPages:
    """The other pages of this page's article, in the order of its links; the one-page form where there is one."""
    document = parse(page, outlet)
    if document is None or document.markup is None or outlet is None:
        return FurtherPages(())
    canonical = canonical_url(page.url, outlet)
    here = {normalise(page.url), canonical}
    found: dict[str, None] = {}
    for link in select(document.tree, document.markup.pages):
        url = _address(link, page.url)
        if url is None or canonical_url(url, outlet) != canonical or url in here:
            continue
        if _holds_all(link, url):
            return FurtherPages((url,), whole=True)
        found[url] = None
    return FurtherPages(tuple(found)[: MAX_PAGES - 1])


def _address(link: HtmlElement, base: str) -> str | None:
    reference = link.get("href", "").strip()
    try:
        return normalise(urljoin(base, reference)) if reference else None
    except ValueError:
        return None


def _holds_all(link: HtmlElement, url: str) -> bool:
    parts = urlsplit(url)
    named = [parts.path.rstrip("/").rpartition("/")[2], *(value for _, value in parse_qsl(parts.query))]
    return "all" in named or text_of(link).lower() in _WHOLE
