"""The text of a page no outlet file describes: by its structure where that is plain, else by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import cast

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from pipeline.blocks import Block, is_sentence, read_blocks
from pipeline.document import select
from pipeline.wordlists import load

_PROSE = 60  # characters of a block that is a paragraph, not a caption or a menu entry
_ENOUGH = 300  # characters of prose that make a root worth reading
_LEAST = 120  # the same where the page has no more of it anywhere
_MUCH_MORE = 1.5  # times the prose trafilatura found: then it missed the article
_MOSTLY = 0.6  # share of the page's prose that its article holds; of sentences in a text that no menus drown
_MOST_ELEMENTS = 50_000  # of a page given to trafilatura; the largest of 200 real ones had 2,139
_MOST_PARAGRAPHS = 3_000  # weighed; the longest of 200 real pages had 400
_DEEPEST = 300  # elements around a paragraph; 60 around that of a real page
_MOST_WEIGHED = 300  # elements that may stand aside and are measured
_HOLDERS = (
    "p", "br", "div", "td", "article", "section", "span", "li", "blockquote", "a", "b", "strong", "em", "i", "img",
)  # fmt: skip
_WHOLE = ("html", "body", "main")
_HTML_TAGS = {
    "head": "h2", "item": "li", "list": "ul", "quote": "blockquote", "lb": "br", "ref": "a", "hi": "span", "row": "tr",
    "cell": "td",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Structure:
    """See the data file."""

    roots: tuple[str, ...]  # CSS, the surest first
    prune: tuple[str, ...]  # CSS
    texts: str  # regular expression
    wrappers: str  # the same
    aside: str  # the same
    aside_tags: frozenset[str]
    comments: str  # regular expression


@cache
def _structure() -> _Structure:
    return load("structure", _Structure)


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(f"(?i){expression}")


def read_generic(tree: HtmlElement) -> tuple[tuple[Block, ...], str]:
    """(blocks, where they came from): "css:…", "structure:…" or "trafilatura"; no blocks where there is no text."""
    holder, densest = _places(tree)
    named = _by_name(tree, holder)
    if named:
        return named
    blocks = _by_trafilatura(tree)
    if densest is not None:
        dense = _read(densest)
        if _is_better(dense, blocks):
            return dense, f"structure:{densest.tag!s}"
    return blocks, "trafilatura"


def _is_better(dense: tuple[Block, ...], blocks: tuple[Block, ...]) -> bool:
    """Did trafilatura miss the text, or drown it in menus?"""
    if _prose(dense) >= max(_ENOUGH, _MUCH_MORE * _prose(blocks)):
        return True
    drowned = _sentences(blocks) < _MOSTLY * sum(len(block.text) for block in blocks)
    return drowned and _sentences(dense) >= max(_ENOUGH, _MOSTLY * _sentences(blocks))


def _by_name(tree: HtmlElement, holder: HtmlElement | None) -> tuple[tuple[Block, ...], str] | None:
    """The text of the element that is called the article's, by a selector or by its class or id."""
    for selector in _structure().roots:
        roots = select(tree, selector)
        if not roots:
            continue
        root = max(roots, key=lambda element: len(element.text_content()))
        if holder is not None and sum(_is_within(one, holder) for one in roots) > 1:
            root = holder  # a text in several parts
        blocks = _read(root)
        if _prose(blocks) >= _ENOUGH or (_prose(blocks) >= _LEAST and (holder is None or _is_within(holder, root))):
            return blocks, f"css:{selector}"
    if holder is not None and _is_text(holder):
        blocks = _read(holder)
        if _prose(blocks) >= _ENOUGH:
            return blocks, f"structure:{holder.tag!s}"
    return None


def _is_text(element: HtmlElement) -> bool:
    """Does its class or id say that it is an article's text, and no more than that?"""
    if element.tag in _WHOLE:
        return False
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_pattern(_structure().texts).search(name)) and not _pattern(_structure().wrappers).search(name)


def _is_within(element: HtmlElement, other: HtmlElement) -> bool:
    return element is other or any(above is other for above in element.iterancestors())


