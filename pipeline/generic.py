"""The text of a page no outlet file describes: by its structure where that is plain, else by trafilatura."""

from __future__ import annotations

from itertools import islice
from typing import cast

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from pipeline.blocks import Block, is_sentence, read_blocks
from pipeline.document import folded, select
from pipeline.prose import PROSE, WHOLE, pattern, places, structure

_ENOUGH = 300  # characters of prose that make a root worth reading
_LEAST = 120  # the same where the page has no more of it anywhere
_MUCH_MORE = 1.5  # times the prose trafilatura found: then it missed the article
_MOSTLY = 0.6  # share of sentences in a text that no menus drown
_MOST_ROOTS = 50  # elements of one name looked at
_MOST_CAPTIONS = 100
_MOST_ELEMENTS = 50_000  # of a page given to trafilatura; the largest of 200 real ones had 2,139
_NEARLY_ALL = 0.9  # share of sentences in an element that holds a text and nothing else
_HTML_TAGS = {
    "head": "h2", "item": "li", "list": "ul", "quote": "blockquote", "lb": "br", "ref": "a", "hi": "span", "row": "tr",
    "cell": "td",
}  # fmt: skip


def read_generic(tree: HtmlElement) -> tuple[tuple[Block, ...], str]:
    """(blocks, where they came from): "css:…", "structure:…" or "trafilatura"; no blocks where there is no text."""
    holder, densest = places(tree)
    named = _by_name(tree, holder)
    if named:
        return named
    dense = _read(densest) if densest is not None else ()
    if densest is not None and holder is densest and _is_all_prose(dense):
        return dense, f"structure:{densest.tag!s}"
    blocks = _by_trafilatura(tree)
    if densest is not None and _is_better(dense, blocks):
        return dense, f"structure:{densest.tag!s}"
    whole = holder is None and len(blocks) == 1  # without a paragraph anywhere it reads the whole page as one
    found = 0 if whole else _sentences(blocks)
    captions = () if found >= _ENOUGH else _captions(tree)
    return (captions, "css:figcaption") if _sentences(captions) > found else (blocks, "trafilatura")


def _captions(tree: HtmlElement) -> tuple[Block, ...]:
    """The captions of a page whose text they are: a gallery."""
    found = [
        block
        for caption in select(tree, "figcaption")[:_MOST_CAPTIONS]
        for block in read_blocks(caption, captions=True)
    ]
    return tuple(found)


def _is_all_prose(blocks: tuple[Block, ...]) -> bool:
    """Is it paragraphs, and nothing else to speak of?"""
    sentences = _sentences(blocks)
    return sentences >= max(_ENOUGH, _NEARLY_ALL * sum(len(block.text) for block in blocks))


def _is_better(dense: tuple[Block, ...], blocks: tuple[Block, ...]) -> bool:
    """Did trafilatura miss the text, or drown it in menus?"""
    if _prose(dense) >= max(_ENOUGH, _MUCH_MORE * _prose(blocks)):
        return True
    nearly_all = _NEARLY_ALL * sum(len(block.text) for block in dense)
    if _is_part(blocks, dense) and _sentences(dense) >= max(_LEAST, nearly_all):
        return True  # it left paragraphs out
    drowned = _sentences(blocks) < _MOSTLY * sum(len(block.text) for block in blocks)
    return drowned and _sentences(dense) >= max(_ENOUGH, _MOSTLY * _sentences(blocks))


def _is_part(blocks: tuple[Block, ...], more: tuple[Block, ...]) -> bool:
    """Do all paragraphs of the blocks stand in the others too?"""
    known = {folded(block.text) for block in more}
    return all(folded(block.text) in known for block in blocks if len(block.text) >= PROSE)


def _by_name(tree: HtmlElement, holder: HtmlElement | None) -> tuple[tuple[Block, ...], str] | None:
    """The text of the element that is called the article's, by a selector or by its class or id."""
    for selector in structure().roots:
        roots = select(tree, selector)[:_MOST_ROOTS]
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
    if element.tag in WHOLE:
        return False
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(pattern(structure().texts).search(name)) and not pattern(structure().wrappers).search(name)


def _is_within(element: HtmlElement, other: HtmlElement) -> bool:
    return element is other or any(above is other for above in element.iterancestors())


def _read(root: HtmlElement) -> tuple[Block, ...]:
    return read_blocks(root, pruned_of(root), posts=True)


def pruned_of(root: HtmlElement) -> list[HtmlElement]:
    """The elements under `root` that are furniture on any site, by class or role. A box around a quotation is none."""
    found = (element for selector in structure().prune for element in select(root, selector) if element is not root)
    return [element for element in found if next(element.iter("blockquote"), element) is element]


def _prose(blocks: tuple[Block, ...]) -> int:
    """Characters in paragraphs that are not mostly links."""
    return sum(
        len(block.text)
        for block in blocks
        if len(block.text) >= PROSE and 2 * sum(link.end - link.start for link in block.links) < len(block.text)
    )


def _sentences(blocks: tuple[Block, ...]) -> int:
    """Characters in paragraphs that end as sentences do."""
    return sum(len(b.text) for b in blocks if len(b.text) >= PROSE and is_sentence(b.text))


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
