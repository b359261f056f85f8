"""What is proposed for an outlet's broken selectors, tried on its captured pages, and the file as mended. Pure.

The element that holds a broken field now is found by what it says (headline, date, the text itself) or by where it
stood (byline, section …), and named anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement
from pydantic import TypeAdapter

from crawlers.trial.breakage import EXAMPLES, FIELDS, LONGEST_DATE, Breakage, Seen, View, breakage_of, said, view_of
from crawlers.trial.markup import field_selector
from crawlers.trial.selectors import Sought, body_of, counterpart, selector_for, selectors_for
from crawlers.trial.toml import with_changed_markup, with_markup
from pipeline.byline import names, parse_line
from pipeline.dates import parse as parse_date
from pipeline.document import folded, select
from pipeline.outlet import Markup, Outlet, parse_outlet
from pipeline.watches import Watches

_MARKUP = TypeAdapter(Markup)
_SHOWN = 70  # characters of a value
_TEXT = 0.8  # share of the generic path's text that a mended body must hold, else it is told …
_LOST = 0.4  # … and this little shows that it is no body: it is not proposed


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
    place: int | None  # the generation it replaces; None: a new one, on top of the old, which stay for older pages
    doubts: tuple[str, ...]  # what does not agree, in words

    @property
    def broken(self) -> tuple[str, ...]:
        return tuple(report.field for report in self.fields if report.broken)


def mend(seen: Sequence[Seen], outlet: Outlet, watches: Watches, *, given: Mapping[str, str], name: str) -> Mended:
    """Compare and propose. `seen`: newest first; `given`: selectors a person sets; `name`: of a new generation."""
    views = [view for one in seen if (view := view_of(one, outlet, watches))]
    breakage = breakage_of(views, outlet)
    proposed = {**_proposals(breakage, views, outlet), **given}
    markup, place, after = _tried(seen, outlet, watches, proposed, breakage, name)
    if "root" in proposed and "root" not in given and any(_loses_text(view, _LOST) for view in after):
        del proposed["root"]  # worse than none: what the generic path reads of such a page would be lost
        markup, place, after = _tried(seen, outlet, watches, proposed, breakage, name)
    fields = tuple(
        _report(field, views, after, outlet, proposed.get(field), breakage.pages.get(field, ())) for field in FIELDS
    )
    good = next((view for view in views if not view.lacking), None)
    return Mended(
        pages=len(views),
        last_good=good.page.url if good else None,
        newest=views[0].page.url if views else None,
        fields=tuple(report for report in fields if report.selector or report.proposed or report.broken),
        markup=markup,
        place=place,
        doubts=_doubts(views, after, breakage, proposed),
    )


def _tried(  # noqa: PLR0917 (the pages, the file, and what is changed of it)
    seen: Sequence[Seen],
    outlet: Outlet,
    watches: Watches,
    proposed: Mapping[str, str],
    breakage: Breakage,
    name: str,
) -> tuple[Markup | None, int | None, list[View]]:
    """(the mended markup, the place of the generation it replaces, the pages as read by it)."""
    markup, place = _mended_markup(outlet, proposed, breakage, name)
    mended = replace(outlet, markup=_placed(outlet.markup, markup, place)) if markup else outlet
    return markup, place, [view for one in seen if (view := view_of(one, mended, watches))]


def _loses_text(view: View, share: float) -> bool:
    """Whether less than this share of the generic path's text is read of a page."""
    return len(view.read.article.text) < share * len(view.generic.text)


def _proposals(breakage: Breakage, views: Sequence[View], outlet: Outlet) -> dict[str, str]:
    """A selector for each broken field for which one is found."""
    found: dict[str, str] = {}
    for field, pages in breakage.pages.items():
        avoid = [view.document.tree for view in breakage.good[:EXAMPLES]] if field == "root" and breakage.layout else []
        css = _by_what_it_says(field, pages, avoid) or _by_where_it_stood(field, pages, views, outlet, avoid)
        if css:
            found[field] = css
    return found


_SAYS: Mapping[str, Callable[[View], str | None]] = {
    "headline": lambda view: (view.listing.headline if view.listing else None) or view.generic.headline,
    "description": lambda view: view.generic.description,
    "date": lambda view: view.generic.date_published_text,
    "byline": lambda view: (view.generic.byline or "").split(" | ")[0] or None,
    "section": lambda view: view.generic.article_section,
}


def _by_what_it_says(field: str, pages: Sequence[View], avoid: Sequence[HtmlElement]) -> str | None:
    if field == "root":
        bodies = [(view, body_of(view.document.tree, view.generic.article_body)) for view in pages]
        sought = [Sought(view.document.tree, body) for view, body in bodies if body is not None]
        unsure = [view.document.tree for view, body in bodies if body is None]  # there it would name something else
        avoid = [*avoid, *unsure]
        if len(sought) * 2 <= len(pages):
            return None
        return selector_for(sought, fullest=True, avoid=avoid) or selectors_for(sought, avoid=avoid)
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


def _by_where_it_stood(
    field: str, pages: Sequence[View], views: Sequence[View], outlet: Outlet, avoid: Sequence[HtmlElement]
) -> str | None:
    """The element at the same place, or most like it, as on the last page that had the field."""
    generations = [markup.name for markup in outlet.markup]
    known = [view for view in views if view.has(field) and view.read.generation in generations]
    good = min(known, key=lambda view: generations.index(view.read.generation or ""), default=None)  # its newest layout
    markup = (good.document.markup if good else None) or next(iter(outlet.markup), None)
    if good is None or markup is None:
        return None
    if field == "root":
        old = good.document.root
    else:
        old = next((e for e in select(good.document.tree, getattr(markup, field)) if said(e)), None)
    if old is None:
        return None
    sought = [
        Sought(view.document.tree, element)
        for view in pages
        if (element := counterpart(old, view.document.tree)) is not None and _may_say(field, element, outlet)
    ]
    return selector_for(sought, fullest=field == "root", avoid=avoid) if sought else None


