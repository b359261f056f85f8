"""A recipient's own links, put into a rendering that everybody of a selection shares. Pure.

The shared HTML holds a comment in its footer; scraped text makes none, and where its letters stand in an attribute they
stand before the footer, so the last one is ours. The shared text holds no mark at all: the links are lines at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from digests.phrases import phrases
from digests.plain import web_link

MARKER = Markup("<!--kliping:links-->")
ROOM = 1_800  # bytes of the mail's budget that are kept for the links
_LONGEST = 400  # characters of an address; three of them and their markup are within the room
_STYLE = "color:#14505c;text-decoration:underline"  # as `.ft a` in edition.css, whose rules are in the elements already


@dataclass(frozen=True, slots=True)
class Links:
    """None where there is no such page. http(s) or mailto."""

    unsubscribe: str | None = None
    preferences: str | None = None
    web: str | None = None  # this edition's page, with the key that opens it


def personal(html: bytes, text: bytes, links: Links, language: str) -> tuple[bytes, bytes]:
    """Both forms with the links, or as they were without any. Raises `ValueError` for an address that is none."""
    words = phrases(language, "UTC")
    named = [
        (words.text(name), _checked(url))
        for name, url in (
            ("edition_on_the_web", links.web),
            ("unsubscribe", links.unsubscribe),
            ("preferences", links.preferences),
        )
        if url
    ]
    if not named:
        return html, text
    anchors = Markup(" · ").join(
        Markup('<a class="u" href="{}" style="{}">{}</a>').format(url, _STYLE, name) for name, url in named
    )
    line = str(Markup('<p style="margin:0 0 6px">{}</p>').format(anchors)).encode()
    before, mark, after = html.rpartition(str(MARKER).encode())
    lines = "".join(f"{name}:\n{url}\n" for name, url in named)
    return before + line + after if mark else html, text + lines.encode()


def _checked(url: str) -> str:
    """The address, fit for a line of text and an attribute alike."""
    scheme = urlsplit(url).scheme
    good = url if scheme == "mailto" and url.isprintable() and " " not in url else web_link(url)
    if good is None or len(escape(good)) > _LONGEST:
        raise ValueError(f"no link can be made of {url[:80]!r}: an http(s) or mailto address of {_LONGEST} characters")
    return good
