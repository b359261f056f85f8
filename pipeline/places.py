"""The places that news is dated from: is this one, and does a text begin with one?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.wordlists import load

_MOST_WORDS = 5  # of a place's name
_PARTS = re.compile(r"\s*[/&,]\s*")


@dataclass(frozen=True, slots=True)
class _Region:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Places:
    indonesia: _Region
    asean: _Region
    world: _Region


@cache
def printed_names() -> frozenset[str]:
    """The names of all places that news is dated from, as printed."""
    places = load("places", _Places)
    return frozenset(name for region in (places.indonesia, places.asean, places.world) for name in region.names)


@cache
def _known() -> frozenset[str]:
    return frozenset(map(_plain, printed_names()))


@cache
def _glued() -> re.Pattern[str]:
    names = sorted((name for name in _known() if name.isascii()), key=lambda name: (-len(name), name))
    return re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)


def _plain(text: str) -> str:
    return " ".join(text.replace(".", "").casefold().split())


def is_place(text: str) -> bool:
    """Is it a known place, or several: "Jakarta", "Jakarta/Bogor", "Mataram, NTB"?"""
    if _plain(text) in _known():
        return True
    parts = [_plain(part) for part in _PARTS.split(text)]
    return len(parts) > 1 and all(part in _known() for part in parts)


def length_of_place(text: str) -> int:
    """Code points of the longest known place that `text` begins with, whole words; 0 where it begins with none."""
    ends = [match.end() for match in re.finditer(r"[^\s,;:()/–—-]+", text[:80])][:_MOST_WORDS]
    return next((end for end in reversed(ends) if _plain(text[:end]) in _known()), 0)


def length_of_glued_place(text: str) -> int:
    """The same where the next word's capital follows without a space, as stripped markup leaves it: "JakartaAda"."""
    match = _glued().match(text[:40])
    return match.end() if match and text[match.end() - 1].islower() and text[match.end() :][:1].isupper() else 0
