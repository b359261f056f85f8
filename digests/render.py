"""An edition as bytes: HTML for mail, plain text, JSON. Pure: the same content gives the same bytes.

All text passes through Jinja2's autoescape and only http(s) addresses become links, so scraped text is never markup.
The HTML keeps within a budget at any number of stories: blocks become headlines, then a count; the text form has all.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import css_inline
from markupsafe import Markup

from digests.environment import environment
from digests.layout import as_text
from digests.model import Content, to_json
from digests.view import Limits, View, view
from pipeline.errors import SettingsError

FORMATS = ("html", "text", "json")
BUDGET = 80_000  # bytes; a common mail service cuts HTML off at about 102 kB
_FULL = 12  # stories told in full before headlines give way
_PLACEMENTS = 12  # links of one story
_OUTLETS = 80  # rows of the coverage table


@dataclass(frozen=True, slots=True)
class Html:
    """The HTML form, and whether stories are left to the text form."""

    body: bytes
    shortened: bool


def render(content: Content, language: str, form: str) -> bytes:
    """The edition in `language` (id, en) as `html`, `text` or `json`. Raises `SettingsError` for any other."""
    if form == "html":
        return as_html(content, language).body
    if form == "text":
        return as_text(view(content, language)).encode()
    if form == "json":
        return as_json(content)
    raise SettingsError(f"format {form!r}: the digest is made as {', '.join(FORMATS)}")


def as_json(content: Content) -> bytes:
    """The content as one JSON document, for scripts."""
    return (json.dumps(to_json(content), ensure_ascii=False, indent=2) + "\n").encode()


def as_html(content: Content, language: str) -> Html:
    """As many stories in full as the setting and the budget allow, then headlines, then a count."""
    count = len(content.stories)
    limits = Limits(min(content.max_stories, count), None, _PLACEMENTS, _OUTLETS)
    if not _fits(content, language, limits):
        limits = _fitting(content, language, limits)
    shown = view(content, language, limits)
    left_out = shown.remaining or shown.more_rows or any(story.more for story in (*shown.stories, *shown.headlines))
    return Html(_html(shown), shortened=bool(left_out))


def _fitting(content: Content, language: str, limits: Limits) -> Limits:
    """Full stories give way to headlines, down to a dozen; then headlines to a count; then the dozen."""
    count, blocks = len(content.stories), limits.stories or 0

    def fits(full: int, listed: int) -> bool:
        return _fits(content, language, replace(limits, stories=full, headlines=listed))

    full = _largest(min(_FULL, blocks), blocks, lambda number: fits(number, count - number))
    listed = _largest(0, count - full, lambda number: fits(full, number))
    if not listed:
        full = _largest(0, full, lambda number: fits(number, 0))
    return replace(limits, stories=full, headlines=listed)


def _fits(content: Content, language: str, limits: Limits) -> bool:
    return len(_html(view(content, language, limits))) <= BUDGET


def _largest(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """The largest number from `low` to `high` that fits, by halving; `low` when none does."""
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _html(shown: View) -> bytes:
    css = Markup(_template("edition.css"))  # noqa: S704 (our own file, no value in it)
    page = environment().get_template("edition.html.j2").render(view=shown, words=shown.words, css=css)
    inlined: str = _inliner().inline(page)
    return inlined.encode()


@cache
def _inliner() -> css_inline.CSSInliner:
    """Base rules go into the elements, media queries stay in the head; nothing is fetched."""
    return css_inline.CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)


def _template(name: str) -> str:
    return files("digests").joinpath("templates", name).read_text(encoding="utf-8")
