"""What broke of an outlet's selectors, and which would hold: its captured pages compared field by field. Pure.

A field is broken where the newest pages lack what older ones had. The element that holds it now is found by what it
says (headline, date, the text itself) or by where it stood (byline, section …), and named anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from crawlers.trial.judging import ReadArticle, read_page
from crawlers.trial.markup import field_selector
from crawlers.trial.selectors import Sought, body_of, counterpart, selector_for
from crawlers.trial.toml import with_first_markup, with_markup
from pipeline.dates import parse as parse_date
from pipeline.document import Document, folded, parse, select, text_of
from pipeline.model import Article, Kind, Listing, Page
from pipeline.outlet import Markup, Outlet, parse_outlet
from pipeline.watches import Watches

FIELDS = ("root", "headline", "description", "date", "byline", "editor", "photographer", "section", "keywords")
_CERTAIN = ("root", "headline", "date")  # of these one page without is enough; the others an article may lack
_LEAST = 2  # pages in a row that lack another field
_SHARE = 0.8  # of the pages before, that had it
_EARLIER = 10  # of these pages
_EXAMPLES = 8  # pages that a selector is proposed from
_LONGEST_DATE = 240  # characters of an element that prints one, as `pipeline.published`
_SHOWN = 70  # characters of a value
_TEXT = 0.8  # share of the generic path's text that a mended body must hold
# Block pages, photo pages and "not found" have markup of their own, and show nothing of the articles'.
_ARTICLE_LIKE = (Kind.ARTICLE, Kind.SHORT_NOTE, Kind.EMPTY, Kind.LISTING)


@dataclass(frozen=True, slots=True)
class Seen:
    """A captured page, and what its listing said of it."""

    page: Page
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class FieldReport:
    """One field before and after, over the pages looked at."""

    field: str
    selector: str | None  # of the file
    proposed: str | None  # None: nothing better is known
    broken: bool
    last_good: str | None  # what it said on the last page that had it
    present: str | None  # what it says on the newest page by the file
    mended: str | None  # and by the proposal
    before: int  # pages on which the file's selectors find it
    after: int


@dataclass(frozen=True, slots=True)
class Mended:
    """What `outlets mend` shows, and the file it would write."""

    pages: int
    last_good: str | None  # address of the newest page that had everything
    newest: str | None
    fields: tuple[FieldReport, ...]
    markup: Markup | None  # the newest generation as mended; None: nothing to change
    new_generation: bool  # it goes on top of the old ones, which stay for older pages
    doubts: tuple[str, ...]  # what does not agree, in words

    @property
    def broken(self) -> tuple[str, ...]:
        return tuple(report.field for report in self.fields if report.broken)


def mend(seen: Sequence[Seen], outlet: Outlet, watches: Watches, *, given: Mapping[str, str], name: str) -> Mended:
    """Compare and propose. `seen`: newest first; `given`: selectors a person sets; `name`: of a new generation."""
    views = [view for one in seen if (view := _view(one, outlet, watches))]
    broken = {field: found for field in FIELDS if (found := _broken_pages(field, views, outlet))}
    proposed = {**_proposals(broken, views, outlet), **given}
    markup, is_new = _mended_markup(outlet, proposed, broken, name)
    mended = _with(outlet, markup, is_new) if markup else outlet
    after = [view for one in seen if (view := _view(one, mended, watches))]
    fields = tuple(
        _report(field, views, after, outlet, proposed.get(field), broken=field in broken) for field in FIELDS
    )
    good = next((view for view in views if all(view.has(field) for field in _CERTAIN)), None)
    return Mended(
        pages=len(views),
        last_good=good.page.url if good else None,
        newest=views[0].page.url if views else None,
        fields=tuple(report for report in fields if report.selector or report.proposed or report.broken),
        markup=markup,
        new_generation=is_new,
        doubts=_doubts(after, broken, proposed),
    )


@dataclass(frozen=True, slots=True)
class _View:
    """A page as parsed and read by a file: which fields its selectors find."""

    page: Page
    listing: Listing | None
    document: Document
    read: ReadArticle
    generic: Article  # without any selector
    values: Mapping[str, str]  # field -> what its selector finds; a field that is missing has none

    def has(self, field: str) -> bool:
        return field in self.values


def _view(seen: Seen, outlet: Outlet, watches: Watches) -> _View | None:
    document = parse(seen.page, outlet)
    read = read_page(seen.page, outlet, watches)
    plain = read_page(seen.page, replace(outlet, markup=()), watches)
    if document is None or read is None or plain is None:
        return None
    if read.article.kind not in _ARTICLE_LIKE and plain.article.kind not in _ARTICLE_LIKE:
        return None
    return _View(seen.page, seen.listing, document, read, plain.article, _values(document, read, outlet))


def _values(document: Document, read: ReadArticle, outlet: Outlet) -> dict[str, str]:
    """What each selector finds, by the generation that applies, else by the newest."""
    markup = document.markup or next(iter(outlet.markup), None)
    found: dict[str, str] = {}
    if document.root is not None and document.root.text_content().strip():
        found["root"] = f"{len(read.article.article_body)} paragraphs, {len(read.article.text)} characters"
    for field in FIELDS[1:]:
        texts = [text for element in select(document.tree, getattr(markup, field, None)) if (text := _said(element))]
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
        for text in (element.get("datetime"), text_of(element)[:_LONGEST_DATE])
        if text
    ]
    return any(parse_date(text, zone, order=order, now=document.page.fetched_at) for text in texts)


def _said(element: HtmlElement) -> str:
    return text_of(element) or element.get("content") or element.get("datetime") or ""


def _broken_pages(field: str, views: Sequence[_View], outlet: Outlet) -> tuple[_View, ...]:
    """The newest pages in a row that lack a field which the ones before had; none where it is not broken."""
    newest = next(iter(outlet.markup), None)
    if newest is None or getattr(newest, field) is None:
        return ()
    lacking = next((n for n, view in enumerate(views) if view.has(field)), len(views))
    earlier = views[lacking : lacking + _EARLIER]
    if lacking < (1 if field in _CERTAIN else _LEAST):
        return ()
    if earlier and sum(view.has(field) for view in earlier) < _SHARE * len(earlier):
        return ()
    if not earlier and field not in _CERTAIN:
        return ()  # no page ever had it: perhaps the outlet prints none
    return tuple(views[:lacking][:_EXAMPLES])


def _proposals(broken: Mapping[str, Sequence[_View]], views: Sequence[_View], outlet: Outlet) -> dict[str, str]:
    """A selector for each broken field for which one is found."""
    found: dict[str, str] = {}
    for field, pages in broken.items():
        css = _by_what_it_says(field, pages) or _by_where_it_stood(field, pages, views, outlet)
        if css:
            found[field] = css
    return found


_SAYS: Mapping[str, Callable[[_View], str | None]] = {
    "headline": lambda view: (view.listing.headline if view.listing else None) or view.generic.headline,
    "description": lambda view: view.generic.description,
    "date": lambda view: view.generic.date_published_text,
    "byline": lambda view: view.generic.byline,
    "section": lambda view: view.generic.article_section,
}


def _by_what_it_says(field: str, pages: Sequence[_View]) -> str | None:
    if field == "root":
        bodies = [(view, body_of(view.document.tree, view.generic.article_body)) for view in pages]
        sought = [Sought(view.document.tree, body) for view, body in bodies if body is not None]
        return selector_for(sought, fullest=True) if sought and len(sought) * 2 > len(pages) else None
    says = _SAYS.get(field)
    if says is None:
        return None
    by_tree = {id(view.document): view for view in pages}
    read = [(view.document, view.generic) for view in pages]
    values = {id(article): says(by_tree[id(document)]) for document, article in read}
    css = field_selector(read, lambda article: values[id(article)])
    if css is None and field == "headline":
        css = field_selector(read, lambda article: article.headline)
    return css


def _by_where_it_stood(field: str, pages: Sequence[_View], views: Sequence[_View], outlet: Outlet) -> str | None:
    """The element at the same place, or most like it, as on the last page that had the field."""
    good = next((view for view in views if view.has(field)), None)
    markup = (good.document.markup if good else None) or next(iter(outlet.markup), None)
    if good is None or markup is None:
        return None
    if field == "root":
        old = good.document.root
    else:
        old = next((e for e in select(good.document.tree, getattr(markup, field)) if _said(e)), None)
    if old is None:
        return None
    sought = [
        Sought(view.document.tree, element)
        for view in pages
        if (element := counterpart(old, view.document.tree)) is not None
    ]
    return selector_for(sought, fullest=field == "root") if sought else None


def _mended_markup(
    outlet: Outlet, proposed: Mapping[str, str], broken: Mapping[str, object], name: str
) -> tuple[Markup | None, bool]:
    """The newest generation with the proposals. With another root it is a new one; else both old and new apply."""
    changed = {field: css for field, css in proposed.items() if css}
    if not changed:
        return None, False
    newest = next(iter(outlet.markup), None)
    if newest is None:
        return (Markup(name=name, **changed), True) if "root" in changed else (None, False)
    if "root" in changed:
        return replace(newest, name=name, **changed), True
    joined = {field: _joined(css, getattr(newest, field), field in broken) for field, css in changed.items()}
    return replace(newest, **joined), False


def _joined(css: str, former: str | None, broken: bool) -> str:
    """Older pages are read by the former selector still."""
    return f"{css}, {former}" if former and broken and css != former else css


def _with(outlet: Outlet, markup: Markup, is_new: bool) -> Outlet:
    return replace(outlet, markup=(markup, *(outlet.markup if is_new else outlet.markup[1:])))


def _report(
    field: str,
    views: Sequence[_View],
    after: Sequence[_View],
    outlet: Outlet,
    proposed: str | None,
    *,
    broken: bool,
) -> FieldReport:
    newest = next(iter(outlet.markup), None)
    last_good = next((view.values[field] for view in views if view.has(field)), None)
    return FieldReport(
        field=field,
        selector=getattr(newest, field, None),
        proposed=proposed,
        broken=broken,
        last_good=_short(last_good),
        present=_short(views[0].values.get(field)) if views else None,
        mended=_short(after[0].values.get(field)) if after else None,
        before=sum(view.has(field) for view in views),
        after=sum(view.has(field) for view in after),
    )


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _doubts(
    after: Sequence[_View], broken: Mapping[str, Sequence[_View]], proposed: Mapping[str, str]
) -> tuple[str, ...]:
    """Where the mended reading contradicts what else is known of the pages."""
    urls = {view.page.url for pages in broken.values() for view in pages}
    views = [view for view in after if view.page.url in urls] or list(after)
    doubts = [f"{field}: nothing was found that could take its place" for field in broken if field not in proposed]
    for view in views:
        article, listing = view.read.article, view.listing
        if listing and listing.headline and folded(article.headline or "") != folded(listing.headline):
            doubts.append(f"headline: {article.headline!r}, and its listing said {listing.headline!r}")
            break
    thin = [view for view in views if len(view.read.article.text) < _TEXT * len(view.generic.text)]
    if thin and "root" in proposed:
        lengths = f"{len(thin[0].read.article.text)} of {len(thin[0].generic.text)} characters"
        doubts.append(f"root: less text than the generic path reads, {lengths} on {thin[0].page.url}")
    return tuple(doubts)


def mended_outlet(text: str, mended: Mended, file: str, comment: str) -> tuple[str, Outlet]:
    """(the file's text with the mended markup, what it says). Raises `OutletError` where it does not hold."""
    if mended.markup is None:
        return text, parse_outlet(text, file=file)
    is_new = mended.new_generation
    changed = with_markup(text, mended.markup, comment) if is_new else with_first_markup(text, mended.markup)
    return changed, parse_outlet(changed, file=file)
