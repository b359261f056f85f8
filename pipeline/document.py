"""One fetched page, parsed once: its tree, the article's root in it, and the text helpers every reader shares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from pipeline.decoding import decode
from pipeline.model import Page
from pipeline.outlet import Markup, Outlet

_NO_LETTER = re.compile(r"[\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")  # soft hyphen, zero-width, marks; no joiner


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page. `tree` is the whole page; it is pruned only by the last reader, on a copy of the root."""

    page: Page
    outlet: Outlet | None
    tree: HtmlElement = field(repr=False)
    markup: Markup | None  # the generation whose root was found; None: generic reading
    root: HtmlElement | None = field(repr=False)


def visible(text: str) -> str:
    """The text in NFC without invisible characters."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def tidy(text: str) -> str:
    """One line of visible text as printed: every run of white space one space, none at its ends."""
    return " ".join(visible(text).split())


def folded(text: str) -> str:
    """Letters and digits only, case-folded: what two printings of one sentence have in common."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=2048)
def _selector(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")


def select(node: HtmlElement, css: str | None) -> list[HtmlElement]:
    """Elements under `node` that match, in document order; none where the tree is too deep for the query."""
    if css is None:
        return []
    try:
        return list(_selector(css)(node))
    except etree.XPathError:
        return []


def text_of(node: HtmlElement) -> str:
    """The tidy text of an element without scripts and styles; a line break is a space."""
    return tidy("".join(_strings(node)).replace(_CUT, " "))


def lines_of(node: HtmlElement) -> list[str]:
    """The tidy lines of an element, cut where `br` and blocks cut them."""
    return [line for line in map(tidy, "".join(_strings(node)).split(_CUT)) if line]


_CUT = "\x1e"
_TOO_LITTLE = 20_000  # characters of markup that ought to hold some text
_NESTING = re.compile(
    r"</?(?:div|span|font|section|center|table|tbody|tr|td|ul|li|b|i|em|strong|blockquote)\b[^>]{0,2000}>",
    re.IGNORECASE,
)
_SILENT = {"script", "style", "noscript", "template", "svg", "iframe", "button", "textarea", "select"}
_BREAKS = {"br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header"}


def _strings(node: HtmlElement) -> Iterator[str]:
    """The strings of an element in order, with `_CUT` where a line ends."""
    walker = etree.iterwalk(node, events=("start", "end"))
    for event, element in walker:
        if element.tag in _BREAKS:
            yield _CUT
        if event == "end":
            if element is not node and element.tail:
                yield element.tail
        elif element.tag in _SILENT:
            walker.skip_subtree()
        elif element.text:
            yield element.text


def parse(page: Page, outlet: Outlet | None) -> Document | None:
    """Parse a page and find the article's root by the newest markup that fits; `None`: it holds no markup.

    Comments and processing instructions are dropped by the parser.
    """
    text = decode(page.body, page.headers)
    if "<" not in text:
        return None
    tree = _tree(text)
    if tree is not None and len(text) > _TOO_LITTLE and not tree.xpath("string-length(normalize-space(//body))"):
        tree = _tree(_NESTING.sub("<br>", text))  # the parser gives up where elements nest deeper than 2,048
    if tree is None:
        return None
    markup, root = _root(tree, outlet)
    return Document(page, outlet, tree, markup, root)


def _root(tree: HtmlElement, outlet: Outlet | None) -> tuple[Markup | None, HtmlElement | None]:
    """The newest generation of markup whose root holds text, and its fullest root; an empty one where none does."""
    empty: tuple[Markup | None, HtmlElement | None] = (None, None)
    for markup in outlet.markup if outlet else ():
        roots = select(tree, markup.root)
        if roots:
            root = max(roots, key=lambda element: len(element.text_content()))
            if root.text_content().strip():
                return markup, root
            empty = empty if empty[0] else (markup, root)
    return empty


def _tree(text: str) -> HtmlElement | None:
    parser = HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
