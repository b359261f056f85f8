"""The words of the pages by language, and which language a reader wants."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from digests.phrases import LANGUAGES, Phrases, phrases

_SPOKEN = {"ms": "id", "in": "id", "jv": "id", "su": "id"}  # who reads these reads Indonesian; "in" is its old code
_RANGE = re.compile(r"([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,20})?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?")
_MOST = 20  # languages looked at in a header


@cache
def page_words(language: str, timezone: str) -> Phrases:
    """The mail's words with the pages' over them."""
    base = phrases(language, timezone)
    text = files("digests").joinpath("templates", f"pages-{language}.toml").read_text(encoding="utf-8")
    return replace(base, words={**base.words, **tomllib.loads(text)})


def accepted(header: str, default: str) -> str:
    """The language of ours that an Accept-Language header (RFC 9110, 12.5.4) likes most; else `default`."""
    liked: list[tuple[float, str]] = []
    for part in header[:500].split(",")[:_MOST]:
        found = _RANGE.fullmatch(part.strip())
        if found is None:
            continue
        name = found[1].lower()
        language, quality = _SPOKEN.get(name, name), float(found[2] or 1)
        if language in LANGUAGES and quality > 0:
            liked.append((quality, language))
    return max(liked, key=lambda one: one[0])[1] if liked else default


def other(language: str) -> str:
    """The language to switch to."""
    return next(name for name in LANGUAGES if name != language)
