"""The words of bylines, as `pipeline/data/bylines.toml` lists them, and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.wordlists import load

_ROLES = ("author", "editor", "translator", "photographer", "author_photographer", "author_editor", "contributor")
_COLON = r"\s*[:：៖]\s*"
_HOLDER = r"((?:19|20)\d\d,?\s+(?:by\s+)?[^\W\d_][^|.\n]{1,60}|[^|\n]{0,80}?(?:19|20)\d\d)"  # "2023 A", "A 2023"
_LONGEST_SOURCE = 40  # characters of "Theo TTXVN"


@dataclass(frozen=True, slots=True)
class Roles:
    """Labels or phrases by what they say was done."""

    author: tuple[str, ...]
    editor: tuple[str, ...]
    translator: tuple[str, ...]
    photographer: tuple[str, ...]
    author_photographer: tuple[str, ...]
    author_editor: tuple[str, ...]
    contributor: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Weak:
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class House:
    """What no person is called, whole names and single words, and the small words of names."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    roles: tuple[str, ...]
    teams: tuple[str, ...]
    particles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Titles:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    labels: tuple[str, ...]
    bare: tuple[str, ...]
    nobody: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Copyright:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Notice:
    machines: tuple[str, ...]
    forbids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByWords:
    """All of the file."""

    labels: Roles
    phrases: Roles
    weak: _Weak
    house: House
    titles: _Titles
    source: _Source
    copyright: _Copyright
    notice: _Notice


@cache
def by_words() -> ByWords:
    return load("bylines", ByWords)


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the words of the file look like in a line."""

    label: re.Pattern[str]
    phrase: re.Pattern[str]
    source: re.Pattern[str]
    bare_source: re.Pattern[str]
    copyright: re.Pattern[str]
    machines: re.Pattern[str]
    forbids: re.Pattern[str]
    roles: dict[str, tuple[str, ...]]  # label or phrase -> names of the fields it fills; none for who only helped


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def _fields_of(words: Roles) -> dict[str, tuple[str, ...]]:
    return {
        word: tuple(f"{name}s" for name in role.split("_") if name != "contributor")
        for role in _ROLES
        for word in getattr(words, role)
    }


@cache
def by_patterns() -> Patterns:
    words = by_words()
    labels, phrases = _fields_of(words.labels), _fields_of(words.phrases)
    glued = [label.title() for label in labels if label.isascii() and len(label) >= 5]
    return Patterns(
        # "Pewarta: AEditor: B": a label may be glued to the name before it, then it begins with a capital
        label=re.compile(rf"(?:(?<![^\W\d_])(?i:{_any(labels)})|(?<=[a-z.])(?:{_any(glued)})){_COLON}"),
        phrase=re.compile(rf"(?:^|[|;,/(\[–-]\s*|(?<=\s))(?i:{_any(phrases)})\s+(?=[^\W\d_a-z])"),
        source=re.compile(rf"(?i)^[(\[]?(?:{_any(words.source.labels)}){_COLON}(.{{2,120}}?)[)\]]?$"),
        bare_source=re.compile(rf"(?i)^(?:{_any(words.source.bare)})\s+(.{{2,{_LONGEST_SOURCE}}})$"),
        copyright=re.compile(rf"(?i)(?:(?:{_any(words.copyright.words)})\s*)+[:\s]*{_HOLDER}?"),
        machines=re.compile(rf"(?i)(?<![^\W_])(?:{_any(words.notice.machines)})(?![^\W_])"),
        forbids=re.compile(rf"(?i)(?:{_any(words.notice.forbids)})"),
        roles=phrases | labels,
    )
