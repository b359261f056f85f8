"""Where on a page its prose stands: the element that holds most of it, what stands aside not counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from pipeline.wordlists import load

PROSE = 60  # characters of a block that is a paragraph, not a caption or a menu entry
WHOLE = ("html", "body", "main")
_MOSTLY = 0.6  # share of the page's prose that its article holds
_MOST_PARAGRAPHS = 3_000  # weighed; the longest of 200 real pages had 400
_DEEPEST = 300  # elements around a paragraph; 60 around that of a real page
_MOST_WEIGHED = 300  # elements that may stand aside and are measured
_HOLDERS = (
    "p", "br", "div", "td", "article", "section", "span", "li", "blockquote", "a", "b", "strong", "em", "i", "img",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Structure:
    """See the data file."""

    roots: tuple[str, ...]  # CSS, the surest first
    prune: tuple[str, ...]  # CSS
    texts: str  # regular expression
    wrappers: str  # the same
    aside: str  # the same
    aside_tags: frozenset[str]
    comments: str  # regular expression


@cache
def structure() -> Structure:
    return load("structure", Structure)


@cache
def pattern(expression: str) -> re.Pattern[str]:
    return re.compile(f"(?i){expression}")


def places(tree: HtmlElement) -> tuple[HtmlElement | None, HtmlElement | None]:
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
            linked = sum(len(link.text_content()) for link in element.iter("a")) if len(text) >= PROSE else 0
            stretches = [(parent, text if 2 * linked < len(text) else "")]
        else:
            stretches = [(element, element.text or ""), (parent, element.tail or "")]
        for holder, text in stretches:
            if len(text) >= PROSE and len(text.strip()) >= PROSE and holder is not None and not aside.holds(holder):
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
        if element.tag in WHOLE:
            return False
        if element.tag == "a":
            return True
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag not in structure().aside_tags and not pattern(structure().aside).search(name):
            return False
        self._left -= 1
        if self._left < 0 or len(element.text_content()) < self._half:
            return True
        return bool(pattern(structure().comments).search(name)) and next(element.iter("h1"), None) is None
