"""What feeds, sitemaps and interfaces hold, in one shape, and how their texts and dates are read. Pure."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from pipeline import dates
from pipeline.document import lines_of, text_of, tidy
from pipeline.model import Listing

_OPENING = 300  # characters of a text that stand for the description its entry does not have


@dataclass(frozen=True, slots=True)
class Entries:
    """What a feed or sitemap holds."""

    listings: tuple[Listing, ...]
    further: tuple[str, ...] = ()  # of a sitemap index
    last: bool = False  # it says that no further page follows
    broken: str | None = None  # what is wrong with it, in words


def plain(value: object) -> str | None:
    """Text of an HTML fragment: images and scripts gone, entities resolved (twice, where the feed escaped twice)."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = html.unescape(value) if "<" not in value else value
    if "<" in text:
        try:
            node: HtmlElement = fragment_fromstring(text, create_parent="div")
        except (etree.LxmlError, ValueError):
            return tidy(text) or None
        text = text_of(node)
    return tidy(html.unescape(text)) or None


def teaser(value: object) -> str | None:
    """A description without the dots that show where the outlet cut it."""
    text = plain(value) or ""
    for mark in ("[…]", "[...]", "…", "..."):
        text = text.removesuffix(mark).rstrip()
    return text or None


def opening(value: object) -> str | None:
    """The first paragraph of a text in HTML, cut at a word."""
    if not isinstance(value, str) or "<" not in value:
        return (plain(value) or "")[:_OPENING] or None
    try:
        node: HtmlElement = fragment_fromstring(value, create_parent="div")
    except (etree.LxmlError, ValueError):
        return None
    first = next(iter(lines_of(node)), "")
    return (first if len(first) <= _OPENING else first[:_OPENING].rpartition(" ")[0]) or None


def moment(printed: str | None, zone: str) -> datetime | None:
    """RFC 822 or any other print of a moment; without an offset the clock is the outlet's. `None`: none is printed."""
    if not printed:
        return None
    try:
        when = parsedate_to_datetime(printed)
    except ValueError:
        instant = dates.parse(printed, ZoneInfo(zone))
        return instant.when if instant else None
    return when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))
