"""The words of `data/dossiers/claims.toml`, as patterns. Every pattern is linear in the text it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.wordlists import load


@dataclass(frozen=True, slots=True)
class Group:
    """Words that say one thing."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Words by what they are looked for; see the file."""

    ahead: tuple[str, ...]
    parts: tuple[str, ...]
    itself: tuple[str, ...]
    other_year: tuple[str, ...]
    held: tuple[str, ...]
    edges: tuple[str, ...]
    begun: tuple[str, ...]
    first_time: tuple[str, ...]
    together: tuple[str, ...]
    joined: tuple[str, ...]
    host: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Numbers:
    id: str
    en: str


@dataclass(frozen=True, slots=True)
class _Lists:
    unit: tuple[Group, ...]
    predicate: tuple[Group, ...]
    words: Phrasing
    numbers: _Numbers


@cache
def _lists() -> _Lists:
    return load("dossiers/claims", _Lists)


def units() -> tuple[Group, ...]:
    """What is counted, by class; the order is that of precedence."""
    return _lists().unit


def predicates() -> tuple[Group, ...]:
    """What is said of those counted."""
    return _lists().predicate


def alternatives(words: Iterable[str]) -> str:
    """The words as one pattern, the longest first; a space in them stands for up to three."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s{1,3}".join(map(re.escape, word.split())) for word in ordered)


@cache
def of(name: str) -> re.Pattern[str]:
    """A list of `[words]` as a pattern of whole words, in any case."""
    found: tuple[str, ...] = getattr(_lists().words, name)
    return re.compile(rf"(?<![^\W_])(?:{alternatives(found)})(?![^\W_])", re.IGNORECASE)


@cache
def number_words() -> dict[str, int]:
    """Number words in small letters."""
    pairs = f"{_lists().numbers.id} {_lists().numbers.en}".split()
    return {word: int(number) for word, _, number in (pair.partition("=") for pair in pairs)}
