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

FULL_STOPS = tuple(".…。။។៕।")
SENTENCE_END = (*FULL_STOPS, *"!?！？\"'”’」』)]")  # what a paragraph of prose ends with
_WITHOUT_STOPS = ("\u0e00", "\u0eff")  # Thai and Lao end a sentence with nothing
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
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
_LISTS = {"ul", "ol"}
_CELLS = {"td", "th"}
_BOLD = {"b", "strong"}
_LONGEST_CELL = 200  # characters
_SPACE = re.compile(r"\s+")
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


def is_sentence(text: str) -> bool:
    """Does a line end as prose ends? In Thai and Lao, which write no full stop, any line does."""
    return text.endswith(SENTENCE_END) or _WITHOUT_STOPS[0] <= text[-1:] <= _WITHOUT_STOPS[1]


def weight(text: str) -> int:
    """The length of a text in characters of an alphabet: one of Chinese, Japanese or Korean says as much as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_DENSE.findall(text))


def read_blocks(
    root: HtmlElement, pruned: Collection[HtmlElement] = (), *, captions: bool = False, posts: bool = False
) -> tuple[Block, ...]:
    """The blocks under `root`, without `pruned`, scripts, controls and hidden elements.

    `br` ends a block. `captions`: read figures too, for a page whose text is captions. `posts`: read embedded posts
    of social networks too, as the quotations they are.
    """
    reader = _Reader(frozenset(pruned), captions, posts)
    walker = etree.iterwalk(root, events=("start", "end"))
    unread: HtmlElement | None = None  # the element just passed over: its end comes too
    for event, element in walker:
        if event == "end":
            reader.leave(element, was_read=element is not unread)
            if element is not root:
                reader.add(element.tail)
        elif not reader.enter(element):
            unread = element
            walker.skip_subtree()
    reader.close()
    return tuple(reader.found)


class _Reader:
    """Where the walk stands: the open block's pieces and the elements around it."""

    def __init__(self, pruned: frozenset[HtmlElement], captions: bool, posts: bool) -> None:
        self._pruned = pruned
        self._posts = posts
        self._unread = _UNREAD - _CAPTIONS if captions else _UNREAD
        self.found: list[Block] = []
        self._pieces: list[tuple[str, str, bool]] = []  # text, href of the link around it or "", whether bold
        self._hrefs: list[str] = []
        self._bold = 0
        self._kinds: list[str] = []
        self._lists: list[int] = []  # number of the next item of each open list; 0: not numbered
        self._row: HtmlElement | None = None  # the open row of a table of values: one line
        self._mark = ""

    def enter(self, element: HtmlElement) -> bool:
        """Begin an element and its first text; False where it is not to be read."""
        tag = str(element.tag)
        if tag in _BLOCKS:
            self._break()
        if tag in self._unread or self._is_hidden(element):
            return False
        if tag in _LISTS:
            self._lists.append(_first_number(element) if tag == "ol" else 0)
        elif tag == "li":
            self._number()
        elif tag == "tr" and self._row is None and _is_row(element):
            self._row = element
        elif tag in _CELLS and self._pieces:
            self.add(" " if "".join(element.itertext()).lstrip().startswith(":") else " | ")
        elif tag == "a":
            self._hrefs.append(element.get("href") or "")
        elif tag in _BOLD:
            self._bold += 1
        if tag in _KINDS:
            self._kinds.append(_KINDS[tag])
        self.add(element.text)
        return True

    def leave(self, element: HtmlElement, *, was_read: bool) -> None:
        """End an element; one that was passed over ends the block before it, no more."""
        tag = str(element.tag)
        if element is self._row:
            self._row = None
        if tag in _BLOCKS:
            self._break()
        if not was_read:
            return
        if tag in _LISTS:
            self._lists.pop()
        elif tag == "li":
            self._mark = ""
        elif tag == "a":
            self._hrefs.pop()
        elif tag in _BOLD:
            self._bold -= 1
        if tag in _KINDS:
            self._kinds.pop()

    def _is_hidden(self, element: HtmlElement) -> bool:
        if element in self._pruned or element.get("hidden") is not None:
            return True
        style, names = element.get("style"), element.get("class")
        if names and not self._posts and _EMBEDDED.search(names):
            return True
        return bool(style and _HIDDEN.search(style))

    def _number(self) -> None:
        self._mark = "- "
        if self._lists and self._lists[-1]:
            self._mark = f"{self._lists[-1]}. "
            self._lists[-1] += 1

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._hrefs[-1] if self._hrefs else "", self._bold > 0))

    def _break(self) -> None:
        """A block begins or ends: so does the line, but inside a row."""
        if self._row is None:
            self.close()
        elif self._pieces:
            self.add(" ")

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


def _is_row(row: HtmlElement) -> bool:
    """A row of short cells prints values; one with a long cell, or a table in it, only arranges the page."""
    cells = [cell for cell in row if cell.tag in _CELLS]
    if len(cells) < 2 or next(row.iter("table", "ul", "ol", "h1", "h2", "h3"), None) is not None:
        return False
    return all(sum(map(len, cell.itertext())) <= _LONGEST_CELL for cell in cells)


def _first_number(element: HtmlElement) -> int:
    start = element.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1


def _join(pieces: list[tuple[str, str, bool]]) -> tuple[str, tuple[Link, ...], bool]:
    """One tidy line of the pieces, the links in it, and whether all of it is bold."""
    links: list[Link] = []
    text, bold = "", True
    for piece, href, is_bold in pieces:
        words = _SPACE.sub(" ", visible(piece))
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
