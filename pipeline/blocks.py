"""The text of an element as printed blocks: paragraphs, subheads, list items, in reading order.

Every block keeps its links, so that furniture can be told by the DOM (`pipeline.clean`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from pipeline.document import visible

SENTENCE_END = tuple(".!?…。။។\"'”’)]")  # what a paragraph of prose ends with
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "pre", "section", "article", "main",
    "header", "footer", "table", "tbody", "tr", "dl", "dt", "dd", "center", "hr", "details", "summary", "address",
    "body", "figure", "figcaption", "aside", "nav", "form", "br",
}  # fmt: skip
_KINDS = {
    "h1": "head",
    "h2": "head",
    "h3": "head",
    "h4": "head",
    "h5": "head",
    "h6": "head",
    "li": "item",
    "blockquote": "quote",
}
_UNREAD = {
    "script", "style", "noscript", "template", "svg", "iframe", "button", "label", "input", "select", "textarea",
    "figure", "figcaption", "nav", "aside", "ins", "object", "embed", "video", "audio", "canvas", "amp-ad",
    "map", "picture",
}  # fmt: skip
_CAPTIONS = {"figure", "figcaption"}
_EMBEDDED = re.compile(r"\b(?:twitter-tweet|twitter-video|instagram-media|fb-post|fb-video|tiktok-embed)\b")
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s")


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a block; `start` and `end` are code points into the block's text."""

    href: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One printed block. `mark` is what a list prints before it: "1. " or "- "."""

    text: str  # one tidy line, never empty, without the mark
    kind: str = "text"  # text | head | item | quote
    links: tuple[Link, ...] = ()
    bold: bool = False  # all of it stands in strong or b
    mark: str = ""

    @property
    def printed(self) -> str:
        return self.mark + self.text


def read_blocks(
    root: HtmlElement, pruned: Collection[HtmlElement] = (), *, captions: bool = False
) -> tuple[Block, ...]:
    """The blocks under `root`, without `pruned`, scripts, controls, embedded posts and hidden elements.

    `br` ends a block. `captions`: read figures too, for a page whose text is captions.
    """
    reader = _Reader(frozenset(pruned), captions)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if not reader.enter(element):
                walker.skip_subtree()
        else:
            reader.leave(element)
            if element is not root:
                reader.add(element.tail)
    reader.close()
    return tuple(reader.found)


class _Reader:
    """Where the walk stands: the open block's pieces and the elements around it."""

    def __init__(self, pruned: frozenset[HtmlElement], captions: bool) -> None:
        self._pruned = pruned
        self._captions = captions
        self.found: list[Block] = []
        self._pieces: list[tuple[str, str, bool]] = []  # text, href of the link around it or "", whether bold
        self._hrefs: list[str] = []
        self._bold = 0
        self._kinds: list[str] = []
        self._lists: list[int] = []  # number of the next item of each open list; 0: not numbered
        self._mark = ""

    def enter(self, element: HtmlElement) -> bool:
        """Begin an element and its first text; False where it is not to be read."""
        tag = str(element.tag)
        if tag in _BLOCKS:
            self.close()
        if self._unread(element):
            return False
        if tag in {"ul", "ol"}:
            self._lists.append(_first_number(element) if tag == "ol" else 0)
        elif tag == "li":
            self._number()
        elif tag in {"td", "th"} and self._pieces:
            self.add(" | ")
        elif tag == "a":
            self._hrefs.append(element.get("href") or "")
        elif tag in {"b", "strong"}:
            self._bold += 1
        if tag in _KINDS:
            self._kinds.append(_KINDS[tag])
        self.add(element.text)
        return True

    def leave(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self.close()
        if self._unread(element):
            return
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._mark = ""
        elif tag == "a":
            self._hrefs.pop()
        elif tag in {"b", "strong"}:
            self._bold -= 1
        if tag in _KINDS:
            self._kinds.pop()

    def _unread(self, element: HtmlElement) -> bool:
        if element.tag in (_CAPTIONS if self._captions else ()):
            return False
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        embedded = _EMBEDDED.search(element.get("class") or "")
        return element.tag in _UNREAD or bool(hidden) or bool(embedded) or element in self._pruned

    def _number(self) -> None:
        self._mark = "- "
        if self._lists and self._lists[-1]:
            self._mark = f"{self._lists[-1]}. "
            self._lists[-1] += 1

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._hrefs[-1] if self._hrefs else "", self._bold > 0))

    def close(self) -> None:
        """End the open block; blocks without text leave nothing."""
        if not self._pieces:
            return
        text, links, bold = _join(self._pieces)
        self._pieces = []
        if not text:
            return
        mark = "" if _NUMBERED.match(text) else self._mark
        self._mark = ""
        self.found.append(Block(text, self._kinds[-1] if self._kinds else "text", links, bold, mark))


def _first_number(element: HtmlElement) -> int:
    start = element.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1


def _join(pieces: list[tuple[str, str, bool]]) -> tuple[str, tuple[Link, ...], bool]:
    """One tidy line of the pieces, the links in it, and whether all of it is bold."""
    links: list[Link] = []
    text, bold = "", True
    for piece, href, is_bold in pieces:
        words = re.sub(r"\s+", " ", visible(piece))
        if not text or text.endswith(" "):
            words = words.lstrip(" ")
        if words.strip():
            bold = bold and is_bold
            if href and links and links[-1].href == href and links[-1].end == len(text):
                links[-1] = Link(href, links[-1].start, len(text) + len(words))
            elif href:
                links.append(Link(href, len(text), len(text) + len(words)))
        text += words
    end = len(text.rstrip())
    return text[:end], tuple(Link(link.href, link.start, min(link.end, end)) for link in links), bold
