"""An edition as a page for a browser: every story, the whole coverage. Pure.

The page needs nothing else: no script, no image, no font is fetched. Its one style sheet stands in a `<style>` whose
digest is `style_hash`, for a Content-Security-Policy that allows no other.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from digests.dressing import PLAIN, Dressing
from digests.environment import environment
from digests.imprint import imprint
from digests.model import Content
from digests.pdf.recap import Recap, recap
from digests.period import days, names
from digests.phrases import LANGUAGES, Phrases, phrases
from digests.safe import safe
from digests.view import WHOLE, View, view

FORMS = ("pdf", "text", "whatsapp", "json")  # that the page links to, where it is served


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    address: str  # relative: the page may be reached with a reader's key
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The page beyond `view`, which all forms share."""

    view: View
    kind: str | None  # "Kliping harian"; None where the title says it
    title: str
    days: str
    name: str  # the window's title
    languages: tuple[Link, ...]  # the other ones; empty where the page is not served
    forms: tuple[Link, ...]  # likewise
    recap: Recap | None
    footer: tuple[str, ...]


def as_web(content: Content, language: str, dressing: Dressing = PLAIN) -> bytes:
    """The page, UTF-8."""
    shown = page(safe(content), language, dressing)
    css = Markup(_css())  # noqa: S704 (our own file, no value in it)
    template = environment().get_template("web.html.j2")
    html: str = template.render(page=shown, view=shown.view, words=shown.view.words, css=css)
    return html.encode("utf-8", "replace")


def page(content: Content, language: str, dressing: Dressing) -> Page:
    """What the page says."""
    shown = view(content, language, WHOLE, dressing.base_url)
    words = shown.words
    named, title = names(words, content)
    served = shown.web is not None
    return Page(
        view=shown,
        kind=named,
        title=title,
        days=days(words, content),
        name=f"{title}, {days(words, content)}",
        languages=tuple(_languages(words, content)) if served else (),
        forms=tuple(_forms(words)) if served else (),
        recap=recap(words, content),
        footer=imprint(words, content),
    )


def style_hash() -> str:
    """Its style sheet's source expression of a Content-Security-Policy: `'sha256-…'`."""
    digest = hashlib.sha256(_css().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _languages(words: Phrases, content: Content) -> list[Link]:
    others = [code for code in LANGUAGES if code != words.language]
    return [Link(phrases(code, content.timezone).text("name"), f"?language={code}", code) for code in others]


def _forms(words: Phrases) -> list[Link]:
    return [Link(words.text(f"web_{form}"), f"?format={form}&language={words.language}") for form in FORMS]


@cache
def _css() -> str:
    return files("digests").joinpath("templates", "web.css").read_text(encoding="utf-8")