def _places(tree: HtmlElement) -> tuple[HtmlElement | None, HtmlElement | None]:
    """(the innermost element that holds most of the page's prose, the one that holds most of it right inside).

    What stands aside is not counted.
    """
    weight: dict[HtmlElement, int] = {}
    own: dict[HtmlElement, int] = {}
    for holder, length in islice(_paragraphs(tree), _MOST_PARAGRAPHS):
        above = list(islice(holder.iterancestors(), _DEEPEST))
        if len(above) == _DEEPEST:
            return None, None
        own[holder] = own.get(holder, 0) + length
        for element in (holder, *above):
            weight[element] = weight.get(element, 0) + length
    most = _MOSTLY * weight.get(tree, 0)
    inner, further = None, tree if most else None
    while further is not None:
        inner = further
        further = next((one for one in inner if weight.get(one, 0) >= most), None)
    return inner, max(own, key=lambda element: own[element], default=None)


def _paragraphs(tree: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """Every stretch of prose: the element right around it, and its length in characters."""
    aside = _Aside(tree)
    for element in tree.iter(*_HOLDERS):
        parent = element.getparent()
        if element.tag == "p":
            text = element.text_content()
            linked = sum(len(link.text_content()) for link in element.iter("a")) if len(text) >= _PROSE else 0
            stretches = [(parent, text if 2 * linked < len(text) else "")]
        else:
            stretches = [(element, element.text or ""), (parent, element.tail or "")]
        for holder, text in stretches:
            if len(text) >= _PROSE and len(text.strip()) >= _PROSE and holder is not None and not aside.holds(holder):
                yield holder, len(text.strip())


class _Aside:
    """Which elements stand aside: comments, menus, footers, boxes. Each is looked at once."""

    def __init__(self, tree: HtmlElement) -> None:
        self._half = len(tree.text_content()) / 2  # what holds more than this wraps the article
        self._left = _MOST_WEIGHED
        self._known: dict[HtmlElement, bool] = {}

    def holds(self, element: HtmlElement) -> bool:
        passed: list[HtmlElement] = []
        found = False
        for one in (element, *element.iterancestors()):
            if one in self._known:
                found = self._known[one]
                break
            passed.append(one)
            if self._is_aside(one):
                found = True
                break
        self._known.update(dict.fromkeys(passed, found))
        return found

    def _is_aside(self, element: HtmlElement) -> bool:
        if element.tag in _WHOLE:
            return False
        if element.tag == "a":
            return True
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag not in _structure().aside_tags and not _pattern(_structure().aside).search(name):
            return False
        self._left -= 1
        if self._left < 0 or len(element.text_content()) < self._half:
            return True
        return bool(_pattern(_structure().comments).search(name)) and next(element.iter("h1"), None) is None


def _read(root: HtmlElement) -> tuple[Block, ...]:
    return read_blocks(root, pruned_of(root), posts=True)


def pruned_of(root: HtmlElement) -> list[HtmlElement]:
    """The elements under `root` that are furniture on any site, by class or role. A box around a quotation is none."""
    found = (element for selector in _structure().prune for element in select(root, selector) if element is not root)
    return [element for element in found if next(element.iter("blockquote"), element) is element]


def _prose(blocks: tuple[Block, ...]) -> int:
    """Characters in paragraphs that are not mostly links."""
    return sum(
        len(block.text)
        for block in blocks
        if len(block.text) >= _PROSE and 2 * sum(link.end - link.start for link in block.links) < len(block.text)
    )


def _sentences(blocks: tuple[Block, ...]) -> int:
    """Characters in paragraphs that end as sentences do."""
    return sum(len(b.text) for b in blocks if len(b.text) >= _PROSE and is_sentence(b.text))


def _by_trafilatura(tree: HtmlElement) -> tuple[Block, ...]:
    """trafilatura's reading of the whole page, with links. `deduplicate` stays off: it keeps state between pages."""
    if next(islice(tree.iter(), _MOST_ELEMENTS, None), None) is not None:
        return ()  # its time grows faster than the page: seconds for a page of 150,000 elements
    try:
        document = bare_extraction(
            tree,  # it works on a copy of its own
            fast=True,
            with_metadata=False,
            include_comments=False,
            include_tables=True,
            include_links=True,
        )
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, AssertionError, etree.LxmlError):
        return ()  # its own defects on broken markup; the page is then classified as empty
    if not isinstance(document, Document) or document.body is None:
        return ()
    body = cast("HtmlElement", document.body)
    for element in body.iter():
        if element.tag in _HTML_TAGS:
            if element.tag == "ref":
                element.set("href", element.get("target") or "")
            element.tag = _HTML_TAGS[element.tag]
    return read_blocks(body, posts=True)
