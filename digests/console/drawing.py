"""Pages as HTML. All text passes through Jinja2's autoescape; the style sheet is our own and stands in the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from digests.console.answers import Answer
from digests.console.words import other
from digests.environment import environment
from digests.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    text: str
    strong: bool = False  # drawn as a button


@dataclass(frozen=True, slots=True)
class EditionLink:
    href: str
    day: str
    figures: str


@dataclass(frozen=True, slots=True)
class Said:
    """A page of a few sentences, at most one button and some links."""

    heading: str
    lines: tuple[str, ...] = ()
    button: str | None = None  # posts to `action`, else to the page itself
    action: str | None = None
    quiet: bool = False
    links: tuple[Link, ...] = ()
    soft: str | None = None
    editions: tuple[EditionLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form."""

    address: str = ""
    name: str = ""
    language: str = "id"
    frequency: str = "daily"
    watches: tuple[str, ...] = ()
    cities: str = ""
    form: str = "html"  # html | text
    pdf: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The page with the choices."""

    heading: str
    button: str
    entered: Entered
    watches: tuple[tuple[str, str], ...]  # (id, title)
    languages: tuple[tuple[str, str], ...]  # (code, name)
    with_address: bool = False
    lines: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    good: str | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages share."""

    title: str
    words: Phrases
    home: str | None = None
    switches: bool = False  # offers the other language


def draw(page: Said | Form, frame: Frame, status: int = 200) -> Answer:
    """The page as an answer."""
    name = "pages-form.html.j2" if isinstance(page, Form) else "pages-said.html.j2"
    language = frame.words.language
    values = {field: getattr(page, field) for field in page.__dataclass_fields__}
    html = (
        environment()
        .get_template(name)
        .render(
            **values,
            title=frame.title,
            words=frame.words,
            language=language,
            home=frame.home,
            switch=other(language) if frame.switches else None,
            css=_style(),
        )
    )
    return Answer(
        html.encode("utf-8", "replace"), status, headers={"Content-Language": language, "Vary": "Accept-Language"}
    )


@cache
def _style() -> Markup:
    text = files("digests").joinpath("templates", "pages.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 (our own file, no value in it)
