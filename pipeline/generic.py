"""The text of a page no outlet file describes: by its structure where that is plain, else by trafilatura."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import cast

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from pipeline.blocks import SENTENCE_END, Block, read_blocks
from pipeline.document import select
from pipeline.wordlists import load

_PROSE = 60  # characters of a block that is a paragraph, not a caption or a menu entry
_ENOUGH = 300  # characters of prose that make a root worth reading
_MUCH_MORE = 1.5  # times the prose trafilatura found: then it missed the article
_MOSTLY = 0.6  # share of sentences below which menus and lists drown the article
_MOST_ELEMENTS = 50_000  # of a page given to trafilatura; the largest of 200 real ones had 2,139
_CONTAINERS = ("div", "td", "article", "section")
_HTML_TAGS = {"head": "h2", "item": "li", "list": "ul", "quote": "blockquote", "lb": "br", "ref": "a", "hi": "span"}


@dataclass(frozen=True, slots=True)
class _Structure:
    """CSS selectors, the surest first."""

    roots: tuple[str, ...]
    prune: tuple[str, ...]


@cache
def _structure() -> _Structure:
    return load("structure", _Structure)


def read_generic(tree: HtmlElement) -> tuple[tuple[Block, ...], str]:
    """(blocks, where they came from): "css:…" or "trafilatura"; no blocks where there is no text."""
    for selector in _structure().roots:
        roots = select(tree, selector)
        if not roots:
            continue
        root = max(roots, key=lambda element: len(element.text_content()))
        blocks = read_blocks(root, pruned_of(root))
        if _prose(blocks) >= _ENOUGH:
            return blocks, f"css:{selector}"
    blocks = _by_trafilatura(tree)
    densest = _densest(tree)
    if densest is not None:
        dense = read_blocks(densest, pruned_of(densest))
        missed = _prose(dense) >= max(_ENOUGH, _MUCH_MORE * _prose(blocks))
        drowned = _sentences(blocks) < _MOSTLY * sum(len(block.text) for block in blocks)
        if missed or (drowned and _sentences(dense) >= max(_ENOUGH, _MOSTLY * _sentences(blocks))):
            return dense, f"densest {densest.tag!s}"
    return blocks, "trafilatura"


def _densest(tree: HtmlElement) -> HtmlElement | None:
    """The element that holds the most prose of its own: paragraphs right under it, or lines between `br`."""
    weight: dict[HtmlElement, int] = {}
    for element in tree.iter("p", "br", "div", "td", "article", "section"):
        around = element if element.tag in _CONTAINERS else element.getparent()
        own = element.text_content() if element.tag == "p" else (element.text or "")
        for holder, text in ((around, own), (element.getparent(), element.tail or "")):
            if holder is not None and len(text) >= _PROSE:
                weight[holder] = weight.get(holder, 0) + len(text)
    return max(weight, key=lambda holder: weight[holder], default=None)


def pruned_of(root: HtmlElement) -> list[HtmlElement]:
    """The elements under `root` that are furniture on any site, by class or role."""
    return [element for selector in _structure().prune for element in select(root, selector) if element is not root]


def _prose(blocks: tuple[Block, ...]) -> int:
    """Characters in paragraphs that are not mostly links."""
    return sum(
        len(block.text)
        for block in blocks
        if len(block.text) >= _PROSE and 2 * sum(link.end - link.start for link in block.links) < len(block.text)
    )


def _sentences(blocks: tuple[Block, ...]) -> int:
    """Characters in paragraphs that end as sentences do."""
    return sum(len(b.text) for b in blocks if len(b.text) >= _PROSE and b.text.endswith(SENTENCE_END))


def _by_trafilatura(tree: HtmlElement) -> tuple[Block, ...]:
    """trafilatura's reading of the whole page, with links. `deduplicate` stays off: it keeps state between pages."""
    if next(islice(tree.iter(), _MOST_ELEMENTS, None), None) is not None:
        return ()  # its time grows faster than the page: seconds for a page of 150,000 elements
    try:
        document = bare_extraction(
            deepcopy(tree),
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
    return read_blocks(body)