def _may_say(field: str, element: HtmlElement, outlet: Outlet) -> bool:
    """What stands where a field stood need not be that field: a date prints a date, a byline names a person."""
    text = said(element)
    if field == "date":
        return parse_date(text[:LONGEST_DATE], ZoneInfo(outlet.timezone), order=outlet.dates.order) is not None
    if field in ("byline", "editor", "photographer"):
        people = parse_line(text, outlet.names.house)
        return bool(people.authors or people.editors or people.photographers or names(text, outlet.names.house))
    return True


def _mended_markup(
    outlet: Outlet, proposed: Mapping[str, str], breakage: Breakage, name: str
) -> tuple[Markup | None, int | None]:
    """(the markup, the place of the generation it replaces). Another root makes a new one; else old and new apply."""
    changed = {field: css for field, css in proposed.items() if css}
    if not changed:
        return None, None
    if not outlet.markup:
        return (_changed({"name": name}, changed), None) if "root" in changed else (None, None)
    if "root" in changed:
        return _changed(asdict(outlet.markup[0]), {"name": _free_name(name, outlet), **changed}), None
    place = _generation(breakage, outlet)
    former = outlet.markup[place]
    joined = {field: _joined(css, getattr(former, field), field in breakage.pages) for field, css in changed.items()}
    return _changed(asdict(former), joined), place


def _changed(values: Mapping[str, object], changed: Mapping[str, str]) -> Markup:
    """A generation of markup with other selectors, checked as those of a file are."""
    return _MARKUP.validate_python({**values, **changed})


def _free_name(name: str, outlet: Outlet) -> str:
    taken = {markup.name for markup in outlet.markup}
    return next(one for one in (name, *(f"{name}.{n}" for n in range(2, 1000))) if one not in taken)


def _generation(breakage: Breakage, outlet: Outlet) -> int:
    """Which generation applies to the pages that show the breakage; the newest where none does."""
    applying = [view.read.generation for pages in breakage.pages.values() for view in pages]
    return next((n for n, markup in enumerate(outlet.markup) if markup.name in applying), 0)


def _joined(css: str, former: str | None, broken: bool) -> str:
    """Older pages are read by the former selector still."""
    return f"{css}, {former}" if former and broken and css != former else css


def _placed(markups: tuple[Markup, ...], markup: Markup | None, place: int | None) -> tuple[Markup, ...]:
    if markup is None:
        return markups
    return (markup, *markups) if place is None else (*markups[:place], markup, *markups[place + 1 :])


def _report(  # noqa: PLR0917 (both readings of the pages, and what is known of the field)
    field: str,
    views: Sequence[View],
    after: Sequence[View],
    outlet: Outlet,
    proposed: str | None,
    broken: Sequence[View],
) -> FieldReport:
    """`broken`: the pages that show the breakage; the first of them is told, else the newest page."""
    shown = next((n for n, view in enumerate(views) if view in broken), 0)
    last_good = next((view.values[field] for view in views if view.has(field)), None)
    return FieldReport(
        field=field,
        selector=getattr(next(iter(outlet.markup), None), field, None),
        proposed=proposed,
        broken=bool(broken),
        last_good=_short(last_good),
        present=_short(views[shown].values.get(field)) if views else None,
        mended=_short(after[shown].values.get(field)) if len(after) > shown else None,
        before=sum(view.has(field) for view in views),
        after=sum(view.has(field) for view in after),
    )


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _doubts(
    views: Sequence[View], after: Sequence[View], breakage: Breakage, proposed: Mapping[str, str]
) -> tuple[str, ...]:
    """Where the mended reading contradicts what else is known of the pages."""
    doubts = [
        f"{field}: nothing was found that could take its place" for field in breakage.pages if field not in proposed
    ]
    for field in proposed:
        lost = sum(view.has(field) for view in views) - sum(view.has(field) for view in after)
        if lost > 0:
            doubts.append(f"{field}: {lost} pages that were read well are not any more")
    urls = {view.page.url for pages in breakage.pages.values() for view in pages}
    shown = [view for view in after if view.page.url in urls] or list(after)
    return (*doubts, *_contradicted(shown))


def _contradicted(views: Sequence[View]) -> Iterator[str]:
    """The first page whose headline is not its listing's, and the first with less text than the generic path reads."""
    for view in views:
        listed, read = (view.listing.headline if view.listing else None), view.read.article.headline
        if listed and folded(read or "") != folded(listed):
            yield f"headline: {read!r}, and its listing said {listed!r}"
            break
    for view in views:
        characters, generic = len(view.read.article.text), len(view.generic.text)
        if _loses_text(view, _TEXT):
            yield f"root: {characters} of the {generic} characters that the generic path reads on {view.page.url}"
            break


def mended_outlet(text: str, mended: Mended, file: str, comment: str) -> tuple[str, Outlet]:
    """(the file's text with the mended markup, what it says). Raises `OutletError` where it does not hold."""
    if mended.markup is None:
        return text, parse_outlet(text, file=file)
    if mended.place is None:
        changed = with_markup(text, mended.markup, comment)
    else:
        changed = with_changed_markup(text, mended.markup, mended.place)
    return changed, parse_outlet(changed, file=file)
