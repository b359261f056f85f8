"""Which other articles a page links, and by what headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from pipeline.blocks import FULL_STOPS, Block
from pipeline.document import folded, text_of
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url, is_article

LONGEST_HEADLINE = 200  # characters
_SHORTEST_HEADLINE = 4  # words; "Jakarta" in a related list must not go wherever it stands
_SHORTEST_UNSPACED = 12  # the same in letters, where a script puts no spaces between words
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")  # of these fewer say as much
_MOST_LINKS = 3000  # of a page; menus of real pages have up to 900
_LONGEST_BESIDE = 30  # characters: section and hour
_MOST_STRINGS = 20  # of the line around a link, looked at
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE = ("b", "strong", "em", "i", "u", "span", "font")


def leads_elsewhere(href: str, url: str, outlet: Outlet | None, own: str | None = None) -> bool:
    """Is this a link to another article? `own`: the page's own address as `same_page` gives it, where it is at hand."""
    if href.startswith("#"):
        return False
    try:
        target = canonical_url(urljoin(url, href.strip()), outlet)
    except ValueError:
        return False
    return (is_article(target, outlet) or is_article(target, None)) and target != (own or same_page(url, outlet))


def same_page(url: str, outlet: Outlet | None) -> str:
    """The canonical address of the page itself; what is no address as it is."""
    try:
        return canonical_url(url, outlet)
    except ValueError:
        return url


def count_headlines(tree: HtmlElement, url: str, outlet: Outlet | None) -> int:
    """How many distinct headlines of other articles the page links."""
    own = same_page(url, outlet)
    return len({folded(headline) for anchor in _long_links(tree) if (headline := _headline(anchor, url, outlet, own))})


def related_headlines(tree: HtmlElement, blocks: Sequence[Block], url: str, outlet: Outlet | None) -> dict[str, str]:
    """The headlines by which the page links to other articles, folded -> as printed; only those that stand in the
    blocks. The longest first. Links inside a sentence are none.
    """
    text = " ".join(block.text for block in blocks)
    plain, own = folded(text), same_page(url, outlet)
    found: dict[str, str] = {}
    for anchor in _long_links(tree) if _has_unspaced(text) else _spaced_links(tree):
        if folded(_raw(_label(anchor))) in plain and (headline := _headline(anchor, url, outlet, own)):
            found.setdefault(folded(headline), headline)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


# Links of four words or more: XPath passes over the menus' links, which are most of a page's, without touching them.
_FOUR_WORDS = etree.XPath(
    "//a[contains(substring-after(substring-after(normalize-space(.), ' '), ' '), ' ')]", smart_strings=False
)


def _spaced_links(tree: HtmlElement) -> list[HtmlElement]:
    """The links with words enough for a headline, in order."""
    try:
        found = cast("list[HtmlElement]", _FOUR_WORDS(tree))
    except etree.XPathError:  # a tree too deep or too large for a query
        return []
    return [anchor for anchor in found[:_MOST_LINKS] if anchor.get("href")]


def _long_links(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The links long enough for a headline, in scripts without spaces too, in order."""
    for anchor in islice(tree.iter("a"), _MOST_LINKS):
        if anchor.get("href"):
            text = _raw(anchor)
            if text.count(" ") >= _SHORTEST_HEADLINE - 1 or _has_unspaced(text):
                yield anchor


def _raw(element: HtmlElement) -> str:
    """The text of an element as it is written; most links hold nothing but text."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def is_long(text: str) -> bool:
    """Long enough for a headline: by words, or by letters of a script without spaces."""
    return len(text.split()) >= _SHORTEST_HEADLINE or _has_unspaced(text)


def _has_unspaced(text: str) -> bool:
    return not text.isascii() and len(_UNSPACED.findall(text)) + len(_DENSE.findall(text)) // 2 >= _SHORTEST_UNSPACED


def _headline(anchor: HtmlElement, url: str, outlet: Outlet | None, own: str) -> str | None:
    """The text of a link that stands alone, may be a headline, and leads to another article."""
    text = text_of(_label(anchor))
    if not is_long(text) or len(text) > LONGEST_HEADLINE or not _stands_alone(anchor):
        return None
    return text if leads_elsewhere(anchor.get("href") or "", url, outlet, own) else None


def _label(anchor: HtmlElement) -> HtmlElement:
    """The heading inside a link that is a whole card, with picture, section and time; else the link."""
    if len(anchor):
        for element in anchor.iterdescendants():
            if element.tag in _HEADINGS or "title" in (element.get("class") or "").lower():
                return element
    return anchor


def _stands_alone(anchor: HtmlElement) -> bool:
    """Is the link (almost) all that its line says? "Baca juga:" may stand before it, the time behind it."""
    parent = anchor.getparent()
    while parent is not None and parent.tag in _INLINE:
        parent = parent.getparent()
    text = _raw(anchor)
    if parent is not None and _has_unspaced(text):
        line = "".join(islice(parent.itertext(), _MOST_STRINGS)).strip()
        return len(line) <= 1.5 * len(text) + _LONGEST_BESIDE and not line.endswith(FULL_STOPS)
    return parent is None or not _has_more_words(parent, len(text.split()) + _SHORTEST_HEADLINE)


def _has_more_words(element: HtmlElement, most: int) -> bool:
    """Has the element more words than that? Reads no further than it must: a line may hold thousands of links."""
    words, open_end = 0, False  # whether the last word may go on in the next string
    for string in element.itertext():
        if string:
            words += len(string.split()) - (open_end and not string[0].isspace())
            open_end = not string[-1].isspace()
        if words > most:
            return True
    return False
