"""Scraped text made safe to place anywhere: one line, no control characters, no links but http(s)."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

_JOINERS = "\u200b\u200c\u200d"  # Khmer, Lao, Burmese and Indic scripts need these format characters
_URL_LENGTH = 2000  # characters; longer addresses are tracking or attacks, and would eat the mail's budget


_NOT_IN_ADDRESSES = {ord(character): f"%{ord(character):02X}" for character in '"<>\\^`{|}'}  # RFC 3986


def _keep(character: str) -> bool:
    """Drop what no reader sees: bidi overrides, soft hyphens, lone surrogates, noncharacters."""
    if character in _JOINERS:
        return True
    code = ord(character)
    nonchar = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not nonchar and unicodedata.category(character) not in ("Cf", "Cs")


def one_line(text: str | None) -> str | None:
    """The text with every run of whitespace and control characters as one space; None when nothing is left."""
    if text is None:
        return None
    if text.isprintable():  # nothing of the kind in it: most texts
        return " ".join(text.split()) or None
    spaced = "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
    return " ".join("".join(filter(_keep, spaced)).split()) or None


def shorten(text: str | None, limit: int) -> str | None:
    """At most `limit` characters, cut at a space where there is one, with an ellipsis."""
    if text is None or len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    if space > limit // 2:
        cut = cut[:space]
    while cut and unicodedata.combining(cut[-1]):  # never leave half a cluster's marks behind
        cut = cut[:-1]
    return cut.rstrip(" ,;:.-–—") + "…"


def web_link(url: str | None) -> str | None:
    """The address when it is http(s) with a host and without spaces or control characters, else None.

    Characters that no address may hold are percent-encoded.
    """
    if not url or len(url) > _URL_LENGTH or " " in url or not url.isprintable():  # of all spaces only " " is printable
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url.translate(_NOT_IN_ADDRESSES) if parts.scheme in ("http", "https") and host else None
