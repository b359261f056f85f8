"""An outlet's captured pages compared with its selectors: which fields broke, and on which pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from crawlers.trial.judging import ReadArticle, read_page
from pipeline.dates import parse as parse_date
from pipeline.document import Document, parse, select, text_of
from pipeline.model import Article, Kind, Listing, Page
from pipeline.outlet import Markup, Outlet
from pipeline.watches import Watches

FIELDS = ("root", "headline", "description", "date", "byline", "editor", "photographer", "section", "keywords")
CERTAIN = ("root", "headline", "date")  # of these one page without is enough; the others an article may lack
EXAMPLES = 8  # pages that show a breakage, and that a selector is proposed from
_LEAST = 2  # pages in a row that lack another field
_SHARE = 0.8  # of the pages before, that had it
_EARLIER = 10  # of these pages
_NEWEST = 5  # pages among which two without are a trend
_LEAST_TEXT = 150  # characters of the generic path that make a page an article evidently
LONGEST_DATE = 240  # characters of an element that prints one, as `pipeline.published`
# Block pages, photo pages and "not found" have markup of their own, and show nothing of the articles'.
_ARTICLE_LIKE = (Kind.ARTICLE, Kind.SHORT_NOTE, Kind.EMPTY, Kind.LISTING)


@dataclass(frozen=True, slots=True)
class Seen:
    """A captured page, and what its listing said of it."""

    page: Page
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A page as parsed and read by a file: which fields its selectors find."""

    page: Page
    listing: Listing | None
    document: Document
    read: ReadArticle
    generic: Article  # without any selector
    values: Mapping[str, str]  # field -> what its selector finds; a field that is missing has none
    sought: frozenset[str]  # fields that the applying generation, else the newest, has a selector for

    def has(self, field: str) -> bool:
        return field in self.values

    @property
    def lacking(self) -> tuple[str, ...]:
        """Of root, headline and date: what the file's selectors miss although the page evidently has it."""
        evident = (
            ("root", len(self.generic.text) >= _LEAST_TEXT),
            ("headline", self.generic.headline is not None),
            ("date", self.generic.date_published is not None),
        )
        return tuple(
            field for field, is_there in evident if is_there and field in self.sought and field not in self.values
        )


@dataclass(frozen=True, slots=True)
class Breakage:
    """Which fields are broken, each with pages that show it; `layout`: the whole layout of these pages is another."""

    pages: Mapping[str, tuple[View, ...]]
    layout: tuple[View, ...]
    good: tuple[View, ...]


def view_of(seen: Seen, outlet: Outlet, watches: Watches) -> View | None:
    document = parse(seen.page, outlet)
    read = read_page(seen.page, outlet, watches)
    plain = read_page(seen.page, replace(outlet, markup=()), watches)
    if document is None or read is None or plain is None:
        return None
    if read.article.kind not in _ARTICLE_LIKE and plain.article.kind not in _ARTICLE_LIKE:
        return None
    markup = document.markup or next(iter(outlet.markup), None)
    sought = frozenset(field for field in FIELDS if getattr(markup, field, None))
    return View(seen.page, seen.listing, document, read, plain.article, _values(document, read, outlet), sought)


def _values(document: Document, read: ReadArticle, outlet: Outlet) -> dict[str, str]:
    """What each selector finds, by the generation that applies, else by the newest."""
    markup = document.markup or next(iter(outlet.markup), None)
    found: dict[str, str] = {}
    if document.root is not None and document.root.text_content().strip():
        found["root"] = f"{len(read.article.article_body)} paragraphs, {len(read.article.text)} characters"
    for field in FIELDS[1:]:
        texts = [text for element in select(document.tree, getattr(markup, field, None)) if (text := said(element))]
        if texts:
            found[field] = "; ".join(texts[:3])
    if "date" in found and not _is_dated(document, markup):
        del found["date"]  # the element is there, and what it says is no date
    return found


def _is_dated(document: Document, markup: Markup | None) -> bool:
    zone = ZoneInfo(document.outlet.timezone if document.outlet else "UTC")
    order = document.outlet.dates.order if document.outlet else "dmy"
    texts = [
        text
        for element in select(document.tree, markup.date if markup else None)
        for text in (element.get("datetime"), text_of(element)[:LONGEST_DATE])
        if text
    ]
    return any(parse_date(text, zone, order=order, now=document.page.fetched_at) for text in texts)


def said(element: HtmlElement) -> str:
    return text_of(element) or element.get("content") or element.get("datetime") or ""


def breakage_of(views: Sequence[View], outlet: Outlet) -> Breakage:
    """Compare the pages. One odd page among good ones is no breakage, unless it is the newest."""
    good = tuple(view for view in views if not view.lacking)
    layout = tuple(view for view in views if "root" in view.lacking or len(view.lacking) > 1)
    if not outlet.markup:
        return Breakage({}, (), good)
    if _is_trend(layout, views, good):
        pages = {field: layout[:EXAMPLES] for field in FIELDS if _is_lost(field, layout, good)}
        return Breakage({"root": layout[:EXAMPLES], **pages}, layout[:EXAMPLES], good)
    found: dict[str, tuple[View, ...]] = {}
    for field in CERTAIN:
        lacking = tuple(view for view in views if field in view.lacking)
        if _is_trend(lacking, views, good):
            found[field] = lacking[:EXAMPLES]
    for field in FIELDS:
        if field not in CERTAIN and (run := _lost_of_late(field, views)):
            found[field] = run
    return Breakage(found, (), good)


def _is_trend(pages: Sequence[View], views: Sequence[View], good: Sequence[View]) -> bool:
    """The newest page, some of the newest, or all."""
    if not pages:
        return False
    return pages[0] is views[0] or not good or sum(view in pages for view in views[:_NEWEST]) >= _LEAST


def _is_lost(field: str, pages: Sequence[View], good: Sequence[View]) -> bool:
    """Nothing of a field on these pages, which the good ones have."""
    if any(view.has(field) for view in pages) or not any(field in view.sought for view in (*pages, *good)):
        return False
    return field in CERTAIN or (bool(good) and sum(view.has(field) for view in good) >= _SHARE * len(good))


def _lost_of_late(field: str, views: Sequence[View]) -> tuple[View, ...]:
    """The newest pages in a row without a field that an article may lack, when the ones before nearly all had it."""
    run = next((n for n, view in enumerate(views) if view.has(field)), len(views))
    earlier = [view for view in views[run : run + _EARLIER] if field in view.sought]
    if run < _LEAST or not earlier or sum(view.has(field) for view in earlier) < _SHARE * len(earlier):
        return ()
    return tuple(views[:run][:EXAMPLES])
