"""Which elements of a page print its date: what the outlet's selector finds, else what stands about the headline.

Only places are judged here; what they print is read in `pipeline.printed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from pipeline.datewords import Role
from pipeline.document import Document, folded, select, text_of
from pipeline.moments import role_before
from pipeline.related import leads_elsewhere

LONGEST = 200  # characters of an element that prints a date and little else
_LEVELS = 2  # above the article's root: its date stands there, and a search of the whole page costs five times as much
_MOST_RINGS = 12  # elements around the headline, each around the one before
_MOST_SEEN = 4000  # elements looked at, all rings together
_MOST_CANDIDATES = 400  # of a page whose headline is nowhere
_BARE_RINGS = 2  # rings in which an element needs no name to be a date's
_MARKS = " \t\r\n:|-–•·("
_MOST_BARE = 60  # elements of such a ring
_BARE = 60  # characters of such an element
_DATED = re.compile(
    r"(?i)date|time|tanggal|\btgl|waktu|publi|posted|created|jam|ngay|clock|post-?meta|entry-?meta|info|\bmeta\b|-meta|updat|modif"
)
_MODIFIED = re.compile(r"(?i)updat|modif|diperbarui|edited")
_PUBLISHED = re.compile(r"(?i)publi|posted|created|terbit")
_ASIDE = re.compile(
    r"(?i)popul|relat|terkait|sidebar|side-?bar|widget|latest|terbaru|recommend|rekomend|trending|comment|komentar|footer"
)
_TAGS = frozenset({
    "time", "span", "div", "p", "li", "small", "em", "i", "b", "strong", "abbr", "td", "font", "h4", "h5", "h6",
    "a", "section",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """An element that may print the date."""

    element: HtmlElement
    source: str
    bare: bool = False  # nothing but what it prints makes it a date's

    @property
    def text(self) -> str:
        return text_of(self.element)

    def role_by_words(self) -> Role | None:
        """By the words right before it: the text there, else the element there, else what stands before its parent."""
        element = self.element
        for _ in range(3):
            beside, parent = element.getprevious(), element.getparent()
            text = (beside.tail if beside is not None else parent.text if parent is not None else "") or ""
            if beside is not None and not text.strip(_MARKS):
                text = text_of(beside)[-60:] if len(beside) < 4 else ""
            if text.strip(_MARKS):
                return role_before(text)
            if parent is None or beside is not None:
                return None
            element = parent
        return None

    def role_by_name(self) -> Role | None:
        """By class, id or property, its own or of an element around it that holds little else."""
        for around in (self.element, self.element.getparent()):
            if around is None or (around is not self.element and len(around) > 2):
                return None
            name = " ".join(filter(None, (around.get("class"), around.get("id"), around.get("itemprop"))))
            if _PUBLISHED.search(name):
                return "published"
            if _MODIFIED.search(name):
                return "modified"
        return None


def places(document: Document, headline: str | None) -> Iterator[Iterator[Place]]:
    """Groups of places, the most trustworthy group first; none stands in the furniture or in another article's card."""
    css = document.markup.date if document.markup else None
    if css:
        furniture = _Furniture(document, None)
        found = [e for e in _near_root(document, css) if not furniture.holds(e)]
        yield (Place(element, f"css:{css}") for element in found)
        yield (Place(e, _named(e)) for e in _neighbours(found) if not furniture.holds(e))
        return
    title = _heading(document.tree, headline)
    furniture = _Furniture(document, title)
    if title is None:
        every = islice((e for e in document.tree.iter(*_TAGS) if _is_dated(e) and _holds_little(e)), _MOST_CANDIDATES)
        yield (Place(e, _named(e)) for e in every if not furniture.holds(e))
        return
    for number, ring in enumerate(_rings(title)):
        yield _candidates(ring, furniture, bare=_MOST_BARE if number < _BARE_RINGS else 0)


def _near_root(document: Document, css: str | None) -> list[HtmlElement]:
    """What the selector finds a little way around the article's root, else anywhere on the page."""
    around = document.root
    for parent in islice(around.iterancestors() if around is not None else (), _LEVELS):
        around = parent
    found = select(around, css) if around is not None else []
    return found or select(document.tree, css)


