"""CSS selectors for elements that are known by what they hold: names that last, the shortest first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.document import folded, select, text_of

# Made by a build tool, or counted: another page or the next release has another one.
_VOLATILE = re.compile(
    r"\d{3,}|^(?:css|sc|jsx|svelte|styled)-|__[A-Za-z0-9]{5,}$|^[a-z]?\d*$|active|current|first|last|odd|even"
)
# A style, not a name: every other element may have it.
_STYLE = re.compile(
    r"^[mp][trblxyse]?-(?:\d|auto)$|^(?:col|row|d|w|h|fs|fw|text|bg|float|align|justify|flex|grid)(?:-|$)|^container"
)
_NAME = re.compile(r"[A-Za-z_-][A-Za-z0-9_-]*")
_CLIMB = 4  # levels from an element to the ancestor that names it
_TELLING = ("h1", "article", "main", "time")  # tags of which a page has one or few
_TEMPLATES = 3  # that one proposal is made for
_PARAGRAPH = 25  # characters that make a line of text recognisable
_HEAD = 60  # characters of a paragraph that are compared
_MOST = 0.8  # share of the text that a body's element must hold
_INLINE = frozenset({"p", "span", "b", "strong", "i", "em", "a", "font", "li", "ul", "ol", "blockquote"})


@dataclass(frozen=True, slots=True)
class Sought:
    """A page's tree and the element a selector is wanted for."""

    tree: HtmlElement
    element: HtmlElement


def selector_for(sought: Sequence[Sought], *, fullest: bool = False, avoid: Sequence[HtmlElement] = ()) -> str | None:
    """The shortest selector that finds the element first on every page (with `fullest`: that of most text).

    It matches nothing on the pages to `avoid`. `None`: there is none, or nothing was sought.
    """
    candidates = dict.fromkeys(css for one in sought for css in _candidates(one.element))
    for css in sorted(candidates, key=_cost):
        if all(_hit(one.tree, css, fullest) is one.element for one in sought) and not any(
            select(tree, css) for tree in avoid
        ):
            return css
    return None


def selectors_for(sought: Sequence[Sought], *, avoid: Sequence[HtmlElement] = ()) -> str | None:
    """For bodies of which no one selector finds all: a few, joined, each fitting some pages and silent on the others.

    A site prints several templates at once. `None`: fewer than half of the pages would be found.
    """
    left, found = list(sought), list[str]()
    while left and len(found) < _TEMPLATES:
        fitting: dict[str, list[Sought]] = {}
        for css in sorted(dict.fromkeys(css for one in left for css in _candidates(one.element)), key=_cost):
            hits = [(one, _hit(one.tree, css, fullest=True)) for one in sought]
            if all(hit is None or hit is one.element for one, hit in hits) and not any(select(t, css) for t in avoid):
                fitting[css] = [one for one, hit in hits if hit is not None and one in left]
        best = max(fitting, key=lambda css: len(fitting[css]), default=None)  # of as many the first: the least cost
        if best is None:
            break
        found.append(best)
        left = [one for one in left if one not in fitting[best]]
    return ", ".join(found) if found and 2 * len(left) < len(sought) else None


def _hit(tree: HtmlElement, css: str, fullest: bool) -> HtmlElement | None:
    found = select(tree, css)
    if fullest:
        return max(found, key=lambda element: len(element.text_content()), default=None)
    return next((element for element in found if text_of(element) or element.get("datetime")), None)


def _cost(css: str) -> tuple[int, int, int]:
    """A name that lasts before one that does not and before a position; fewer steps before shorter."""
    passing = sum(bool(_VOLATILE.search(name) or _STYLE.search(name)) for name in re.findall(r"[.#]([\w-]+)", css))
    return (2 * css.count(":nth") + passing, css.count(" ") + 2 * (css in _TELLING), len(css))


def _candidates(element: HtmlElement) -> Iterator[str]:
    """Selectors that may name the element: by itself, else by an ancestor and its tag."""
    own = list(_names(element))
    yield from own
    tag = str(element.tag)
    if tag in _TELLING:
        yield tag
    step, above = element, element.getparent()
    for _ in range(_CLIMB):
        if above is None or above.tag in ("body", "html"):
            return
        for name in _names(above):
            yield f"{name} {tag}"
            yield from (f"{name} {one}" for one in own)
            if step is element:
                yield f"{name} > {tag}:nth-child({above.index(element) + 1})"
        step, above = above, above.getparent()


