"""What a person who mends an outlet or checks an article wants to see besides the article: how it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from lxml.html import HtmlElement

from pipeline.document import folded, select, text_of
from pipeline.evaluate.predictions import by_trafilatura
from pipeline.extract import Reading, read_pages
from pipeline.metadata import Metadata, Stated
from pipeline.model import Article, Listing, Page, Verdict
from pipeline.outlet import Markup, Outlet
from pipeline.process import process_page, verdict
from pipeline.watches import Watches

_NOT_SELECTORS = ("name", "prune")
_STATED = {
    "headline": "headlines", "description": "descriptions", "date_published": "published",
    "date_modified": "modified", "authors": "authors", "article_section": "sections",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Selected:
    """What one selector of one generation of the outlet's markup found on the first page."""

    generation: str
    field: str
    selector: str
    found: int  # elements
    first: str | None  # the text of the first of them, or its `datetime` or `content`


@dataclass(frozen=True, slots=True)
class Told:
    """A value the page states to machines, and what became of it."""

    field: str
    source: str
    text: str
    fate: str  # used | same: says what the used one says | other: not believed, or not needed


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Words that stood in or around the text and are not in it, and why."""

    text: str
    rule: str  # for a person
    selector: str | None = None  # of the outlet's file, where that took them out


@dataclass(frozen=True, slots=True)
class Difference:
    """What trafilatura alone reads otherwise. The lines are as it or we print them, opening and furniture included."""

    headline: str | None
    date_published: str | None  # a day
    authors: tuple[str, ...]
    only_trafilatura: tuple[str, ...]
    only_kliping: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    article: Article
    verdict: Verdict
    readable: bool  # False: the response holds no markup
    generation: str | None = None  # name of the outlet's markup that fits; None: read without
    notes: tuple[str, ...] = ()  # what was mended before the page could be read
    removed: tuple[TakenOut, ...] = ()
    stated: tuple[Told, ...] = ()
    selected: tuple[Selected, ...] = ()


def inspect_pages(
    pages: Sequence[Page], listing: Listing | None, outlet: Outlet | None, watches: Watches
) -> Inspection:
    """The article of these pages (one article's, in order) and how it was read. Raises `ValueError` without a page."""
    article = process_page(pages, listing, outlet, watches)
    reading = read_pages(pages, outlet)
    decided = verdict(article)
    if reading is None:
        return Inspection(article, decided, readable=False)
    markup = reading.document.markup
    return Inspection(
        article=article,
        verdict=decided,
        readable=True,
        generation=markup.name if markup else None,
        notes=reading.document.notes,
        removed=tuple(_removed(reading, article)),
        stated=tuple(_stated(reading.metadata, article)),
        selected=tuple(_selected(reading)),
    )


def _removed(reading: Reading, article: Article) -> Iterator[TakenOut]:
    markup, root = reading.document.markup, reading.document.root
    pruned: set[HtmlElement] = set()
    for selector in markup.prune if markup else ():
        for element in select(reading.document.tree, selector):
            around = {*element.iterancestors()}
            if root in around and not pruned & {element, *around} and (text := text_of(element)):
                yield TakenOut(text, "pruned", selector)
            pruned.add(element)
    yield from (TakenOut(one.text, one.rule) for one in reading.text.removed)
    if article.dateline or article.credit_line:
        opening = " ".join(filter(None, (article.dateline, article.credit_line)))
        yield TakenOut(opening, "opening: dateline and credit")


def differences(page: Page, article: Article) -> Difference:
    """Between trafilatura with its default settings on this page and the article as we read it."""
    theirs = by_trafilatura(page)
    ours, other = ({folded(line) for line in lines} for lines in (article.article_body, theirs.article_body or ()))
    return Difference(
        headline=theirs.headline,
        date_published=theirs.date_published,
        authors=theirs.authors or (),
        only_trafilatura=tuple(line for line in theirs.article_body or () if folded(line) not in ours),
        only_kliping=tuple(line for line in article.article_body if folded(line) not in other),
    )


def _stated(metadata: Metadata, article: Article) -> Iterator[Told]:
    sources = {(entry.field, entry.source) for entry in article.provenance}
    for field, name in _STATED.items():
        values: tuple[Stated, ...] = getattr(metadata, name)
        for one in values:
            fate = "same" if _says(getattr(article, field), one.text) else "other"
            yield Told(field, one.source, one.text, "used" if (field, one.source) in sources else fate)


def _says(value: object, text: str) -> bool:
    """Does the text say what the field holds: the same words, the same instant, one of the same names?"""
    if isinstance(value, datetime):
        try:
            told = datetime.fromisoformat(text)
        except ValueError:
            return False
        return told == value if told.tzinfo else False
    names = value if isinstance(value, tuple) else (value,)
    return any(isinstance(name, str) and folded(name) == folded(text) for name in names)


def _selected(reading: Reading) -> Iterator[Selected]:
    outlet = reading.document.outlet
    for markup in outlet.markup if outlet else ():
        for field, selector in _selectors(markup):
            elements = select(reading.document.tree, selector)
            first = next(iter(elements), None)
            shown = None if first is None else first.get("datetime") or first.get("content") or text_of(first)
            yield Selected(markup.name, field, selector, len(elements), shown)


def _selectors(markup: Markup) -> Iterator[tuple[str, str]]:
    for field in fields(markup):
        value = getattr(markup, field.name)
        if field.name not in _NOT_SELECTORS and isinstance(value, str):
            yield field.name, value
    yield from (("prune", selector) for selector in markup.prune)
