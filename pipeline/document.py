"""One fetched page, parsed once: its tree, the article's root in it, and the text helpers every reader shares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from pipeline.decoding import decode
from pipeline.model import Page
from pipeline.outlet import Markup, Outlet
from pipeline.oversize import MAX_DEPTH, flattened
from pipeline.selection import find

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
    notes: tuple[str, ...] = ()  # what had to be done to read it: charset, mending, cuts
    foreign: str | None = None  # what the bytes are instead of markup: "a PDF file"


def visible(text: str) -> str:
    """The text in NFC without invisible characters."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def tidy(text: str) -> str:
    """One line of visible text as printed: every run of white space one space, none at its ends."""
    return " ".join(visible(text).split())


def folded(text: str) -> str:
    """Letters and digits only, case-folded: what two printings of one sentence have in common."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _NO_LETTER.sub("", plain.casefold())


def select(node: HtmlElement, css: str | None) -> list[HtmlElement]:
    """Elements under `node` that match, in document order; none where the tree is too deep for the query."""
    if css is None:
        return []
    try:
        return find(node, css)
    except etree.XPathError:
        return []


def text_of(node: HtmlElement) -> str:
    """The tidy text of an element without scripts and styles; a line break is a space."""
    if not len(node) and node.tag not in _SILENT:  # most hold nothing but text
        return tidy(node.text or "")
    return tidy("".join(_strings(node)).replace(_CUT, " "))


def lines_of(node: HtmlElement) -> list[str]:
    """The tidy lines of an element, cut where `br` and blocks cut them."""
    return [line for line in map(tidy, "".join(_strings(node)).split(_CUT)) if line]


_CUT = "\x1e"
_TOO_DEEP = etree.XPath(f"boolean({'/*' * MAX_DEPTH})")  # walks the tree once: 40 microseconds on a real page
_MAGIC = (
    (b"%PDF-", "a PDF file"), (b"\xff\xd8\xff", "a JPEG picture"), (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"), (b"RIFF", "a WebP picture or a sound"), (b"PK\x03\x04", "a ZIP file"),
    (b"\x1f\x8b", "compressed bytes"), (b"ID3", "an MP3 sound"), (b"\xd0\xcf\x11\xe0", "an Office file"),
)  # fmt: skip
_SWALLOWING = ("title", "textarea", "iframe", "noscript", "xmp", "noframes")  # read up to their end tag
_SILENT_TO_THE_END = ("script", "style")  # likewise; what they hold is no text, unless the end tag is missing
_SEVERAL = 6  # start and end tags of paragraphs
_PARAGRAPH = re.compile(r"(?i)</p\s*>|<p[\s>]")
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
    foreign = _foreign(page)
    decoded = decode(b"<html><body></body></html>" if foreign else page.body, page.headers)
    if "<" not in decoded.text:
        return None
    tree, notes = _readable(decoded.text)
    if tree is None:
        return None
    markup, root = _root(tree, outlet)
    return Document(page, outlet, tree, markup, root, decoded.notes + notes, foreign)


def _foreign(page: Page) -> str | None:
    """What the bytes are, where their beginning tells that they are no markup."""
    start = page.body[:300].lstrip()
    found = next((name for magic, name in _MAGIC if start.startswith(magic)), None)
    stated = " ".join(value.lower() for name, value in page.headers if name.lower() == "content-type")
    if found is None and start[:1] in (b"{", b"[") and ("json" in stated or start[1:40].lstrip()[:1] in (b'"', b"{")):
        return "a JSON document"
    return "an MP4 video" if start[4:8] == b"ftyp" else found


def _readable(text: str) -> tuple[HtmlElement | None, tuple[str, ...]]:
    """The tree of the markup, mended where it is too deep or an element swallowed its text; and the mending."""
    tree = _tree(text)
    if tree is None:
        return None, ()
    if _TOO_DEEP(tree):  # the parser gives up at 2,048, and all who walk the tree grow slow before
        return _tree(flattened(text)), (f"elements that nest deeper than {MAX_DEPTH} were set side by side",)
    mended = _without_swallowing(text, tree)
    if mended != text:
        return _tree(mended), ("elements that swallowed the text, unclosed, were taken out",)
    return tree, ()


def _holds_page(text: str) -> bool:
    """Several paragraphs: a note for browsers without frames has one."""
    return "<" in text and (len(_PARAGRAPH.findall(text)) >= _SEVERAL or "</body" in text)


def _without_swallowing(text: str, tree: HtmlElement) -> str:
    """The markup without the tags of elements that are read up to their end and have the page's paragraphs in them."""
    for name in {str(e.tag) for e in tree.iter(*_SWALLOWING) if e.text and _holds_page(e.text)}:
        text = re.sub(rf"(?i)</?{name}\b[^<>]{{0,2000}}>", " ", text)
    for name in _SILENT_TO_THE_END:
        place = text.rfind(f"<{name}")
        if place > text.rfind(f"</{name}") and _PARAGRAPH.search(text, place):
            text = text[:place] + text[text.find(">", place) + 1 :]
    opened = text.rfind("<!--")
    if opened > text.rfind("-->") and not _PARAGRAPH.search(text, 0, opened):
        text = text[:opened] + text[opened + 4 :]
    return text


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


# One class for all: lxml's own choice of a class by the tag's name is a call of Python for every element touched.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)


def _tree(text: str) -> HtmlElement | None:
    parser = HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
