"""An edition as the HTML of a mail, within its budget at any number of stories, outlets and placements. Pure.

All text passes through Jinja2's autoescape and only http(s) addresses become links, so scraped text is never markup.
Blocks become headlines, then a count; the text form has all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import css_inline
from markupsafe import Markup

from digests import personal
from digests.dressing import PLAIN, Dressing
from digests.environment import environment
from digests.model import Content
from digests.view import Limits, View, Viewer

BUDGET = 80_000  # bytes; a common mail service cuts HTML off at about 102 kB
_ROOM = BUDGET - personal.ROOM  # what is left before a recipient's own links are put in
_FULL = 12  # stories told in full before headlines give way
_LEAST = 600  # bytes that a story in full takes at the very least: the first guess
_WIDE = Limits(placements=12, outlets=80, trends=4, tones=10, corrections=12)
_NARROW = Limits(placements=4, outlets=12, trends=1, tones=4, corrections=4)  # where even no story fits


@dataclass(frozen=True, slots=True)
class Html:
    """The HTML form, and whether something is left to the text form."""

    body: bytes
    shortened: bool


def as_html(content: Content, language: str, dressing: Dressing = PLAIN) -> Html:
    """As many stories in full as the setting and the budget allow, then headlines, then a count."""
    viewer = Viewer(content, language, dressing.base_url)
    limits = _fitting(viewer, _WIDE, len(content.stories), content.max_stories)
    shown = viewer.view(limits)
    return Html(_html(shown), shortened=shown.shortened)


def _fitting(viewer: Viewer, wide: Limits, count: int, most: int) -> Limits:
    """Full stories give way to headlines, down to a dozen; then headlines to a count; then the dozen; then the rest."""

    def fits(full: int, listed: int) -> bool:
        return _fits(viewer, replace(wide, stories=full, headlines=listed))

    blocks = min(most, count, _ROOM // _LEAST)
    full = _largest(min(_FULL, blocks), blocks, lambda number: fits(number, count - number))
    listed = _largest(0, min(count - full, _ROOM // _LEAST * 4), lambda number: fits(full, number))
    if not listed and not fits(full, 0):
        full = _largest(0, full, lambda number: fits(number, 0))
        if not full and wide is not _NARROW:
            return _fitting(viewer, _NARROW, count, most)
    return replace(wide, stories=full, headlines=listed)


def _fits(viewer: Viewer, limits: Limits) -> bool:
    return len(_html(viewer.view(limits))) <= _ROOM


def _largest(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """The largest number from `low` to `high` that fits, the highest asked first, then by halving; else `low`."""
    if low >= high or fits(high):
        return max(low, high)
    high -= 1
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _html(shown: View) -> bytes:
    css = Markup(_template("edition.css"))  # noqa: S704 (our own file, no value in it)
    page = (
        environment()
        .get_template("edition.html.j2")
        .render(view=shown, words=shown.words, css=css, marker=personal.MARKER)
    )
    inlined: str = _inliner().inline(page)
    return inlined.encode()


@cache
def _inliner() -> css_inline.CSSInliner:
    """Base rules go into the elements, media queries stay in the head; nothing is fetched."""
    return css_inline.CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)


@cache
def _template(name: str) -> str:
    return files("digests").joinpath("templates", name).read_text(encoding="utf-8")
