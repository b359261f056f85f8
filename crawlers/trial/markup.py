"""Selectors for a site's article pages, learnt from what the generic path reads of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

from crawlers.trial.selectors import Sought, body_of, elements_saying, selector_for
from pipeline.byline import parse_line
from pipeline.document import Document, parse, text_of
from pipeline.generic import read_generic
from pipeline.model import Article, Page
from pipeline.outlet import Markup

_LEAST_PAGES = 2  # one page proves no selector
_FEW_CHILDREN = 4  # of an element that prints a byline
_LONGEST_BYLINE = 100  # characters
_LABEL = 25  # characters within which its colon stands
_STRUCTURE = "css:"  # the generic path found the text by what the site itself calls it


def propose_markup(pages: Sequence[Page], articles: Sequence[Article]) -> Markup | None:
    """A generation of markup, where the generic path had to guess; `None` where it reads the pages well without one.

    `articles` are the pages as the generic path reads them, in the same order.
    """
    documents = [parse(page, None) for page in pages]
    read = [
        (document, article) for document, article in zip(documents, articles, strict=True) if document and article.text
    ]
    if len(read) < _LEAST_PAGES or all(_is_well_read(document, article) for document, article in read):
        return None
    return markup_of(read, "seen")


def _is_well_read(document: Document, article: Article) -> bool:
    """The text stood where its structure says, and headline and date were found."""
    _, source = read_generic(document.tree)
    return source.startswith(_STRUCTURE) and bool(article.headline) and article.date_published is not None


def markup_of(read: Sequence[tuple[Document, Article]], name: str) -> Markup | None:
    """The smallest element that holds each text, the headline, the date and the byline, each by one selector for all.

    `None` where no selector finds the text of every page.
    """
    bodies = [(document, body_of(document.tree, article.article_body)) for document, article in read]
    sought = [Sought(document.tree, body) for document, body in bodies if body is not None]
    root = selector_for(sought, fullest=True) if len(sought) == len(read) else None
    if root is None:
        return None
    return Markup(
        name=name,
        root=root,
        headline=field_selector(read, lambda article: article.headline),
        date=field_selector(read, lambda article: article.date_published_text),
        byline=field_selector(read, lambda article: article.byline) or _byline_selector(read),
    )


def _byline_selector(read: Sequence[tuple[Document, Article]]) -> str | None:
    """For the element that says "Penulis: Name" or the like, where most pages have one."""
    labelled = [(document.tree, _labelled(document.tree)) for document, _ in read]
    sought = [Sought(tree, element) for tree, element in labelled if element is not None]
    return selector_for(sought) if 2 * len(sought) > len(read) else None


def _labelled(tree: HtmlElement) -> HtmlElement | None:
    for element in tree.iter("div", "span", "p", "li", "address"):
        text = text_of(element) if len(element) <= _FEW_CHILDREN else ""
        if ":" in text[:_LABEL] and len(text) <= _LONGEST_BYLINE:
            credits_of_line = parse_line(text, ())
            if credits_of_line.authors or credits_of_line.editors:
                return element
    return None


def field_selector(read: Sequence[tuple[Document, Article]], value: Callable[[Article], str | None]) -> str | None:
    """One selector for the element that says a field's value, on every page where one does; `None`: there is none."""
    sought = [
        (document, elements)
        for document, article in read
        if (text := value(article)) and (elements := elements_saying(document.tree, text))
    ]
    if not sought:
        return None
    for choice in range(max(len(elements) for _, elements in sought)):
        css = selector_for([Sought(document.tree, _nth(elements, choice)) for document, elements in sought])
        if css is not None:
            return css
    return None


def _nth(elements: Sequence[HtmlElement], choice: int) -> HtmlElement:
    return elements[min(choice, len(elements) - 1)]
