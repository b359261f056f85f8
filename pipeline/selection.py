"""Elements by CSS selectors, with an index of a page's classes and ids: most selectors of an outlet name what a page
has not, or has once, and a walk over the whole page for each costs as much as parsing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:[.#]-?[a-z_](?:[a-z0-9_-])*)*)", re.ASCII | re.IGNORECASE)
_NAME = re.compile(r"[.#][^.#]+")
_OTHER = re.compile(r"""[\[\]():*+~"'\\|]""")  # signs of what only the library reads


@dataclass(frozen=True, slots=True)
class _Compound:
    """One step of a selector: "h1.title#top"; `names` with their sign."""

    tag: str | None
    names: tuple[str, ...]
    child: bool = False  # right under the step before, not just anywhere in it


@dataclass(frozen=True, slots=True)
class _Branch:
    """One alternative of a selector; without steps where it is none of the simple kind."""

    css: str
    steps: tuple[_Compound, ...] = ()

    @property
    def names(self) -> Iterable[str]:
        """All that must be on the page for it to match anything."""
        return (name for step in self.steps for name in step.names)


_Placed = tuple[int, HtmlElement]  # position in the document, element


class Index:
    """The classes and ids of a tree, read once. The tree must not change after."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._names: dict[str, list[_Placed]] = {}  # "#id" -> its elements
        printed: dict[str, list[_Placed]] = {}  # class attribute -> its elements: most are printed many times
        for position, element in enumerate(tree.iter("*")):
            if classes := element.get("class"):
                printed.setdefault(classes, []).append((position, element))
            if identifier := element.get("id"):
                self._names.setdefault(f"#{identifier}", []).append((position, element))
        for classes, elements in printed.items():
            for name in set(classes.split()):
                self._names.setdefault(f".{name}", []).extend(elements)

    def select(self, css: str) -> list[HtmlElement]:
        """The elements of the tree that match, in document order. Raises `etree.XPathError` where it is too deep."""
        branches = [branch for branch in _branches(css) if all(name in self._names for name in branch.names)]
        if not branches:
            return []
        last = [branch.steps[-1] if branch.steps else None for branch in branches]
        if all(step and step.names for step in last):
            found = dict(placed for branch in branches for placed in self._of(branch))
            return [found[position] for position in sorted(found)]
        tags = {step.tag for step in last if step and step.tag}
        if all(step and step.tag for step in last):
            steps = [branch.steps for branch in branches]
            return [one for one in self._tree.iter(*tags) if any(_matches(one, each) for each in steps)]
        return select_under(self._tree, ", ".join(branch.css for branch in branches))

    def _of(self, branch: _Branch) -> Iterator[_Placed]:
        fewest = min((self._names[name] for name in branch.steps[-1].names), key=len)
        return (placed for placed in fewest if _matches(placed[1], branch.steps))


def select_under(node: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements under `node`, itself too, that match, in document order. Raises as `Index.select` does."""
    return list(_compiled(css)(node))


def _matches(element: HtmlElement, steps: tuple[_Compound, ...]) -> bool:
    """Does the element match the last step, and elements around it those before?"""
    if not _fits(element, steps[-1]):
        return False
    if len(steps) == 1:
        return True
    parent = element.getparent()
    if steps[-1].child:
        return parent is not None and _matches(parent, steps[:-1])
    while parent is not None:
        if _matches(parent, steps[:-1]):
            return True
        parent = parent.getparent()
    return False


def _fits(element: HtmlElement, step: _Compound) -> bool:
    if step.tag is not None and element.tag != step.tag:
        return False
    classes = (element.get("class") or "").split()
    return all(name[1:] in classes if name[0] == "." else name[1:] == element.get("id") for name in step.names)


@lru_cache(maxsize=2048)
def _branches(css: str) -> tuple[_Branch, ...]:
    if re.search(r"[\"'(\\]", css):  # a comma in it may divide nothing
        return (_Branch(css),)
    return tuple(_branch(part.strip()) for part in css.split(","))


def _branch(css: str) -> _Branch:
    steps: list[_Compound] = []
    child = False
    for word in re.sub(r"\s*>\s*", " > ", css).split():
        if word == ">":
            child = True
            continue
        found = None if _OTHER.search(word) else _COMPOUND.fullmatch(word)
        if found is None:
            return _Branch(css)
        steps.append(_Compound(found[1].lower() if found[1] else None, tuple(_NAME.findall(found[2])), child))
        child = False
    return _Branch(css, tuple(steps))


@lru_cache(maxsize=2048)
def _compiled(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")


@lru_cache(maxsize=4)
def _index(tree: HtmlElement) -> Index:
    return Index(tree)


def find(node: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements under `node`, itself too, that match, in document order; by the index where it is a whole page.

    Raises as `Index.select` does.
    """
    return _index(node).select(css) if node.getparent() is None else select_under(node, css)