def _names(element: HtmlElement) -> Iterator[str]:
    """What names the element alone: its role in the vocabulary, its classes, its id."""
    tag = str(element.tag)
    if element.get("itemprop"):
        yield f"[itemprop={element.get('itemprop')}]" if _NAME.fullmatch(str(element.get("itemprop"))) else tag
    for name in (element.get("class") or "").split():
        if _NAME.fullmatch(name):
            yield f".{name}"
            yield f"{tag}.{name}"
    identity = element.get("id") or ""
    if _NAME.fullmatch(identity):
        yield f"#{identity}"


def body_of(tree: HtmlElement, paragraphs: Sequence[str]) -> HtmlElement | None:
    """The smallest element that holds nearly all of an article's text; `None` where only the page does."""
    wanted = {folded(text)[:_HEAD] for text in paragraphs if len(text) >= _PARAGRAPH}
    holders = [(holder, len(text)) for holder, text in _lines(tree) if any(text.startswith(head) for head in wanted)]
    if not wanted or not holders:
        return None
    weight: dict[HtmlElement, int] = {}
    for holder, length in holders:
        for above in (holder, *holder.iterancestors()):
            weight[above] = weight.get(above, 0) + length
    whole = sum(length for _, length in holders)
    full = [element for element, length in weight.items() if length >= _MOST * whole]
    smallest = max(full, key=lambda element: sum(1 for _ in element.iterancestors()))
    while smallest.tag in _INLINE and (outer := smallest.getparent()) is not None:
        smallest = outer
    return None if smallest.tag in ("body", "html") else smallest


def _lines(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every piece of text long enough, folded, with the element it stands in."""
    for element in tree.iter("p", "li", "blockquote", "h2", "h3"):
        text = folded(text_of(element))
        if len(text) >= _PARAGRAPH // 2:
            yield element, text
    for element in tree.iter("div", "td", "article", "section", "br", "main"):
        around = element if element.tag != "br" else element.getparent()
        for own, holder in ((element.text, around), (element.tail, element.getparent())):
            if holder is not None and own and len(own.strip()) >= _PARAGRAPH:
                yield holder, folded(own)


def elements_saying(tree: HtmlElement, text: str, *, tags: Sequence[str] = ()) -> list[HtmlElement]:
    """The innermost elements whose whole text is this one, headings first."""
    wanted = folded(text)
    if not wanted:
        return []
    found = [
        element
        for element in tree.iter(*(tags or ("*",)))
        if isinstance(element.tag, str)
        and element.tag not in ("title", "script", "style", "head", "html", "body")
        and _is_short(element, 3 * len(text) + 50)
        and folded(text_of(element)) == wanted
    ]
    inner = [
        element
        for element in found
        if not any(other is not element and element in other.iterancestors() for other in found)
    ]
    return sorted(inner, key=lambda element: (element.tag != "h1", element.tag not in ("h2", "h3", "time")))


def _is_short(element: HtmlElement, limit: int) -> bool:
    """Whether its text, white space and all, is no longer than that; looks no further than it must."""
    length = 0
    for text in element.itertext():
        length += len(text)
        if length > limit:
            return False
    return True


def counterpart(old: HtmlElement, tree: HtmlElement) -> HtmlElement | None:
    """The element of another page of the site that stands where `old` stood, or is most like it; `None`: none is.

    Classes may be others: the place among tags, the label before a colon and the kind of content tell.
    """
    path = old.getroottree().getpath(old)
    there = tree.getroottree().xpath(path)
    same: list[HtmlElement] = [element for element in there if text_of(element)] if isinstance(there, list) else []
    if same and _label(same[0]) == _label(old):
        return same[0]
    scored = [(_likeness(old, element), element) for element in tree.iter(str(old.tag))]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None


_ALIKE = 3.0  # points: a shared label alone, or two levels of tags and a shared class
_LONGEST_LABEL = 20  # characters before a colon


def _label(element: HtmlElement) -> str | None:
    """ "penulis" of "Penulis: Sri Wulandari"; `None` where no label is printed."""
    if not _is_short(element, 400):
        return None
    before, colon, _ = text_of(element).partition(":")
    return folded(before) if colon and len(before) <= _LONGEST_LABEL else None


def _likeness(old: HtmlElement, new: HtmlElement) -> float:
    """Points for what two elements have in common; 0 for one that says nothing."""
    if not _is_short(new, 2000) or not text_of(new):
        return 0.0
    label = _label(old)
    points = 3.0 if label and label == _label(new) else 0.0
    points += 1.5 * bool(set((old.get("class") or "").split()) & set((new.get("class") or "").split()))
    above, over = old.getparent(), new.getparent()
    while above is not None and over is not None and above.tag == over.tag and above.tag != "body" and points < 9:
        points += 1.0
        above, over = above.getparent(), over.getparent()
    return points - (2.0 if (label is None) != (_label(new) is None) else 0.0)