def _candidates(ring: list[HtmlElement], furniture: _Furniture, *, bare: int) -> Iterator[Place]:
    """Those named for a date; of the first `bare` elements also those that print nothing but a number."""
    for number, element in enumerate(ring):
        dated = _is_dated(element) and _holds_little(element)
        if (dated or (number < bare and _is_short(element))) and not furniture.holds(element):
            yield Place(element, _named(element), bare=not dated)


def _rings(title: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The elements about the headline by widening circles of ancestors, in each the nearest to it first."""
    inner, left = title, _MOST_SEEN
    for outer in islice(title.iterancestors(), _MOST_RINGS):
        behind = [e for sibling in inner.itersiblings() for e in islice(sibling.iter(), left)][:left]
        before: list[HtmlElement] = []
        for sibling in inner.itersiblings(preceding=True):
            before += reversed(list(islice(sibling.iter(), left)))
            if len(before) > left:
                break
        left -= len(behind) + len(before)
        near = sorted((*enumerate(behind), *enumerate(before)), key=lambda pair: pair[0])
        yield [element for _, element in near if element.tag in _TAGS]
        if left <= 0 or outer.tag == "body":
            return
        inner = outer


def _neighbours(found: list[HtmlElement]) -> Iterator[HtmlElement]:
    """The elements beside the date: an update may be printed there."""
    parent = found[0].getparent() if found else None
    for element in islice(parent.iter() if parent is not None else (), 40):
        if element.tag in _TAGS and element not in found and element is not parent and _is_short(element):
            yield element


def _is_dated(element: HtmlElement) -> bool:
    if element.tag not in _TAGS:
        return False
    return element.tag == "time" or any(
        name is not None and _names_date(name)
        for name in (element.get("class"), element.get("id"), element.get("itemprop"))
    )


def _is_short(element: HtmlElement) -> bool:
    """Does it print a number and little else?"""
    if len(element) > 3:
        return False
    text = "".join(islice(element.itertext(), 8))
    return 6 <= len(text.strip()) <= _BARE and re.search(r"\d", text) is not None


def _holds_little(element: HtmlElement) -> bool:
    """Is what it prints no longer than a date's line? Reads no further than it must."""
    left = LONGEST
    for text in element.itertext():
        left -= len(text.strip())
        if left < 0:
            return False
    return True


def _named(element: HtmlElement) -> str:
    return f"html:{element.tag!s}.{element.get('class') or ''}".strip(".")


def _heading(tree: HtmlElement, headline: str | None) -> HtmlElement | None:
    wanted = folded(headline or "")
    for element in tree.iter("h1", "h2", "h3") if wanted else ():
        if folded(text_of(element)) == wanted:
            return element
    return None


class _Furniture:
    """Which elements stand in the page's furniture, or in a card that is another article's; each is judged once."""

    def __init__(self, document: Document, title: HtmlElement | None) -> None:
        self._document = document
        self._judged: dict[HtmlElement, bool] = {}
        around = [] if title is None else list(title.iterancestors())
        if document.root is not None:
            around += [document.root, *document.root.iterancestors()]
        self._judged.update(dict.fromkeys(around, False))  # what holds the headline or the text is none

    def holds(self, element: HtmlElement) -> bool:
        """An element with a date's name is not judged by that name."""
        asked = [] if _is_dated(element) else [element]
        for around in element.iterancestors():
            if around in self._judged:
                break
            asked.append(around)
        else:
            around = None
        verdict = self._judged.get(around, False) if around is not None else False
        for one in reversed(asked):
            verdict = verdict or self._is(one)
            if one is not element:
                self._judged[one] = verdict
        return verdict

    def _is(self, around: HtmlElement) -> bool:
        if around.tag in ("aside", "nav", "footer") or _names_furniture(f"{around.get('class')} {around.get('id')}"):
            return around.tag != "body"
        return around.tag in ("li", "article", "tr") and _leads_away(around, self._document)


@lru_cache(maxsize=4096)
def _names_furniture(name: str) -> bool:
    return _ASIDE.search(name) is not None


@lru_cache(maxsize=4096)
def _names_date(name: str) -> bool:
    return _DATED.search(name) is not None


def _leads_away(card: HtmlElement, document: Document) -> bool:
    if next(card.iter("h1"), None) is not None:
        return False
    links = [a.get("href") or "" for a in islice(card.iter("a"), 10)]
    return any(leads_elsewhere(href, document.page.url, document.outlet) for href in links)
